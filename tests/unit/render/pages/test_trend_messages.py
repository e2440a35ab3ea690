"""What a chart of the years says: more, fewer or as many, in residents or in shares of them."""

from tesoma_geo.render.pages.trend_findings import WithinMinutes
from tesoma_geo.render.pages.trend_messages import gini_message, median_message, within_message
from tesoma_geo.render.text.catalogue import catalogue

LIBRARY = WithinMinutes("walk_library_within_15_min", "walk", "library", 15.0)


def figures(before, after, residents=(1000.0, 1000.0)):
    """Residents near a library in two runs."""
    values = zip((before, after), residents, strict=True)
    rows = [{"residents": all_of_them, LIBRARY.name: near} for near, all_of_them in values]
    return {"runs": [{"date": f"{2024 + row}-05-01", "rerun": told} for row, told in enumerate(rows)]}


def test_a_message_is_in_shares_of_the_residents_of_each_run():
    english = catalogue("en")
    assert within_message(figures(500.0, 700.0), LIBRARY, english) == (
        "Libraries: 70% of residents get to the nearest within 15\u00a0minutes on foot; in 2024 it was 50%"
    )
    grown = figures(500.0, 600.0, (1000.0, 2000.0))
    assert within_message(grown, LIBRARY, english).startswith("Libraries: 30% of residents")
    twice = figures(500.0, 1000.0, (1000.0, 2000.0))
    assert "as before" in within_message(twice, LIBRARY, english)


def test_medians_and_how_alike_journeys_are_have_a_before():
    english = catalogue("en")
    assert "within 9 minutes, 11 before" in median_message("walk", 11.0, 9.0, english)
    assert "as before" in median_message("walk", 9.01, 9.0, english)
    assert gini_message("walk", 0.3, 0.25, english).startswith("Journeys are more alike")
    assert gini_message("walk", 0.25, 0.3, english).startswith("Journeys are less alike")
    assert gini_message("walk", 0.25, 0.25, english).startswith("Journeys are as alike")

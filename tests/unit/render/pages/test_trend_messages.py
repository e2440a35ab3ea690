"""What a chart of the years says: more, fewer or as many, in residents or in shares of them."""

import pytest

from tesoma_geo.render.pages.trend_findings import WithinMinutes
from tesoma_geo.render.pages.trend_messages import gini_message, median_message, within_message
from tesoma_geo.render.text.catalogue import catalogue

LIBRARY = WithinMinutes("walk_library_within_15_min", "walk", "library", 15.0)


def figures(before, after, residents=(1000.0, 1000.0)):
    """Residents near a library in two runs."""
    values = zip((before, after), residents, strict=True)
    return {"runs": [{"rerun": {"residents": all_of_them, LIBRARY.name: near}} for near, all_of_them in values]}


@pytest.mark.parametrize(
    ("after", "said"),
    [(700.0, "Libraries: 200 more residents get there within 15 minutes"),
     (499.0, "Libraries: 1 fewer resident gets there within 15 minutes"),
     (500.0, "Libraries: 500 residents get there within 15 minutes, as before")],
)  # fmt: skip
def test_a_message_tells_how_many_more_or_fewer(after, said):
    assert within_message(figures(500.0, after), LIBRARY, catalogue("en")).startswith(said)


def test_shares_are_told_where_there_are_more_residents_than_before():
    grown = figures(500.0, 600.0, (1000.0, 2000.0))
    assert within_message(grown, LIBRARY, catalogue("en")).startswith("Libraries: 30% of residents")
    assert "50%" in within_message(grown, LIBRARY, catalogue("en"))
    twice = figures(500.0, 1000.0, (1000.0, 2000.0))
    assert "as before" in within_message(twice, LIBRARY, catalogue("en"))


def test_a_hub_is_told_in_shares_when_asked_for():
    assert "70%" in within_message(figures(500.0, 700.0), LIBRARY, catalogue("en"), in_shares=True)


def test_medians_and_how_alike_journeys_are_have_a_before():
    english = catalogue("en")
    assert "within 9 minutes, 11 before" in median_message("walk", 11.0, 9.0, english)
    assert "as before" in median_message("walk", 9.01, 9.0, english)
    assert gini_message("walk", 0.3, 0.25, english).startswith("Journeys are more alike")
    assert gini_message("walk", 0.25, 0.3, english).startswith("Journeys are less alike")
    assert gini_message("walk", 0.25, 0.25, english).startswith("Journeys are as alike")

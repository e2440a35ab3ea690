"""Targets in sentences, bars and a table, and the place that pages keep for them."""

from tesoma_geo.render.sections.targets import place_of_targets, targets
from tesoma_geo.render.text.catalogue import catalogue

WANTED = {
    "walk_within_15_min": {"target": 0.7, "value": 0.65, "met": False},
    "car_within_10_min": {"target": 0.5, "value": 0.9, "met": True},
}


def test_targets_are_told_when_the_workspace_names_them() -> None:
    assert targets({}, catalogue("en")) is None
    section = targets(WANTED, catalogue("en"))
    assert section is not None
    assert section.short == "1 of the district’s 2 targets is met."
    assert [row.values[-1].shown for row in section.tables[0].rows] == ["not yet", "yes"]
    assert [bar.mark for bar in section.charts[0].bars] == [0.7, 0.5]  # type: ignore[union-attr]


def test_the_place_has_all_that_does_not_follow_from_them() -> None:
    section, place = targets(WANTED, catalogue("fi")), place_of_targets(None, catalogue("fi"))  # type: ignore[arg-type]
    assert section is not None
    assert (place.key, place.title, place.source) == (section.key, section.title, section.source)
    (table,), (kept,) = section.tables, place.tables
    assert (kept.caption, kept.source, kept.columns) == (table.caption, table.source, table.columns)
    assert not kept.rows

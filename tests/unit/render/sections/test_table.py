"""A value as a reader sees it, and as a download has it."""

import pytest

from tesoma_geo.render.sections.table import (
    PageTable,
    TableRow,
    TableValue,
    at_least,
    count,
    minutes,
    respondents_in,
    share,
    within_columns,
)
from tesoma_geo.render.text.catalogue import catalogue

EN = catalogue("en")


@pytest.mark.parametrize(
    ("value", "shown", "plain"),
    [
        (count(EN, 1234), "1,234", 1234.0),
        (minutes(EN, 12.34), "12\u00a0min", 12.3),
        (minutes(EN, None), "–", ""),
        (minutes(EN, float("inf")), "–", ""),
        (share(EN, 0.123456), "12%", 0.1235),
        (at_least(EN, 15), "at least 15", 15),
    ],
)
def test_a_value_is_shown_and_downloaded(value: TableValue, shown: str, plain: float | str) -> None:
    assert (value.shown, value.plain) == (shown, plain)


def test_a_column_a_cutoff() -> None:
    assert [column.key for column in within_columns(EN, (2.5, 15.0))] == ["within_2.5_min", "within_15_min"]


def test_a_table_has_places_when_a_row_has_one() -> None:
    rows = (TableRow((TableValue("here"),)), TableRow((TableValue("there"),), (23.6, 61.5)))
    assert PageTable("key", "Caption", (), rows, "").placed
    assert not PageTable("key", "Caption", (), rows[:1], "").placed


def test_how_far_off_a_number_is_stands_beside_it() -> None:
    value = respondents_in(catalogue("en"), {"voices": 1200, "about": 15}, "voices")
    assert (value.shown, value.plain, value.beside) == ("about 1,200", 1200.0, ("± 15",))

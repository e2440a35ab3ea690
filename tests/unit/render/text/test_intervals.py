"""Intervals in words."""

import pytest

from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.intervals import between, with_interval

FINNISH, ENGLISH = catalogue("fi"), catalogue("en")


@pytest.mark.parametrize(
    ("interval", "times", "text"),
    [
        ((8.4, 10.6), 1, "8–11"),
        ((0.756, 0.84), 100, "76–84"),
        ((8.6, 9.4), 1, ""),
        (None, 1, ""),
        ((0, 0), 1, ""),
        ((10_000, 12_000), 1, "10\xa0000–12\xa0000"),
    ],
)
def test_ends_are_whole_numbers_and_nothing_where_they_are_the_same(interval, times, text):
    assert between(FINNISH, interval, times) == text


def test_a_figure_has_its_interval_beside_it():
    assert with_interval(ENGLISH, "9 min", (8.4, 10.6)) == "9 min (8–11)"
    assert with_interval(ENGLISH, "9 min", (8.6, 9.4)) == "9 min"
    assert with_interval(ENGLISH, "9 min", None) == "9 min"

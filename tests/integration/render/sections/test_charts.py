"""Charts tell the shares of the origins, stay in their drawing, and keep their names apart."""

from itertools import pairwise

import numpy as np
import pytest

from tesoma_geo.render.sections.charts import (
    BOTTOM,
    LEFT,
    LINES,
    NAMES,
    RIGHT,
    TOP,
    Bars,
    share_bar,
    share_curves,
)
from tesoma_geo.render.text.catalogue import catalogue

ENGLISH = catalogue("en")


def points(curve):
    return np.array([pair.split() for pair in curve.path.removeprefix("M").split("L")], float)


@pytest.mark.parametrize("count", [1, 2, 7, 9, 14])
def test_curves_stay_in_the_drawing_and_their_names_apart(count):
    random = np.random.default_rng(count)
    at = np.linspace(0, 30, 20)
    shares = {f"name {i}": np.sort(random.uniform(0, 1, 20)) for i in range(count)}
    chart = share_curves(ENGLISH, "T", "X", at, shares, [(0, "0"), (30, "30")], dashed=count > 1)
    for curve in chart.curves:
        xy = points(curve)
        assert xy[0, 0] == LEFT
        assert xy[-1, 0] == RIGHT
        assert np.all((xy[:, 1] >= TOP) & (xy[:, 1] <= BOTTOM))
        assert (curve.dash == "") == (count == 1 or curve.number == 0)
    heights = sorted(curve.label_y for curve in chart.curves)
    assert all(b - a >= 17 - 0.11 for a, b in pairwise(heights))
    assert max(heights) <= 280
    assert len({curve.colour for curve in chart.curves}) == min(count, len(LINES))


def test_names_at_the_same_height_are_moved_in_their_order():
    at, flat = np.array([0.0, 1.0]), np.array([0.5, 0.5])
    chart = share_curves(ENGLISH, "T", "X", at, {"a": flat, "b": flat, "c": flat}, [])
    heights = [curve.label_y for curve in chart.curves]
    assert heights == sorted(heights)
    assert len(set(heights)) == 3


def test_an_axis_of_a_single_place_is_no_division_by_nothing():
    chart = share_curves(ENGLISH, "T", "X", np.array([5.0, 5.0]), {"a": np.array([0.2, 0.2])}, [(5.0, "5")])
    assert np.isfinite(points(chart.curves[0])).all()


@pytest.mark.parametrize("share", [0.0, 0.123456, 1.0])
def test_a_bar_of_a_share(share):
    bar = share_bar(ENGLISH, "here", share)
    assert (bar.label, bar.start, bar.end) == ("here", 0.0, round(share, 4))
    assert bar.value == ENGLISH.percent(share)


def test_a_drawing_grows_with_its_bars():
    assert Bars("T", (share_bar(ENGLISH, "a", 0.1),) * 3).height - Bars("T", ()).height == 3 * 28


@pytest.mark.parametrize("name", ["bus", "at most 30 min", "a way of moving with a name of fifty letters, truly"])
def test_the_drawing_is_wide_enough_for_the_longest_name(name: str):
    at, values = np.array([0.0, 30.0]), np.array([0.0, 1.0])
    chart = share_curves(ENGLISH, "", "minutes", at, {name: values, "x": values}, [(0.0, "0")])
    # A letter of a usual sans face at 14 is 7.7 wide, taken over words.
    assert chart.width >= NAMES + 7.7 * len(name)
    assert chart.width >= 360

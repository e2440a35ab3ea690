"""Charts tell the shares of the origins, stay in their drawing, and keep their names apart."""

from itertools import pairwise

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.charts import (
    ALONE_RIGHT,
    BOTTOM,
    LEFT,
    LINES,
    NAMES,
    RIGHT,
    TOP,
    Bars,
    age_bars,
    area_bars,
    fairness_bars,
    reach_curves,
    share_bar,
    share_curves,
)
from tesoma_geo.render.text.catalogue import catalogue

ENGLISH = catalogue("en")


def points(curve):
    return np.array([pair.split() for pair in curve.path.removeprefix("M").split("L")], float)


def shares_of(curve):
    return (BOTTOM - points(curve)[:, 1]) / (BOTTOM - TOP)


def test_curves_are_the_shares_of_residents(assessment: tg.Assessment):
    profiles = headline.profiles(assessment)
    chart = reach_curves(assessment, ENGLISH, profiles)
    residents = assessment.origins["population"].to_numpy(float)
    at_min = np.linspace(0, assessment.workspace.access.cutoffs_min[-1], 61)
    assert [curve.label for curve in chart.curves] == [ENGLISH.named("profile", profile) for profile in profiles]
    for profile, curve in zip(profiles, chart.curves, strict=True):
        minutes = assessment.origins[TO_HUB_S.of(profile)].to_numpy(float) / 60
        expected = [residents[minutes <= at + 1e-9].sum() / residents.sum() for at in at_min]
        np.testing.assert_allclose(shares_of(curve), expected, atol=5e-4)
        assert np.all(np.diff(points(curve)[:, 1]) <= 0)  # more minutes, more residents
    assert [tick.label for tick in chart.y][-1] == ENGLISH.percent(1)
    assert [tick.at for tick in chart.x] == sorted(tick.at for tick in chart.x)


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


def test_bars_are_on_their_track_and_the_mark_between_the_ends(assessment: tg.Assessment):
    profile = headline.profiles(assessment)[0]
    for bars in (age_bars(assessment, ENGLISH, profile), area_bars(assessment, ENGLISH, profile)):
        assert bars is not None
        assert all(bar.start == 0 <= bar.end <= 1 for bar in bars.bars)
    fair = fairness_bars(assessment, ENGLISH)
    assert fair.bars
    assert max(bar.end for bar in fair.bars) == 1
    assert all(0 <= bar.start <= bar.mark <= bar.end for bar in fair.bars)


def test_a_drawing_grows_with_its_bars():
    assert Bars("T", (share_bar(ENGLISH, "a", 0.1),) * 3).height - Bars("T", ()).height == 3 * 28


def test_areas_have_the_share_of_their_own_residents(assessment: tg.Assessment):
    profile, cutoff = headline.profiles(assessment)[0], headline.headline_cutoff(assessment)
    bars = area_bars(assessment, ENGLISH, profile)
    origins = assessment.origins
    near = origins[TO_HUB_S.of(profile)].to_numpy(float) <= cutoff * 60
    expected = []
    for rows in origins.groupby("area_code").groups.values():
        at = origins.index.get_indexer(rows)
        residents = origins["population"].to_numpy(float)[at]
        expected.append(round(residents[near[at]].sum() / residents.sum(), 4) if residents.sum() else 0.0)
    assert sorted(bar.end for bar in bars.bars) == pytest.approx(sorted(expected), abs=2e-3)


@pytest.mark.parametrize("name", ["bus", "at most 30 min", "a way of moving with a name of fifty letters, truly"])
def test_the_drawing_is_wide_enough_for_the_longest_name(name: str):
    at, values = np.array([0.0, 30.0]), np.array([0.0, 1.0])
    chart = share_curves(ENGLISH, "", "minutes", at, {name: values, "x": values}, [(0.0, "0")])
    # A letter of a usual sans face at 14 is 7.7 wide, taken over words.
    assert chart.width >= NAMES + 7.7 * len(name)
    assert chart.width >= 360


def test_one_curve_that_the_page_is_about_takes_the_room_of_its_name(assessment: tg.Assessment):
    profiles = headline.profiles(assessment)
    alone, together = (reach_curves(assessment, ENGLISH, shown) for shown in (profiles[:1], profiles[:2]))
    assert not alone.named
    assert points(alone.curves[0])[-1, 0] == alone.right == ALONE_RIGHT
    assert together.named
    assert points(together.curves[0])[-1, 0] == together.right == RIGHT

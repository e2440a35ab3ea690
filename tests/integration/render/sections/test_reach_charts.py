"""Charts of who gets to the hub: the shares are those of the residents."""

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections import page_tables
from tesoma_geo.render.sections.charts import (
    ALONE_RIGHT,
    BOTTOM,
    RIGHT,
    TOP,
)
from tesoma_geo.render.sections.reach_charts import age_bars, area_bars, fairness_bars, reach_curves
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


def test_bars_are_on_their_track_and_the_mark_between_the_ends(assessment: tg.Assessment):
    profile = headline.profiles(assessment)[0]
    for bars in (age_bars(assessment, ENGLISH, profile), area_bars(assessment, ENGLISH, profile)):
        assert bars is not None
        assert all(bar.start == 0 <= bar.end <= 1 for bar in bars.bars)
    fair = fairness_bars(assessment, ENGLISH)
    assert fair.bars
    assert max(bar.end for bar in fair.bars) == 1
    assert all(0 <= bar.start <= bar.mark <= bar.end for bar in fair.bars)


def test_the_farthest_of_the_nine_in_ten_is_one_number_in_chart_and_tables(assessment: tg.Assessment):
    p90 = {row.profile: row.p90_min for row in headline.reaches(assessment)}
    told = {ENGLISH.named("profile", profile): ENGLISH.minutes(p90[profile]) for profile in p90}
    table = {row.values[0].shown: row.values[3].shown for row in page_tables.fairness(assessment, ENGLISH).rows}
    assert table == told
    for bar in fairness_bars(assessment, ENGLISH).bars:
        assert bar.value.split("–")[-1] == told[bar.label]


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


def test_one_curve_that_the_page_is_about_takes_the_room_of_its_name(assessment: tg.Assessment):
    profiles = headline.profiles(assessment)
    alone, together = (reach_curves(assessment, ENGLISH, shown) for shown in (profiles[:1], profiles[:2]))
    assert not alone.named
    assert points(alone.curves[0])[-1, 0] == alone.right == ALONE_RIGHT
    assert together.named
    assert points(together.curves[0])[-1, 0] == together.right == RIGHT

"""The minutes alone are those of a whole assessment, and what is taken from another answer is what would be found."""

from dataclasses import replace

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.assessment.travel_assessment import (
    kept_travel_times,
    travel_assessment,
    travel_times,
    travel_times_side_by_side,
)
from tesoma_geo.columns import FROM_HUB_S, NEAREST_S, TO_HUB_S, WITHIN


@pytest.fixture(scope="module")
def inputs(sample_assessment: tg.Assessment):
    return sample_assessment.inputs


@pytest.fixture(scope="module")
def times(inputs):
    return travel_times(inputs)


def test_every_column_is_that_of_the_whole_assessment(times, sample_assessment):
    kinds = sample_assessment.services["kind"].unique()
    for profile in sample_assessment.workspace.access.profiles:
        names = [TO_HUB_S.of(profile), FROM_HUB_S.of(profile)]
        names += [column.of(profile, kind) for column in (NEAREST_S, WITHIN) for kind in kinds]
        for name in names:
            assert np.array_equal(times.columns[name], sample_assessment.origins[name].to_numpy()), name


def test_the_figures_are_those_of_the_whole_assessment(times, inputs, sample_assessment):
    light, whole = travel_assessment(inputs, times).summary, sample_assessment.summary
    assert light["services"] == whole["services"]
    for profile, figures in light["profiles"].items():
        for name in ("population_within", "median_min", "p90_min", "unreachable_population"):
            assert figures[name] == whole["profiles"][profile][name]
    assert times.connected == sample_assessment.transit_analysis.residents_connected


def test_services_that_moved_are_asked_for_again(times, inputs):
    services = inputs.services.copy()
    services.geometry = services.geometry.where(services.index != 0, services.geometry.translate(150, 60))
    moved = replace(inputs, services=services.iloc[::-1].reset_index(drop=True))
    known, fresh = travel_times(moved, None, (inputs, times)), travel_times(moved)
    assert known.columns.keys() == fresh.columns.keys()
    assert all(np.array_equal(known.columns[name], fresh.columns[name]) for name in fresh.columns)
    assert not np.array_equal(known.to_services_s["walk"], times.to_services_s["walk"])


def test_another_timetable_is_asked_for_everything(times, inputs):
    timetable = replace(
        inputs.timetable, stops=inputs.timetable.stops.assign(lon=inputs.timetable.stops["lon"] + 0.002)
    )
    moved = replace(inputs, timetable=timetable)
    known, fresh = travel_times(moved, None, (inputs, times)), travel_times(moved)
    assert all(np.array_equal(known.columns[name], fresh.columns[name]) for name in fresh.columns)
    assert not np.array_equal(fresh.columns["transit_to_hub_s"], times.columns["transit_to_hub_s"])


def assert_same(one, other):
    assert list(one.columns) == list(other.columns)
    for name in one.columns:
        assert np.array_equal(one.columns[name], other.columns[name], equal_nan=True), name
    for part in ("from_hub_s", "to_services_s"):
        ours, theirs = getattr(one, part), getattr(other, part)
        assert list(ours) == list(theirs)
        assert all(np.array_equal(ours[name], theirs[name]) for name in ours), part
    assert one.connected == other.connected


def test_profiles_side_by_side_give_the_same_figures(times, inputs):
    beside = travel_times_side_by_side(inputs)
    assert_same(beside, times)
    without_last = replace(inputs, services=inputs.services.iloc[:-1])
    assert_same(travel_times_side_by_side(without_last, None, (inputs, beside)), travel_times(without_last))
    figures = [travel_assessment(inputs, one).summary for one in (beside, times)]
    assert figures[0] == figures[1]


def test_minutes_that_were_kept_are_the_same(times, inputs, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path))
    for _ in range(2):
        assert_same(kept_travel_times(inputs, b"0123456789abcdef"), times)
    assert len(list(tmp_path.glob("times-*"))) == 1

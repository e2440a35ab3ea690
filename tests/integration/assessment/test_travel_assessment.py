"""The minutes alone are those of a whole assessment, and what is taken from another answer is what would be found."""

from dataclasses import replace

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.assessment.travel_assessment import travel_assessment, travel_times
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

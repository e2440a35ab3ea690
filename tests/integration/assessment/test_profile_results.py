"""What one way of moving gives: counted again from the seconds, with everybody either there or left out."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import tesoma_geo as tg
from tesoma_geo.assessment.profile_results import (
    REASONS,
    SURFACE_MARGIN_M,
    _unreachable,
    around_district,
    services_reached,
    street_reach,
)
from tesoma_geo.columns import FROM_HUB_S, NEAREST_S, TO_HUB_S, WITHIN
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network.isochrones.water_mask import Water


@pytest.fixture(scope="module")
def router(sample_inputs):
    return sample_inputs.network.router("walk")


@pytest.fixture(scope="module")
def reach(sample_inputs, router):
    snapped = SnappedPoints.of(sample_inputs, router)
    return street_reach(sample_inputs, router, snapped, Water.of(sample_inputs.water.geometry))


def test_seconds_are_those_of_the_router(sample_inputs, router, reach):
    to_s = router.travel_times(sample_inputs.origins, sample_inputs.hub).min(axis=1)
    back_s = router.travel_times(sample_inputs.hub, sample_inputs.origins).min(axis=0)
    np.testing.assert_array_equal(reach.origin_columns[TO_HUB_S.of("walk")], to_s)
    np.testing.assert_array_equal(reach.origin_columns[FROM_HUB_S.of("walk")], back_s)


def test_the_assessment_has_the_same(reach, sample_assessment: tg.Assessment):
    for name, values in reach.origin_columns.items():
        np.testing.assert_array_equal(sample_assessment.origins[name].to_numpy(), values)


def test_nobody_is_lost_twice_or_not_at_all(sample_inputs, reach):
    lost = np.isinf(reach.origin_columns[TO_HUB_S.of("walk")])
    assert np.array_equal(np.sum(list(reach.unreachable.values()), axis=0), lost.astype(int))
    told = {
        left.reason: left.count
        for left in reach.left_out
        if left.what == "origins" and left.reason[6:] in REASONS.values()
    }
    assert sum(told.values()) == lost.sum()


def test_isochrones_count_who_is_within_and_lie_in_one_another(sample_inputs, reach):
    rings, residents = reach.isochrones, sample_inputs.origins["population"].to_numpy(float)
    seconds = reach.origin_columns[TO_HUB_S.of("walk")]
    assert rings["cutoff_min"].tolist() == list(sample_inputs.workspace.access.cutoffs_min)
    for row in rings.itertuples():
        assert row.population == int(residents[seconds <= row.cutoff_min * 60].sum())
        assert row.area_km2 == pytest.approx(row.geometry.area / 1e6, rel=1e-3)
    for inner, outer in zip(rings.geometry[:-1], rings.geometry[1:], strict=True):
        assert outer.buffer(0.5).covers(inner)


def test_the_surface_lies_around_the_district(sample_inputs, reach):
    west, south, east, north = around_district(sample_inputs)
    bounds = sample_inputs.district.total_bounds
    assert (west, south) == pytest.approx((bounds[0] - SURFACE_MARGIN_M, bounds[1] - SURFACE_MARGIN_M))
    assert (east, north) == pytest.approx((bounds[2] + SURFACE_MARGIN_M, bounds[3] + SURFACE_MARGIN_M))


def drawn_services(random, count, capacity=None):
    table = {"kind": random.choice(["school", "library", "<odd kind>"], count)}
    if capacity is not None:
        table["capacity"] = capacity
    return gpd.GeoDataFrame(table, geometry=[shapely.Point(0, 0)] * count)


@pytest.mark.parametrize("seed", range(5))
def test_services_near_are_those_of_a_table_grouped_by_kind(seed):
    random = np.random.default_rng(seed)
    seconds = random.choice([60.0, 300.0, 900.0, np.inf], (7, 12)).astype(np.float32)
    services = drawn_services(random, 12)
    columns = services_reached("walk", seconds, services, 300.0)
    long = pd.DataFrame(seconds.T).assign(kind=services["kind"]).melt("kind", var_name="origin", value_name="s")
    for kind, rows in long.groupby("kind"):
        nearest = rows.groupby("origin")["s"].min()
        within = (rows["s"] <= 300).groupby(rows["origin"]).sum()
        assert columns[NEAREST_S.of("walk", kind)].tolist() == nearest.tolist()
        assert columns[WITHIN.of("walk", kind)].tolist() == within.tolist()
    assert len(columns) == 2 * long["kind"].nunique()


def test_services_with_a_capacity_count_for_so_much():
    random = np.random.default_rng(1)
    services = drawn_services(random, 3, [40.0, np.nan, 2.0]).assign(kind="school")
    seconds = np.array([[10, 10, 400], [10, 10, 10], [400, 400, 400]], np.float32)
    assert services_reached("walk", seconds, services, 300.0)[WITHIN.of("walk", "school")].tolist() == [41, 43, 0]


def test_no_services_are_no_columns():
    assert (
        services_reached("walk", np.empty((3, 0), np.float32), drawn_services(np.random.default_rng(1), 0), 300) == {}
    )


def test_the_first_reason_that_holds_is_told():
    found, seconds = np.array([False, True, True, True]), np.array([np.inf, np.inf, np.inf, 5], np.float32)
    known = {"across_water": np.array([True, False, False, True]), "other": np.array([True, True, False, False])}
    told = {name: rows.tolist() for name, rows in _unreachable(found, seconds, known).items()}
    assert told == {
        "across_water": [True, False, False, False],
        "other": [False, True, False, False],
        "no_street_near": [False] * 4,
        "no_way_to_hub": [False, False, True, False],
    }

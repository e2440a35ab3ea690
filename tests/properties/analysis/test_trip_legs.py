"""The walks of trips by timetable, from any home: what is drawn takes the seconds that are told."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tesoma_geo.analysis.trip_legs import WALK_TOLERANCE_M, trip_legs
from tesoma_geo.assessment.transit_analysis import timetable_router
from tesoma_geo.crs import to_metric
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.network.transit.median_trip import median_trips
from tesoma_geo.workspace import Workspace
from tests.walked_seconds import seconds_along


@pytest.fixture(scope="module")
def inputs(sample_workspace):
    return read_inputs(Workspace.load(sample_workspace))


@pytest.fixture(scope="module")
def router(inputs):
    return timetable_router(inputs)


def homes_in(district: gpd.GeoDataFrame, seed: int) -> gpd.GeoDataFrame:
    west, south, east, north = district.total_bounds
    x, y = np.random.default_rng(seed).random((2, 12))
    points = gpd.points_from_xy(west + x * (east - west), south + y * (north - south))
    return gpd.GeoDataFrame(geometry=points, crs=district.crs)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_minutes_told_and_lines_drawn_are_of_the_same_way(inputs, router, seed):
    homes, hub = homes_in(inputs.district, seed), inputs.hub.geometry.to_numpy()
    at_homes, at_hub, walk = router.snap(homes), router.snap(inputs.hub), router.walk
    trips = median_trips(router, at_homes, at_hub)
    stops = router.timetable.stops
    stop_at = shapely.points(*to_metric(stops["lon"].to_numpy(), stops["lat"].to_numpy(), walk.network.crs))
    drawn = trip_legs(router, at_homes, at_hub, trips, 0.0)
    for row, legs in enumerate(drawn):
        home = homes.geometry.iloc[row]
        if not trips.rides[row]:
            assert len(legs) == np.isfinite(trips.seconds[row])
            told = [(line, home, hub, trips.seconds[row]) for line in legs]
        else:
            assert len(legs) == 1 + 2 * (trips.calls[row, :, 0] >= 0).sum()
            told = [
                (legs[0], home, stop_at[[trips.boards[row]]], trips.access_s[row]),
                (legs[-1], stop_at[trips.alights[row]], hub, trips.egress_s[row]),
            ]
        for line, begin, ends, seconds in told:
            begins, arrives = shapely.points(shapely.get_coordinates(line)[[0, -1]])
            beside_m = shapely.distance(begin, begins) + shapely.distance(ends, arrives).min()
            taken = seconds_along(walk, line) + beside_m / walk.profile.foot_speed_ms + walk.profile.terminal_s
            # Walks to stops and from them are rounded up to whole seconds.
            assert -0.1 <= seconds - taken <= 1.1
    simple = trip_legs(router, at_homes, at_hub, trips)
    for legs, whole in zip(simple, drawn, strict=True):
        for line, exact in list(zip(legs, whole, strict=True))[::2]:
            assert shapely.hausdorff_distance(line, exact) <= WALK_TOLERANCE_M

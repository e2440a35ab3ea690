"""A cell of the surface by timetable holds what a home at its middle would have."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest

from tesoma_geo.assessment.profile_results import around_district
from tesoma_geo.assessment.surfaces import surface
from tesoma_geo.assessment.transit_analysis import timetable_router
from tesoma_geo.assessment.transit_surface import by_nearest_street


@pytest.fixture(scope="module")
def made(sample_inputs):
    """The router, the hub, and the surface of the sample before and after."""
    router = timetable_router(sample_inputs)
    hub = router.snap(sample_inputs.hub)
    streets = router.timed_streets(hub, reverse=True)
    before = surface(streets, None, str(sample_inputs.origins.crs), bounds=around_district(sample_inputs))
    return router, hub, before, by_nearest_street(before, router, hub)


def test_homes_at_the_middle_of_cells_take_as_long_as_the_cells_say(made):
    router, hub, before, after = made
    rows, columns = np.nonzero(np.isfinite(after.seconds))
    some = np.random.default_rng(1).choice(len(rows), 2_000, replace=False)
    x, y = after.transform * (columns[some] + 0.5, rows[some] + 0.5)
    homes = router.walk.snap(gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=after.crs))
    exact = router.times_between(router.snap(homes), hub).min(axis=1)
    off_s = [np.abs(one.seconds[rows[some], columns[some]] - exact)[np.isfinite(exact)] for one in (before, after)]
    assert len(off_s[1]) > 0.98 * len(some)
    # Places along the streets lie up to 10 m from each other: half of that is walked in four seconds.
    assert np.median(off_s[1]) < 6.0
    assert np.median(off_s[1]) < np.median(off_s[0])


def test_cells_without_seconds_stay_without_and_no_others_are_lost(made):
    _, _, before, after = made
    np.testing.assert_array_equal(np.isfinite(before.seconds), np.isfinite(after.seconds))
    assert (before.seconds != after.seconds)[np.isfinite(before.seconds)].any()
    assert (before.transform, before.crs, before.to_hub) == (after.transform, after.crs, after.to_hub)


def test_a_surface_without_any_seconds_or_streets_stays_as_it_is(made):
    router, hub, before, _ = made
    nothing = replace(before, seconds=np.full_like(before.seconds, np.nan))
    assert by_nearest_street(nothing, router, hub) is nothing
    away = replace(before, transform=before.transform.translation(1e6, 1e6) * before.transform)
    assert by_nearest_street(away, router, hub) is away

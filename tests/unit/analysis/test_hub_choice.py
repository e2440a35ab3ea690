"""Who goes to which of several hubs."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from rasterio.transform import Affine

from tesoma_geo.analysis.hub_choice import NOWHERE, catchments, hub_shares, nearest_hub

NEVER = np.inf


def test_the_nearest_is_the_first_of_those_as_near_and_nobody_is_nowhere():
    seconds = np.array([[60, 90, NEVER, 30], [60, 30, NEVER, NEVER]], np.float32)
    assert nearest_hub(seconds).tolist() == [0, 1, NOWHERE, 0]
    assert nearest_hub(seconds[:0]).tolist() == [NOWHERE] * 4


def test_shares_are_those_of_the_formula_by_hand():
    # 2 and 4 minutes, attraction 1 and 8: 1/4 and 8/16.
    shares = hub_shares(np.array([[120.0], [240.0]], np.float32), [1.0, 8.0], 2.0, 1.0)
    assert shares[:, 0] == pytest.approx([1 / 3, 2 / 3])


def test_who_lives_at_a_hub_is_not_drawn_there_without_end():
    shares = hub_shares(np.array([[0.0], [120.0]], np.float32), [1.0, 1.0], 2.0, 1.0)
    assert shares[:, 0] == pytest.approx([0.8, 0.2])


@given(
    st.lists(st.tuples(st.one_of(st.just(NEVER), st.floats(0, 1e6)), st.floats(1e-6, 1e12)), min_size=1, max_size=6),
    st.floats(0.1, 10),
    st.floats(0.1, 60),
)
def test_shares_sum_to_one_where_a_hub_is_reached_and_follow_the_formula(hubs, exponent, least):
    seconds = np.array([[time] for time, _ in hubs], np.float32)
    shares = hub_shares(seconds, [drawn for _, drawn in hubs], exponent, least)[:, 0]
    if not np.isfinite(seconds).any():
        assert not shares.any()
        return
    assert math.fsum(shares) == pytest.approx(1.0)
    assert (shares[np.isinf(seconds[:, 0])] == 0).all()
    logs = [
        math.log(drawn) - exponent * math.log(max(float(time) / 60, least)) if np.isfinite(time) else -NEVER
        for time, (_, drawn) in zip(seconds[:, 0], hubs, strict=True)
    ]
    for one, share in zip(logs, shares, strict=True):
        assert share == pytest.approx(1 / sum(math.exp(min(other - one, 700)) for other in logs) if one > -NEVER else 0)


def test_catchments_share_the_area_without_overlap():
    rows, columns = np.mgrid[0:40, 0:60]
    seconds = np.stack([np.hypot(rows - 20, columns - 10), np.hypot(rows - 20, columns - 50)]).astype(np.float32)
    seconds[:, :5, :] = np.nan
    found = catchments(
        seconds, Affine(10, 0, 0, 0, -10, 400), "EPSG:3067", ["west", "east"], shapely.box(0, 0, 600, 400)
    )
    assert list(found["hub"]) == ["west", "east"]
    west, east = found.geometry
    assert shapely.area(shapely.intersection(west, east)) == 0
    assert west.area + east.area == pytest.approx(600 * 350)
    assert west.area == pytest.approx(310 * 350)  # the column of cells that is as near to both is the first's
    assert west.contains(shapely.Point(100, 200))
    assert east.contains(shapely.Point(500, 200))
    assert list(found["area_km2"]) == [round(one.area / 1e6, 4) for one in found.geometry]


def test_a_hub_that_is_nowhere_the_nearest_or_reached_has_no_catchment():
    seconds = np.stack([np.zeros((3, 3)), np.ones((3, 3)), np.full((3, 3), np.nan)]).astype(np.float32)
    found = catchments(seconds, Affine(10, 0, 0, 0, -10, 30), "EPSG:3067", ["a", "b", "c"], shapely.box(0, 0, 30, 30))
    assert list(found["hub"]) == ["a"]
    none = catchments(seconds[2:], Affine(10, 0, 0, 0, -10, 30), "EPSG:3067", ["c"], shapely.box(0, 0, 30, 30))
    assert none.empty
    assert list(none.columns) == ["hub", "area_km2", "geometry"]

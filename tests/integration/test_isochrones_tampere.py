"""Isochrones beside the real lakes of Tampere."""

import geopandas as gpd
import numpy as np
import pytest

from tesoma_geo.network.isochrones.isochrones import TimedStreets, Water, isochrone_polygons

SPEED_MPS = 10


@pytest.mark.parametrize("step_m", [10.0, 20.0])
def test_no_street_over_a_real_lake_covers_any_of_it(shared_data, step_m) -> None:
    lakes = gpd.read_file(shared_data / "tampere_lakes.gpkg").geometry
    west, south, east, north = lakes.total_bounds
    rng = np.random.default_rng(7)
    x, y = rng.uniform((west, south), (east, north), (80, 2)).T
    tail, head = np.arange(80, dtype=np.int32).reshape(40, 2).T
    times_s = rng.uniform(0, 900, 80).astype(np.float32)
    seconds = (np.hypot(x[tail] - x[head], y[tail] - y[head]) / SPEED_MPS).astype(np.float32)
    rows = isochrone_polygons(
        TimedStreets(x, y, tail, head, seconds, seconds, times_s),
        [300, 600, 1200],
        crs=lakes.crs,
        water=Water.of(lakes),
        step_m=step_m,
    )
    assert rows.is_valid.all()
    assert (rows.area_km2 > 0).all()
    assert rows.intersection(lakes.union_all()).area.tolist() == [0, 0, 0]
    assert rows.geometry[2].covers(rows.geometry[1])
    assert rows.geometry[1].covers(rows.geometry[0])

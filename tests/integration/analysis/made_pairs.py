"""Travel times on a made-up grid of streets, for tests of what is done in blocks."""

import geopandas as gpd
import numpy as np
import pytest

from tesoma_geo.analysis.pairs_in_blocks import PairTimes
from tesoma_geo.network import StreetNetwork
from tests.conftest import CORNER, CRS

#: Streets every 100 m, and one that nothing leads to.
GRID = {100 * row + column + 1: (100 * column, 100 * row) for row in range(8) for column in range(8)}
STREETS = [[100 * row + column + 1 for column in range(8)] for row in range(8)]
WAYS = [(way, {"highway": "residential"}) for way in (*STREETS, *map(list, zip(*STREETS, strict=True)), [9001, 9002])]


def points(count: int, seed: int, **columns: np.ndarray) -> gpd.GeoDataFrame:
    """Places on the grid, the last on the island."""
    random = np.random.default_rng(seed)
    east_m, north_m = random.uniform(0, 700, (2, count))
    east_m[-1], north_m[-1] = 5050, 0
    places = gpd.points_from_xy(CORNER[0] + east_m, CORNER[1] + north_m)
    return gpd.GeoDataFrame(columns, geometry=places, crs=CRS)


def grid_times(write_osm_once, tmp_path_factory) -> PairTimes:
    """Ids of both sides are the same numbers, as those of two files without ids are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TESOMA_GEO_CACHE", str(tmp_path_factory.mktemp("cache")))
        network = StreetNetwork.from_osm(write_osm_once(GRID | {9001: (5000, 0), 9002: (5100, 0)}, WAYS))
    homes = points(23, 1, people=np.arange(23.0), number=np.ones(23))
    shops = points(17, 2, seats=np.arange(17.0) % 5, number=np.full(17, 3.0))
    return PairTimes.of(network.router("walk"), homes, shops)

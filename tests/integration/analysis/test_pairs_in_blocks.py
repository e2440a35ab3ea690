"""Travel times in blocks are those of the whole matrix."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from tesoma_geo.analysis import pairs_in_blocks
from tesoma_geo.analysis.pairs_in_blocks import PairTimes, blocks
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable
from tests.conftest import CRS
from tests.gtfs_feeds import write_feed, write_street
from tests.integration.analysis.made_pairs import grid_times


@pytest.fixture(scope="module")
def times(write_osm_once, tmp_path_factory) -> PairTimes:
    return grid_times(write_osm_once, tmp_path_factory)


@pytest.mark.parametrize(("rows", "across"), [(1, 1), (10, 3), (7, 1000), (5, 0)])
def test_blocks_are_all_rows_once(rows, across):
    found = [row for block in blocks(rows, across, most_pairs=9, least_rows=2) for row in range(rows)[block]]
    assert found == list(range(rows))


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(pairs_in_blocks, "LEAST_ROWS", 2)
    monkeypatch.setattr(blocks, "__defaults__", (40, 2))


def test_a_table_in_blocks_is_the_whole_one(times, small_blocks):
    tables = list(times.tables(60.0))
    whole = times.router.travel_times(times.origins, times.destinations)
    assert len(tables) > 5
    table = pd.concat(tables, ignore_index=True)
    assert table["from_id"].tolist() == np.repeat(np.arange(23), 17).tolist()
    assert table["to_id"].tolist() == np.tile(np.arange(17), 23).tolist()
    np.testing.assert_allclose(table["travel_time"], whole.ravel() / 60, atol=6e-4)
    assert np.isinf(table["travel_time"]).sum() == 23 + 16  # islands are left out


@pytest.fixture(scope="module")
def by_timetable(tmp_path_factory) -> PairTimes:
    folder = tmp_path_factory.mktemp("line")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TESOMA_GEO_CACHE", str(folder / "cache"))
        network = StreetNetwork.from_osm(write_street(folder), crs=CRS)
    router = network.transit_router(Timetable.from_gtfs(write_feed(folder), "2022-01-18"), ("07:40", "08:10"))
    lon = np.linspace(23.595, 23.645, 7)
    return PairTimes.of(router, *(
        gpd.GeoDataFrame({"people": np.arange(7.0)}, geometry=gpd.points_from_xy(at, np.full(7, 61.5)), crs=4326)
        for at in (lon, lon[::-1])
    ))  # fmt: skip


def test_by_timetable_blocks_have_the_percentiles_of_the_whole(by_timetable, small_blocks):
    table = pd.concat(list(by_timetable.tables(1.0, (5, 95))), ignore_index=True)
    whole = by_timetable.router.travel_times(by_timetable.origins, by_timetable.destinations, (50, 5, 95))
    names = ["travel_time", "travel_time_p5", "travel_time_p95"]
    np.testing.assert_allclose(table[names].to_numpy().T, whole.reshape(3, -1), atol=6e-4)
    np.testing.assert_allclose(by_timetable.seconds(destinations=slice(2, 5)), whole[:1, :, 2:5], atol=1e-3)

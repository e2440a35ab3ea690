"""Travel times and measures in blocks are those of the whole matrix."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from tesoma_geo import decay
from tesoma_geo.analysis import pairs_in_blocks
from tesoma_geo.analysis.pairs_in_blocks import STREAMED, PairTimes, blocks, measured
from tesoma_geo.errors import InputError
from tesoma_geo.measures import catalogue
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable
from tests.conftest import CORNER, CRS
from tests.gtfs_feeds import write_feed, write_street

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


@pytest.fixture(scope="module")
def times(write_osm_once, tmp_path_factory) -> PairTimes:
    """Ids of both sides are the same numbers, as those of two files without ids are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TESOMA_GEO_CACHE", str(tmp_path_factory.mktemp("cache")))
        network = StreetNetwork.from_osm(write_osm_once(GRID | {9001: (5000, 0), 9002: (5100, 0)}, WAYS))
    homes = points(23, 1, people=np.arange(23.0), number=np.ones(23))
    shops = points(17, 2, seats=np.arange(17.0) % 5, number=np.full(17, 3.0))
    return PairTimes.of(network.router("walk"), homes, shops)


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


ASKED = {
    "cumulative_opportunities": {"cutoff": [2.0, 5.0]},
    "cumulative_interval": {"interval": (2.0, 6.0)},
    "cost_to_closest": {"k": [1, 3]},
    "dual_access": {"n": 6.0},
    "gravity": {"decay": decay.exponential(0.2)},
    "balancing_cost": {},
    "two_step_fca": {"decay": decay.step(4.0)},
    "enhanced_two_step_fca": {"decay": decay.stepped({2: 1.0, 5: 0.4})},
}


@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize("columns", [("seats", "people"), ("number", "number")])
@pytest.mark.parametrize("measure", STREAMED)
def test_a_measure_in_blocks_is_that_of_the_whole_table(times, measure, columns, active):
    arguments = dict(ASKED[measure], active=active, opportunity=columns[0])
    if measure not in pairs_in_blocks.BY_ROW:
        arguments["demand"] = columns[1]
    elif not active:
        arguments["opportunity"] = columns[1]
    found = measured(times, measure, arguments, 60.0, most_pairs=40)
    table = pd.concat(list(times.tables(60.0)))
    table = table.assign(from_id="home " + table["from_id"].astype(str), to_id="shop " + table["to_id"].astype(str))
    sides = {"home": times.origins, "shop": times.destinations}
    land_use = pd.concat([side.assign(id=[f"{name} {row}" for row in side.index]) for name, side in sides.items()])
    whole = catalogue.all_measures()[measure](table, land_use.fillna(0), **arguments)
    assert found["id"].tolist() == [int(name.split()[1]) for name in whole["id"]]
    pd.testing.assert_frame_equal(found.drop(columns="id"), whole.drop(columns="id"), rtol=1e-12)
    assert (found["value"] > 0).any()


def test_what_needs_the_whole_matrix_says_so(times):
    with pytest.raises(InputError, match=r"balanced_fca needs the whole travel matrix.*tesoma-geo matrix"):
        measured(times, "balanced_fca", {"opportunity": "seats", "demand": "people"}, 60.0)


@pytest.mark.parametrize(
    ("column", "told"), [("chairs", r"The destinations have no column 'chairs'.*seats"), ("name", "numbers")]
)
def test_a_column_that_cannot_be_counted_is_told_with_its_side(times, column, told):
    named = PairTimes(
        times.router, times.origins, times.destinations.assign(name="x"), times.at_origins, times.at_destinations
    )
    with pytest.raises(InputError, match=told):
        measured(named, "gravity", {"opportunity": column, "decay": decay.step(5.0)}, 60.0)

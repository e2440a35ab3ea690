"""The library as a notebook uses it, on the real city: the calls that the design's contract names."""

import subprocess
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg

HUB = np.array([[23.6275, 61.5052]])


@pytest.fixture(scope="module")
def network(shared_data) -> tg.StreetNetwork:
    return tg.StreetNetwork.from_osm(shared_data / "tampere.osm.pbf")


@pytest.fixture(scope="module")
def router(network, shared_data) -> tg.StreetRouter:
    return network.router("walk", elevation=shared_data / "tampere_dem_50m.tif")


@pytest.fixture(scope="module")
def places() -> np.ndarray:
    return np.random.default_rng(3).uniform((23.59, 61.50), (23.66, 61.52), (40, 2))


def test_travel_times_are_seconds_from_each_origin_to_each_destination(router, places):
    seconds = router.travel_times(places, places[:7])
    assert seconds.shape == (40, 7)
    assert seconds.dtype == np.float32
    to_itself = seconds.diagonal()  # to the street and back, or no street near
    assert np.isfinite(to_itself).sum() >= 5
    assert (to_itself[np.isfinite(to_itself)] <= 2 * 250 / 1.3).all()
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*places.T), crs="EPSG:4326")
    assert np.array_equal(router.travel_times(frame, frame.iloc[:7]), seconds)


def test_all_nodes_at_once(network, router, places):
    to_hub, from_hub = router.to(HUB), router.from_(HUB)
    assert to_hub.shape == from_hub.shape == (network.n_nodes,)
    assert not np.allclose(to_hub, from_hub)  # hills: there is not back
    groceries = router.sum_within(places, np.ones(40), cutoff_s=900)
    assert groceries.shape == (network.n_nodes,)
    assert groceries.max() <= 40


def test_isochrones_grow(router):
    rings = router.isochrones(HUB, [300, 600, 900])
    assert rings["cutoff_min"].tolist() == [5, 10, 15]
    assert rings.area.is_monotonic_increasing
    assert rings.crs.to_epsg() == 3067


def test_a_scenario_leaves_the_base_as_it_is(router, places):
    before = router.travel_times(places, HUB)
    near = np.flatnonzero(router.to(HUB)[router.network.tail] < 120)
    slower = router.with_edits(tg.Edits(near, factor=2.0))
    assert (slower.travel_times(places, HUB) >= before).all()
    assert (slower.travel_times(places, HUB) > before).any()
    assert np.array_equal(router.travel_times(places, HUB), before)


def test_a_notebook_goes_to_osmnx_and_back(tmp_path, sample_workspace):
    streets = tg.StreetNetwork.from_osm(sample_workspace.parent / "sample" / "streets.osm.pbf")
    back = tg.StreetNetwork.from_osmnx(streets.to_osmnx())
    assert back.n_nodes == streets.n_nodes
    assert back.length_m.sum() == pytest.approx(streets.length_m.sum(), rel=1e-5)


def test_public_transport_over_a_departure_window(network, shared_data, places):
    timetable = tg.Timetable.from_gtfs(shared_data / "nysse_gtfs.zip", date="2022-01-18")
    transit = network.transit_router(timetable, window=("07:00", "08:00"))
    seconds = transit.travel_times(places, HUB, percentiles=(5, 50, 95))
    assert seconds.shape == (3, 40, 1)
    assert (seconds[0] <= seconds[1]).all()
    assert (seconds[1] <= seconds[2]).all()
    walked = network.router("walk").travel_times(places, HUB)
    assert (seconds[1] <= np.ceil(walked) + 2).all()


def test_measures_take_tables_and_never_route():
    travel = pd.DataFrame(
        {"from_id": ["a", "a", "b", "b"], "to_id": ["a", "b", "a", "b"], "travel_time": [0, 20, 20, 0]}
    )
    land_use = pd.DataFrame({"id": ["a", "b"], "jobs": [100, 50], "population": [10, 30]})
    reached = tg.measures.cumulative_opportunities(travel, land_use, opportunity="jobs", cutoff=10)
    assert dict(zip(reached["id"], reached["value"], strict=True)) == {"a": 100, "b": 50}
    ratio = tg.measures.two_step_fca(travel, land_use, opportunity="jobs", demand="population", decay=tg.decay.step(45))
    assert ratio["value"].tolist() == pytest.approx([150 / 40, 150 / 40])
    assert tg.equity.gini(ratio, land_use, population="population") == pytest.approx(0)


def test_importing_loads_nothing_heavy():
    """The command line answers at once: packages load when they are used."""
    heavy = "('numba', 'geopandas', 'folium', 'pydantic')"
    code = f"import sys, tesoma_geo, tesoma_geo.cli; print([m for m in {heavy} if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_public_names_are_those_that_are_listed():
    assert set(tg.__all__) <= set(dir(tg))
    for name in tg.__all__:
        assert getattr(tg, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = tg.nonsense

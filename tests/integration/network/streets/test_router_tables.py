"""The library as a notebook shows and asks it, on the made-up district."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError

HUB = np.array([[23.6275, 61.5052]])


@pytest.fixture(scope="module")
def network(sample_workspace) -> tg.StreetNetwork:
    return tg.StreetNetwork.from_osm(sample_workspace.parent / "sample" / "streets.osm.pbf")


@pytest.fixture(scope="module")
def router(network) -> tg.StreetRouter:
    return network.router("walk")


@pytest.fixture(scope="module")
def homes() -> gpd.GeoDataFrame:
    lon, lat = np.random.default_rng(1).uniform((23.62, 61.503), (23.635, 61.508), (5, 2)).T
    return gpd.GeoDataFrame(index=[f"home {n}" for n in range(5)], geometry=gpd.points_from_xy(lon, lat), crs=4326)


def test_tables_have_the_ids_that_went_in_and_the_times_of_the_router(router, homes):
    seconds = router.travel_times(homes, homes[:2])
    wide = router.travel_times(homes, homes[:2], as_frame="wide")
    assert list(wide.index) == list(homes.index)
    np.testing.assert_allclose(wide.to_numpy() * 60, seconds, rtol=1e-6)
    long = router.travel_times(homes, homes[:2], as_frame=True)
    land_use = {"id": homes.index, "jobs": np.ones(5)}
    access = tg.measures.cumulative_opportunities(long, pd.DataFrame(land_use), opportunity="jobs", cutoff=1000)
    assert access["value"].max() == np.isfinite(seconds).sum(axis=1).max()


def test_nodes_as_points_with_what_is_asked(network, router, homes):
    table = router.node_table(to=HUB, from_=HUB, within={"homes": (homes, np.ones(5), 900)})
    assert list(table.columns) == ["node_id", "to_s", "from_s", "homes", "geometry"]
    assert len(table) == network.n_nodes
    np.testing.assert_array_equal(table["to_s"], router.to(HUB))
    assert table["homes"].max() <= 5


def test_isochrones_of_each_point_make_up_the_merged_one(router, homes):
    each = router.isochrones(homes[:3], [300, 600], each=True)
    assert list(each["id"]) == [one for one in homes.index[:3] for _ in range(2)]
    merged = router.isochrones(homes[:3], [300, 600])
    for cutoff, rows in each.groupby("cutoff_min"):
        whole = merged.loc[merged["cutoff_min"] == cutoff].geometry.iloc[0]
        assert rows.geometry.union_all().symmetric_difference(whole).area < 0.02 * whole.area


def test_swapped_coordinates_are_noticed(router, homes):
    with pytest.raises(InputError, match="look swapped"):
        router.to(HUB[:, ::-1])
    swapped = gpd.GeoSeries(gpd.points_from_xy(homes.geometry.y, homes.geometry.x), crs=4326)
    with pytest.raises(InputError, match="origins: longitude and latitude look swapped"):
        router.travel_times(swapped, homes)
    assert np.isinf(router.travel_times([[24.9, 60.2]], homes)).all()  # elsewhere is no fault


@pytest.mark.parametrize("wrong", ["Tesoma", None, [["a", "b"]], 3, {"lon": 23.6}])
def test_what_are_no_points_is_told_in_our_words(router, wrong):
    with pytest.raises(InputError):
        router.to(wrong)


def test_they_show_themselves_shortly(network, router):
    assert repr(network).startswith("<StreetNetwork: ")
    assert repr(router).startswith("<StreetRouter: walk, ")
    assert max(len(repr(network)), len(repr(router))) < 120
    for shown in (network._repr_html_(), router._repr_html_()):
        assert len(shown) < 100_000
        assert shown.count("<svg") == 1
        assert "<script" not in shown


def test_they_are_drawn(network):
    axes = network.plot(color="#000000")
    assert len(axes.collections) == 1
    assert network.explore(tiles=None).get_bounds()

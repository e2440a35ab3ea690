"""Explanations add up, and name what is in the way."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import box

import tesoma_geo as tg
from tesoma_geo.analysis.explain_streets import PARTS, explain, explained
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.network.streets.profiles import default_profiles, with_turn_costs
from tesoma_geo.network.streets.seasons import TAG, in_winter, winter_maintenance


def winter_router(inputs, profile):
    return tg.StreetRouter.build(*in_winter(inputs.network, default_profiles()[profile]))


@pytest.mark.parametrize("profile", ["walk", "walk_slow", "wheelchair", "bicycle"])
def test_the_parts_sum_to_the_time_that_the_router_gives(inputs, profile):
    router = winter_router(inputs, profile)
    table = explained(router, inputs.origins, inputs.hub)
    times = router.travel_times(inputs.origins, inputs.hub).min(axis=1)
    np.testing.assert_array_equal(table["total_s"], times)
    parts = table[[f"{part}_s" for part in PARTS]].sum(axis=1)
    there = np.isfinite(times)
    assert there.any()
    np.testing.assert_allclose(parts[there], times[there], rtol=1e-12)
    assert np.isinf(parts[~there]).all()
    assert (table[["straight_s", "winter_s", "steps_s"]] >= 0).all(axis=None)


def test_what_a_profile_does_not_know_costs_nothing(inputs):
    table = explained(inputs.network.router("walk"), inputs.origins, inputs.hub)
    assert (table[["winter_s", "darkness_s", "barriers_s", "parking_s"]] == 0).all(axis=None)
    assert set(table["largest"]) <= set(PARTS) - {"straight"}


def test_the_bicycle_is_parked_once(inputs):
    router = inputs.network.router("bicycle")
    table = explained(router, inputs.origins, inputs.hub)
    reached = np.isfinite(table["total_s"])
    np.testing.assert_allclose(table["parking_s"][reached], router.profile.terminal_s, rtol=1e-5)


@pytest.mark.parametrize("profile", ["car", "bicycle"])
def test_turns_are_a_part_of_their_own_where_they_cost(inputs, profile):
    plain = default_profiles()[profile]
    router = inputs.network.router(with_turn_costs(plain))
    table, without = (explained(one, inputs.origins, inputs.hub) for one in (router, inputs.network.router(plain)))
    np.testing.assert_array_equal(table["total_s"], router.travel_times(inputs.origins, inputs.hub).min(axis=1))
    reached = np.isfinite(table["total_s"])
    for part in ("straight_s", "detour_s", "crossings_s"):  # those before are as they are without
        np.testing.assert_allclose(table.loc[reached, part], without.loc[reached, part], rtol=1e-4, atol=1e-2)
    assert (without["turns_s"] == 0).all()
    assert (table.loc[reached, "turns_s"] > -1e-2).all()
    assert (table.loc[reached, "turns_s"] >= 2.0).mean() > 0.5


def test_residents_barriers_are_a_part_of_their_own(inputs):
    router = inputs.network.router("walk")
    everywhere = Edits(np.arange(inputs.network.n_edges), factor=1.5)
    table = explained(router, inputs.origins, inputs.hub, everywhere)
    before = explained(router, inputs.origins, inputs.hub)
    np.testing.assert_allclose(table["total_s"], before["total_s"] + table["barriers_s"], rtol=1e-6)
    assert (table["barriers_s"] > 0).mean() > 0.9


def test_closed_streets_are_the_part_that_closes_the_way(inputs):
    router = inputs.network.router("walk")
    table = explained(router, inputs.origins, inputs.hub, Edits.closing(np.arange(inputs.network.n_edges)))
    assert np.isinf(table["barriers_s"]).all()
    assert (table["parking_s"] == 0).all()
    assert (table["largest"] == "barriers").all()


def test_one_place_with_its_route_beside_the_straight_line(inputs):
    router = winter_router(inputs, "walk")
    place = inputs.origins.iloc[[3]]
    found = explain(router, place, inputs.hub)
    assert sum(found.parts_s.values()) == pytest.approx(found.total_s)
    assert found.lines["kind"].tolist() == ["route", "straight"]
    route, straight = found.lines.geometry
    assert route.length >= straight.length
    assert route.coords[0] == straight.coords[0] == place.geometry.iloc[0].coords[0]
    entrances = {point.coords[0] for point in inputs.hub.geometry}
    assert {route.coords[-1], straight.coords[-1]} <= entrances
    # On the flat at walking speed the route would take no longer than it does.
    assert route.length / router.profile.foot_speed_ms <= found.total_s * 1.02
    assert found.worst_place["delay_s"] > 0
    with pytest.raises(InputError, match="2 places"):
        explain(router, inputs.origins.head(2), inputs.hub)


def test_a_place_without_a_way(inputs):
    router = inputs.network.router("walk")
    closed = Edits.closing(np.arange(inputs.network.n_edges))
    found = explain(router, inputs.origins.head(1), inputs.hub, closed)
    assert found.total_s == np.inf
    assert found.worst_place == {}
    assert found.lines.geometry.iloc[0].is_empty


class TestWinter:
    def test_everybody_is_slower_and_nobody_is_cut_off_on_foot(self, inputs):
        summer = inputs.network.router("walk").travel_times(inputs.origins, inputs.hub)
        winter = winter_router(inputs, "walk").travel_times(inputs.origins, inputs.hub)
        there = np.isfinite(summer)
        np.testing.assert_array_equal(there, np.isfinite(winter))
        # At most two minutes a kilometre more than at 4.70 km/h; waiting and the way to the street are as ever.
        ratio = winter[there] / summer[there]
        assert ratio.min() > 1.05
        assert ratio.max() <= 1 + 2 * 4.7 / 60 + 1e-3

    def test_a_tag_comes_before_the_class_and_the_layer_before_both(self, inputs):
        network = inputs.network
        ways = pd.DataFrame({"highway": "residential", "winter_service": None}, index=network.ways.index)
        assert set(winter_maintenance(replace(network, ways=ways))) == {"maintained"}
        ways["winter_service"] = "no"
        assert set(winter_maintenance(replace(network, ways=ways))) == {"unmaintained"}
        ways["highway"], ways["winter_service"] = "footway", None
        assert set(winter_maintenance(replace(network, ways=ways))) == {"unknown"}
        west, south, east, north = network.x.min(), network.y.min(), network.x.max(), network.y.max()
        half = gpd.GeoDataFrame(
            {TAG: ["maintained"]}, geometry=[box(west, south, (west + east) / 2, north)], crs=network.crs
        )
        said = winter_maintenance(replace(network, ways=ways), half.to_crs("EPSG:4326"))
        assert set(said) == {"unknown", "maintained"}

    def test_the_nearest_line_tells_and_an_area_where_none_is_near(self, inputs):
        network = inputs.network
        everywhere = box(network.x.min(), network.y.min(), network.x.max(), network.y.max()).buffer(100)
        number = int(network.way[0])
        own = shapely.union_all(network.segments[network.way == number])
        layer = gpd.GeoDataFrame(
            {TAG: ["unmaintained", "maintained", "unmaintained"]},
            geometry=[everywhere, own, shapely.transform(own, lambda xy: xy + 8.0)],
            crs=network.crs,
        )
        said = winter_maintenance(network, layer)
        assert said[number] == "maintained"
        assert set(said) == {"maintained", "unmaintained"}
        assert (said == "unmaintained").mean() > 0.9

    @pytest.mark.parametrize(
        ("layer", "said"),
        [
            (gpd.GeoDataFrame({TAG: ["maintained"]}, geometry=[box(0, 0, 1, 1)]), "no CRS"),
            (gpd.GeoDataFrame({"a": [1]}, geometry=[box(0, 0, 1, 1)], crs=3067), "no column"),
            (gpd.GeoDataFrame({TAG: ["icy"]}, geometry=[box(0, 0, 1, 1)], crs=3067), "'icy'"),
        ],
    )
    def test_layers_that_cannot_be_used(self, inputs, layer, said):
        with pytest.raises(InputError, match=said):
            winter_maintenance(inputs.network, layer)

    def test_a_profile_keeps_its_own_factors_and_tells_what_is_assumed(self, inputs):
        own = {"maintained": 1.0, "unmaintained": 3.0, "unknown": 1.0}
        walk = default_profiles()["walk"]
        _, profile = in_winter(inputs.network, walk.model_copy(update={"factors": {**walk.factors, TAG: own}}))
        assert profile.factors[TAG] == own
        _, profile = in_winter(inputs.network, walk)
        assert profile.sources["winter.extra_min_per_km.foot.unknown"].startswith("assumption")
        assert in_winter(inputs.network, walk)[0].hierarchy is inputs.network.hierarchy

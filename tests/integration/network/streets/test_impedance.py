"""Impedance: tags + grade + profile → seconds by direction."""

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.profiles import default_profiles, profiles_with

PROFILES = default_profiles()


@pytest.mark.parametrize("profile", ["walk", "walk_slow", "wheelchair", "bicycle", "e_bike"])
def test_a_plain_flat_street_takes_its_length_over_the_speed(costs, profile):
    seconds = 300 / (PROFILES[profile].speed_kmh / 3.6)
    assert costs(profile) == pytest.approx((seconds, seconds), rel=1e-3)


@pytest.mark.parametrize(
    ("tags", "kmh"),
    [
        ({}, 40 * 0.9),
        ({"maxspeed": "30"}, 30 * 0.9),
        ({"maxspeed": "20 mph"}, 20 * 1.609344 * 0.9),
        ({"maxspeed": "FI:urban"}, 50 * 0.9),
        ({"maxspeed": "signals"}, 40 * 0.9),
        ({"highway": "living_street"}, 20 * 0.9),
        ({"highway": "primary", "maxspeed": "80"}, 80 * 0.9),
    ],
)
def test_a_car_follows_the_limit_or_the_class(costs, tags, kmh):
    assert costs("car", **tags)[0] == pytest.approx(300 / (kmh / 3.6), rel=1e-3)


def test_a_limit_by_direction_holds_in_that_direction(costs):
    forward, backward = costs("car", **{"maxspeed": "60", "maxspeed:backward": "30"})
    assert backward == pytest.approx(2 * forward, rel=1e-3)


def test_one_way_closes_the_other_direction(costs):
    forward, backward = costs("car", oneway="yes")
    assert np.isfinite(forward)
    assert np.isinf(backward)
    assert np.isfinite(costs("walk", oneway="yes")).all()


@pytest.mark.parametrize(
    ("tags", "open_"),
    [
        ({"highway": "steps"}, False),
        ({"highway": "steps", "ramp:wheelchair": "yes"}, True),
        ({"highway": "footway", "surface": "sand"}, False),
        ({"highway": "footway", "smoothness": "very_bad"}, False),
        ({"highway": "footway", "width": "0.8"}, False),
        ({"highway": "footway", "width": "0,85 m"}, False),
        ({"highway": "footway", "width": "2.5 m"}, True),
        ({"highway": "footway", "width": "narrow"}, True),
        ({"highway": "footway", "incline": "12%"}, False),
        ({"highway": "footway", "incline": "-12 %"}, False),
        ({"highway": "footway", "incline": "4%"}, True),
        ({"highway": "footway"}, True),
    ],
)  # fmt: skip
def test_what_stops_a_wheelchair(costs, tags, open_):
    assert np.isfinite(costs("wheelchair", **tags)[0]) == open_


def test_a_raised_kerb_stops_a_wheelchair_and_nobody_else(costs):
    kerb, through = {2: {"kerb": "raised"}}, [([1, 2, 3], {"highway": "footway"})]
    assert np.isinf(costs("wheelchair", node_tags=kerb, ways=through, edge=-1)[0])
    assert costs("walk", node_tags=kerb, ways=through, edge=-1)[0] == pytest.approx(0.01)


def test_incline_is_by_direction(costs):
    up, down = costs("walk", incline="10%")
    assert up > down
    assert costs("walk", incline="-10%") == pytest.approx((down, up))
    assert costs("walk", incline="5.71°") == pytest.approx((up, down), rel=1e-3)


def test_gravel_slows_a_bicycle_by_its_factor(costs):
    plain, _ = costs("bicycle")
    assert costs("bicycle", surface="gravel")[0] == pytest.approx(1.3 * plain, rel=1e-5)
    assert costs("bicycle", surface="moon dust")[0] == pytest.approx(plain, rel=1e-5)


def test_a_bicycle_is_pushed_at_walking_speed(costs):
    assert costs("bicycle", highway="footway")[0] == pytest.approx(300 / (4.7 / 3.6), rel=1e-3)


def test_a_bollard_stops_cars_only(costs):
    bollard, through = {2: {"barrier": "bollard"}}, [([1, 2, 3], {"highway": "residential"})]
    assert np.isinf(costs("car", node_tags=bollard, ways=through, edge=-1)[0])
    assert np.isfinite(costs("bicycle", node_tags=bollard, ways=through, edge=-1)[0])


def test_a_street_is_open_up_to_its_barrier(costs):
    bollard, through = {2: {"barrier": "bollard"}}, [([1, 2, 3], {"highway": "residential"})]
    assert costs("car", node_tags=bollard, ways=through) == costs("car", ways=through)


@pytest.mark.parametrize(
    ("duration", "seconds"), [("00:10", 600), ("PT10M", 600), ("10", 600), ("01:00:30", 3630), (None, 300 / (10 / 3.6))]
)
def test_a_ferry_takes_its_duration(costs, duration, seconds):
    tags = {"route": "ferry", **({"duration": duration} if duration else {})}
    assert costs("walk", ways=[([1, 2], tags)])[0] == pytest.approx(seconds, rel=2e-3)


def test_a_ferry_takes_cars_only_where_it_says_so(costs):
    assert np.isinf(costs("car", ways=[([1, 2], {"route": "ferry"})])[0])
    assert np.isfinite(costs("car", ways=[([1, 2], {"route": "ferry", "motor_vehicle": "yes"})])[0])


def test_a_workspace_override_changes_the_seconds(costs):
    slower = profiles_with({"walk": {"speed_kmh": 2.35}})["walk"]
    assert costs(slower)[0] == pytest.approx(2 * costs("walk")[0], rel=1e-5)


def test_a_pushed_bicycle_is_never_faster_than_a_walker(costs):
    for tags in ({"highway": "steps", "incline": "-20%"}, {"highway": "footway", "incline": "15%"}):
        assert np.greater_equal(np.array(costs("bicycle", **tags)) + 1e-3, costs("walk", **tags)).all()


@pytest.mark.parametrize(
    ("tags", "open_"),
    [
        ({"highway": "footway", "width": "60 cm"}, False),
        ({"highway": "footway", "width": "2'"}, False),
        ({"highway": "footway", "width": "3'6\""}, True),
        ({"highway": "footway", "width": "0,9"}, True),
        ({"highway": "footway", "maxwidth:physical": "0.7 m"}, False),
        ({"highway": "footway", "incline": "1:8"}, False),
        ({"highway": "footway", "incline": "1:20"}, True),
        ({"highway": "footway", "incline": "7°"}, False),
        ({"highway": "footway", "incline": "up"}, True),
        ({"highway": "ladder"}, False),
        ({"highway": "ladder", "foot": "yes"}, False),
        ({"highway": "path", "sac_scale": "mountain_hiking"}, False),
        ({"highway": "path", "sac_scale": "hiking"}, True),
        ({"highway": "path", "mtb:scale": "2"}, False),
        ({"highway": "path", "mtb:scale": "0"}, True),
        ({"highway": "path", "informal": "yes"}, True),
        ({"highway": "elevator"}, True),
        ({"highway": "elevator", "wheelchair": "no"}, False),
    ],
)  # fmt: skip
def test_what_stops_a_wheelchair_in_other_notations(costs, tags, open_):
    assert np.isfinite(costs("wheelchair", **tags)[0]) == open_


def test_rough_paths_slow_wheels_and_not_walkers(costs):
    for tags in ({"mtb:scale": "1"}, {"sac_scale": "hiking"}, {"informal": "yes"}):
        for profile in ("wheelchair", "bicycle"):
            assert costs(profile, highway="path", **tags)[0] > costs(profile, highway="path")[0]
        assert costs("walk", highway="path", **tags) == costs("walk", highway="path")


@pytest.mark.parametrize("tag", ["sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right"])
def test_a_pavement_of_its_own_is_preferred_and_the_road_is_open(costs, tag):
    assert costs("walk", **{tag: "separate"})[0] == pytest.approx(1.1 * costs("walk")[0], rel=1e-4)
    assert costs("bicycle", **{tag: "separate"}) == costs("bicycle")
    assert np.isinf(costs("walk", foot="use_sidepath")[0])


@pytest.mark.parametrize(
    ("tags", "kmh"),
    [
        ({"maxspeed": "FI:zone30"}, 30),
        ({"maxspeed": "DE:rural"}, 100),
        ({"maxspeed": "GB:nsl_single"}, 96.56),
        ({"maxspeed": "20mph"}, 32.19),
        ({"maxspeed": "rural"}, 80),
        ({"maxspeed:type": "FI:urban"}, 50),
        ({"source:maxspeed": "FI:zone40"}, 40),
        ({"maxspeed": "sign", "zone:maxspeed": "FI:30"}, 40),
        ({"maxspeed": "60", "maxspeed:conditional": "40 @ (Mo-Fr 11:00-14:00)"}, 40),
    ],
)
def test_limits_as_words_and_by_the_hour(costs, tags, kmh):
    assert costs("car", **tags)[0] == pytest.approx(300 / (kmh * 0.9 / 3.6), rel=1e-3)


def test_what_is_not_understood_is_counted(write_osm, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    strange = {"width": "narrow", "incline": "mountain", "maxspeed": "XX:urban", "access": "perhaps",
               "foot:conditional": "no @ (full moon)"}  # fmt: skip
    ways = [([1, 2], {"highway": "residential", **strange}), ([2, 3], {"highway": "motorway"})]
    network = StreetNetwork.from_osm(write_osm({1: (0, 0), 2: (300, 0), 3: (600, 0)}, ways, {2: {"barrier": "moat"}}))
    left = {(left.what, left.examples) for left in network.left_out}
    for tag in ("width", "incline", "maxspeed", "access"):
        assert (f"values of {tag}", (f"{tag}={strange[tag]}",)) in left
    assert ("barriers", ("moat",)) in left
    assert ("conditional tags", ("foot:conditional=no @ (full moon)",)) in left
    assert ("ways", ("motorway",)) in left

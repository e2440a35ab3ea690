"""Winter: who clears each way, what that costs, and which ways are there at all."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.network.streets.seasons import (
    MAINTAINED,
    TAG,
    UNKNOWN,
    UNMAINTAINED,
    in_winter,
    snowy_network,
    winter_maintenance,
    winter_profile,
    without_winter,
)
from tests.conftest import CORNER, CRS, write_osm_file

#: Five parallel ways of 200 m, 100 m apart, joined by a street at their western ends.
WAYS = [
    {"highway": "path"},
    {"highway": "path", "winter_service": "yes"},
    {"highway": "residential", "winter_service": "no"},
    {"highway": "path", "foot:winter": "no"},
    {"highway": "path"},
]


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    nodes = {}
    for row in range(len(WAYS)):
        nodes |= {10 * row + column + 1: (100.0 * column, 100.0 * row) for column in range(3)}
    ways = [([10 * row + 1, 10 * row + 2, 10 * row + 3], tags) for row, tags in enumerate(WAYS)]
    ways.append(([10 * row + 1 for row in range(len(WAYS))], {"highway": "residential"}))
    return StreetNetwork.from_osm(write_osm_file(tmp_path_factory.mktemp("ways") / "ways.osm", nodes, ways), CRS)


def layer(*rows, crs=CRS):
    """Shapes in metres from the corner, with who clears them."""
    shapes = [shapely.transform(shape, lambda xy: xy + np.array(CORNER)) for shape, _ in rows]
    return gpd.GeoDataFrame({TAG: [said for _, said in rows]}, geometry=shapes, crs=crs)


def test_a_tag_of_the_way_comes_before_its_class(network):
    said = winter_maintenance(network)
    assert said[1] == MAINTAINED
    assert said[2] == UNMAINTAINED
    assert said[0] == said[4]
    assert set(said) <= {MAINTAINED, UNMAINTAINED, UNKNOWN}


@pytest.mark.parametrize("crs", [CRS, "EPSG:4326"])
def test_a_line_near_a_way_comes_before_its_tags(network, crs):
    line = layer((shapely.LineString([(0, 210), (200, 210)]), MAINTAINED)).to_crs(crs)
    assert winter_maintenance(network, line)[2] == MAINTAINED
    far = layer((shapely.LineString([(0, 230), (200, 230)]), MAINTAINED)).to_crs(crs)
    assert winter_maintenance(network, far)[2] == UNMAINTAINED


def test_a_line_comes_before_the_area_that_it_lies_in(network):
    both = layer((shapely.box(-50, -50, 250, 450), UNMAINTAINED), (shapely.LineString([(0, 0), (200, 0)]), MAINTAINED))
    said = winter_maintenance(network, both)
    assert said[0] == MAINTAINED
    assert (said[1:] == UNMAINTAINED).all()


def test_a_way_is_what_most_of_its_length_is(network):
    before = winter_maintenance(network)[4]
    part = layer((shapely.box(90, 390, 210, 410), UNMAINTAINED))  # one of its two halves
    assert winter_maintenance(network, part)[4] == before
    whole = layer((shapely.box(-10, 390, 210, 410), UNMAINTAINED))
    assert winter_maintenance(network, whole)[4] == UNMAINTAINED


@pytest.mark.parametrize(
    ("faulty", "problem"),
    [
        (layer((shapely.box(0, 0, 1, 1), MAINTAINED), crs=None), "no CRS"),
        (layer((shapely.box(0, 0, 1, 1), MAINTAINED)).drop(columns=TAG), "no column"),
        (layer((shapely.box(0, 0, 1, 1), "ploughed")), "ploughed"),
    ],
)
def test_a_faulty_layer_is_refused(network, faulty, problem):
    with pytest.raises(InputError, match=problem):
        winter_maintenance(network, faulty)


def test_what_a_plan_says_stands_over_a_layer_of_today(network):
    planned = network.with_ways(network.ways.assign(**{TAG: [MAINTAINED, *[None] * 5]}))
    everything = layer((shapely.box(-50, -50, 250, 450), UNMAINTAINED))
    assert snowy_network(planned, everything).ways[TAG].tolist() == [MAINTAINED, *[UNMAINTAINED] * 5]


def test_the_year_turns_back(network):
    snowy = snowy_network(network)
    assert (snowy.when.winter, snowy.when.month) == (True, 1)
    back = without_winter(snowy)
    assert (back.when.winter, back.when.month) == (False, 7)
    assert without_winter(network) is network


@pytest.mark.parametrize("name", ["walk", "walk_slow", "wheelchair", "bicycle", "car"])
def test_ways_that_nobody_clears_take_longer_and_each_number_has_a_source(name):
    profile = default_profiles()[name]
    snowy = winter_profile(profile)
    factors = snowy.factors[TAG]
    assert factors[UNMAINTAINED] >= factors[UNKNOWN] >= factors[MAINTAINED] >= 1.0
    assert factors[UNMAINTAINED] > 1.0
    assert any(key.startswith("winter.") for key in snowy.sources)
    own = profile.model_copy(update={"factors": {**profile.factors, TAG: {MAINTAINED: 9.0}}})
    assert winter_profile(own).factors[TAG] == {MAINTAINED: 9.0}


def test_a_way_that_is_closed_in_winter_is_open_in_summer(network):
    ends = [int(np.flatnonzero(network.node_id == number)[0]) for number in (31, 33)]
    places = np.column_stack([network.lon, network.lat])[ends]
    walk = default_profiles()["walk"]
    summer = network.router(walk).travel_times(places[:1], places[1:])[0, 0]
    snowy, profile = in_winter(network, walk)
    winter = snowy.router(profile).travel_times(places[:1], places[1:])[0, 0]
    assert summer == pytest.approx(200 / walk.speed_kmh * 3.6, rel=0.05)
    assert not winter < 1.5 * summer

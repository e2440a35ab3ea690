"""A network takes the metric system of its place, and refuses one that is not made for it."""

import pytest

from tesoma_geo.crs import local_crs, metric_fault
from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetNetwork
from tests.conftest import CRS

ROAD = [([1, 2], {"highway": "residential"})]


def test_without_crs_a_network_takes_the_place_s_own(write_osm):
    assert StreetNetwork.from_osm(write_osm({1: (0, 0), 2: (100, 0)}, ROAD)).crs == CRS
    assert local_crs(-46.6, -23.6) == "EPSG:32723"
    assert local_crs(8.5, 47.4) == "EPSG:32632"
    assert local_crs(180.0, -20.0) == "EPSG:32760"
    assert local_crs(24.9, 60.2, "FI") == "EPSG:3067"


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:4326", "EPSG:32723", "EPSG:27700", "nothing", "EPSG:2263"])
def test_a_system_that_is_not_made_for_the_place_is_refused(write_osm, crs):
    with pytest.raises(InputError, match=r"EPSG:3067|Use|use"):
        StreetNetwork.from_osm(write_osm({1: (0, 0), 2: (100, 0)}, ROAD), crs)


@pytest.mark.parametrize("crs", ["EPSG:3067", "EPSG:3878", "EPSG:32635", "EPSG:3035"])
def test_systems_that_are_used_in_tampere_hold(write_osm, crs):
    assert StreetNetwork.from_osm(write_osm({1: (0, 0), 2: (100, 0)}, ROAD), crs).crs == crs


def test_the_map_of_the_world_is_no_measure_even_at_the_equator():
    assert metric_fault("EPSG:3857", 103.8, 1.3)
    assert metric_fault("EPSG:3414", 103.8, 1.3) is None  # Singapore's own

"""Annotations beside the streets and services that they are about."""

import geopandas as gpd
import pytest
from made_annotations import CRS, at

from tesoma_geo.inputs.annotation_context import nearby_features
from tesoma_geo.network import StreetNetwork


@pytest.fixture
def streets(write_osm):
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (0.0, 30.0), 4: (100.0, 30.0)}
    ways = [((1, 2), {"highway": "residential", "name": "Kotikatu"}), ((3, 4), {"highway": "footway"})]
    return StreetNetwork.from_osm(write_osm(nodes, ways), CRS)


SERVICES = gpd.GeoDataFrame(
    {"service_id": ["s1", "s2"], "kind": ["school", "library"], "name": ["Koulu", None]},
    geometry=[at(50, 10), at(5000, 0)], crs=CRS,
)  # fmt: skip


def test_streets_and_services_with_distance_and_confidence(streets):
    pins = gpd.GeoDataFrame(geometry=[at(50, 2), at(900, 900)], crs=CRS)
    near, far = nearby_features(pins, streets, SERVICES)
    assert far == {"streets": [], "services": []}
    street, path = near["streets"]
    assert (street["osm_id"], street["name"], street["highway"]) == (1, "Kotikatu", "residential")
    assert sorted(street["nodes"]) == [1, 2]
    assert street["distance_m"] == pytest.approx(2.0, abs=0.2)
    assert (path["name"], path["highway"], sorted(path["nodes"])) == (None, "footway", [3, 4])
    assert street["confidence"] > path["confidence"] > 0
    (school,) = near["services"]
    assert (school["service_id"], school["kind"], school["name"]) == ("s1", "school", "Koulu")
    assert school["distance_m"] == pytest.approx(8.0, abs=0.1)


def test_a_street_of_several_edges_is_told_once(write_osm):
    nodes = {number: (20.0 * number, 0.0) for number in range(10)}
    long = StreetNetwork.from_osm(write_osm(nodes, [(list(nodes), {"highway": "service"})]), CRS)
    (pin,) = nearby_features(gpd.GeoDataFrame(geometry=[at(90, 1)], crs=CRS), long, SERVICES)
    assert len(pin["streets"]) == 1
    assert sorted(pin["streets"][0]["nodes"]) == [4, 5]

"""What a profile closes is a point, whatever its tag: the streets up to it stay open."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.edits import network_with_links
from tesoma_geo.network.streets.point_splits import split_for
from tesoma_geo.network.streets.profiles import profiles_with
from tests.conftest import CORNER, CRS


@pytest.mark.parametrize(
    ("tag", "value"),
    [("crossing", "unmarked"), ("highway", "give_way"), ("railway", "level_crossing")],
)
def test_a_point_that_a_profile_closes_is_a_point_whatever_its_tag(write_osm, tag, value):
    """Half of an infinite delay at both ends would close 400 m of street; the street is open up to the point."""
    nodes = {1: (0, 0), 2: (200, 0), 3: (400, 0), 4: (0, 1000), 5: (400, 1000)}
    ways = [([1, 2, 3], {"highway": "residential"}), ([1, 4, 5, 3], {"highway": "residential"})]
    network = StreetNetwork.from_osm(write_osm(nodes, ways, {2: {tag: value}}), CRS)
    walk = profiles_with({"careful": {"base": "walk", "node_delays_s": {tag: {value: False}}}})["careful"]
    router = network.router(walk)
    xy = np.array(CORNER) + np.array([(190, 5), (210, 5), (20, 5)])
    places = gpd.GeoSeries(shapely.points(xy), crs=CRS)
    metres = router.travel_times(places[1:], places[:1])[:, 0] * walk.foot_speed_ms
    assert metres == pytest.approx([190 + 2000 + 400 + 190 + 10, 180], abs=1.0)
    # Others pass as before, on the same streets.
    assert split_for(network, walk).router("walk").travel_times(places[1:2], places[:1])[0, 0] < 25
    assert split_for(split_for(network, walk, walk), walk).n_nodes == network.n_nodes + 1


def test_a_delay_at_a_tag_that_nodes_are_not_read_for_is_refused(write_osm):
    nodes = {1: (0, 0), 2: (200, 0)}
    network = StreetNetwork.from_osm(write_osm(nodes, [([1, 2], {"highway": "residential"})]), CRS)
    careful = profiles_with({"careful": {"base": "walk", "node_delays_s": {"traffic_calming": {"bump": 3}}}})["careful"]
    with pytest.raises(InputError, match="traffic_calming"):
        network.router(careful)


def test_links_are_added_after_points_are_closed(write_osm):
    nodes = {1: (0, 0), 2: (200, 0), 3: (400, 0)}
    node_tags = {2: {"highway": "give_way"}}
    network = StreetNetwork.from_osm(write_osm(nodes, [([1, 2, 3], {"highway": "residential"})], node_tags), CRS)
    closing = {"careful": {"base": "walk", "node_delays_s": {"highway": {"give_way": False}}}}
    careful = profiles_with(closing)["careful"]
    line = shapely.LineString(np.array(CORNER) + np.array([(100, 0), (100, 80), (300, 80), (300, 0)]))
    links = gpd.GeoDataFrame({"highway": ["footway"]}, geometry=[line], crs=CRS)
    linked = network_with_links(split_for(network, careful), links, 50.0).router(careful)
    places = gpd.GeoSeries(shapely.points(np.array(CORNER) + np.array([(90, 0), (310, 0)])), crs=CRS)
    metres = linked.travel_times(places[:1], places[1:])[0, 0] * careful.foot_speed_ms
    assert metres == pytest.approx(20 + 360, abs=1)
    with pytest.raises(InputError, match="links were added"):
        network_with_links(network, links, 50.0).router(careful)

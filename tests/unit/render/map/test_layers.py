"""What the map holds of an assessment."""

import geopandas as gpd
from shapely import LineString, Point
from test_encoding import unpacked, unpacked_lines

from tesoma_geo.render.map import layers

CRS = "EPSG:3067"


def test_links_are_drawn_as_their_road_and_unknown_ways_as_paths() -> None:
    line = LineString([(320000, 6820000), (320100, 6820000)])
    table = gpd.GeoDataFrame({"highway": ["motorway_link", "raceway"]}, geometry=[line, line], crs=CRS)
    assert [len(unpacked_lines(packed)) for packed in layers.streets(table)] == [1, 0, 0, 0, 1, 0]


def test_the_hub_is_at_its_entrances() -> None:
    table = gpd.GeoDataFrame(geometry=[Point(320000, 6820000), Point(320100, 6820000)], crs=CRS)
    assert len(unpacked(layers.hub(table)["xy"])) == 4

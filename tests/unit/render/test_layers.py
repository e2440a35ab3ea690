"""What the map holds of an assessment."""

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString, Point
from test_packing import unpacked, unpacked_lines

import tesoma_geo as tg
from tesoma_geo.render import layers
from tesoma_geo.render.place_names import place_names

CRS = "EPSG:3067"


def origins(rows: list[tuple[float, float, int, float, float]]) -> gpd.GeoDataFrame:
    x, y, residents, there, back = zip(*rows, strict=True)
    return gpd.GeoDataFrame(
        {"population": residents, "walk_to_hub_s": np.float32(there), "walk_from_hub_s": np.float32(back)},
        geometry=gpd.points_from_xy(x, y),
        crs=CRS,
    )


def test_origins_of_one_cell_are_shown_as_one() -> None:
    inf = float("inf")
    table = origins([(10, 10, 30, 100, 200), (90, 90, 10, 300, inf), (210, 10, 5, inf, inf)])
    packed = layers.cells(table, ["walk"], 100.0)
    assert unpacked(packed["residents"]) == [40, 5]
    assert unpacked(packed["to_hub_s"]["walk"]) == [150, -1]
    assert unpacked(packed["from_hub_s"]["walk"]) == [200, -1]
    assert [len(square) for square in unpacked_lines(packed["quads"])] == [5, 5]


def test_a_cell_where_nobody_lives_keeps_its_time() -> None:
    packed = layers.cells(origins([(10, 10, 0, 240, 240)]), ["walk"], 100.0)
    assert unpacked(packed["to_hub_s"]["walk"]) == [240]


def test_every_street_is_drawn_in_some_class(assessment: tg.Assessment) -> None:
    drawn = [unpacked_lines(packed) for packed in layers.streets(assessment.streets)]
    assert sum(map(len, drawn)) == len(assessment.streets)


def test_links_are_drawn_as_their_road_and_unknown_ways_as_paths() -> None:
    line = LineString([(320000, 6820000), (320100, 6820000)])
    table = gpd.GeoDataFrame({"highway": ["motorway_link", "raceway"]}, geometry=[line, line], crs=CRS)
    assert [len(unpacked_lines(packed)) for packed in layers.streets(table)] == [1, 0, 0, 0, 1, 0]


def test_rings_are_drawn_from_the_largest_to_the_smallest(assessment: tg.Assessment) -> None:
    for rings in layers.isochrones(assessment.isochrones).values():
        assert [ring["band"] for ring in rings] == sorted((ring["band"] for ring in rings), reverse=True)


def test_no_layer_is_keyed_by_text_of_the_data(assessment: tg.Assessment) -> None:
    keys = [content.key for content in layers.contents(assessment)]
    assert len(set(keys)) == len(keys)
    assert all(key.isidentifier() for key in keys)
    assert not any(kind in key for key in keys for kind in assessment.services["kind"])


def test_a_name_stands_upright_and_only_where_there_is_one() -> None:
    lines = [
        LineString([(320300, 6820300), (320000, 6820000)]),
        LineString([(320000, 6820000), (320000, 6820200)]),
        LineString([(320000, 6820000), (320500, 6820000)]),
    ]
    streets = gpd.GeoDataFrame({"name": ["Vino", "Pysty", None]}, geometry=lines, crs=CRS)
    nothing = gpd.GeoDataFrame({"name": pd.Series(dtype=str)}, geometry=[], crs=CRS)
    *level, names = place_names(nothing, nothing, streets)
    assert [unpacked(kind["text"]) for kind in level] == [[], []]
    assert [names["texts"][at] for at in unpacked(names["text"])] == ["Vino", "Pysty"]
    assert all(-90 <= degrees <= 90 for degrees in unpacked(names["degrees"]))


def test_the_hub_is_at_its_entrances() -> None:
    table = gpd.GeoDataFrame(geometry=[Point(320000, 6820000), Point(320100, 6820000)], crs=CRS)
    assert len(unpacked(layers.hub(table)["xy"])) == 4

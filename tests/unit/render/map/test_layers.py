"""What the map holds of an assessment."""

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString, Point
from test_encoding import unpacked, unpacked_lines

import tesoma_geo as tg
from tesoma_geo.render.figures import home_cells
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.folium_map import later_parts, map_data, map_data_at_once
from tesoma_geo.render.map.labels import place_names

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
    packed = home_cells.cells(home_cells.Grid.of(table, 100.0), table, ["walk"])
    assert unpacked(packed["residents"]) == [40, 5]
    assert unpacked(packed["to_hub_s"]["walk"]) == [150, -1]
    assert unpacked(packed["from_hub_s"]["walk"]) == [200, -1]
    assert [len(square) for square in unpacked_lines(packed["quads"])] == [5, 5]


def test_a_cell_where_nobody_lives_keeps_its_time() -> None:
    table = origins([(10, 10, 0, 240, 240)])
    packed = home_cells.cells(home_cells.Grid.of(table, 100.0), table, ["walk"])
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


def test_the_parts_of_a_cell_add_up_to_its_minutes(assessment: tg.Assessment) -> None:
    grid = home_cells.Grid.of(assessment.origins, assessment.workspace.population.cell_m)
    for profile in assessment.street_analysis.explained:
        told = home_cells.details(assessment, grid, profile)
        usual = grid.mean(assessment.origins[f"{profile}_to_hub_s"])
        there = np.isfinite(usual)
        total = np.sum([unpacked(packed) for packed in told["parts_s"].values()], axis=0)
        assert there.any()
        # Each part is rounded to a second.
        assert np.abs(total - usual)[there].max() <= len(told["parts_s"]), profile
        assert set(told["parts_s"]) <= set(home_cells.parts_of(assessment, profile))


def test_departures_are_told_as_the_study_has_them(assessment: tg.Assessment) -> None:
    study = assessment.transit_analysis
    assert study is not None
    grid = home_cells.Grid.of(assessment.origins, assessment.workspace.population.cell_m)
    told = home_cells.departures(study, assessment.workspace.access.cutoffs_min)
    steps = np.reshape(unpacked(home_cells.departure_minutes(study, grid)), (len(grid.squares), len(told["clocks"])))
    minutes = np.cumsum(steps, axis=1)
    assert told["clocks"] == list(study.departure_clocks)
    for number, seconds in enumerate(study.departure_s.T):
        expected = grid.mean(seconds) / 60
        there = np.isfinite(expected)
        assert (minutes[~there, number] == -1).all()
        np.testing.assert_array_equal(minutes[there, number], np.ceil(expected[there]))


def test_only_what_a_map_needs_at_once_comes_at_once(assessment: tg.Assessment) -> None:
    contents = layers.contents(assessment)
    later = dict(later_parts(contents))
    for content in contents:
        assert 0 <= content.at_once <= len(content.parts)
        for number in range(len(content.parts)):
            assert (f"{content.key}-{number}.js" in later) == (number >= content.at_once)
    assert map_data(contents) != map_data_at_once(contents)
    whole = len(map_data(contents))
    assert len(map_data_at_once(contents)) + sum(map(len, later.values())) < whole + 100 * len(later)

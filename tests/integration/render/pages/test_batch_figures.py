"""What the page of a batch tells: which rows and ways of moving, and what its map is given."""

import numpy as np
import pytest
import shapely

from tesoma_geo import command_columns
from tesoma_geo.crs import WGS84
from tesoma_geo.render.pages.batch_figures import batch_figures
from tests.made_districts import made_districts, made_hubs, without_sharing

HOSTILE = '<img src=x onerror="alert(1)">'


def packed(figures, key):
    (content,) = (one for one in figures.contents if one.key == key)
    return content.packed


def test_the_maps_data_names_districts_and_those_without_figures(sample_workspace, tmp_path):
    names = ["KUUSELA", HOSTILE, "Niemi", "Suo"]
    figures = batch_figures(*made_districts(sample_workspace, tmp_path, names, failed=[2]))
    assert packed(figures, "districts")["names"] == ["Kuusela", HOSTILE, "Suo"]
    assert list(packed(figures, "districts")["seconds"]) == ["walk", "bicycle"]
    assert packed(figures, "without_figures")["names"] == ["Niemi"]
    assert (figures.words, figures.together, figures.centred) == ("districts", True, True)


def test_a_way_of_moving_that_no_district_has_is_none_of_the_pages(sample_workspace, tmp_path):
    tasks, table = made_districts(sample_workspace, tmp_path, ["a", "b"])
    table[command_columns.BATCH_UNREACHABLE.of("bicycle")] = np.nan
    figures = batch_figures(without_sharing(tasks), table)
    assert figures.profiles == ("walk",)
    assert not figures.together


def test_the_quickest_come_first_and_who_never_arrives_last(sample_workspace, tmp_path):
    tasks, table = made_districts(sample_workspace, tmp_path, ["a", "b", "c"])
    table[command_columns.BATCH_MEDIAN_MIN.of("walk")] = [np.nan, 9.0, 3.0]
    assert batch_figures(tasks, table).of("walk")["name"].tolist() == ["c", "b", "a"]


def test_of_places_for_a_hub_the_geometry_is_theirs_and_the_area_that_of_the_district(sample_workspace):
    tasks, table = made_hubs(sample_workspace, ["a", "b", "c"], failed=[1])
    figures = batch_figures(tasks, table)
    assert figures.words == "hub_table"
    places = figures.table.geometry.to_crs(WGS84)
    assert [place.is_empty for place in places] == [False, True, False]
    assert places[0].x == pytest.approx(table["hub_lon"][0], abs=1e-7)
    assert shapely.get_type_id(figures.area.geometry.iloc[0]) in (3, 6)  # polygons
    assert packed(figures, "hubs")["names"] == ["a", "c"]


def test_where_no_place_has_figures_there_is_nothing_to_map(sample_workspace):
    figures = batch_figures(*made_hubs(sample_workspace, ["a", "b"], failed=[0, 1]))
    assert (figures.words, figures.profiles, figures.contents) == ("hub_table", (), ())

"""One service however often it is drawn, and two that are two."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.sources.service_sites import once_over_sources
from tesoma_geo.sources.services import read_osm_services
from tests.conftest import CORNER, CRS

SCHOOL = {"amenity": "school"}
NAMED = SCHOOL | {"name": "Koulu"}
#: Four squares of 30 m, 40 m apart from the next; a node by the first one and one far away.
NODES = {
    10 * square + corner: (70 * square + 30 * (corner in (2, 3)), 30 * (corner in (3, 4)))
    for square in range(1, 5)
    for corner in range(1, 5)
} | {91: (75, 5), 92: (2000, 2000)}  # fmt: skip


def ring(square: int) -> list[int]:
    return [10 * square + corner for corner in (1, 2, 3, 4, 1)]


def read(path: Path, filters: dict[str, str] | None = None):
    return read_osm_services(path, filters or {"school": "amenity=school"}, crs=CRS)


def test_one_school_in_three_unnamed_buildings_is_one(write_osm):
    reading = read(write_osm(NODES, [(ring(1), SCHOOL), (ring(2), SCHOOL), (ring(3), SCHOOL)]))
    assert len(reading.table) == 1
    assert [left.count for left in reading.left_out] == [2]
    assert "further drawings of one service" in reading.left_out[0].reason


def test_unnamed_buildings_go_with_the_named_one_and_its_door(write_osm):
    reading = read(write_osm(NODES, [(ring(1), SCHOOL), (ring(2), NAMED)], {13: {"entrance": "main"}}))
    assert reading.table[["service_id", "name"]].to_numpy().tolist() == [["osm:way/2", "Koulu"]]
    assert reading.table.geometry[0].x - CORNER[0] == pytest.approx(100, abs=0.05)


def test_two_names_are_two_services_though_an_unnamed_building_lies_between(write_osm):
    other = SCHOOL | {"name": "Toinen"}
    reading = read(write_osm(NODES, [(ring(1), NAMED), (ring(2), SCHOOL), (ring(3), other)]))
    assert sorted(reading.table["name"]) == ["Koulu", "Toinen"]


def test_the_same_name_near_by_is_one_and_far_away_another(write_osm):
    reading = read(write_osm(NODES, [(ring(1), NAMED), (ring(2), NAMED)], {92: NAMED}))
    assert sorted(reading.table["service_id"]) == ["osm:node/92", "osm:way/1"]


def test_shops_side_by_side_and_points_without_names_are_several(write_osm):
    shop = {"shop": "supermarket"}
    reading = read(write_osm(NODES, [(ring(1), shop), (ring(2), shop)]), {"grocery": "shop=supermarket"})
    assert len(reading.table) == 2
    doctors = {"amenity": "doctors"}
    nodes = {1: (0, 0), 2: (10, 0)}
    reading = read(write_osm(nodes, [], {1: doctors, 2: doctors}), {"health": "amenity=doctors"})
    assert len(reading.table) == 2


def test_outlines_far_from_each_other_are_several(write_osm):
    reading = read(write_osm(NODES, [(ring(1), SCHOOL), (ring(3), SCHOOL)]))
    assert len(reading.table) == 2


def with_site(file: Path, members: str, tags: str = "") -> Path:
    relation = f'<relation id="7" version="1">{members}<tag k="type" v="site"/>{tags}</relation></osm>'
    file.write_text(file.read_text(encoding="utf-8").replace("</osm>", relation), encoding="utf-8")
    return file


AS_SCHOOL = '<tag k="amenity" v="school"/><tag k="name" v="Koulu"/>'
MEMBERS = '<member type="way" ref="1" role=""/><member type="way" ref="2" role=""/>'


def test_members_of_a_site_are_one(write_osm):
    file = with_site(write_osm(NODES, [(ring(1), SCHOOL), (ring(4), SCHOOL)]), MEMBERS, AS_SCHOOL)
    reading = read(file)
    assert reading.table["service_id"].tolist() == ["osm:way/1"]
    assert [left.count for left in reading.left_out] == [1]


def test_a_site_whose_members_say_nothing_stands_among_them(write_osm):
    building = {"building": "yes"}
    reading = read(with_site(write_osm(NODES, [(ring(1), building), (ring(2), building)]), MEMBERS, AS_SCHOOL))
    assert reading.table[["service_id", "name"]].to_numpy().tolist() == [["osm:relation/7", "Koulu"]]
    assert 70 <= reading.table.geometry[0].x - CORNER[0] <= 170.1
    assert not reading.left_out
    door = '<member type="node" ref="91" role="entrance"/>'
    file = write_osm(NODES, [(ring(1), building), (ring(2), building)], {91: {"entrance": "main"}})
    reading = read(with_site(file, MEMBERS + door, AS_SCHOOL))
    assert reading.table.geometry[0].x - CORNER[0] == pytest.approx(75, abs=0.05)


def test_a_site_without_members_in_the_file_is_counted(write_osm):
    file = with_site(write_osm(NODES, []), '<member type="way" ref="99" role=""/>', AS_SCHOOL)
    assert [(left.count, left.examples) for left in read(file).left_out] == [(1, ("Koulu",))]


def test_one_service_in_two_files_counts_once():
    table = gpd.GeoDataFrame(
        {
            "service_id": list("abcd"), "kind": ["library", "library", "library", "school"],
            "name": ["Kirjasto", "kirjasto ", "Kirjasto", "Kirjasto"], "source": ["one", "two", "two", "two"],
        },
        geometry=[shapely.Point(0, 0), shapely.Point(60, 0), shapely.Point(5000, 0), shapely.Point(0, 0)], crs=CRS,
    )  # fmt: skip
    once = once_over_sources(table)
    assert once.services["service_id"].tolist() == ["a", "c", "d"]
    assert once.left_out[0].count == 1

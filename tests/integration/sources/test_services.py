"""Services: where they stand, and that each counts once."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.services import read_osm_services, read_service_layer
from tesoma_geo.workspace import ServiceLayer

CRS = "EPSG:3067"
CORNER = (320_000.0, 6_823_000.0)
FILTERS = {"school": "amenity=school", "health": "amenity=doctors|dentist"}

#: A square of 100 m (nodes 1-4), a smaller one within it (5-8), and nodes 9 inside both, 10 outside.
NODES = {
    1: (0, 0), 2: (100, 0), 3: (100, 100), 4: (0, 100),
    5: (10, 10), 6: (40, 10), 7: (40, 40), 8: (10, 40),
    9: (20, 20), 10: (300, 0),
}  # fmt: skip
OUTER, INNER = [1, 2, 3, 4, 1], [5, 6, 7, 8, 5]
SCHOOL = {"amenity": "school", "name": "Koulu"}


def services(path: Path, filters=FILTERS, **options):
    reading = read_osm_services(path, filters, crs=CRS, **options)
    assert reading.table.crs == CRS
    return reading


def metres(point: shapely.Point) -> tuple[float, float]:
    return point.x - CORNER[0], point.y - CORNER[1]


def test_nodes_and_areas_are_services_with_stable_ids(write_osm):
    doctors = {10: {"amenity": "doctors", "name": "Lääkäri"}, 9: {"amenity": "bench"}}
    table = services(write_osm(NODES, [(OUTER, SCHOOL)], doctors)).table
    assert table[["service_id", "kind", "name"]].to_numpy().tolist() == [
        ["osm:node/10", "health", "Lääkäri"],
        ["osm:way/1", "school", "Koulu"],
    ]
    assert metres(table.geometry[0]) == pytest.approx((300, 0), abs=0.05)
    x, y = metres(table.geometry[1])
    assert 0 < x < 100
    assert 0 < y < 100


def test_a_service_stands_at_its_best_entrance(write_osm):
    entrances = {2: {"entrance": "service"}, 3: {"entrance": "yes"}, 4: {"entrance": "main"}, 9: {"entrance": "main"}}
    table = services(write_osm(NODES, [(OUTER, SCHOOL)], entrances)).table
    assert metres(table.geometry[0]) == pytest.approx((0, 100), abs=0.05)


def test_a_service_entrance_for_goods_is_none(write_osm):
    table = services(write_osm(NODES, [(OUTER, SCHOOL)], {2: {"entrance": "service"}})).table
    assert metres(table.geometry[0]) != pytest.approx((100, 0), abs=0.05)


@pytest.mark.parametrize(
    ("node", "way", "ids", "name"),
    [
        (SCHOOL, SCHOOL, ["osm:way/1"], "Koulu"),
        ({"amenity": "school"}, SCHOOL, ["osm:way/1"], "Koulu"),
        (SCHOOL, {"amenity": "school"}, ["osm:node/9"], "Koulu"),
        (SCHOOL | {"name": "Toinen"}, SCHOOL, ["osm:node/9", "osm:way/1"], "Toinen"),
        ({"amenity": "dentist", "name": "Koulu"}, SCHOOL, ["osm:node/9", "osm:way/1"], "Koulu"),
    ],
)
def test_one_mapped_twice_counts_once(write_osm, node, way, ids, name):
    reading = services(write_osm(NODES, [(OUTER, way)], {9: node}))
    assert sorted(reading.table["service_id"]) == ids
    assert reading.table.set_index("service_id").loc[ids[0], "name"] == name
    if len(ids) == 1:
        assert metres(reading.table.geometry[0]) == pytest.approx((20, 20), abs=0.05)
        assert [item.count for item in reading.left_out] == [1]


def test_a_building_within_its_grounds_counts_once_and_lends_its_entrance(write_osm):
    reading = services(write_osm(NODES, [(OUTER, SCHOOL), (INNER, SCHOOL)], {7: {"entrance": "yes"}}))
    assert reading.table["service_id"].tolist() == ["osm:way/1"]
    assert metres(reading.table.geometry[0]) == pytest.approx((40, 40), abs=0.05)


def test_an_open_line_has_no_place_and_is_counted(write_osm):
    reading = services(write_osm(NODES, [([1, 2, 3], SCHOOL)]))
    assert reading.table.empty
    assert [(item.count, item.examples) for item in reading.left_out] == [(1, ("Koulu",))]
    assert [doubt.problem for doubt in reading.doubts] == [
        "no school is tagged amenity=school", "no health is tagged amenity=doctors|dentist",
    ]  # fmt: skip


def test_values_in_lists_and_any_value_match(write_osm):
    file = write_osm(NODES, [], {9: {"amenity": "doctors;dentist"}, 10: {"shop": "kiosk"}})
    table = services(file, {"dentist": "amenity=dentist", "shop": "shop=*"}).table
    assert table[["kind", "service_id"]].to_numpy().tolist() == [["dentist", "osm:node/9"], ["shop", "osm:node/10"]]


def test_one_of_two_kinds_has_a_row_for_each(write_osm):
    file = write_osm(NODES, [], {9: {"amenity": "doctors", "shop": "optician"}})
    table = services(file, {"health": "amenity=doctors", "shop": "shop=*"}).table
    assert table[["kind", "service_id"]].to_numpy().tolist() == [
        ["health", "osm:node/9"],
        ["shop", "osm:node/9/shop"],
    ]


def test_multipolygons_are_areas(tmp_path: Path, write_osm):
    file = write_osm(NODES, [(OUTER, {}), (INNER, {})])
    relation = (
        '<relation id="7" version="1"><member type="way" ref="1" role="outer"/>'
        '<member type="way" ref="2" role="inner"/>'
        '<tag k="type" v="multipolygon"/><tag k="amenity" v="school"/></relation></osm>'
    )
    file.write_text(file.read_text(encoding="utf-8").replace("</osm>", relation), encoding="utf-8")
    table = services(file).table
    assert table["service_id"].tolist() == ["osm:relation/7"]
    hole = shapely.box(10, 10, 40, 40)
    assert not shapely.Point(metres(table.geometry[0])).within(hole)


def test_what_lies_outside_the_study_area_is_counted(write_osm):
    nodes = {9: {"amenity": "doctors"}, 10: {"amenity": "doctors"}}
    near = shapely.Point(CORNER).buffer(100)
    reading = services(write_osm(NODES, [], nodes), within=near)
    assert reading.table["service_id"].tolist() == ["osm:node/9"]
    assert [(item.reason, item.count) for item in reading.left_out] == [("outside the study area", 1)]


def test_files_that_are_not_openstreetmap_are_refused(tmp_path: Path, write_osm):
    (tmp_path / "a.osm.pbf").write_bytes(b"nothing")
    for path in (tmp_path / "a.osm.pbf", tmp_path / "none.osm"):
        with pytest.raises(SourceError, match=f"{path.name} cannot be read as OpenStreetMap data"):
            services(path)


def read(path: Path, **options):
    section = ServiceLayer(source=path.name, kind="library", **options)
    return read_service_layer(path, section, key="services.files.0", crs=CRS)


def test_a_table_of_services(tmp_path: Path):
    rows = ["id;nimi;lon;lat", "7;Kirjasto;23,61;61,5", "8;;23,62;61,5", "9;Kirjasto;23,61;61,5", "10;Poissa;;"]
    (tmp_path / "libraries.csv").write_text("\n".join(rows), encoding="utf-8")
    reading = read(tmp_path / "libraries.csv", name="nimi")
    assert reading.table["service_id"].tolist() == ["libraries:7", "libraries:8"]
    assert reading.table["kind"].tolist() == ["library"] * 2
    assert reading.table["name"].isna().tolist() == [False, True]
    assert [(item.reason, item.count) for item in reading.left_out] == [
        ("no coordinates in lon and lat", 1),
        ("the same name at the same place", 1),
    ]


def test_areas_stand_inside_themselves_and_missing_names_are_noted(tmp_path: Path):
    hook = shapely.Polygon([(0, 0), (100, 0), (100, 100), (90, 100), (90, 10), (0, 10)])
    shape = shapely.transform(hook, lambda xy: xy + CORNER)
    gpd.GeoDataFrame({"title": ["Kirjasto"]}, geometry=[shape], crs=CRS).to_file(tmp_path / "a.gpkg")
    reading = read(tmp_path / "a.gpkg")
    assert reading.table.geometry[0].within(shape)
    assert reading.table["service_id"].tolist() == ["a:1"]
    assert reading.notes == ("there is no column 'name', so the services are unnamed; its columns: title, geometry",)


def jobs(path: Path, rows: str, **options) -> Path:
    file = path / "jobs.csv"
    file.write_text("id,name,lon,lat,jobs,opening_hours\n" + rows, encoding="utf-8")
    return file


def read_jobs(file: Path, **options):
    layer = ServiceLayer(source=file.name, kind="work", lon="lon", lat="lat", capacity="jobs", **options)
    return read_service_layer(file, layer, key="services.files.0", crs=CRS)


def test_numbers_count_and_unnamed_workplaces_at_one_address_are_several(tmp_path):
    rows = "1,,23.6,61.5,5,\n2,,23.6,61.5,5,\n3,Paja,23.61,61.5,12.5,Mo-Fr 07:00-15:00\n4,Paja,23.61,61.5,12.5,\n"
    reading = read_jobs(jobs(tmp_path, rows))
    assert reading.table["capacity"].tolist() == [5.0, 5.0, 12.5]
    assert reading.table["opening_hours"].dropna().tolist() == ["Mo-Fr 07:00-15:00"]
    assert [(one.reason, one.count) for one in reading.left_out] == [("the same name at the same place", 1)]


def test_a_number_that_is_not_told_counts_for_nothing_and_is_told(tmp_path):
    reading = read_jobs(jobs(tmp_path, "1,A,23.6,61.5,,\n2,B,23.61,61.5,many,\n3,C,23.62,61.5,4,\n"))
    assert reading.table["capacity"].tolist() == [0.0, 0.0, 4.0]
    assert [doubt.value for doubt in reading.doubts] == ["2"]


@pytest.mark.parametrize("number", ["-3", "inf", "1e12"])
def test_numbers_that_nobody_can_count_are_refused(tmp_path, number):
    with pytest.raises(SourceError, match="jobs"):
        read_jobs(jobs(tmp_path, f"1,A,23.6,61.5,{number},\n"))


def test_a_column_of_numbers_that_is_not_there_is_refused(tmp_path):
    layer = ServiceLayer(source="jobs.csv", kind="work", lon="lon", lat="lat", capacity="seats")
    with pytest.raises(SourceError, match="no column 'seats'"):
        read_service_layer(jobs(tmp_path, "1,A,23.6,61.5,3,\n"), layer, key="services.files.0", crs=CRS)


def test_hours_of_the_map_are_kept_and_come_from_any_drawing(write_osm):
    named = {**SCHOOL, "opening_hours": "Mo-Fr 08:00-16:00"}
    table = services(write_osm(NODES, [(OUTER, SCHOOL), (INNER, named)])).table
    assert table["opening_hours"].tolist() == ["Mo-Fr 08:00-16:00"]
    assert table["service_id"].tolist() == ["osm:way/1"]

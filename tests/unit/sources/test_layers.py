"""Reading vector layers: every format into metres, and faults that name the key, the value and the remedy."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.layers import read_layer

CRS = "EPSG:3067"


def _areas() -> gpd.GeoDataFrame:
    squares = [shapely.box(320_000 + 100 * n, 6_823_000, 320_100 + 100 * n, 6_823_100) for n in range(3)]
    return gpd.GeoDataFrame(
        {"code": ["001", "002", "003"], "plan": ["A", "A", "B"], "people": [10.0, None, 30.0]},
        geometry=squares,
        crs=CRS,
    )


def read(path: Path, **options):
    return read_layer(path, key="district.area", crs=CRS, **options)


FORMATS: dict[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    "a.gpkg": lambda areas, path: areas.to_file(path),
    "a.geojson": lambda areas, path: areas.to_crs(4326).to_file(path),
    "a.parquet": lambda areas, path: areas.to_crs(3879).to_parquet(path),
    "a.shp": lambda areas, path: areas.to_file(path),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_comes_into_metres(tmp_path: Path, name: str):
    FORMATS[name](_areas(), tmp_path / name)
    reading = read(tmp_path / name)
    assert reading.table.crs == CRS
    assert reading.table["code"].tolist() == ["001", "002", "003"]
    assert shapely.hausdorff_distance(reading.table.geometry.to_numpy(), _areas().geometry.to_numpy()).max() < 0.01
    assert reading.left_out == reading.notes == ()


@pytest.mark.parametrize(
    ("where", "codes"),
    [
        ("plan == 'A'", ["001", "002"]),
        ("plan != 'A'", ["003"]),
        ("people > 5 and not plan == 'B'", ["001"]),
        ("people < 15 or plan in ['B', 'C']", ["001", "003"]),
        ("5 < people <= 30 and code not in ('001',)", ["003"]),
        ("people > -1", ["001", "003"]),
        ("people != 10", ["002", "003"]),
    ],
)
def test_where_chooses_rows(tmp_path: Path, where: str, codes: list[str]):
    _areas().to_file(tmp_path / "a.gpkg")
    assert read(tmp_path / "a.gpkg", where=where).table["code"].tolist() == codes


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("plan = 'A'", "equality is written =="),
        ("paln == 'A'", "there is no column 'paln'.*code, plan, people"),
        ("plan == 'C'", "matches none of the 3 rows; plan holds 'A', 'B'"),
        ("code == 1", "matches none of the 3 rows; code holds '001'"),
        ("people > 'a'", "column 'people', which holds float64"),
        ("plan", "compares no column with anything"),
        ("1 == 1", "compares no column with anything"),
        ("plan.str.upper() == 'A'", "neither a comparison, a column nor a constant"),
        ("__import__('os').system('touch owned') == 0", "neither a comparison, a column nor a constant"),
        ("plan == open('x')", "neither a comparison, a column nor a constant"),
        ("[c for c in plan] == 1", "neither a comparison, a column nor a constant"),
        ("@x == 1", "is not a comparison"),
        ("geometry == 1", "there is no column 'geometry'"),
        ("(" * 10_000, "is not a comparison"),
    ],
)
def test_where_that_cannot_be_used_is_told(tmp_path: Path, monkeypatch, where: str, told: str):
    monkeypatch.chdir(tmp_path)
    _areas().to_file(tmp_path / "a.gpkg")
    with pytest.raises(SourceError, match=rf"district\.area\.where: .*{told}"):
        read(tmp_path / "a.gpkg", where=where)
    assert not (tmp_path / "owned").exists()


def _swapped(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return areas.set_geometry(shapely.transform(areas.geometry.to_numpy(), lambda xy: xy[:, ::-1]), crs=areas.crs)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda areas: _swapped(areas.to_crs(4326)), "longitude and latitude are swapped"),
        (lambda areas: _swapped(areas), "x and y are swapped"),
        (lambda areas: areas.to_crs(4326).set_crs(CRS, allow_override=True), "its coordinates are degrees"),
        (lambda areas: areas.set_crs(4326, allow_override=True), "its coordinates are metres"),
        (lambda areas: areas.set_geometry(areas.translate(5e6, 0)), "outside the area where EPSG:3067 is used"),
        (lambda areas: areas.set_geometry([None] * 3, crs=CRS), "none of the 3 rows .* has a geometry"),
        (lambda areas: areas.iloc[:0], "is empty"),
        (lambda areas: areas.set_crs(None, allow_override=True), "does not say which coordinate reference system"),
    ],
)
def test_layers_that_cannot_be_placed_are_refused(tmp_path: Path, spoil, told: str):
    spoil(_areas()).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(SourceError, match=told):
        read(tmp_path / "a.parquet")


def test_rows_without_geometry_are_counted_and_invalid_ones_repaired(tmp_path: Path):
    areas = _areas()
    bow_tie = shapely.Polygon([(320_000, 6_823_000), (320_100, 6_823_100), (320_100, 6_823_000), (320_000, 6_823_100)])
    areas.geometry = [None, bow_tie, areas.geometry.iloc[2]]
    areas.to_file(tmp_path / "a.gpkg")
    reading = read(tmp_path / "a.gpkg")
    assert reading.table["code"].tolist() == ["002", "003"]
    assert reading.table.is_valid.all()
    assert reading.table.area.iloc[0] == pytest.approx(5_000)
    assert [(item.reason, item.count) for item in reading.left_out] == [("no geometry", 1)]
    assert reading.notes == ("1 of 2 geometries were invalid and were repaired",)


def test_a_file_of_several_layers_wants_one_named(tmp_path: Path):
    _areas().to_file(tmp_path / "a.gpkg", layer="one")
    _areas().iloc[:1].to_file(tmp_path / "a.gpkg", layer="two")
    assert len(read(tmp_path / "a.gpkg", layer="two").table) == 1
    with pytest.raises(SourceError, match="several layers: one, two"):
        read(tmp_path / "a.gpkg")
    with pytest.raises(SourceError, match=r"district\.area\.layer: .*no layer 'three'; it has one, two"):
        read(tmp_path / "a.gpkg", layer="three")


def test_files_that_are_no_layers_are_refused(tmp_path: Path):
    _areas().to_file(tmp_path / "whole.gpkg")
    (tmp_path / "half.gpkg").write_bytes((tmp_path / "whole.gpkg").read_bytes()[:40_000])
    (tmp_path / "text.gpkg").write_text("not a GeoPackage")
    for name in ("half.gpkg", "text.gpkg"):
        with pytest.raises(SourceError, match=f"{name} cannot be read as a vector layer"):
            read(tmp_path / name)
    with pytest.raises(SourceError, match="there is no such file"):
        read(tmp_path / "none.gpkg")


@pytest.mark.parametrize(
    "text",
    [
        "id,name,lon,lat\n1,Äijälä,23.61,61.5\n",
        "id;nimi;Pituus;Leveys\n1;Äijälä;23,61;61,5\n",
        'id\tWGS84_lon\tWGS84_lat\n1\t"23.61"\t"61.5"\n',
        "id|longitude|latitude\n1| 23.61 |61.5\n",
        "id,x_coord,y_coord\n1,319595.39,6823173.91\n",
        "id;itäkoordinaatti;pohjoinen\n1;319 595,39;6 823 173,91\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_coordinate_columns_are_found_whatever_the_delimiter(tmp_path: Path, text: str, encoding: str):
    (tmp_path / "a.csv").write_text(text, encoding=encoding)
    point = read(tmp_path / "a.csv").table.geometry[0]
    assert (point.x, point.y) == pytest.approx((319_595.39, 6_823_173.91), abs=0.01)


def test_rows_with_bad_coordinates_are_counted(tmp_path: Path):
    rows = ["lon,lat", "23.6,61.5", "23.7,61.5", ",", "0,0", "here,there", "61.5,23.6"]
    (tmp_path / "a.csv").write_text("\n".join(rows))
    reading = read(tmp_path / "a.csv")
    assert len(reading.table) == 2
    assert [(item.count, item.examples) for item in reading.left_out] == [
        (3, ("line 4", "line 5", "line 6")),
        (1, ("line 7",)),
    ]


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("id,name\n1,a\n", {}, "no coordinate columns; its columns are id, name"),
        ("a,b\n23.6,61.5\n", {"lon": "c", "lat": "b"}, "there is no column 'c'"),
        ("lon,lat\n61.5,23.6\n", {}, "swapped.*lon = 'lat' and lat = 'lon'"),
        ("x,y\n6823000,320000\n", {}, "swapped.*lon = 'y' and lat = 'x'"),
        ("x,y\n2482000,6823000\n", {}, "outside the area where EPSG:3067 is used"),
        ("lon,lat\n,\n", {}, "no row has numbers"),
        ("", {}, "not a table with a header row"),
    ],
)
def test_tables_without_usable_coordinates_are_refused(tmp_path: Path, text: str, options: dict, told: str):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(SourceError, match=f"district.area: .*{told}"):
        read(tmp_path / "a.csv", **options)

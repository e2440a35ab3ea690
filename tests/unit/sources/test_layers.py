"""Reading vector layers: every format into metres, and faults that name the key, the value and the remedy."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.errors import SourceError
from tests.three_areas import CRS, read, three_areas

FORMATS: dict[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    "a.gpkg": lambda areas, path: areas.to_file(path),
    "a.geojson": lambda areas, path: areas.to_crs(4326).to_file(path),
    "a.parquet": lambda areas, path: areas.to_crs(3879).to_parquet(path),
    "a.shp": lambda areas, path: areas.to_file(path),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_comes_into_metres(tmp_path: Path, name: str):
    FORMATS[name](three_areas(), tmp_path / name)
    reading = read(tmp_path / name)
    assert reading.table.crs == CRS
    assert reading.table["code"].tolist() == ["001", "002", "003"]
    assert shapely.hausdorff_distance(reading.table.geometry.to_numpy(), three_areas().geometry.to_numpy()).max() < 0.01
    assert reading.left_out == reading.notes == ()


def test_rows_without_geometry_are_counted_and_invalid_ones_repaired(tmp_path: Path):
    areas = three_areas()
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
    three_areas().to_file(tmp_path / "a.gpkg", layer="one")
    three_areas().iloc[:1].to_file(tmp_path / "a.gpkg", layer="two")
    assert len(read(tmp_path / "a.gpkg", layer="two").table) == 1
    with pytest.raises(SourceError, match="several layers: one, two"):
        read(tmp_path / "a.gpkg")
    with pytest.raises(SourceError, match=r"district\.area\.layer: .*no layer 'three'; it has one, two"):
        read(tmp_path / "a.gpkg", layer="three")


def test_files_that_are_no_layers_are_refused(tmp_path: Path):
    three_areas().to_file(tmp_path / "whole.gpkg")
    (tmp_path / "half.gpkg").write_bytes((tmp_path / "whole.gpkg").read_bytes()[:40_000])
    (tmp_path / "text.gpkg").write_text("not a GeoPackage")
    for name in ("half.gpkg", "text.gpkg"):
        with pytest.raises(SourceError, match=f"{name} cannot be read as a vector layer"):
            read(tmp_path / name)
    with pytest.raises(SourceError, match="there is no such file"):
        read(tmp_path / "none.gpkg")

"""Points of commands by their addresses, and polygons into files of three kinds."""

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.cli.point_files import write_layer_file
from tesoma_geo.errors import OutputError
from tesoma_geo.network import StreetNetwork


def invoke(workspace, *arguments):
    return CliRunner().invoke(commands, [*map(str, arguments), "--workspace", str(workspace)])


def test_from_addresses(sample_workspace, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,address\n1,Kouluraitti 3\n2,Nowhere 4\n", encoding="utf-8")

    streets = StreetNetwork.from_osm(sample_workspace.parent / "sample" / "streets.osm.pbf").ways_as_lines()
    name = sorted(streets["name"].dropna().unique())[0]
    path.write_text(f"id,address\n1,{name} 3\n2,Nowhere 4\n", encoding="utf-8")
    done = invoke(sample_workspace, "isochrones", path, "--cutoff", "5", "--each", "--out", tmp_path / "a.gpkg")
    assert done.exit_code == 0, done.output
    assert "1 addresses left out: no street of that name in the street file (Nowhere 4" in done.output
    assert gpd.read_file(tmp_path / "a.gpkg")["id"].tolist() == ["1"]


def test_no_address_at_all_is_told(sample_workspace, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,address\n1,Nowhere 3\n", encoding="utf-8")
    done = invoke(sample_workspace, "matrix", path, path, "--out", tmp_path / "a.parquet")
    assert done.exit_code == 1
    assert "no row of origins has a place" in done.output


@pytest.mark.parametrize("end", ["gpkg", "geojson", "parquet"])
def test_a_table_is_written_the_same_each_time_and_read_again(tmp_path, end):
    table = gpd.GeoDataFrame({"id": ["a"]}, geometry=[shapely.Point(320556, 6823707).buffer(50)], crs=3067)
    out = tmp_path / f"x.{end}"
    write_layer_file(table, out, "x", overwrite=False)
    before = out.read_bytes()
    write_layer_file(table, out, "x", overwrite=True)
    assert out.read_bytes() == before
    read = gpd.read_parquet(out) if end == "parquet" else gpd.read_file(out)
    assert read.to_crs(3067).geometry.area.item() == pytest.approx(table.geometry.area.item(), rel=1e-3)
    with pytest.raises(OutputError):
        write_layer_file(table, out, "x", overwrite=False)
    with pytest.raises(OutputError, match=r"is no \.gpkg"):
        write_layer_file(table, tmp_path / "x.shp", "x", overwrite=False)

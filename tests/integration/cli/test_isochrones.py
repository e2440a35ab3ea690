"""``tesoma-geo isochrones`` and ``catchments``: many points in, polygons out."""

import geopandas as gpd
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.network import StreetNetwork


def invoke(workspace, *arguments):
    return CliRunner().invoke(commands, [*map(str, arguments), "--workspace", str(workspace)])


@pytest.fixture
def points(tmp_path):
    path = tmp_path / "homes.csv"
    path.write_text("id,lon,lat\na,23.6275,61.5052\nb,23.6310,61.5030\n", encoding="utf-8")
    return path


def test_together_and_each(sample_workspace, points, tmp_path):
    together, each = tmp_path / "all.gpkg", tmp_path / "each.geojson"
    done = invoke(sample_workspace, "isochrones", points, "--cutoff", "10,5", "--out", together)
    assert done.exit_code == 0, done.output
    rows = gpd.read_file(together)
    assert rows["cutoff_min"].tolist() == [5, 10]
    before = together.read_bytes()
    assert (
        invoke(sample_workspace, "isochrones", points, "--cutoff", "5,10", "--out", together, "--overwrite").exit_code
        == 0
    )
    assert together.read_bytes() == before
    assert invoke(sample_workspace, "isochrones", points, "--cutoff", "5,10", "--each", "--out", each).exit_code == 0
    own = gpd.read_file(each)
    assert own["id"].tolist() == ["a", "a", "b", "b"]
    merged = own[own["cutoff_min"] == 10].to_crs(rows.crs).geometry.union_all()
    assert merged.symmetric_difference(rows.geometry.iloc[1]).area < 0.02 * rows.geometry.iloc[1].area


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


def test_who_goes_where(sample_workspace, tmp_path):
    done = invoke(sample_workspace, "catchments", "--kind", "grocery", "--out", tmp_path / "shops.parquet")
    assert done.exit_code == 0, done.output
    assert "id,name,residents,median_min,area_km2" in done.stdout
    assert gpd.read_parquet(tmp_path / "shops.parquet")["residents"].sum() > 2000


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["isochrones", "POINTS", "--cutoff", "soon", "--out", "x.gpkg"], 2, "'soon' are no minutes"),
        (["isochrones", "POINTS", "--cutoff", "0", "--out", "x.gpkg"], 2, "'0' are no minutes"),
        (["isochrones", "POINTS", "--profile", "walkk", "--out", "x.gpkg"], 1, "Did you mean walk?"),
        (["isochrones", "POINTS", "--out", "x.shp"], 1, "x.shp is no .gpkg"),
        (["catchments", "--out", "x.gpkg"], 2, "one of the two"),
        (["catchments", "POINTS", "--kind", "grocery", "--out", "x.gpkg"], 2, "one of the two"),
        (["catchments", "--kind", "grocer", "--out", "x.gpkg"], 1, "Did you mean grocery?"),
    ],
)
def test_what_cannot_be_done(sample_workspace, points, tmp_path, arguments, code, words):
    given = [
        str(points) if one == "POINTS" else str(tmp_path / one) if one.startswith("x.") else one for one in arguments
    ]
    done = invoke(sample_workspace, *given)
    assert done.exit_code == code
    assert words in done.output
    assert not list(tmp_path.glob("x.*"))

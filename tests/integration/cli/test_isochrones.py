"""``tesoma-geo isochrones``: many points in, polygons out."""

import geopandas as gpd
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands


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


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["isochrones", "POINTS", "--cutoff", "soon", "--out", "x.gpkg"], 2, "'soon' are no minutes"),
        (["isochrones", "POINTS", "--cutoff", "0", "--out", "x.gpkg"], 2, "'0' are no minutes"),
        (["isochrones", "POINTS", "--profile", "walkk", "--out", "x.gpkg"], 1, "Did you mean walk?"),
        (["isochrones", "POINTS", "--out", "x.shp"], 1, "x.shp is no .gpkg"),
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

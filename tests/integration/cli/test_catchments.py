"""``tesoma-geo catchments``: who goes where."""

import geopandas as gpd
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands


def invoke(workspace, *arguments):
    return CliRunner().invoke(commands, [*map(str, arguments), "--workspace", str(workspace)])


def test_who_goes_where(sample_workspace, tmp_path):
    done = invoke(sample_workspace, "catchments", "--kind", "grocery", "--out", tmp_path / "shops.parquet")
    assert done.exit_code == 0, done.output
    assert "id,name,residents,median_min,area_km2" in done.stdout
    assert gpd.read_parquet(tmp_path / "shops.parquet")["residents"].sum() > 2000


def test_places_of_a_file_keep_their_ids_and_names(sample_workspace, tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("id,name,lon,lat\nb,Second,23.6310,61.5030\na,First,23.6275,61.5052\n", encoding="utf-8")
    out = tmp_path / "a.gpkg"
    done = invoke(sample_workspace, "catchments", path, "--profile", "bicycle", "--out", out)
    assert done.exit_code == 0, done.output
    assert gpd.read_file(out)[["id", "name"]].to_numpy().tolist() == [["b", "Second"], ["a", "First"]]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, "one of the two"),
        (["x.csv", "--kind", "grocery"], 2, "one of the two"),
        (["--kind", "grocer"], 1, "Did you mean grocery?"),
        (["--kind", "grocery", "--profile", "transit"], 1, "none of that name on streets"),
    ],
)
def test_what_cannot_be_done(sample_workspace, tmp_path, arguments, code, words):
    done = invoke(sample_workspace, "catchments", *arguments, "--out", tmp_path / "x.gpkg")
    assert done.exit_code == code
    assert words in done.output
    assert not list(tmp_path.iterdir())

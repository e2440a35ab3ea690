"""``tesoma-geo unknowns`` as a planner calls it."""

import json

import geopandas as gpd
import pandas as pd
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tests.workspaces import moved, of_profiles


def test_the_folder_holds_what_a_walk_needs(sample_workspace, tmp_path):
    workspace = moved(sample_workspace, tmp_path, *of_profiles("wheelchair"))
    call = ["unknowns", "--workspace", str(workspace), "--figure", "population_within_10_min", "--json", "--quiet"]
    ran = CliRunner().invoke(commands, [*call, "--out", str(tmp_path / "a")])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    table = pd.read_csv(tmp_path / "a" / "unknowns.csv", keep_default_na=False)
    layer = gpd.read_file(tmp_path / "a" / "unknowns.gpkg", layer="places")
    assert [one["thing"] for one in told["things"]] == table["thing"].tolist() == layer["thing"].tolist()
    assert told["width_now"] > told["width_then"] >= 0
    assert {"sheet-en.html", "sheet-fi.html", "sheet-sv.html"} <= {one.name for one in (tmp_path / "a").iterdir()}


def test_what_there_is_not_is_refused_with_what_there_is(sample_workspace, tmp_path):
    workspace = moved(sample_workspace, tmp_path, *of_profiles("wheelchair"))
    for more in (["--profile", "skates"], ["--figure", "happiness"]):
        ran = CliRunner().invoke(
            commands, ["unknowns", "--workspace", str(workspace), "--out", str(tmp_path / "a"), *more]
        )
        assert ran.exit_code == 1
        assert not (tmp_path / "a").exists()

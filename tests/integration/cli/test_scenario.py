"""Scenarios and missing links on the command line, as a planner runs them."""

import json
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands

PLAN = """
name = "Plan"
[[links]]
line = [[23.629155, 61.501585], [23.629135, 61.501670]]
tags = { highway = "footway" }
"""


def call(*arguments: str | Path):
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


@pytest.fixture
def workspace(sample_workspace, tmp_path) -> Path:
    """The sample with one way of moving, so that it takes seconds."""
    folder = tmp_path / "workspace"
    shutil.copytree(sample_workspace.parent / "sample", folder / "sample")
    file = folder / "tesoma.toml"
    layers, _ = sample_workspace.read_text(encoding="utf-8").split("[[annotations]]", 1)
    file.write_text(f"{layers}\n[access]\nprofiles = ['walk']\n", encoding="utf-8")
    return file


def test_a_plan_beside_the_workspace_is_compared(workspace, tmp_path):
    (workspace.parent / "scenario.toml").write_text(PLAN, encoding="utf-8")
    out = tmp_path / "plan"
    done = call("scenario", "--workspace", workspace, "--out", out, "--json")
    assert done.exit_code == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures == json.loads((out / "comparison.json").read_text(encoding="utf-8"))
    assert figures["profiles"]["walk"]["residents"]["gaining"] > 400
    cells = gpd.read_file(out / "differences.gpkg", layer="cells")
    assert cells["population"][cells["walk_gain_min"] >= 1].sum() == figures["profiles"]["walk"]["residents"]["gaining"]
    assert gpd.read_file(out / "differences.gpkg", layer="changes")["what"].tolist() == ["link"]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"]["file"] == "scenario.toml"
    assert len(manifest["scenario"]["sha256"]) == 64
    assert (out / "site" / "scenarios-en.html").is_file()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "no such scenario file"),
        ("name = ", "is not TOML"),
        (PLAN.replace("highway", "higway"), "links.0"),
        (PLAN.replace("23.6", "24.6"), "from any street"),
        (PLAN + "[[headways]]\nline = 'M1'\nheadway_min = 5\nbetween = ['07:00', '09:00']", "no timetable"),
    ],
)
def test_a_plan_that_cannot_be_leaves_nothing_behind(workspace, tmp_path, text, says):
    plan = tmp_path / "plan.toml"
    if text is not None:
        plan.write_text(text, encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    done = call("scenario", plan, "--workspace", workspace, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert says in done.stderr
    assert "This should not happen" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_links_are_told_and_written(workspace, tmp_path):
    out = tmp_path / "links.gpkg"
    done = call("links", "--workspace", workspace, "--count", "2", "--longest", "60", "--out", out, "--json")
    assert done.exit_code == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [row["rank"] for row in rows] == [1, 2]
    written = gpd.read_file(out)
    assert written["resident_min"].tolist() == [row["resident_min"] for row in rows]
    assert written["highway"].tolist() == ["footway"] * 2
    again = call("links", "--workspace", workspace, "--count", "2", "--out", out)
    assert again.exit_code == 1
    assert "--overwrite" in again.stderr


def test_links_of_a_way_of_moving_that_is_none_are_refused(workspace):
    done = call("links", "--workspace", workspace, "--profile", "hover")
    assert done.exit_code == 1
    assert "'hover'" in done.stderr

"""The main job from the command line: what it leaves, and where."""

import json

from click.testing import CliRunner

from tesoma_geo.cli import commands
from tests.workspaces import moved, of_profiles


def test_a_run_leaves_tables_pages_and_what_a_desk_needs(sample_workspace, tmp_path):
    workspace = moved(sample_workspace, tmp_path, *of_profiles("walk"))
    out = tmp_path / "results"
    arguments = ["run", "--workspace", str(workspace), "--out", str(out), "--json", "-q"]
    done = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    assert list(json.loads(done.stdout)["profiles"]) == ["walk"]
    made = {path.name for path in out.iterdir()}
    assert {"summary.json", "site", "project-fi.qgz", "tables.xlsx", "cells.qml"} <= made
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["result"]["files"]
    assert {"project-fi.qgz", "project.gpkg", "tables.xlsx"} <= set(listed)
    again = CliRunner().invoke(commands, arguments)
    assert again.exit_code == 1
    assert "--overwrite" in again.output

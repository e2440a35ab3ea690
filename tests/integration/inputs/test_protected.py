"""What a workspace reads and keeps is never written over."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.inputs.protected import protected_files
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved


def test_every_file_of_the_workspace_is_among_them(sample_workspace):
    workspace = Workspace.load(sample_workspace)
    names = {path.name for path in protected_files(workspace)}
    assert names >= {
        "tesoma.toml", "streets.osm.pbf", "elevation.tif", "gtfs.zip", "areas.gpkg", "libraries.csv", "winter.gpkg",
        "geopackage.gpkg", "data.csv", "annotations.gpkg", "annotations.key",
    }  # fmt: skip


@pytest.mark.parametrize("command", ["run", "site", "scenario", "annotations publish", "annotations paper"])
def test_a_store_inside_the_output_stops_every_command(command, sample_workspace, tmp_path):
    changes = ((r"^\[publish\]$", '[moderation]\nstore = "out/annotations.gpkg"\n\n[publish]'),)
    file = moved(Path(sample_workspace), tmp_path, *changes)
    (tmp_path / "scenario.toml").write_bytes(Path(sample_workspace).with_name("scenario.toml").read_bytes())
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "annotations.key").write_text("secret")
    call = [*command.split(), "--workspace", str(file), "--out", str(tmp_path / "out"), "--overwrite"]
    done = CliRunner().invoke(commands, call)
    assert done.exit_code == 1
    assert "would lie inside" in done.stderr
    assert (tmp_path / "out" / "annotations.key").read_text() == "secret"


@pytest.mark.parametrize(("command", "name"), [("links", "areas.gpkg"), ("report", "page.html"), ("still", "map.png")])
def test_no_layer_is_written_over(command, name, sample_workspace, tmp_path):
    file = moved(Path(sample_workspace), tmp_path, (r"^area = .*$", f'area = {{ source = "{name}" }}'))
    (tmp_path / name).write_text("a layer")
    done = CliRunner().invoke(
        commands, [command, "--workspace", str(file), "--out", str(tmp_path / name), "--overwrite"]
    )
    assert done.exit_code == 1
    assert "reads or keeps" in done.stderr
    assert (tmp_path / name).read_text() == "a layer"

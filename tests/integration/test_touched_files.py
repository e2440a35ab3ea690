"""Dates come from the data: when a file was written changes no byte of what follows from it."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from workspaces import moved, of_profiles

from tesoma_geo.cli import commands

SAMPLE = Path(__file__).resolve().parents[2] / "layers"


def outputs(workspace: Path, out: Path) -> dict[str, bytes]:
    """Every file of a run, the manifest without the lines that tell when it ran."""
    ran = CliRunner().invoke(commands, ["run", "-q", "--workspace", str(workspace), "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    files = {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    lines = files["manifest.json"].splitlines()
    return files | {"manifest.json": b"\n".join(line for line in lines if b'"made_at"' not in line)}


@pytest.mark.slow
def test_touch_changes_no_byte(tmp_path: Path):
    layers = tmp_path / "layers"
    shutil.copytree(SAMPLE, layers, ignore=shutil.ignore_patterns("make_sample"))
    workspace = moved(layers / "tesoma.toml", layers, *of_profiles("walk"))
    before = outputs(workspace, tmp_path / "before")
    for number, path in enumerate(sorted(layers.rglob("*"))):
        os.utime(path, (946_684_800 + 86_400 * number,) * 2)  # days of the year 2000, each file its own
    after = outputs(workspace, tmp_path / "after")
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []

"""A user's script that uses the whole library is checked by mypy in strict mode, and slips of its own are found."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.cli.measures import decay_makers
from tesoma_geo.measures.catalogue import all_measures, location_models
from tests.conftest import ROOT

SCRIPT = ROOT / "tests" / "data" / "typed" / "users_script.py"

pytestmark = pytest.mark.slow


def checked(script: Path) -> subprocess.CompletedProcess[str]:
    """What mypy says, with the project's own strict settings."""
    command = [sys.executable, "-m", "mypy", "--config-file", ROOT / "pyproject.toml", script]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_users_script_passes_strictly():
    done = checked(SCRIPT)
    assert done.returncode == 0, done.stdout
    assert "Success: no issues found in 1 source file" in done.stdout


def test_it_uses_every_public_name():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    fair = [name for name, one in vars(tg.equity).items() if inspect.isfunction(one) and not name.startswith("_")]
    owed = {*tg.__all__, *all_measures(), *location_models(), *decay_makers(), *fair}
    methods = {
        name
        for one in (tg.Assessment, tg.StreetNetwork, tg.StreetRouter)
        for name, method in vars(one).items()
        if inspect.isfunction(method) and not name.startswith("_")
    }
    assert len(owed) > 50
    assert sorted((owed | methods) - used) == []


def test_slips_of_a_user_are_found(tmp_path):
    script = tmp_path / "slips.py"
    script.write_text(
        "import pandas as pd\n"
        "import tesoma_geo as tg\n"
        "network: tg.StreetNetwork = tg.StreetNetwork.from_osm(5)\n"
        "network.router('walk').isochrones([[1.0, 2.0]], '300')\n"
        "tg.measures.gravity(pd.DataFrame(), pd.DataFrame(), 'jobs', 15)\n"
        "tg.measures.cumulative_opportunitys\n",
        encoding="utf-8",
    )
    done = checked(script)
    assert done.returncode == 1
    assert sorted(int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line) == [3, 4, 5, 6]

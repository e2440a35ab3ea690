"""A user's script that uses the whole library is checked by mypy in strict mode, and slips of its own are found."""

import subprocess
import sys
from pathlib import Path

import pytest

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

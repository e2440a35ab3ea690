"""The built wheel, in an environment of its own and another folder, does the main job."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def pip(python: Path | str, *arguments: str | Path) -> None:
    subprocess.run([python, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)], check=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_package_its_data_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"tesoma_geo"}
    for needed in (
        "py.typed",
        "cli/workspace.toml",
        "network/streets/profiles.toml",
        "layers/tesoma.toml",
        "layers/scenario.toml",
    ):
        assert f"tesoma_geo/{needed}" in names
    assert any(name.startswith("tesoma_geo/maps/templates/") for name in names)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert [name for name in names if "/site/" in name or "/results/" in name or "make_sample" in name] == []


def test_the_wheel_runs_the_demo_from_another_folder(wheel, tmp_path):
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    pip(python, "install", "--no-compile", "--require-hashes", "--requirement", ROOT / "requirements" / "run.txt")
    pip(python, "install", "--no-deps", wheel)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TESOMA_GEO_"))}
    done = subprocess.run(
        [environment / "bin" / "tesoma-geo", "run", "--out", "results"],
        cwd=elsewhere,
        env=clean | {"TESOMA_GEO_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()) == elsewhere / "results" / "site" / "index.html"
    assert Path(done.stdout.strip()).is_file()
    summary = json.loads((elsewhere / "results" / "summary.json").read_text(encoding="utf-8"))
    assert summary["made_up"] is True
    assert summary["population_total"] > 2000
    assert str(ROOT) not in done.stderr

"""The built wheel, in an environment of its own and another folder, does the main job."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

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


def pinned(name: str) -> dict[str, str]:
    """Each package that a list of versions names: version, condition, hashes."""
    text = re.sub(r"\s+#.*", "", (ROOT / "requirements" / name).read_text(encoding="utf-8"))
    lines = [line for line in text.replace("\\\n", " ").splitlines() if "==" in line]
    return {line.split("==")[0]: " ".join(line.split()) for line in lines}


def test_what_the_demo_needs_is_pinned_as_what_the_tests_are_installed_from():
    """So whoever runs them has downloaded it, and compared its hashes: `make test` asks for these."""
    demo, tests = pinned("run.txt"), pinned("test.txt")
    assert len(demo) > 50
    assert {name: tests.get(name) for name in demo} == demo
    assert "install --quiet --disable-pip-version-check --require-hashes -r $<" in (ROOT / "Makefile").read_text(
        "utf-8"
    )


@pytest.fixture
def packages(tmp_path) -> Path:
    """The packages of a new environment: those that the demo names, as that of the tests has them, and no others."""
    environment = tmp_path / "environment"
    venv.create(environment)
    (folder,) = environment.glob("lib/*/site-packages")
    for line in pinned("run.txt").values():
        wanted = Requirement(line.partition(" --hash")[0])
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        found = distribution(wanted.name)
        assert wanted.specifier.contains(found.version), f"{wanted} is asked for, {found.version} is there"
        for top in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
            (folder / top).symlink_to(found.locate_file(top))
    return folder


def keep_kernels(installed: Path) -> None:
    """What the tests compiled of the same files, where these are read: the longest part of a first run."""
    for index in (ROOT / "tesoma_geo").rglob("*.nb?"):
        own = installed / index.parent.relative_to(ROOT / "tesoma_geo")
        own.mkdir(exist_ok=True)
        shutil.copy(index, own)
        source = index.parent.parent / f"{index.name.split('.')[0]}.py"
        os.utime(own.parent / source.name, ns=(source.stat().st_mtime_ns,) * 2)


@pytest.mark.usefixtures("sample_assessment")  # by which kernels are compiled
def test_the_wheel_runs_the_demo_from_another_folder(wheel, packages, tmp_path):
    pip(sys.executable, "--python", packages.parents[2], "install", "--no-deps", wheel)
    keep_kernels(packages / "tesoma_geo")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TESOMA_GEO_"))}
    done = subprocess.run(
        [packages.parents[2] / "bin" / "tesoma-geo", "run", "--out", "results"],
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

"""The recipe for conda is built and tested by rattler-build, where that is installed (``py-rattler-build``).

No conda channel is asked: a channel on disk holds stand-ins of the versions installed here. This interpreter stands for
``python``, what the build needs is copied, and what the package asks for at run time is found where it is installed.
So names, versions, the build itself, its files, its entry point and the recipe's own tests are tried.
"""

import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.unit.test_conda_recipe import NAMES, RECIPE

rattler_build = pytest.importorskip("rattler_build")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the stand-in for Python is a copy of this interpreter"),
]

PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
SITE = Path("lib") / PYTHON / "site-packages"
HATCHLING_NEEDS = ("packaging", "pathspec", "pluggy", "trove-classifiers")
BUILT = """
import sys
from rattler_build.cli_api import build_recipes
recipe, channel, out = sys.argv[1:]
plain = {"use_sharded": False, "use_zstd": False, "use_bz2": False}
build_recipes([recipe], channel=[channel], output_dir=out, test="native", **plain)
"""


class _Channel:
    """A channel on disk, a package at a time."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.packages: dict[str, dict[str, object]] = {"noarch": {}, "linux-64": {}}

    def add(self, name: str, version: str, files: dict[Path, bytes], depends: tuple[str, ...], subdir: str = "noarch"):
        about = {"name": name, "version": version, "build": "0", "build_number": 0, "depends": list(depends)}
        about |= {"subdir": subdir, **({"noarch": "generic"} if subdir == "noarch" else {})}
        paths = [
            {"_path": str(path), "path_type": "hardlink", "sha256": _sha256(data), "size_in_bytes": len(data)}
            for path, data in files.items()
        ]
        root = self.folder.with_name(f"{name}-files")
        info = {"index.json": about, "paths.json": {"paths": paths, "paths_version": 1}}
        whole = files | {Path("info") / file: json.dumps(text).encode() for file, text in info.items()}
        for path, data in whole.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
            (root / path).chmod(0o755 if path.parts[0] == "bin" else 0o644)
        packed = self.folder / subdir / f"{name}-{version}-0.tar.bz2"
        packed.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(packed, "w:bz2", compresslevel=1) as tar:
            tar.add(root, ".")
        data = packed.read_bytes()
        self.packages[subdir][packed.name] = about | {"sha256": _sha256(data), "size": len(data)}
        for one, packages in self.packages.items():
            (self.folder / one).mkdir(exist_ok=True)
            index = {"info": {"subdir": one}, "packages": packages, "packages.conda": {}, "repodata_version": 1}
            (self.folder / one / "repodata.json").write_text(json.dumps(index))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _of_distribution(name: str) -> dict[Path, bytes]:
    files = importlib.metadata.distribution(name).files or []
    kept = [file for file in files if ".." not in file.parts and "__pycache__" not in file.parts]
    return {SITE / file: Path(str(file.locate())).read_bytes() for file in kept if Path(str(file.locate())).is_file()}


def _channel(folder: Path) -> _Channel:
    channel = _Channel(folder)
    home = Path(sys.base_prefix) / "bin"
    program = (home / PYTHON).read_bytes()
    own = {Path("bin") / name: program for name in ("python", "python3", PYTHON)}
    own |= {Path("pyvenv.cfg"): f"home = {home}\ninclude-system-site-packages = false\n".encode()}
    version = ".".join(map(str, sys.version_info[:3]))
    channel.add("python", version, own | {SITE / "README.txt": b"a stand-in\n"}, (), "linux-64")
    for name in ("pip", "hatchling", "editables", *HATCHLING_NEEDS):
        needs = HATCHLING_NEEDS if name == "hatchling" else ()
        channel.add(name, importlib.metadata.version(name), _of_distribution(name), ("python", *needs))
    elsewhere = {conda: name for name, conda in NAMES.items()}
    here = {SITE / "installed_here.pth": sysconfig.get_path("purelib").encode() + b"\n"}
    for asked in RECIPE["requirements"]["run"][1:]:
        name = asked.split()[0]
        files = here if name == "click" else {Path("share") / "stand-ins" / name: b"a stand-in\n"}
        channel.add(name, importlib.metadata.version(elsewhere.get(name, name)), files, ("python",))
    return channel


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> Path:
    """What the recipe builds from: the package with what its wheel takes, without what lies beside it."""
    folder = tmp_path_factory.mktemp("sources")
    for name in ("tesoma_geo", "layers", "maps", "conda"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def channel(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("channel") / "channel"
    _channel(folder)
    return folder.as_uri()


def _build(recipe: Path, channel: str, out: Path) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"HOME": str(out), "PYTHONPATH": str(Path(rattler_build.__file__).parents[1])}
    words = [sys.executable, "-W", "ignore", "-c", BUILT, str(recipe), channel, str(out)]
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=False)


def test_the_recipe_is_built_and_its_tests_pass(sources, channel, tmp_path):
    ran = _build(sources / "conda" / "recipe.yaml", channel, tmp_path)
    assert ran.returncode == 0, ran.stderr[-3000:]
    built = json.loads((tmp_path / "noarch" / "repodata.json").read_text())["packages.conda"]
    (about,) = built.values()
    assert about["depends"] == RECIPE["requirements"]["run"]
    assert (about["name"], about["version"], about["noarch"]) == ("tesoma-geo", RECIPE["package"]["version"], "python")


def test_a_recipe_whose_test_fails_is_refused(sources, channel, tmp_path):
    recipe = yaml.safe_load((sources / "conda" / "recipe.yaml").read_text(encoding="utf-8"))
    recipe["tests"] = [{"python": {"imports": ["tesoma_geo.no_such_module"]}}]
    wrong = sources / "conda" / "wrong.yaml"
    wrong.write_text(yaml.safe_dump(recipe), encoding="utf-8")
    ran = _build(wrong, channel, tmp_path)
    assert ran.returncode != 0
    assert "Test failed" in ran.stderr

"""A package that is not installed is named, with the extra that brings it."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from tesoma_geo._extras import Extra, require, require_installed
from tesoma_geo.errors import TesomaError

ROOT = Path(__file__).resolve().parents[2]

#: What the extras bring, by the names of the modules; ``requests`` comes with osmium all the same.
PACKAGES = (
    "babel", "branca", "folium", "jinja2", "matplotlib", "networkx", "openpyxl", "osmnx", "PIL", "psycopg", "pulp",
    "sklearn", "spopt", "weasyprint",
)  # fmt: skip


def test_what_is_installed_is_given():
    assert require("json", extra="pdf") is json


def test_what_is_missing_is_named_with_its_extra():
    with pytest.raises(TesomaError) as caught:
        require("no_such_package.part", extra="stills")
    assert caught.value.problem == "Drawing a still picture needs the package no_such_package, which is not installed"
    assert caught.value.remedy == "Install it: pip install 'tesoma-geo[stills]'"


def test_whether_something_is_installed_is_told_without_importing_it():
    require_installed("json", extra="pdf")
    with pytest.raises(TesomaError, match=r"needs the package no_such_package, .*tesoma-geo\[pages\]"):
        require_installed("no_such_package", extra="pages")


def test_the_extras_are_those_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {*get_args(Extra), "all"} == set(project["optional-dependencies"])


def without_extras(code: str) -> subprocess.CompletedProcess[str]:
    """Run code where none of the packages of the extras can be imported, as after a plain installation."""
    block = f"import sys\nfor name in {PACKAGES}:\n    sys.modules[name] = None\n"
    return subprocess.run([sys.executable, "-c", block + code], cwd=ROOT, capture_output=True, text=True, timeout=300)


def test_a_plain_installation_imports_all_that_computes():
    package = ROOT / "tesoma_geo"
    rooms = ("measures", "network", "annotations", "inputs", "analysis", "assessment", "scenarios", "sources", "cli")
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for room in rooms
        for path in sorted((package / room).rglob("*.py"))
    ]
    assert len(names) > 100
    done = without_extras(f"from importlib import import_module\nfor name in {names}:\n    import_module(name)")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ("pages", "import tesoma_geo; tesoma_geo.webmap"),
        ("pages", "import tesoma_geo.render.pages.write"),
        ("fetch", "from tesoma_geo.network.streets.osmnx_graph import to_osmnx; to_osmnx(None)"),
        ("fetch", "from tesoma_geo.sources.overpass import _elements; _elements('', None, {})"),
        ("annotations", "from tesoma_geo.annotations.patterns import crowded; crowded(None, 3)"),
        ("annotations", "from tesoma_geo.annotations.photos import write_clean_photo; write_clean_photo('a', 'b')"),
        ("annotations", "from tesoma_geo.sources.annotations.maptionnaire import _sheets; next(_sheets(None))"),
        ("location", "import tesoma_geo; tesoma_geo.location.p_median(None, None, 'people', 1)"),
        (
            "postgis",
            "from tesoma_geo.annotations.postgis import PostGIS;"
            "PostGIS.open('postgresql://nobody@localhost/none', 'EPSG:3067')",
        ),
    ],
)
def test_what_needs_an_extra_names_it(extra, code):
    done = without_extras(code)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("tesoma_geo.errors.TesomaError: ")
    assert f"Install it: pip install 'tesoma-geo[{extra}]'" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("extra", "package", "code"),
    [
        ("stills", "matplotlib", "import tesoma_geo.render.stills.write"),
        (
            "pdf",
            "weasyprint",
            "from pathlib import Path; from tesoma_geo.render.report.write import write_report;"
            "write_report(None, Path('report.pdf'))",
        ),
    ],
)
def test_what_needs_an_extra_beside_the_pages_names_it(extra, package, code):
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.modules[{package!r}] = None; {code}"],
        cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert f"needs the package {package}" in done.stderr.splitlines()[-1]
    assert f"tesoma-geo[{extra}]" in done.stderr.splitlines()[-1]

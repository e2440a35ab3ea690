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


#: Code that needs an extra, by the extra.
USES = [
    ("pages", "import tesoma_geo; tesoma_geo.webmap"),
    ("pages", "import tesoma_geo.render.pages.write"),
    ("fetch", "from tesoma_geo.network.streets.osmnx_graph import to_osmnx; to_osmnx(None)"),
    ("annotations", "from tesoma_geo.annotations.patterns import cluster_labels; cluster_labels(None, 3)"),
    ("annotations", "from tesoma_geo.annotations.photos import write_clean_photo; write_clean_photo('a', 'b')"),
    ("annotations", "from tesoma_geo.sources.annotations.maptionnaire import _sheets; next(_sheets(None))"),
    ("location", "import tesoma_geo; tesoma_geo.location.p_median(None, None, 'people', 1)"),
    ("postgis", "from tesoma_geo.annotations.postgis import PostGIS; PostGIS.open('postgresql://a@b/c', 'EPSG:3067')"),
]
#: Code that needs an extra although that of the pages is there: by its package.
USES_OF_PAGES = {
    "matplotlib": ("stills", "import tesoma_geo.render.stills.write"),
    "weasyprint": (
        "pdf",
        "from pathlib import Path; from tesoma_geo.render.report.write import write_report;"
        "write_report(None, Path('report.pdf'))",
    ),
}
#: Runs pieces of code after blocking modules, and prints the error of each.
SCRIPT = """
import json, sys
blocked, pieces = json.loads(sys.argv[1])
for name in blocked:
    sys.modules[name] = None
errors = []
for code in pieces:
    try:
        exec(code, {})
        errors.append("")
    except Exception as error:
        errors.append(f"{type(error).__name__}: {error}")
print(json.dumps(errors))
"""


def errors_without(packages, pieces) -> list[str]:
    """What each piece of code says where packages are not installed."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps([packages, pieces])],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_a_plain_installation_imports_all_that_computes_and_names_the_extras_of_the_rest():
    package = ROOT / "tesoma_geo"
    rooms = ("measures", "network", "annotations", "inputs", "analysis", "assessment", "scenarios", "sources", "cli")
    modules = [
        "import " + ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for room in rooms
        for path in sorted((package / room).rglob("*.py"))
    ]
    assert len(modules) > 100
    errors = errors_without(PACKAGES, [*modules, *(code for _, code in USES)])
    assert [error for error in zip(errors, modules, strict=False) if error[0]] == []
    check_errors(USES, errors[len(modules) :])


@pytest.mark.parametrize("package", USES_OF_PAGES)
def test_stills_and_pdf_name_their_own_extras(package):
    use = USES_OF_PAGES[package]
    check_errors([use], errors_without([package], [use[1]]))


def check_errors(uses, errors):
    for (extra, code), error in zip(uses, errors, strict=True):
        assert error.startswith("TesomaError: "), code
        assert error.endswith(f"Install it: pip install 'tesoma-geo[{extra}]'"), code

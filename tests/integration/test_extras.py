"""A plain installation computes all that needs no extra, and names the extra of the rest."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: What the extras bring, by the names of the modules; ``requests`` comes with osmium all the same.
PACKAGES = (
    "babel", "branca", "folium", "jinja2", "matplotlib", "networkx", "obstore", "opendp", "openpyxl", "osmnx", "PIL",
    "psycopg", "pulp", "sklearn", "spopt", "weasyprint",
)  # fmt: skip
#: Code that needs an extra, by the extra.
USES = [
    ("pages", "import tesoma_geo; tesoma_geo.webmap"),
    ("pages", "import tesoma_geo.render.pages.write"),
    ("fetch", "from tesoma_geo.network.streets.osmnx_graph import to_osmnx; to_osmnx(None)"),
    ("annotations", "from tesoma_geo.annotations.patterns import cluster_labels; cluster_labels(None, 3)"),
    ("annotations", "from tesoma_geo.annotations.photos import write_clean_photo; write_clean_photo('a', 'b')"),
    ("annotations", "from tesoma_geo.sources.annotations.maptionnaire import _sheets; next(_sheets(None))"),
    ("dp", "from tesoma_geo.annotations.noise import noisy_counts; noisy_counts([1], each=1, epsilon=1.0)"),
    ("location", "import tesoma_geo; tesoma_geo.location.p_median(None, None, 'people', 1)"),
    ("postgis", "from tesoma_geo.annotations.postgis import PostGIS; PostGIS.open('postgresql://a@b/c', 'EPSG:3067')"),
    ("s3", "from tesoma_geo.batch.results import results_at; results_at('s3://bucket/a')"),
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

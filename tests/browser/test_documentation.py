"""The documentation site: built strictly and without a network, and asking for none when it is read."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import tesoma_geo as tg
from tests.assessed import folder_once
from tests.unit.test_docstrings import documented, public_modules

ROOT = Path(__file__).resolve().parents[2]
#: Tags by which a page asks for something while it is shown, and what they ask for.
ASKED_FOR = re.compile(r'<(?:script|img|iframe|source)\b[^>]*?\bsrc="([^"]+)|<link\b[^>]*?\bhref="([^"]+)')


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built site. Whatever asks for an address while it is built finds nothing there."""
    return folder_once(tmp_path_factory, "documentation", build)


def build(folder):
    nowhere = "http://127.0.0.1:9"
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "http_proxy": nowhere, "https_proxy": nowhere}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_no_page_asks_for_anything_elsewhere(site):
    pages = list(site.rglob("*.html"))
    assert len(pages) > 40
    asked = {
        (page.name, "".join(match.groups(default="")))
        for page in pages
        for match in ASKED_FOR.finditer(page.read_text(encoding="utf-8"))
    }
    assert [found for found in asked if found[1].startswith(("http:", "https:", "//"))] == []


def test_links_to_files_outside_the_documentation_lead_to_their_pages(site):
    outside, count = re.compile(r"\]\((?:\.\./)+(benchmarks/\w+|CHANGELOG|CONTRIBUTING)\.md"), 0
    for page in (ROOT / "docs").rglob("*.md"):
        place = page.relative_to(ROOT / "docs").with_suffix("")
        (html,) = (file for file in (site / f"{place}.html", site / place / "index.html") if file.exists())
        leads = [(html.parent / link).resolve() for link in re.findall(r'href="([^"#:]+)', html.read_text("utf-8"))]
        for name in outside.findall(page.read_text(encoding="utf-8")):
            name = name if "/" in name else name.lower()
            assert {site.resolve() / f"{name}.html", site.resolve() / name} & set(leads), (place, name)
            count += 1
    assert count


def test_the_reference_has_every_public_name(site):
    anchors = {
        anchor
        for page in (site / "reference").glob("*.html")
        for anchor in re.findall(r'id="(tesoma_geo[\w.]*)"', page.read_text(encoding="utf-8"))
    }
    modules = [name for name in public_modules() if not name.startswith("cli/") and not name.endswith("__init__.py")]
    wanted = {
        f"tesoma_geo.{name.removesuffix('.py').replace('/', '.')}.{entry.name}"
        for name in modules
        for entry in documented(name)
    }
    assert len(wanted) > 500
    assert sorted(wanted - anchors) == []


def test_the_reference_lists_what_the_package_offers(site):
    page = (site / "reference" / "index.html").read_text(encoding="utf-8")
    listed = set(re.findall(r"<code>tg\.(\w+)</code>", page))
    assert {name for name in tg.__all__ if not name.startswith("_")} <= listed


def test_search_works_from_disk(site, watch):
    watched = watch()
    watched.page.goto((site / "index.html").as_uri())
    watched.page.get_by_role("textbox", name="Search").fill("isochrones")
    watched.page.wait_for_selector(".md-search-result__item a")
    assert watched.faults == []


@pytest.mark.parametrize("name", ["index", "howto/who-is-far", "reference/network.streets", "gallery/index"])
@pytest.mark.parametrize("dark", [False, True])
def test_a_page_opens_without_a_fault(site, watch, name, dark):
    watched = watch(dark=dark)
    watched.page.goto((site / f"{name}.html").as_uri())
    assert watched.page.get_by_role("heading", level=1).count() == 1
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watched.faults == []


def test_pictures_are_few_and_small():
    pictures = [path for path in (ROOT / "docs" / "gallery").iterdir() if path.suffix != ".md"]
    assert 3 <= len(pictures) <= 12
    assert [path.name for path in pictures if path.stat().st_size > 150_000] == []


def test_the_packages_that_build_the_site_are_pinned():
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    pinned = (ROOT / "requirements" / "test.txt").read_text(encoding="utf-8")
    names = [re.split(r"[\[>=<]", wanted)[0] for wanted in groups["docs"]]
    assert [name for name in names if not re.search(rf"^{name}==", pinned, re.MULTILINE)] == []

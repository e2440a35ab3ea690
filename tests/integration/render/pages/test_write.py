"""The site as files: complete, the same each time, and true to the summary."""

import json
import re
from dataclasses import replace
from pathlib import Path

import folium
from PIL import Image

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.map.folium_map import webmap
from tesoma_geo.render.pages.write import write_site
from tests.conftest import Cores
from tests.link_texts import uninformative


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_runs_write_the_same_bytes(assessment: tg.Assessment, tmp_path: Path, every_core: Cores) -> None:
    write_site(assessment, tmp_path / "one", stills=False)
    with every_core():
        write_site(assessment, tmp_path / "two", stills=False)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_first_language_is_the_page_to_open(assessment: tg.Assessment, tmp_path: Path) -> None:
    workspace = assessment.workspace
    district = workspace.district.model_copy(update={"languages": ("sv", "en")})
    inputs = replace(assessment.inputs, workspace=workspace.model_copy(update={"district": district}))
    page = write_site(replace(assessment, inputs=inputs), tmp_path, stills=False)
    assert page == tmp_path / "index.html"
    assert '<html lang="sv">' in page.read_text("utf-8")
    names = {path.name for path in tmp_path.glob("*.html")}
    assert {"index.html", "en.html", "method-sv.html", "method-en.html"} < names
    assert not any(name.endswith("-fi.html") for name in names)


def test_a_page_has_no_script_or_style_of_its_own(assessment: tg.Assessment, tmp_path: Path) -> None:
    write_site(assessment, tmp_path, stills=False)
    for page in tmp_path.glob("*.html"):
        html = page.read_text("utf-8")
        assert "script-src 'self' file:;" in html
        of_its_own = re.sub(
            r"<(pre|code|textarea)\b.*?</\1>", "", html, flags=re.DOTALL
        )  # codes to be pasted elsewhere
        assert re.findall(r"<script(?! src=)|<style| style=| on\w+=", of_its_own) == []


def test_everything_a_page_names_is_beside_it(assessment: tg.Assessment, tmp_path: Path) -> None:
    write_site(assessment, tmp_path, stills=False)
    for page in tmp_path.glob("*.html"):
        named = re.findall(r'(?:src|href|scripts)="([^"#]+)"', page.read_text("utf-8"))
        addresses = [address for names in named for address in names.split(" ")]
        assert len(addresses) > 8
        assert [address for address in addresses if not (address == "data:," or (tmp_path / address).is_file())] == []
    assert (tmp_path / "assets/vendor/leaflet/LICENSE").is_file()


def test_the_map_of_a_notebook_names_no_other_host(assessment: tg.Assessment) -> None:
    fmap = webmap(assessment, "en")
    assert isinstance(fmap, folium.Map)
    html = fmap.get_root().render()
    assert re.findall(r'<(?:script|link|img|iframe|source)[^>]*(?:src|href)="(?!data:)[^"]*"', html) == []
    assert re.findall(r"url\((?!data:|#)[^)]*\)", html) == []


def test_a_notebook_can_add_what_folium_has(assessment: tg.Assessment) -> None:
    fmap = webmap(assessment, "en")
    folium.CircleMarker([61.505, 23.627]).add_to(fmap)
    assert "L.circleMarker" in fmap.get_root().render()


def test_a_district_without_services_water_and_areas_has_its_pages(assessment: tg.Assessment, tmp_path: Path) -> None:
    services = assessment.services[["service_id", "kind", "name", "source", "geometry"]].iloc[:0]
    bare = replace(
        assessment,
        inputs=replace(assessment.inputs, water=assessment.water.iloc[:0]),
        origins=assessment.origins.assign(area_code=""),
        services=services,
        summary={**assessment.summary, "services": {}},
    )
    html = write_site(bare, tmp_path, stills=False).read_text("utf-8")
    assert 'id="reach-caption"' in html
    assert 'id="services-caption"' not in html
    assert 'id="places-caption"' not in html
    assert 'id="areas-caption"' not in html


def test_every_link_says_where_it_leads_in_every_language(assessment: tg.Assessment, tmp_path: Path) -> None:
    assert list(uninformative('<a href="a.html">Start</a><a href="b.html"><b>All</b> figures</a>')) == ["Start"]
    workspace = assessment.workspace
    district = workspace.district.model_copy(update={"languages": tuple(CATALOGUES)})
    inputs = replace(assessment.inputs, workspace=workspace.model_copy(update={"district": district}))
    publication = published(inputs, who="tests")
    write_site(replace(assessment, inputs=inputs), tmp_path, publication=publication, stills=False)
    pages = sorted(tmp_path.glob("*.html"))
    assert {f"voices-{language}.html" for language in CATALOGUES} <= {page.name for page in pages}
    said = {page.name: list(uninformative(page.read_text("utf-8"))) for page in pages}
    assert {name: texts for name, texts in said.items() if texts} == {}


def test_a_link_to_a_page_is_called_as_the_page_says_it_in_large_letters(
    assessment: tg.Assessment, tmp_path: Path
) -> None:
    write_site(assessment, tmp_path, stills=False)
    told = 0
    for path in sorted(tmp_path.glob("*.html")):
        html = path.read_text("utf-8")
        called = re.search(r'property="og:title" content="([^"]+)"', html)
        title = re.search(r"<title>([^<]+)</title>", html)
        assert called, path.name
        assert title, path.name
        if called[1] != title[1]:
            told += 1
            assert re.sub(r"\s", " ", called[1]) in re.sub(r"\s", " ", re.sub(r"<[^>]*>", "", html)), path.name
    assert told > 6


def test_a_site_with_an_address_can_be_kept_on_a_phone(assessment: tg.Assessment, tmp_path: Path) -> None:
    write_site(assessment, tmp_path, stills=False, address="https://example.org/map")
    told = json.loads((tmp_path / "app-sv.webmanifest").read_text("utf-8"))
    assert (tmp_path / told["start_url"]).exists()
    assert all((tmp_path / icon["src"]).exists() for icon in told["icons"])
    pictures = [icon for icon in told["icons"] if icon["type"] == "image/png"]
    assert [icon["sizes"] for icon in pictures] == ["180x180", "192x192", "512x512"]
    for icon in pictures:
        assert (
            f"{Image.open(tmp_path / icon['src']).width}x{Image.open(tmp_path / icon['src']).height}" == icon["sizes"]
        )
    html = (tmp_path / "sv.html").read_text("utf-8")
    assert '<link rel="manifest" href="app-sv.webmanifest">' in html
    assert '<link rel="apple-touch-icon" href="assets/icon-180.png">' in html
    assert "manifest-src 'self'" in html
    assert '<link rel="canonical" href="https://example.org/map/sv.html">' in html
    assert '<p class="of-sheet">https://example.org/map/sv.html · ' in html
    assert '<link rel="alternate" hreflang="en" href="https://example.org/map/en.html">' in html


def test_a_site_on_disk_asks_for_no_manifest(assessment: tg.Assessment, tmp_path: Path) -> None:
    write_site(assessment, tmp_path, stills=False)
    assert not list(tmp_path.glob("*.webmanifest"))
    head = (tmp_path / "en.html").read_text("utf-8").partition("</head>")[0]
    assert "manifest" not in head
    assert "icon-180" not in head
    assert not list(tmp_path.rglob("icon-*.png"))
    assert "canonical" not in head
    assert "connect-src" not in head

"""What a publishing system finds beside the pages."""

import json
import re
from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.render.pages.write import write_site
from tesoma_geo.workspace import Language


@pytest.fixture(scope="module")
def site(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(assessment, folder, address="https://maps.example/tesoma/", stills=False)
    return folder


@pytest.mark.parametrize(("language", "start"), [("fi", "index.html"), ("sv", "sv.html"), ("en", "en.html")])
def test_the_pages_name_their_oembed_and_it_names_the_map(site: Path, language: Language, start: str) -> None:
    page = (site / start).read_text("utf-8")
    (link,) = re.findall(r'type="application/json\+oembed" href="([^"]+)"', page)
    assert link == f"https://maps.example/tesoma/oembed-{language}.json"
    told = json.loads((site / f"oembed-{language}.json").read_text("utf-8"))
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert isinstance(told["width"], int)
    assert isinstance(told["height"], int)
    assert f'src="https://maps.example/tesoma/embed-{language}.html' in told["html"]
    assert f'width="{told["width"]}" height="{told["height"]}"' in told["html"]
    assert told["title"] in page
    assert "thumbnail_url" not in told  # no still was drawn


def test_pages_without_an_address_have_none(assessment: tg.Assessment, tmp_path: Path) -> None:
    write_site(assessment, tmp_path, stills=False)
    assert not list(tmp_path.glob("oembed-*"))
    assert "oembed" not in (tmp_path / "en.html").read_text("utf-8")

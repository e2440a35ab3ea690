"""A new kind of page is a function and a line: it is written, and every page leads to it when it has a place there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.render.pages import registry
from tesoma_geo.render.pages.registry import PageKind
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.pages.write import write_site
from tesoma_geo.workspace import LANGUAGES


def dummy_page(context: SiteContext) -> Iterator[Page]:
    """A page with the words of another."""
    told = dict.fromkeys(("commitment", "scope", "compliance", "prepared"), "A dummy <b>")
    yield context.page(
        "method-again", "accessibility", "A dummy", "Nothing", known=[], works=[], enforcement=None, **told
    )


def test_a_new_page_is_one_line(assessment: tg.Assessment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kinds = (
        *registry.PAGE_KINDS,
        PageKind("method-again", dummy_page),
        PageKind("never", dummy_page, 9, lambda _: False),
    )
    monkeypatch.setattr(registry, "PAGE_KINDS", kinds)
    write_site(assessment, tmp_path, stills=False)
    for language in LANGUAGES:
        assert "A dummy &lt;b&gt;" in (tmp_path / f"method-again-{language}.html").read_text("utf-8")


def test_pages_lead_to_those_that_are_there(assessment: tg.Assessment, tmp_path: Path) -> None:
    write_site(assessment, tmp_path, stills=False)
    page = (tmp_path / "en.html").read_text("utf-8")
    listed = page[page.index('class="site-nav"') : page.index("</nav>")]
    places = ["en.html", "figures-en.html", "method-en.html", "designers-en.html", "accessibility-en.html"]
    assert [listed.index(f'href="{place}"') for place in places] == sorted(
        listed.index(f'href="{place}"') for place in places
    )
    assert listed.count("href=") == len(places)

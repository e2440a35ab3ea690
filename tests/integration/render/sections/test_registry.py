"""A new section is a function and a line: it stands on its page, in the order of the list, and at a glance."""

from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.render.map import layers
from tesoma_geo.render.pages.registry import SiteParts, pages
from tesoma_geo.render.sections import registry
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.workspace import LANGUAGES


def dummy(assessment: tg.Assessment, catalogue: Catalogue) -> PageSection:
    """How many homes there are."""
    return PageSection("dummy", "A dummy <b>", f"{catalogue.number(len(assessment.origins))} homes")


def dummy_of_profile(assessment: tg.Assessment, catalogue: Catalogue, profile: str) -> PageSection | None:
    """The same, of one way of moving alone."""
    return dummy(assessment, catalogue) if profile == "walk" else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_section_is_one_line(
    assessment: tg.Assessment, monkeypatch: pytest.MonkeyPatch, language: str, tmp_path: Path
) -> None:
    monkeypatch.setattr(registry, "DISTRICT", (dummy, *registry.DISTRICT))
    monkeypatch.setattr(registry, "PROFILE", (*registry.PROFILE, dummy_of_profile))
    made = {page.key: page.body for page in pages(SiteParts(assessment), layers.contents(assessment), language)}
    assert made["figures"].count('<section id="dummy"') == 1
    assert made["figures"].index('id="dummy"') < made["figures"].index('id="ages"')
    assert '<a href="#dummy">A dummy &lt;b&gt;</a>' in made["figures"]
    assert {key for key, body in made.items() if 'id="dummy"' in body} == {"figures", "by-walk"}

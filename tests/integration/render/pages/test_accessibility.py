"""The accessibility statement says what the workspace says, and nothing that nobody did."""

from dataclasses import replace
from datetime import date

import pytest

import tesoma_geo as tg
from tesoma_geo.render.pages.accessibility import accessibility_page
from tesoma_geo.render.pages.site_context import SiteContext
from tesoma_geo.render.pages.site_words import with_site_words
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.workspace.sections import Site


def statement(assessment: tg.Assessment, language: str, site: Site) -> str:
    workspace = assessment.workspace.model_copy(update={"site": site})
    told = replace(assessment, inputs=replace(assessment.inputs, workspace=workspace))
    (page,) = accessibility_page(SiteContext(told, (), language, navigation=("start",)))
    return with_site_words(page.body, catalogue_of(workspace, language), site)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_that_nobody_checked_and_nobody_answers_is_the_headline_and_said_once(
    assessment: tg.Assessment, language: str
) -> None:
    told = statement(assessment, language, Site())
    texts = catalogue_of(assessment.workspace, language)
    holds = f"{texts('accessibility.holds.unknown')} {texts('accessibility.holds.nobody')}"
    assert told.split('<div class="message"><p>')[1].startswith(f"{holds}</p>")
    # How the pages can be used, what cannot, that nobody said when the statement was written, and whom to tell instead.
    assert told.count("<h2") == told.count("<section") == 4
    assert texts("accessibility.undated") in told
    assert texts("accessibility.feedback.nobody") in told
    assert told.count(texts("accessibility.holds.nobody")) == 1
    assert "WCAG 2.1" not in told
    assert "Traficom" not in told
    assert "mailto:" not in told


@pytest.mark.parametrize("compliance", ["full", "partial", "none"])
def test_the_headline_says_what_the_site_states(assessment: tg.Assessment, compliance: str) -> None:
    told = statement(assessment, "en", Site(compliance=compliance, checked_on=date(2026, 11, 2), contact="a@kyla.fi"))
    texts = catalogue_of(assessment.workspace, "en")
    assert told.index(texts(f"accessibility.holds.{compliance}")) < told.index("<h2")
    assert told.index('href="mailto:a@kyla.fi"') < told.index("<h2")
    assert texts(f"accessibility.compliance.{compliance}") in told


def test_it_tells_who_answers_what_was_found_and_when(assessment: tg.Assessment) -> None:
    names = {"fi": "Kylän <kunta>", "sv": "Byn", "en": "Village"}
    site = Site(contact="a@kyla.fi", authority=names, checked_on=date(2026, 11, 2), compliance="partial")
    told = statement(assessment, "fi", site)
    assert "Kylän &lt;kunta&gt; haluaa" in told
    assert "osittain" in told
    assert "2.\u00a0marraskuuta 2026" in told
    assert told.count('href="mailto:a@kyla.fi"') == 3  # the headline, the section, the foot
    assert "Traficom" in told

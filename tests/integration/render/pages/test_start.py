"""The start page: the answer first, few sentences a subject, and each of them leads where it says."""

import re

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.figures.headline import headline_cutoff
from tesoma_geo.render.map import layers
from tesoma_geo.render.pages.site_context import SiteContext
from tesoma_geo.render.pages.start import MOST_GLANCES, MOST_QUOTES, _helps, _left_out, _said, start_page
from tesoma_geo.workspace import LANGUAGES

NAVIGATION = ("start", "figures", "voices", "method")


@pytest.fixture(scope="module")
def contexts(assessment: tg.Assessment):
    contents, publication = layers.contents(assessment, None, None), published(assessment.inputs, who="test")
    return {one: SiteContext(assessment, contents, one, publication, navigation=NAVIGATION) for one in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_page_with_the_answer_and_a_map(contexts, language):
    context = contexts[language]
    (page,) = start_page(context)
    assert page.description == context.headline_sentence(context.reaches[0].profile)
    assert (page.key, page.has_map, page.language) == ("start", True, language)
    assert page.body.index("<h1") < page.body.index('id="map"')
    assert "<script" not in page.body
    assert [table.key for table in page.tables] == ["reach"]


@pytest.mark.parametrize("subject", [_left_out, _helps, _said])
def test_glances_lead_to_pages_of_the_site(contexts, subject):
    context = contexts["en"]
    glances = list(subject(context))
    assert glances
    files = {context.file(key) for key in (*NAVIGATION, "scenarios")} | {
        context.file_of_profile(reach.profile) for reach in context.reaches
    }
    for glance in glances:
        assert glance.href.split("#")[0] in files
        assert glance.short
    assert len({glance.short for glance in glances}) == len(glances)


def test_whom_it_is_farthest_from_comes_first(contexts):
    context = contexts["en"]
    first, cutoff = next(_left_out(context)), headline_cutoff(context.assessment)
    assert first.share == min(reach.share(reach.within[cutoff]) for reach in context.reaches)


def test_the_places_that_cost_most_are_told_once_under_what_helps(contexts):
    context = contexts["en"]
    helping, said = ([glance.title for glance in told(context)] for told in (_helps, _said))
    assert helping.count(context.catalogue("advice.places")) == 1
    assert context.catalogue("advice.places") not in said
    assert context.catalogue("barriers.title") not in said


def test_no_more_than_there_is_room_for(contexts):
    (page,) = start_page(contexts["en"])
    assert len(re.findall("<blockquote", page.body)) <= MOST_QUOTES
    assert MOST_GLANCES == 3


def test_without_a_publication_no_word_of_residents_is_there(contexts, assessment):
    silent = SiteContext(assessment, contexts["en"].contents, "en", navigation=NAVIGATION)
    assert list(_said(silent)) == []
    (page,) = start_page(silent)
    assert "<blockquote" not in page.body

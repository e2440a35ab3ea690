"""What pages share: one name a page and language, sentences of the figures, tables found wherever they stand."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.figures import headline, hub_cards
from tesoma_geo.render.map import layers
from tesoma_geo.render.pages.site_context import SiteContext, tables_among
from tesoma_geo.render.sections import page_tables
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.text.file_names import file_name
from tesoma_geo.workspace import LANGUAGES


@pytest.fixture(scope="module")
def contexts(assessment: tg.Assessment):
    contents = layers.contents(assessment, None, None)
    publication = published(assessment.inputs, who="test")
    navigation = ("start", "figures", "method")
    return {one: SiteContext(assessment, contents, one, publication, navigation=navigation) for one in LANGUAGES}


def test_the_first_languages_start_is_the_page_to_open():
    assert file_name("start", "sv", "sv") == "index.html"
    assert file_name("start", "fi", "sv") == "fi.html"
    assert file_name("method", "sv", "sv") == "method-sv.html"


def test_no_two_pages_have_one_name(contexts, assessment):
    names = [
        name
        for context in contexts.values()
        for name in [
            *(context.file(key) for key in ("start", "figures", "method")),
            *(context.file_of_profile(profile) for profile in headline.profiles(assessment)),
            *(context.file(context.key_of_theme(theme)) for theme in context.themes),
        ]
    ]
    assert len(set(names)) == len(names)
    assert contexts["en"].themes


def test_a_page_leads_to_itself_in_every_language(contexts):
    context = contexts["en"]
    page = context.page("method", "accessibility", "T", "D", known=[], works=[], scope="<i>words</i>")
    first = context.assessment.workspace.district.languages[0]
    assert page.file == context.file("method")
    assert {page.in_language(other, first) for other in LANGUAGES} == {contexts[o].file("method") for o in LANGUAGES}
    assert "&lt;i&gt;words&lt;/i&gt;" in page.body
    assert "<script" not in page.body
    assert (page.has_map, page.tables, page.key) == (False, (), "method")
    for other in LANGUAGES:
        assert page.in_language(other, first) in page.body


def test_pages_made_alone_lead_to_the_districts_own_where_these_are(contexts):
    def head(context):
        page = context.page("trials", "trials", "T", "D", rows=[], message="Nothing", whence_rows=[])
        return page.body[: page.body.index("<main")]

    alone = {one: replace(context, navigation=("trials",)) for one, context in contexts.items()}
    for language, context in alone.items():
        start = "https://example.org/map/" + context.file("start").removesuffix("index.html")
        led = head(replace(context, home="https://example.org/map/"))
        assert f'<p class="place"><a href="{start}">' in led
        assert f'<li><a href="{start}">{context.catalogue("nav.start")}</a></li>' in led
        assert "https:" not in head(context), language


def test_sentences_and_names_are_of_the_language(contexts, assessment):
    for language, context in contexts.items():
        assert context.catalogue.language == language
        for reach in headline.reaches(assessment):
            told = context.headline_sentence(reach.profile)
            assert told == hub_cards.card(assessment, context.catalogue, reach, context.hub)
        assert context.title("X").startswith("X – ")
        assert context.district in context.title("X")
    assert len({context.headline_sentence("walk") for context in contexts.values()}) == len(LANGUAGES)


def test_a_profile_with_a_name_that_is_no_file_has_a_number(contexts, monkeypatch):
    from tesoma_geo.render.pages import site_context

    assert site_context._plain_key("by", "walk", 3) == "by-walk"
    for name in ("../etc", "a b", "Ä", "x" * 41, ""):
        assert site_context._plain_key("by", name, 3) == "by-3"


def test_tables_are_found_in_sections_and_lists(contexts, assessment):
    english = contexts["en"].catalogue
    one, two = page_tables.reach(assessment, english), page_tables.fairness(assessment, english)
    section = PageSection("s", "S", "s", tables=(two,))
    assert tables_among([1, "x", one, [section, None, (one,)], {"not": two}]) == (one, two, one)
    assert tables_among([]) == ()


def test_themes_are_of_what_was_published_alone(contexts, assessment):
    silent = SiteContext(assessment, contexts["en"].contents, "en")
    assert silent.themes == []

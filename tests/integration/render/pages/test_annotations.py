"""The pages of what residents said: no travel times on their maps, and a theme with its plans."""

import re
from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.figures.made_up_answers import answers_note
from tesoma_geo.render.map import layers
from tesoma_geo.render.pages.annotations import annotation_pages
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.pages.start import start_page
from tesoma_geo.scenarios.compare import Comparison


@pytest.fixture(scope="module")
def context(assessment: tg.Assessment) -> SiteContext:
    public = published(assessment.inputs, who="tests")
    return SiteContext(assessment, layers.contents(assessment, public), "en", public, navigation=("start",))


def _themes(context: SiteContext) -> list[Page]:
    return [page for page in annotation_pages(context) if page.key.startswith("theme-")]


def test_their_maps_are_without_travel_times(context: SiteContext) -> None:
    for page in annotation_pages(context):
        (without,) = re.findall(r'data-without="([^"]*)"', page.body)
        assert {"cells", "isochrones"} <= set(without.split())
        assert 'name="profile"' not in page.body
        assert 'name="encoding"' not in page.body


def test_a_theme_leads_to_the_plan_where_there_is_one(context: SiteContext, comparison: Comparison) -> None:
    for page in _themes(context):
        assert 'id="planned"' not in page.body
    for page in _themes(replace(context, comparison=comparison)):
        assert 'href="scenarios-en.html"' in page.body
        assert 'id="planned"' in page.body


def test_the_services_of_a_theme_are_on_its_map(context: SiteContext) -> None:
    business = next(page for page in _themes(context) if page.key == "theme-business")
    keys = {content.packed["kind"]: content.key for content in context.contents if content.painter == "services"}
    checked = set(re.findall(r'data-layer="(services_\w+)" checked', business.body))
    assert checked == {keys["grocery"], keys["pharmacy"], keys["health"]} & set(keys.values())


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"made_up": True}, '<p class="made-up" role="note"><strong>The answers are made up.</strong>'),
        ({"licence": "Invented <b>, CC0"}, '<p class="note">Answers: Invented &lt;b&gt;, CC0</p>'),
        ({"licence": "City, CC BY 4.0"}, None),
    ],
)
def test_answers_that_nobody_gave_are_told_as_such_of_a_real_place(
    context: SiteContext, change: dict[str, object], shown: str | None
) -> None:
    inputs = context.assessment.inputs
    workspace = inputs.workspace.model_copy(
        update={
            "district": inputs.workspace.district.model_copy(update={"made_up": False}),
            "annotations": tuple(one.model_copy(update=change) for one in inputs.workspace.annotations),
        }
    )
    real = replace(context, assessment=replace(context.assessment, inputs=replace(inputs, workspace=workspace)))
    for page in (*annotation_pages(real), *start_page(real)):
        assert "This is a made-up example" not in page.body
        notes = [one for one in ('class="made-up"', '<p class="note">Answers:') if one in page.body]
        assert len(notes) == (0 if shown is None else 1)
        assert shown is None or shown in page.body
    (silent,) = start_page(replace(real, publication=None))
    assert shown is None or shown not in silent.body


def test_of_several_surveys_one_may_be_made_up(context: SiteContext) -> None:
    workspace = context.assessment.workspace
    survey = workspace.annotations[0]
    real = workspace.model_copy(
        update={
            "district": workspace.district.model_copy(update={"made_up": False}),
            "annotations": (survey, survey.model_copy(update={"made_up": True})),
        }
    )
    note = answers_note(real, context.catalogue)
    assert note is not None
    assert note.title == "Some of the answers are made up."
    assert answers_note(workspace, context.catalogue) is None

"""The pages of what residents said: no travel times on their maps, and a theme with its plans."""

import re
from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.map import layers
from tesoma_geo.render.pages.annotations import annotation_pages
from tesoma_geo.render.pages.site_context import Page, SiteContext
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
        assert "There is no plan and no trial on these pages." in page.body
    for page in _themes(replace(context, comparison=comparison)):
        assert 'href="scenarios-en.html"' in page.body
        assert "There is no plan" not in page.body


def test_the_services_of_a_theme_are_on_its_map(context: SiteContext) -> None:
    business = next(page for page in _themes(context) if page.key == "theme-business")
    keys = {content.packed["kind"]: content.key for content in context.contents if content.painter == "services"}
    checked = set(re.findall(r'data-layer="(services_\d+)" checked', business.body))
    assert checked == {keys["grocery"], keys["pharmacy"], keys["health"]} & set(keys.values())

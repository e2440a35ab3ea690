"""The page of each way of moving."""

from collections.abc import Iterator
from dataclasses import replace

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.sentences import reach_sentences
from tesoma_geo.render.figures.travellers import traveller_sentences
from tesoma_geo.render.map.frame import frame
from tesoma_geo.render.pages.site_context import HIDDEN, Page, SiteContext
from tesoma_geo.render.sections import page_tables, reach_charts
from tesoma_geo.render.sections.profile_charts import areas_told, services_told
from tesoma_geo.render.sections.registry import profile_sections
from tesoma_geo.render.text.own_page import on_its_page


def profile_pages(context: SiteContext) -> Iterator[Page]:
    """A page for each way of moving, in the workspace's order.

    Parameters
    ----------
    context
        The site in one language.

    Yields
    ------
    Page
        Map, figures in words, sections and tables of one profile.
    """
    for reach in context.reaches:
        yield _page(context, reach)


def _page(context: SiteContext, reach: headline.Reach) -> Page:
    assessment, profile = context.assessment, reach.profile
    catalogue = on_its_page(context.catalogue, "profile")
    name = catalogue.named("profile", profile)
    # The stops are signs enough for a map of rides.
    hidden = (*HIDDEN, "services") if profile in TIMETABLE_PROFILES else HIDDEN
    # Whom the headline has there already need not be told of at the last minute.
    all_there = reach.within[headline.headline_cutoff(assessment)] == reach.residents
    # A chart tells the same before each, and the page's headline the first of the minutes.
    areas = page_tables.areas(assessment, catalogue, [profile])
    kinds = page_tables.kinds(assessment, catalogue, [profile])
    return context.page(
        context.key_of_profile(profile),
        "profile",
        context.title(name),
        context.headline_sentence(profile),
        profile,
        name=name,
        message=context.message(profile),
        traveller=traveller_sentences(assessment, catalogue, profile),
        sentences=reach_sentences(catalogue, reach, context.hub, set() if all_there else {max(reach.within)}),
        map_html=frame(assessment, context.catalogue, context.contents, profile, hidden),
        reach=page_tables.of_profile(assessment, catalogue, reach),
        curves=reach_charts.reach_curves(assessment, catalogue, [profile]),
        areas_told=areas_told(assessment, catalogue, profile),
        areas=areas and replace(areas, folded=catalogue("table.open")),
        kinds_told=services_told(assessment, catalogue, profile),
        kinds=kinds and replace(kinds, folded=catalogue("table.open")),
        places=page_tables.places(assessment, catalogue, [profile]),
        sections=profile_sections(assessment, catalogue, profile),
    )

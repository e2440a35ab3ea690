"""The start page is five things: the answer, the map, who is left out, what would help most, and what people said."""

from collections.abc import Iterator

from tesoma_geo.render.figures import headline
from tesoma_geo.render.map.frame import frame
from tesoma_geo.render.pages.annotations import lived_glance
from tesoma_geo.render.pages.site_context import HIDDEN, Page, SiteContext
from tesoma_geo.render.sections import (
    fairness,
    findings,
    page_tables,
)
from tesoma_geo.render.sections.advice import VOICES, advice
from tesoma_geo.render.sections.annotations import heard, quotes
from tesoma_geo.render.sections.registry import scenario_sections
from tesoma_geo.render.sections.section import Glance
from tesoma_geo.render.sections.voices_told import told_message, told_title

#: Sentences of a subject, and quotes of residents, that the start page has room for.
MOST_GLANCES, MOST_QUOTES = 3, 2


def start_page(context: SiteContext) -> Iterator[Page]:
    """The page to open first.

    Parameters
    ----------
    context
        The site in one language.

    Yields
    ------
    Page
        One.
    """
    assessment, catalogue, publication = context.assessment, context.catalogue, context.publication
    answer = context.headline_sentence(context.reaches[0].profile)
    yield context.page(
        "start",
        "start",
        catalogue("title", hub=context.hub, district=context.district),
        answer,
        message=context.message(context.reaches[0].profile),
        message_from=context.key_of_profile(context.reaches[0].profile),
        map_html=frame(assessment, catalogue, context.contents, hidden=HIDDEN),
        reach=page_tables.reach(assessment, catalogue),
        figures_file=context.file("figures"),
        voices_file=context.file("voices"),
        left_out=list(_left_out(context))[:MOST_GLANCES],
        helps=list(_helps(context))[:MOST_GLANCES],
        said=list(_said(context))[:MOST_GLANCES],
        quotes=quotes(assessment, publication, catalogue)[:MOST_QUOTES] if publication else [],
    )


def _left_out(context: SiteContext) -> Iterator[Glance]:
    """Whom the hub is far from: by way of moving, area, age and service, and who is not in the figures."""
    assessment, catalogue, figures = context.assessment, context.catalogue, context.file("figures")
    cutoff, first = headline.headline_cutoff(assessment), context.reaches[0].profile
    last = min(context.reaches, key=lambda reach: reach.within[cutoff])
    name = catalogue.named("profile", last.profile)
    share = last.share(last.within[cutoff])
    short = context.headline_sentence(last.profile)
    if last.unreachable:
        residents = catalogue.counted("residents", last.unreachable)
        short = f"{short} {catalogue('told.unreachable', residents=residents)}"
    yield Glance(name, short, context.file_of_profile(last.profile), share, "reach")
    areas = findings.areas_sentence(assessment, catalogue, first)
    if areas is not None:
        yield Glance(catalogue("areas.title"), areas, f"{figures}#areas", None, "areas")
    ages = fairness.ages(assessment, catalogue)
    if ages is not None:
        yield Glance.of(ages, figures)
    service = findings.rarest_service_sentence(assessment, catalogue, first)
    if service is not None:
        yield Glance(catalogue("services.title"), service, f"{figures}#services", None, "services")


def _helps(context: SiteContext) -> Iterator[Glance]:
    """What can be done: the plan, and what residents told and the journeys show."""
    catalogue = context.catalogue
    if context.comparison is not None:
        plans = scenario_sections(context.comparison, catalogue)
        yield from (Glance.of(section, context.file("scenarios")) for section in plans[:1])
    for where, section in advice(context.assessment, context.publication, catalogue):
        yield Glance.of(section, context.file("voices") if where == VOICES else context.file_of_profile(where))


def _said(context: SiteContext) -> Iterator[Glance]:
    """What residents told, in sentences; none without a publication."""
    assessment, catalogue, publication = context.assessment, context.catalogue, context.publication
    if publication is None:
        return
    by_topic = heard(assessment, publication, catalogue)
    if by_topic.rows:
        short = told_message(assessment, publication, catalogue)  # as the page that it leads to begins
        yield Glance(told_title(publication, catalogue), short, context.file("voices"), None, "voices")
    yield from lived_glance(context)

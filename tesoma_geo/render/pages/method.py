"""The page of how the figures came about."""

from collections.abc import Iterator

from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.left_out import left_out_line
from tesoma_geo.render.figures.sentences import method_sentences
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.sections import fairness, hub
from tesoma_geo.render.sections.sources import source_lines, source_table
from tesoma_geo.render.sections.traces import dated_layers, traces


def method_page(context: SiteContext) -> Iterator[Page]:
    """How the figures came about, what was left out, and the sources.

    Parameters
    ----------
    context
        The site in one language.

    Yields
    ------
    Page
        One.
    """
    assessment, catalogue = context.assessment, context.catalogue
    profiles = headline.profiles(assessment)
    sources, measures = source_table(assessment, catalogue), fairness.measures(assessment, catalogue)
    tables = {table.key: table for table in (*context.told, sources, *(measures.tables if measures else ()))}
    message = "message_timetable" if assessment.workspace.transit is not None else "message"
    yield context.page(
        "method",
        "method",
        context.title(catalogue("nav.method")),
        catalogue("method.description"),
        message=catalogue(f"method.{message}"),
        method=method_sentences(assessment, catalogue),
        source_lines=source_lines(assessment, catalogue),
        left_out=[left_out_line(catalogue, item, profiles) for item in assessment.left_out],
        sources=sources,
        measures=measures,
        diversity=hub.diversity(assessment, catalogue),
        common=dated_layers(assessment, catalogue),
        traces=traces(assessment, catalogue, tables.values()),
    )

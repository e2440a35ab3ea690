"""The page of how the figures came about."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.left_out import left_out_line
from tesoma_geo.render.figures.sentences import method_sentences
from tesoma_geo.render.figures.travellers import traveller_sentences
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.sections import fairness, hub
from tesoma_geo.render.sections.sources import few_buildings_line, source_lines, source_table
from tesoma_geo.render.sections.traces import command_of, traces

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


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
        speeds=[
            {
                "name": catalogue.named("profile", profile),
                "file": context.file_of_profile(profile),
                "lines": traveller_sentences(assessment, catalogue, profile),
            }
            for profile in profiles
        ],
        sure=catalogue("method.sure", runs=catalogue.number(_runs(assessment))),
        figures_file=context.file("figures") if "figures" in context.navigation else "",
        source_lines=source_lines(assessment, catalogue),
        few_buildings=few_buildings_line(assessment, catalogue),
        left_out=[left_out_line(catalogue, item, profiles) for item in assessment.left_out],
        sources=sources,
        measures=measures,
        diversity=hub.diversity(assessment, catalogue),
        command=command_of(assessment, context.comparison.scenario if context.comparison else None),
        traces=traces(
            assessment, catalogue, tables.values(), {context.key_of_profile(profile): profile for profile in profiles}
        ),
    )


def _runs(assessment: "Assessment") -> int:
    """How often the calculation was made with something varied: as often by every way of moving."""
    return int(next(iter(assessment.summary["uncertainty"].values()))["runs"])

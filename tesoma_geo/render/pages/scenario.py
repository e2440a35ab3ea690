"""The page of a scenario: what changes, who gains and who loses, before and after side by side."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.command_columns import GAINED_MIN, TO_KIND_GAINED_MIN
from tesoma_geo.render.figures.credits import dated_credits
from tesoma_geo.render.figures.home_cells import Grid
from tesoma_geo.render.figures.plan_sketch import PlanSketch, plan_sketch
from tesoma_geo.render.map.difference import told_kind, won_steps
from tesoma_geo.render.map.frame import frame
from tesoma_geo.render.map.planned import PlannedShares
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.sections.registry import scenario_sections
from tesoma_geo.render.sections.scenario_change import how_sure
from tesoma_geo.render.sections.scenario_trips import cost_lines, first_answer
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import in_its_languages
from tesoma_geo.scenarios.compare import Comparison

#: Changes that are told with their metres.
WITH_LENGTH = ("link", "closed", "costs", "ramps", "lighting", "paving", "winter_maintenance")


def scenario_pages(context: SiteContext) -> Iterator[Page]:
    """The page of the scenario; none without one.

    Parameters
    ----------
    context
        The site in one language.

    Yields
    ------
    Page
        With a swipe between before and after on its map.
    """
    catalogue, comparison = context.catalogue, context.comparison
    if comparison is None:
        return
    scenario = comparison.scenario
    name = catalogue.of(scenario.name)
    planned = PlannedShares.of(comparison, catalogue)
    sections = scenario_sections(comparison, catalogue)
    answer = first_answer(comparison, catalogue)
    yield context.page(
        "scenarios",
        "scenarios",
        context.title(name),
        catalogue("scenario.description", name=name, hub=context.hub),
        map_html=frame(
            context.assessment,
            catalogue,
            context.contents,
            hidden=("services", "voices"),
            swipe=True,
            planned=planned,
        ),
        drawing=plan_drawing(comparison, planned.first),
        drawn_as=f"{planned.title} ({catalogue.named('profile', planned.first)})",
        won=won_steps(catalogue),
        name=name,
        about=catalogue.of(scenario.text) if scenario.text else "",
        answer=answer,
        how_sure=how_sure(catalogue, comparison.figures["sure"]),
        credits=dated_credits(context.assessment, catalogue),
        changes=list(change_lines(comparison, catalogue)),
        costs=list(cost_lines(comparison, catalogue)),
        called=scenario.name,
        sections=sections,
        command=f"tesoma-geo scenario {scenario.path.name}",
        whence_rows=_whence(sections, catalogue) if "method" not in context.navigation else [],
    )


def _whence(sections: list[PageSection], catalogue: Catalogue) -> list[tuple[str, str]]:
    """Where the figures of a plan's page stand, of the headline first; with a page of the method that tells it."""
    of_tables = [(table.caption, table.source) for part in sections for table in part.tables]
    return [(catalogue("scenario.gains"), "comparison.json: answers, sure, costs"), *of_tables]


def plan_drawing(comparison: Comparison, profile: str) -> PlanSketch:
    """What stands in place of the map where nothing runs scripts: what changes, and homes that win and lose.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    profile
        The way of moving by which homes win and lose.

    Returns
    -------
    PlanSketch
        Minutes of the way that the map tells of: to the hub, or to a kind of service.
    """
    inputs, kind = comparison.after.inputs, told_kind(comparison)
    column = TO_KIND_GAINED_MIN.of(profile, kind) if kind else GAINED_MIN.of(profile)
    gained = comparison.differences[column].to_numpy(float)
    grid = Grid.of(comparison.after.origins, comparison.after.workspace.population.cell_m)
    mean = grid.mean(gained)
    squares = gpd.GeoDataFrame(
        {column: np.where(np.isfinite(mean), mean, gained[grid.first])}, geometry=grid.squares, crs=inputs.origins.crs
    )
    places = comparison.places
    named = list(zip(places["what"], places["name"], strict=True))
    return plan_sketch(inputs, list(places.geometry), named=named, cells=squares, gain=column)


def change_lines(comparison: Comparison, catalogue: Catalogue) -> Iterator[str]:
    """What a scenario changes, a line each.

    Parameters
    ----------
    comparison
        The district before and after.
    catalogue
        The language.

    Yields
    ------
    str
        Changes that have a place with their length (m), then headways and lines of the timetable.
    """
    for what, name, place in comparison.places[["what", "name", "geometry"]].itertuples(index=False):
        change = catalogue.named("scenario.what", what)
        metres = catalogue("theme.metres", n=catalogue.number(shapely.length(place)))
        length = f" ({metres})" if what in WITH_LENGTH else ""
        called = in_its_languages(name, comparison.scenario.name, catalogue)
        yield f"{change}: {catalogue.isolated(called)}{length}" if name else f"{change}{length}"
    for headway in comparison.scenario.headways:
        yield catalogue(
            "scenario.headway",
            line=headway.line,
            n=catalogue.number(headway.headway_min, 1),
            since=catalogue.clock(headway.between[0]),
            to=catalogue.clock(headway.between[1]),
        )
    for line in comparison.scenario.lines:
        if line.remove:
            yield catalogue("scenario.line_removed", line=line.remove)

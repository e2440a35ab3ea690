"""The page of a scenario: what changes, who gains and who loses, before and after side by side."""

from collections.abc import Iterator

import numpy as np
import shapely

from tesoma_geo.command_columns import GAINED_MIN
from tesoma_geo.render.figures.credits import dated_credits
from tesoma_geo.render.figures.plan_sketch import won_step
from tesoma_geo.render.map.frame import frame
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.sections.registry import scenario_sections
from tesoma_geo.render.sections.scenario_trips import answer_lines, leading_answer
from tesoma_geo.render.text.catalogue import Catalogue
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
    message, losing = leading_answer(comparison, catalogue)
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
            after=comparison.after,
            steps=_steps(comparison),
        ),
        name=name,
        about=catalogue.of(scenario.text) if scenario.text else "",
        message=message,
        losing=losing,
        answers=list(answer_lines(comparison, catalogue))[1:],
        credits=dated_credits(context.assessment, catalogue),
        changes=list(change_lines(comparison, catalogue)),
        sections=scenario_sections(comparison, catalogue),
    )


def _steps(comparison: Comparison) -> frozenset[int]:
    """The steps of minutes won and lost that any home has by any way of moving."""
    gains = [GAINED_MIN.of(profile) for profile in comparison.figures["profiles"]]
    minutes = comparison.differences[gains].to_numpy(float).ravel()
    return frozenset(won_step(minutes[~np.isnan(minutes)]).tolist())


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
        yield f"{change}: {catalogue.isolated(name)}{length}" if name else f"{change}{length}"
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

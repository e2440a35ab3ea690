"""What a reader must know of a plan: a line that runs more seldom, a change that changes nobody's minutes."""

from collections.abc import Iterator, Sequence

import numpy as np

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.scenarios.comparison_records import ComparisonNote, HeadwayFigures
from tesoma_geo.scenarios.plan_costs import TABLES
from tesoma_geo.scenarios.scenario import Scenario


def notes_on(
    scenario: Scenario, before: Inputs, after: Inputs, headways: Sequence[HeadwayFigures]
) -> list[ComparisonNote]:
    """What is not seen in who gains and who loses.

    Parameters
    ----------
    scenario
        The plan.
    before, after
        The layers without and with it.
    headways
        What the timetable says of its lines.

    Returns
    -------
    list of ComparisonNote
        In the order of the file's tables; plain English, as the terminal prints them.
    """
    return [
        *_of_nothing(scenario),
        *_of_services(scenario, before),
        *_of_headways(headways),
        *_of_lighting(scenario, before, after),
        *_of_winter(scenario),
    ]


def _of_nothing(scenario: Scenario) -> Iterator[ComparisonNote]:
    if not any(getattr(scenario, table) for table in TABLES):
        yield {"key": "the scenario", "text": "the plan changes nothing: before and after are the same"}


def _of_services(scenario: Scenario, before: Inputs) -> Iterator[ComparisonNote]:
    """Services of a kind that nobody has today, which may be a slip of the pen."""
    sections = before.workspace.services
    known = {*before.services["kind"], *sections.osm, *(layer.kind for layer in sections.files)}
    for number, entry in enumerate(scenario.services):
        if entry.kind and entry.kind not in known:
            near = did_you_mean(entry.kind, sorted(known))
            text = f"{entry.kind!r} is a kind of service that there is none of today"
            yield {"key": f"services.{number}", "text": f"{text}. {near}" if near else text}


def _of_headways(headways: Sequence[HeadwayFigures]) -> Iterator[ComparisonNote]:
    for number, row in enumerate(headways):
        if row["seldomer"]:
            since, until = row["between"]
            often = "" if row["today_min"] is None else f", every {row['today_min']:g} min"
            yield {
                "key": f"headways.{number}",
                "text": f"line {row['line']} has {row['trips_before']} trips between {since} and {until} today{often}: "
                f"every {row['headway_min']:g} min is more seldom ({row['trips_after']} trips)",
            }


def _of_lighting(scenario: Scenario, before: Inputs, after: Inputs) -> Iterator[ComparisonNote]:
    """Improvements that no way of moving minds."""
    alone = (scenario.lighting and not scenario.links) and not (scenario.ramps or scenario.paving or scenario.costs)
    if not alone or before.network.n_edges != after.network.n_edges:
        return
    for profile in before.profiles:
        one, other = (edge_costs(inputs.network, profile) for inputs in (before, after))
        if not np.array_equal(one.forward_s, other.forward_s):
            return
    yield {
        "key": "lighting",
        "text": "no way of moving of this workspace minds whether a street is lit: nobody's minutes change",
    }


def _of_winter(scenario: Scenario) -> Iterator[ComparisonNote]:
    if scenario.winter_maintenance:
        yield {"key": "winter_maintenance", "text": "winter maintenance changes the minutes of winter alone"}

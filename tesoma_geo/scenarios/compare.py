"""Before and after a scenario: who gets there sooner, who later, by how much, and where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.assessment.assess import Assessment, assess_inputs
from tesoma_geo.assessment.summary_records import ProfileFigures, ServiceFigures
from tesoma_geo.assessment.travel_assessment import (
    TravelTimes,
    kept_travel_times,
    travel_assessment,
    travel_times_side_by_side,
)
from tesoma_geo.columns import NEAREST_S, TO_HUB_S
from tesoma_geo.command_columns import (
    AFTER_MIN,
    BEFORE_MIN,
    GAINED_MIN,
    TO_KIND_AFTER_MIN,
    TO_KIND_BEFORE_MIN,
    TO_KIND_GAINED_MIN,
)
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.scenarios.changed import changed_places
from tesoma_geo.scenarios.comparison_records import (
    Answer,
    ComparisonFigures,
    ProfileComparison,
    ServiceComparison,
    SideBySide,
)
from tesoma_geo.scenarios.drawn_gains import HUB, leading_trip, sure_gains
from tesoma_geo.scenarios.edits import edited
from tesoma_geo.scenarios.headways import headway_figures
from tesoma_geo.scenarios.homes import without_new_residents
from tesoma_geo.scenarios.moved_in import moved_in
from tesoma_geo.scenarios.notes import notes_on
from tesoma_geo.scenarios.outcomes import GAIN_MIN, gained_s, trip_outcome
from tesoma_geo.scenarios.plan_costs import plan_costs
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.scenarios.winter_gains import winter_gains


@dataclass(frozen=True, eq=False)
class Comparison:
    """One district before and after a scenario.

    Attributes
    ----------
    scenario
        What changes; its ``name`` and ``text`` by language.
    before, after
        The assessments; of minutes alone unless whole ones were asked for.
    places
        What changes as a map shows it: ``what`` (one of ``changed.KINDS``), ``name``, geometry in the metric CRS.
    differences
        A row an origin: ``origin_id``, ``population``, ``area_code``, ages where there are any, and per profile
        ``<profile>_before_min``, ``<profile>_after_min`` (``inf`` unreachable) and ``<profile>_gain_min`` (more
        than 0 is sooner, ``inf`` reachable now, ``-inf`` no more, NaN neither before nor after); the same to the
        nearest service of every kind that somebody gets to sooner or later, ``<profile>_<kind>_gain_min``; its cell.
    figures
        The content of ``comparison.json``.
    """

    scenario: Scenario
    before: Assessment
    after: Assessment
    places: gpd.GeoDataFrame
    differences: gpd.GeoDataFrame
    figures: ComparisonFigures


def compare(
    inputs: Inputs,
    scenario: Scenario,
    progress: Callable[[str], None] | None = None,
    *,
    whole: bool = False,
    key: bytes | None = None,
) -> Comparison:
    """Assess a district before and after a scenario.

    Parameters
    ----------
    inputs
        Its layers.
    scenario
        What changes.
    progress
        Told the name of each step as it begins.
    whole
        Whether the two assessments are whole ones, with isochrones, explanations and all else that pages of a run
        show; that takes many times as long, and the figures are the same.
    key
        What names the files that the layers were read from, so that the minutes of today are kept and taken again.

    Returns
    -------
    Comparison
        Both assessments, and what lies between them.

    Raises
    ------
    ScenarioError
        With every change that cannot be made on these layers.
    """
    tell = progress or (lambda _: None)
    changed = edited(inputs, scenario)
    former = without_new_residents(inputs, changed)
    if key is not None and former is inputs:
        times = kept_travel_times(inputs, key, lambda step: tell(f"before: {step}"))
    else:
        times = travel_times_side_by_side(former, lambda step: tell(f"before: {step}"))
    times_after = travel_times_side_by_side(changed, lambda step: tell(f"after: {step}"), (former, times))
    if whole:
        before = assess_inputs(former, lambda step: tell(f"before: {step}"))
        after = assess_inputs(changed, lambda step: tell(f"after: {step}"))
    else:
        before, after = travel_assessment(former, times), travel_assessment(changed, times_after)
    places = changed_places(inputs, changed, scenario)
    table = differences(before, after)
    figures = _figures(scenario, before, after, (times, times_after), table, places)
    trip = leading_trip(figures["answers"], inputs.workspace.access.profiles[0])
    if trip is not None:
        tell("how surely")
        column = GAINED_MIN.of(trip[1]) if trip[0] == HUB else TO_KIND_GAINED_MIN.of(trip[1], trip[0])
        gain_min = table[column].to_numpy(float)[: len(inputs.origins)]
        figures["sure"] = sure_gains(inputs, changed, trip, gain_min)
    return Comparison(scenario, before, after, places, table, figures)


def differences(before: Assessment, after: Assessment) -> gpd.GeoDataFrame:
    """Minutes to the hub before and after, and what is gained; see :class:`Comparison`.

    Parameters
    ----------
    before
        The assessment without the scenario.
    after
        The assessment with it, of the same origins.

    Returns
    -------
    GeoDataFrame
        A row an origin, minutes, its cell in the metric CRS.
    """
    kept = [name for name in before.origins.columns if name in ("origin_id", "population", "area_code")]
    kept += [name for name in before.origins.columns if name.startswith("age_")]
    columns: dict[str, Any] = {name: before.origins[name].to_numpy() for name in kept}
    for profile in before.workspace.access.profiles:
        column = TO_HUB_S.of(profile)
        seconds = gained_s(*(assessment.origins[column].to_numpy() for assessment in (before, after)))
        named = zip((BEFORE_MIN, AFTER_MIN, GAINED_MIN), seconds, strict=True)
        columns |= {one.of(profile): values / 60.0 for one, values in named}
    for kind in changed_kinds(before, after):
        for profile in before.workspace.access.profiles:
            named = zip(
                (TO_KIND_BEFORE_MIN, TO_KIND_AFTER_MIN, TO_KIND_GAINED_MIN),
                _to_kind(before, after, profile, kind),
                strict=True,
            )
            columns |= {one.of(profile, kind): values / 60.0 for one, values in named}
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=before.cells.geometry.to_numpy(), crs=before.origins.crs)


def changed_kinds(before: Assessment, after: Assessment) -> list[str]:
    """The kinds of services that somebody gets to sooner or later by some way of moving.

    Parameters
    ----------
    before, after
        The assessments, of the same origins.

    Returns
    -------
    list of str
        In alphabetical order; those whose number of services changes are among them in any case.
    """
    counts = [assessment.services["kind"].value_counts().to_dict() for assessment in (before, after)]
    known = sorted({*counts[0], *counts[1]})
    return [
        kind
        for kind in known
        if counts[0].get(kind) != counts[1].get(kind)
        or any(
            (np.nan_to_num(_to_kind(before, after, profile, kind)[2], posinf=1.0, neginf=1.0) != 0).any()
            for profile in before.workspace.access.profiles
        )
    ]


def _to_kind(before: Assessment, after: Assessment, profile: str, kind: str) -> tuple[Any, Any, Any]:
    """Seconds to the nearest service of a kind before, after and gained; ``inf`` where there is none."""
    column, sides = NEAREST_S.of(profile, kind), []
    for assessment in (before, after):
        known = column in assessment.origins
        sides.append(assessment.origins[column].to_numpy() if known else np.full(len(assessment.origins), np.inf))
    return gained_s(*sides)


def _figures(
    scenario: Scenario,
    before: Assessment,
    after: Assessment,
    times: tuple[TravelTimes, TravelTimes],
    table: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
) -> ComparisonFigures:
    profiles = before.workspace.access.profiles
    services = service_comparison(before.summary["services"], after.summary["services"])
    for kind in changed_kinds(before, after):
        services[kind]["outcomes"] = {
            profile: trip_outcome(table[TO_KIND_GAINED_MIN.of(profile, kind)].to_numpy(float), table)
            for profile in profiles
        }
    of_profiles = {
        profile: profile_comparison(
            table[GAINED_MIN.of(profile)].to_numpy(float),
            table,
            before.summary["profiles"][profile],
            after.summary["profiles"][profile],
        )
        for profile in profiles
    }
    timetables = before.inputs.timetable, after.inputs.timetable
    headways = [
        headway_figures(headway, timetables[0], timetables[1])
        for headway in scenario.headways
        if timetables[0] is not None and timetables[1] is not None
    ]
    return {
        "name": scenario.name,
        "text": scenario.text,
        "made_up": before.workspace.district.made_up,
        "gain_min": GAIN_MIN,
        "population_total": before.summary["population_total"],
        "changes": {what: int(count) for what, count in places["what"].value_counts().sort_index().items()},
        "profiles": of_profiles,
        "connections": {
            key: _side_by_side(*(side.connected[key] for side in times))
            for key in times[0].connected
            if key in times[1].connected
        },
        "services": services,
        "answers": _answers(scenario, before, of_profiles, services),
        "sure": None,
        "winter": winter_gains(before.inputs, after.inputs) if scenario.winter_maintenance else {},
        "headways": headways,
        "homes": moved_in(scenario, before, after),
        "costs": plan_costs(scenario, before.inputs, after.inputs),
        "notes": notes_on(scenario, before.inputs, after.inputs, headways),
    }


def asked_kinds(scenario: Scenario, services: gpd.GeoDataFrame) -> list[str]:
    """The kinds of services that a plan opens or closes.

    Parameters
    ----------
    scenario
        The plan.
    services
        Those of today.

    Returns
    -------
    list of str
        In the order of the file, each once.
    """
    kind_of = dict(zip(services["service_id"], services["kind"], strict=True))
    named = [entry.kind or kind_of.get(entry.remove, "") for entry in scenario.services]
    return list(dict.fromkeys(kind for kind in named if kind))


def _answers(
    scenario: Scenario,
    before: Assessment,
    of_profiles: Mapping[str, ProfileComparison],
    services: Mapping[str, ServiceComparison],
) -> list[Answer]:
    """What the plan does to the trips that it is about, then to the others that it changes."""
    asked = [kind for kind in asked_kinds(scenario, before.services) if kind in services]
    hub_too = not asked or any(row["residents"]["gaining"] + row["residents"]["losing"] for row in of_profiles.values())
    others = [kind for kind, row in services.items() if kind not in asked and row["outcomes"]]
    trips: dict[str, Mapping[str, Any]] = {kind: services[kind]["outcomes"] for kind in asked}
    if hub_too:
        trips["hub"] = of_profiles
    trips |= {kind: services[kind]["outcomes"] for kind in others}
    answers: list[Answer] = []
    for to, rows in trips.items():
        for profile, row in rows.items():
            if to == "hub" or row["residents"]["gaining"] or row["residents"]["losing"] or to in asked:
                answers.append(
                    {
                        "to": to,
                        "asked": to in asked or (to == "hub" and not asked),
                        "profile": profile,
                        "gaining": row["residents"]["gaining"],
                        "losing": row["residents"]["losing"],
                        "resident_min": row["resident_min"],
                    }
                )
    return answers


def profile_comparison(
    gain_min: NDArray[np.float64], table: pd.DataFrame, before: ProfileFigures, after: ProfileFigures
) -> ProfileComparison:
    """One profile's figures of the summary side by side, and who gains and loses, by age and area.

    Parameters
    ----------
    gain_min
        Minutes that each origin gains on the way to the hub.
    table
        A row an origin: ``population``, ``area_code``, ages where there are any.
    before, after
        The profile's figures of the summary.

    Returns
    -------
    ProfileComparison
        As in ``comparison.json``.
    """
    pair = (before, after)
    return {
        **trip_outcome(gain_min, table),
        "population_within": {
            cutoff: _side_by_side(*(figures["population_within"][cutoff] for figures in pair))
            for cutoff in pair[0]["population_within"]
        },
        "median_min": _side_by_side(*(figures["median_min"] for figures in pair)),
        "p90_min": _side_by_side(*(figures["p90_min"] for figures in pair)),
        "unreachable_population": _side_by_side(*(figures["unreachable_population"] for figures in pair)),
    }


def service_comparison(
    before: Mapping[str, ServiceFigures], after: Mapping[str, ServiceFigures]
) -> dict[str, ServiceComparison]:
    """By kind: how many services, and per profile the residents near one and the minutes to it, side by side.

    Parameters
    ----------
    before, after
        Kind → figures of the summary; a kind may be in one of them alone.

    Returns
    -------
    dict
        Kind → as in ``comparison.json``, without outcomes.
    """
    comparison: dict[str, ServiceComparison] = {}
    none = ServiceFigures(count=0, profiles={})
    for kind in sorted({*before, *after}):
        pair = [figures.get(kind, none) for figures in (before, after)]
        known = pair[0]["profiles"] or pair[1]["profiles"]
        comparison[kind] = {
            "count": _side_by_side(pair[0]["count"], pair[1]["count"]),
            "profiles": {
                profile: {
                    name: _side_by_side(
                        *(figures["profiles"].get(profile, {}).get(name, _none(name)) for figures in pair)
                    )
                    for name in names
                }
                for profile, names in known.items()
            },
            "outcomes": {},
        }
    return comparison


def _none(name: str) -> int | None:
    """What a figure of services is where there is no service of the kind."""
    return 0 if name.startswith("population") else None


def _side_by_side(before: float | None, after: float | None) -> SideBySide:
    change = None if before is None or after is None else round(after - before, 1)
    return {"before": before, "after": after, "change": change}

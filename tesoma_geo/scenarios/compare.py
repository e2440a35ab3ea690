"""Before and after a scenario: who gets there sooner, who later, by how much, and where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.assessment.assess import Assessment, assess_inputs
from tesoma_geo.assessment.summary_records import ServiceFigures
from tesoma_geo.columns import AFTER_MIN, BEFORE_MIN, GAINED_MIN, TO_HUB_S
from tesoma_geo.inputs.layers import Inputs
from tesoma_geo.scenarios.changed import changed_places
from tesoma_geo.scenarios.comparison_records import (
    ComparisonFigures,
    OutcomeFigures,
    ProfileComparison,
    ServiceComparison,
    SideBySide,
)
from tesoma_geo.scenarios.edits import edited
from tesoma_geo.scenarios.scenario import Scenario

Array = NDArray[np.float64]

#: Residents gain or lose from so many minutes on; less is noise in a plan.
GAIN_MIN = 1.0
#: What may have happened to a resident, in the order of a bar: each is in exactly one.
OUTCOMES = ("gaining", "unchanged", "losing", "unreachable")


@dataclass(frozen=True, eq=False)
class Comparison:
    """One district before and after a scenario.

    Attributes
    ----------
    scenario
        What changes; its ``name`` and ``text`` by language.
    before, after
        The assessments.
    places
        What changes as a map shows it: ``what`` (one of ``changed.KINDS``), ``name``, geometry in the metric CRS.
    differences
        A row an origin: ``origin_id``, ``population``, ``area_code``, ages where there are any, and per profile
        ``<profile>_before_min``, ``<profile>_after_min`` (``inf`` unreachable) and ``<profile>_gain_min`` (more
        than 0 is sooner, ``inf`` reachable now, ``-inf`` no more, NaN neither before nor after); its cell.
    figures
        The content of ``comparison.json``.
    """

    scenario: Scenario
    before: Assessment
    after: Assessment
    places: gpd.GeoDataFrame
    differences: gpd.GeoDataFrame
    figures: ComparisonFigures


def compare(inputs: Inputs, scenario: Scenario, progress: Callable[[str], None] | None = None) -> Comparison:
    """Assess a district before and after a scenario.

    Parameters
    ----------
    inputs
        Its layers.
    scenario
        What changes.
    progress
        Told the name of each step as it begins.

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
    before = assess_inputs(inputs, lambda step: tell(f"before: {step}"))
    after = assess_inputs(changed, lambda step: tell(f"after: {step}"))
    places = changed_places(inputs, changed, scenario)
    table = differences(before, after)
    return Comparison(scenario, before, after, places, table, _figures(scenario, before, after, table, places))


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
        # To a tenth of a second: what is beyond is the rounding of sums in another order.
        seconds = [
            np.round(assessment.origins[TO_HUB_S.of(profile)].to_numpy(float), 1) for assessment in (before, after)
        ]
        with np.errstate(invalid="ignore"):  # inf - inf: neither before nor after
            gain_s = seconds[0] - seconds[1]
        named = zip((BEFORE_MIN, AFTER_MIN, GAINED_MIN), (*seconds, gain_s), strict=True)
        columns |= {column.of(profile): values / 60.0 for column, values in named}
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=before.cells.geometry.to_numpy(), crs=before.origins.crs)


def outcomes(gain_min: Array) -> dict[str, NDArray[np.bool_]]:
    """Which origins have which of :data:`OUTCOMES`.

    Parameters
    ----------
    gain_min
        Minutes gained by each origin: ``inf`` reachable now, ``-inf`` no more, NaN neither, shape (n,).

    Returns
    -------
    dict
        Outcome → which origins have it, shape (n,).
    """
    neither = np.isnan(gain_min)
    with np.errstate(invalid="ignore"):
        gaining, losing = gain_min >= GAIN_MIN, gain_min <= -GAIN_MIN
    return dict(zip(OUTCOMES, (gaining, ~(gaining | losing | neither), losing, neither), strict=True))


def _figures(
    scenario: Scenario, before: Assessment, after: Assessment, table: gpd.GeoDataFrame, places: gpd.GeoDataFrame
) -> ComparisonFigures:
    profiles = before.workspace.access.profiles
    return {
        "name": scenario.name,
        "text": scenario.text,
        "made_up": before.workspace.district.made_up,
        "gain_min": GAIN_MIN,
        "population_total": before.summary["population_total"],
        "changes": {what: int(count) for what, count in places["what"].value_counts().sort_index().items()},
        "profiles": {profile: _of_profile(profile, before, after, table) for profile in profiles},
        "connections": _of_connections(before, after),
        "services": _of_services(before.summary["services"], after.summary["services"]),
    }


def _of_profile(profile: str, before: Assessment, after: Assessment, table: gpd.GeoDataFrame) -> ProfileComparison:
    """One profile's figures of the summary side by side, and who gains and loses, by age and area."""
    pair = [assessment.summary["profiles"][profile] for assessment in (before, after)]
    gain_min, residents = table[GAINED_MIN.of(profile)].to_numpy(float), table["population"].to_numpy()
    by_outcome = outcomes(gain_min)
    finite = np.where(np.isfinite(gain_min), gain_min, 0.0)
    ages = [name for name in table.columns if name.startswith("age_")]
    areas = table["area_code"].to_numpy()
    return {
        "population_within": {
            cutoff: _side_by_side(*(figures["population_within"][cutoff] for figures in pair))
            for cutoff in pair[0]["population_within"]
        },
        "median_min": _side_by_side(*(figures["median_min"] for figures in pair)),
        "p90_min": _side_by_side(*(figures["p90_min"] for figures in pair)),
        "unreachable_population": _side_by_side(*(figures["unreachable_population"] for figures in pair)),
        "residents": _residents(by_outcome, residents),
        "mean_gain_min": _mean(finite, residents, by_outcome["gaining"]),
        "mean_loss_min": _mean(-finite, residents, by_outcome["losing"]),
        "resident_min": round(float(finite @ residents), 1),
        "by_age": {name.removeprefix("age_"): _residents(by_outcome, table[name].to_numpy()) for name in ages},
        "by_area": {
            str(code): _residents(by_outcome, np.where(areas == code, residents, 0))
            for code in np.unique(areas[areas != ""])
        },
    }


def _of_connections(before: Assessment, after: Assessment) -> dict[str, SideBySide]:
    """Residents with a connection to the hub so often or oftener, side by side; empty without a timetable."""
    studies = [assessment.transit_analysis for assessment in (before, after)]
    if studies[0] is None or studies[1] is None:
        return {}
    pair = [street_analysis.residents_connected for street_analysis in studies if street_analysis is not None]
    return {key: _side_by_side(*(residents[key] for residents in pair)) for key in pair[0]}


def _of_services(
    before: Mapping[str, ServiceFigures], after: Mapping[str, ServiceFigures]
) -> dict[str, ServiceComparison]:
    """By kind: how many services, and per profile the residents near one and the minutes to it, side by side."""
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
        }
    return comparison


def _none(name: str) -> int | None:
    """What a figure of services is where there is no service of the kind."""
    return 0 if name.startswith("population") else None


def _side_by_side(before: float | None, after: float | None) -> SideBySide:
    change = None if before is None or after is None else round(after - before, 1)
    return {"before": before, "after": after, "change": change}


def _residents(by_outcome: Mapping[str, NDArray[np.bool_]], residents: NDArray[np.int64]) -> OutcomeFigures:
    """Residents of each outcome; they add up to ``all``."""
    gaining, unchanged, losing, unreachable = (int(residents[by_outcome[name]].sum()) for name in OUTCOMES)
    return {
        "all": int(residents.sum()),
        "gaining": gaining,
        "unchanged": unchanged,
        "losing": losing,
        "unreachable": unreachable,
    }


def _mean(minutes: Array, residents: NDArray[np.int64], rows: NDArray[np.bool_]) -> float | None:
    """Mean over residents; who got a way at all, or lost it, has no minutes (0) and does not count."""
    counted = residents * (rows & (minutes != 0.0))
    return round(float(minutes @ counted / counted.sum()), 1) if counted.any() else None

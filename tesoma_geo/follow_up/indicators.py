"""The indicators that are followed over the years, from travel times and residents alone."""

from collections.abc import Mapping
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.assessment.summary_records import Summary
from tesoma_geo.columns import NEAREST_S, TO_HUB_S
from tesoma_geo.measures import equity
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.workspace import Workspace

Array = NDArray[np.float64]
#: How the minutes are spread over residents, of ``fairness`` in ``summary.json``; rounded there to four digits.
FAIRNESS = ("gini", "palma")
ROUNDED = tuple(f"_{name}" for name in FAIRNESS)


def indicators(
    workspace: Workspace, columns: Mapping[str, NDArray[np.float32]], residents: Array, kinds: tuple[str, ...]
) -> dict[str, float]:
    """Residents, shares and medians by way of moving.

    Parameters
    ----------
    workspace
        Whose profiles and cutoffs are asked for.
    columns
        Of :class:`~tesoma_geo.assessment.travel_assessment.TravelTimes`.
    residents
        Of each origin, not necessarily whole, shape (origins,).
    kinds
        Kinds of services.

    Returns
    -------
    dict
        ``residents``; ``<profile>_within_<minutes>_min`` and ``…_share``, ``<profile>_median_min``,
        ``<profile>_unreachable``; ``<profile>_gini`` and ``<profile>_palma`` of the minutes of who gets there;
        ``<profile>_<kind>_median_min``, ``<profile>_<kind>_within_<minutes>_min`` and ``…_share``. A
        median that more than half never reach is ``inf``.
    """
    total = float(residents.sum())
    values = {"residents": total}
    near_min = workspace.access.services_within_min
    for profile in workspace.access.profiles:
        minutes = columns[TO_HUB_S.of(profile)].astype(float) / 60.0
        for cutoff in workspace.access.cutoffs_min:
            within = float(residents[minutes <= cutoff].sum())
            values[f"{profile}_within_{cutoff:g}_min"] = within
            values[f"{profile}_within_{cutoff:g}_min_share"] = within / total if total else 0.0
        values[f"{profile}_median_min"] = _median(minutes, residents)
        values[f"{profile}_unreachable"] = float(residents[np.isinf(minutes)].sum())
        values |= {f"{profile}_{name}": value for name, value in _fairness(minutes, residents).items()}
        for kind in kinds:
            known = columns.get(NEAREST_S.of(profile, kind))
            to_kind = np.full(len(residents), np.inf) if known is None else known.astype(float) / 60.0
            values[f"{profile}_{kind}_median_min"] = _median(to_kind, residents)
            near = float(residents[to_kind <= near_min].sum())
            values[f"{profile}_{kind}_within_{near_min:g}_min"] = near
            values[f"{profile}_{kind}_within_{near_min:g}_min_share"] = near / total if total else 0.0
    return values


def indicator_names(workspace: Workspace, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The names of :func:`indicators`.

    Parameters
    ----------
    workspace
        Whose profiles and cutoffs are asked for.
    kinds
        Kinds of services.

    Returns
    -------
    tuple of str
        In their order.
    """
    nobody = np.zeros(0, np.float32)
    columns = {TO_HUB_S.of(profile): nobody for profile in workspace.access.profiles}
    return tuple(indicators(workspace, columns, np.zeros(0), kinds))


def stored_indicators(summary: Summary, workspace: Workspace, kinds: tuple[str, ...]) -> dict[str, float]:
    """The same indicators as a run wrote them, as far as ``summary.json`` has them; medians to a tenth.

    Parameters
    ----------
    summary
        The run's ``summary.json``.
    workspace
        Of the run.
    kinds
        Kinds of services.

    Returns
    -------
    dict
        Of the names of :func:`indicators`; a median that is None there is ``inf``.
    """
    total = float(summary["population_total"])
    values = {"residents": total}
    near = f"population_within_{workspace.access.services_within_min:g}_min"
    for profile, figures in summary["profiles"].items():
        for cutoff, within in figures["population_within"].items():
            values[f"{profile}_within_{cutoff}_min"] = float(within)
            values[f"{profile}_within_{cutoff}_min_share"] = within / total if total else 0.0
        values[f"{profile}_median_min"] = _number(figures["median_min"])
        values[f"{profile}_unreachable"] = float(figures["unreachable_population"])
        spread = (summary.get("fairness", {}).get(profile) or {"spread": None})["spread"]
        values[f"{profile}_gini"] = _number(None if spread is None else spread["gini"])
        values[f"{profile}_palma"] = _number(None if spread is None else spread["palma"])
        for kind in kinds:
            of_profile = summary["services"].get(kind, {"profiles": {}})["profiles"].get(profile, {})
            within_name = near.removeprefix("population_")
            values[f"{profile}_{kind}_median_min"] = _number(of_profile.get("median_min"))
            reached = float(of_profile.get(near) or 0.0)
            values[f"{profile}_{kind}_{within_name}"] = reached
            values[f"{profile}_{kind}_{within_name}_share"] = reached / total if total else 0.0
    return values


def _fairness(minutes: Array, residents: Array) -> dict[str, float]:
    """How unequally the minutes are spread over the residents who reach the hub; ``inf`` where nobody does."""
    reached = np.isfinite(minutes)
    if not residents[reached].sum():
        return dict.fromkeys(FAIRNESS, float("inf"))
    ids = np.flatnonzero(reached)
    values = pd.DataFrame({"id": ids, "value": minutes[reached]})
    people = pd.DataFrame({"id": ids, "population": residents[reached]})
    inequality = {"gini": equity.gini(values, people), "palma": equity.palma(values, people)}
    return {name: _finite(cast(float, value)) for name, value in inequality.items()}


def _finite(value: float) -> float:
    return float(value) if np.isfinite(value) else float("inf")


def _median(minutes: Array, residents: Array) -> float:
    """To a hundredth of a minute: what is beyond says nothing."""
    return round(float(weighted_quantile(minutes, residents, 0.5)), 2) if residents.sum() else float("inf")


def _number(value: float | None) -> float:
    return float("inf") if value is None else float(value)

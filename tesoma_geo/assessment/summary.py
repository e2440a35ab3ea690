"""The headline figures: residents within each cutoff, medians, who cannot reach the hub and why."""

from typing import cast

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.analysis.lived_access import LivedAccess
from tesoma_geo.assessment.lift_effects import LiftEffects
from tesoma_geo.assessment.summary_records import (
    ExperienceFigures,
    HeadlineFigures,
    LiftFigures,
    PrivacyFigures,
    ProfileFigures,
    ServiceFigures,
    TransitFigures,
    TripMinutes,
)
from tesoma_geo.assessment.transit_analysis import TransitAnalysis
from tesoma_geo.columns import FROM_HUB_S, NEAREST_S, TO_HUB_S
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.workspace import Language, Workspace


def summary(
    inputs: Inputs,
    origins: gpd.GeoDataFrame,
    services: gpd.GeoDataFrame,
    reasons: dict[str, dict[str, NDArray[np.bool_]]],
    lived: LivedAccess | None = None,
    transit: TransitAnalysis | None = None,
) -> HeadlineFigures:
    """The first figures of ``summary.json``: minutes and whole residents; None where half of them cannot get there.

    Parameters
    ----------
    inputs
        The layers.
    origins, services
        Those of the assessment, with its columns.
    reasons
        Profile → reason → which origins cannot reach the hub for it.
    lived
        The way to the hub as residents live it; None without annotations.
    transit
        What the timetable tells; None without one.

    Returns
    -------
    HeadlineFigures
        ``experience`` is there where residents were asked, ``transit`` where there is a timetable.
    """
    workspace = inputs.workspace
    residents = origins["population"].to_numpy()
    entrances = inputs.hub.to_crs("EPSG:4326").geometry
    unknown = [name for left in inputs.left_out if left.what == "areas" for name in left.examples]
    figures: HeadlineFigures = {
        "district": workspace.district.name,
        "made_up": workspace.district.made_up,
        "hub": {
            "name": hub_names(workspace),
            "entrances": [[round(point.x, 6), round(point.y, 6)] for point in entrances],
        },
        "population_total": int(residents.sum()),
        "population_unknown_areas": unknown,
        "origins": len(origins),
        "profiles": {
            profile: profile_figures(profile, origins, residents, reasons[profile], workspace.access.cutoffs_min)
            for profile in inputs.workspace.access.profiles
        },
        "services": _service_figures(inputs, origins, services, residents),
    }
    if lived is not None:
        figures["experience"] = _experience(lived)
    if inputs.publication is not None and inputs.publication.noise is not None:
        figures["privacy"] = cast(PrivacyFigures, dict(inputs.publication.noise))
    if transit is not None:
        figures["transit"] = _transit(transit, residents)
    return figures


def hub_names(workspace: Workspace) -> dict[Language, str]:
    """What the hub is called.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    dict
        Language → name, in its first form.
    """
    return {language: str(name) for language, name in workspace.hub.name.items()}


def profile_figures(
    profile: str,
    origins: pd.DataFrame,
    residents: NDArray[np.int64],
    reasons: dict[str, NDArray[np.bool_]],
    cutoffs_min: tuple[float, ...],
) -> ProfileFigures:
    """The headline figures of one way of moving.

    Parameters
    ----------
    profile
        Its name.
    origins
        With its columns ``<profile>_to_hub_s`` and ``<profile>_from_hub_s``, seconds.
    residents
        Of each origin.
    reasons
        Reason → which origins cannot reach the hub for it.
    cutoffs_min
        Minutes within which residents are counted.

    Returns
    -------
    ProfileFigures
        Whole residents, and minutes to a tenth; None where half of the residents cannot get there.
    """
    to_hub_min = origins[TO_HUB_S.of(profile)].to_numpy(float) / 60.0
    from_hub_min = origins[FROM_HUB_S.of(profile)].to_numpy(float) / 60.0
    return {
        "population_within": {f"{cutoff:g}": int(residents[to_hub_min <= cutoff].sum()) for cutoff in cutoffs_min},
        "median_min": _minutes(weighted_quantile(to_hub_min, residents, 0.5)),
        "p90_min": _minutes(weighted_quantile(to_hub_min, residents, 0.9)),
        "median_from_hub_min": _minutes(weighted_quantile(from_hub_min, residents, 0.5)),
        "unreachable_population": int(residents[np.isinf(to_hub_min)].sum()),
        "unreachable_reasons": {reason: int(residents[rows].sum()) for reason, rows in reasons.items() if rows.any()},
    }


def _experience(lived: LivedAccess) -> ExperienceFigures:
    """As residents live it, beside the mapped figures of ``profiles``; with the assumptions and what hangs on them."""
    rows = lived.sensitivity.to_dict("records")
    return cast(ExperienceFigures, {**lived.summary, "sensitivity": rows})


def _transit(transit: TransitAnalysis, residents: NDArray[np.int64]) -> TransitFigures:
    """What only a timetable can say; first and last connections within the hours of the feed."""
    spent = transit.parts_s.drop(columns="rides")
    there = spent.notna().all(axis=1).to_numpy() & (residents > 0)
    clocks = transit.connections[["first", "last"]]
    riding = clocks[clocks["first"] != ""]
    paid = np.isfinite(transit.fare)
    cutoffs = [name for name in transit.day.columns if name.startswith("within_")]
    return {
        "date": transit.date,
        "window": list(transit.window),
        "hours": list(transit.hours),
        "covers_day": transit.covers_day,
        "runs": transit.runs,
        "stops_connected": len(transit.stops),
        "lines_to_hub": [
            {"line": row["line"], "every_min": round(row["every_min"], 1)} for row in transit.lines.to_dict("records")
        ],
        "lines": [
            {
                "line": row["line"],
                "trips": row["trips"],
                "first": row["first"],
                "last": row["last"],
                "headway_min": {f"{hour:02d}": minutes for hour, minutes in row["headway_min"].items()},
                "residents": int(row["residents"]),
            }
            for row in transit.lines_of_day
        ],
        "last_home": list(transit.last_home) or None,
        "next_min": _next_minutes(transit, residents),
        "lifts_out_of_order": None if transit.lifts is None else _lifts(transit.lifts),
        "residents_connected": dict(transit.residents_connected),
        "fare": {
            "currency": transit.currency,
            "median": round(weighted_quantile(transit.fare[paid], residents[paid], 0.5), 2),
        }
        if transit.currency
        else None,
        "first_connection": riding["first"].min() if len(riding) else None,
        "last_connection": riding["last"].max() if len(riding) else None,
        "trip_min": _trip_minutes(spent[there], residents[there]) if there.any() else None,
        "day": [
            {
                "clock": row["clock"],
                "median_min": _minutes(row["median_min"]),
                "within": {name.removeprefix("within_"): int(row[name]) for name in cutoffs},
            }
            for row in transit.day.to_dict("records")
        ],
    }


def _lifts(effects: LiftEffects) -> LiftFigures:
    return {
        "lifts": [
            {"id": one, "station": station} for one, station in zip(effects.lifts, effects.stations, strict=True)
        ],
        "longer_population": effects.longer,
        "longer_min": None if effects.longer_min is None else _minutes(effects.longer_min),
        "cut_off_population": effects.cut_off,
        "median_min": _minutes(effects.median_min),
        "median_working_min": _minutes(effects.median_working_min),
        "population_within": effects.within,
        "population_within_working": effects.within_working,
    }


def _next_minutes(transit: TransitAnalysis, residents: NDArray[np.int64]) -> float | None:
    """Minutes to the next connection for who has missed one: the median of residents who have some."""
    every_min = transit.connections["every_min"].to_numpy(float)
    some = np.isfinite(every_min) & (residents > 0)
    return _minutes(weighted_quantile(every_min[some], residents[some], 0.5)) if some.any() else None


def _trip_minutes(spent_s: pd.DataFrame, residents: NDArray[np.int64]) -> TripMinutes:
    """Means over residents."""
    minutes = {name: _minutes(float(np.average(spent_s[name], weights=residents)) / 60.0) for name in spent_s.columns}
    return {
        "walking": minutes["walking_s"],
        "waiting": minutes["waiting_s"],
        "riding": minutes["riding_s"],
        "transfer": minutes["transfer_s"],
    }


def _service_figures(
    inputs: Inputs, origins: gpd.GeoDataFrame, services: gpd.GeoDataFrame, residents: NDArray[np.int64]
) -> dict[str, ServiceFigures]:
    """By kind: how many there are, and per profile the minutes to the nearest and the residents near one."""
    within_min = inputs.workspace.access.services_within_min
    figures: dict[str, ServiceFigures] = {}
    for kind in sorted(services["kind"].unique()):
        by_profile = {}
        for profile in inputs.workspace.access.profiles:
            nearest_s = origins[NEAREST_S.of(profile, kind)].to_numpy(float)
            by_profile[profile] = nearest_figures(nearest_s, residents, within_min)
        figures[kind] = {"count": int((services["kind"] == kind).sum()), "profiles": by_profile}
    return figures


def nearest_figures(
    nearest_s: NDArray[np.float64], residents: NDArray[np.int64], within_min: float
) -> dict[str, float | int | None]:
    """The figures of the nearest service of a kind, for one way of moving.

    Parameters
    ----------
    nearest_s
        Seconds from each origin to the nearest one, ``inf`` where there is no way.
    residents
        Of each origin.
    within_min
        Minutes within which residents are counted.

    Returns
    -------
    dict
        ``median_min``, and ``population_within_<within_min>_min``.
    """
    nearest_min = nearest_s / 60.0
    return {
        "median_min": _minutes(weighted_quantile(nearest_min, residents, 0.5)),
        f"population_within_{within_min:g}_min": int(residents[nearest_min <= within_min].sum()),
    }


def _minutes(value: float) -> float | None:
    """Rounded to a tenth; None for never."""
    return round(value, 1) if np.isfinite(value) else None

"""Sections of ``summary.json``: fairness, winter, certainty, nature, services at the hub, targets."""

from collections.abc import Hashable, Mapping
from dataclasses import asdict
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from tesoma_geo import measures
from tesoma_geo._kernels import Float32
from tesoma_geo.analysis.green_access import LEAST_HA, NEAR_MIN
from tesoma_geo.analysis.hub_figures import HIGH, LOW
from tesoma_geo.analysis.uncertainty import Uncertainty
from tesoma_geo.assessment.street_analysis import StreetAnalysis
from tesoma_geo.assessment.summary_records import (
    FairnessFigures,
    GroupedFigures,
    GroupFigures,
    HubServiceFigures,
    Interval,
    NatureFigures,
    SeasonFigures,
    SectionFigures,
    SpreadFigures,
    TheilOfAreas,
    UncertaintyFigures,
    WinterFigures,
)
from tesoma_geo.assessment.target_figures import targets, times_of_homes
from tesoma_geo.columns import FROM_HUB_S, TO_HUB_S
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.open_services import while_open
from tesoma_geo.measures import equity
from tesoma_geo.measures.quantiles import weighted_quantile

#: Services within so many minutes stand at the hub.
AT_HUB_MIN = 5.0
#: Shares of the residents at which the Lorenz curve is told.
TENTHS = np.arange(1, 11) / 10.0


def summary_sections(
    inputs: Inputs, origins: gpd.GeoDataFrame, services: gpd.GeoDataFrame, street_analysis: StreetAnalysis
) -> SectionFigures:
    """Sections of ``summary.json``: fairness, winter, uncertainty, nature, services at the hub, targets.

    Parameters
    ----------
    inputs
        The layers.
    origins, services
        Those of the assessment, with its columns.
    street_analysis
        What the streets tell besides.

    Returns
    -------
    SectionFigures
        Minutes with one decimal, None for never; shares and indices with four.
    """
    access, residents = inputs.workspace.access, origins["population"].to_numpy()
    return {
        "fairness": {profile: fairness(profile, origins, access.services_within_min) for profile in access.profiles},
        "winter": _winter(origins, street_analysis, access.cutoffs_min),
        "uncertainty": {
            profile: _uncertainty(origins, uncertain) for profile, uncertain in street_analysis.uncertain.items()
        },
        "nature": nature_within_reach(street_analysis.green, residents, street_analysis.to_nature_s)
        if street_analysis.to_nature_s
        else None,
        "hub_services": at_hub(services, street_analysis.uncertainty_profile) if len(services) else None,
        "targets": targets(times_of_homes(origins), inputs.workspace.targets),
    }


def fairness(profile: str, origins: gpd.GeoDataFrame, standard_min: float) -> FairnessFigures:
    """How the minutes to the hub are spread over residents.

    Parameters
    ----------
    profile
        Whose minutes.
    origins
        ``tables.ORIGINS`` with ``<profile>_to_hub_s``.
    standard_min
        The standard of sufficiency.

    Returns
    -------
    FairnessFigures
        ``standard_min``, ``share_within`` (of residents who meet it); ``by_age`` (where ages are known) and
        ``by_area``: group → ``population``, ``median_min``, ``p90_min``, ``gap_min`` (beside all residents'
        median), ``share_within``; ``spread``: Gini, Palma, Theil T with its parts between and within areas, how
        far beyond the standard (``fgt_1``, ``fgt_2``) and the Lorenz curve at each tenth, of the residents who
        reach the hub at all, ``population`` of them. None where nobody does.
    """
    minutes = pd.DataFrame({"id": origins["origin_id"], "value": origins[TO_HUB_S.of(profile)].astype(float) / 60.0})
    land_use = pd.DataFrame(origins.drop(columns="geometry")).rename(columns={"origin_id": "id"})
    areas = bool((land_use["area_code"] != "").any())
    reached = minutes[np.isfinite(minutes["value"])]
    people = int(land_use["population"][reached.index].sum())
    return {
        "standard_min": standard_min,
        "share_within": _rounded(_share_within(minutes, land_use, standard_min)),
        **_by_group(minutes, land_use, areas, standard_min),
        "spread": _spread(reached, land_use, areas, standard_min, people) if people else None,
    }


def _by_group(minutes: pd.DataFrame, land_use: pd.DataFrame, areas: bool, standard_min: float) -> GroupedFigures:
    """Groups beside all residents: ages where they are known, and areas."""
    figures: GroupedFigures = {}
    ages = [str(name) for name in land_use if str(name).startswith("age_")]
    if ages:
        table = equity.medians(minutes, land_use, population=ages)
        shares = [_share_within(minutes, land_use, standard_min, age) for age in table["group"]]
        figures["by_age"] = _groups(table.assign(group=table["group"].str.removeprefix("age_"), share=shares))
    if areas:
        table = equity.medians(minutes, land_use, by="area_code")
        short = equity.sufficiency(minutes, land_use, standard_min, better="less", by="area_code")
        figures["by_area"] = _groups(table.assign(share=1.0 - cast(pd.DataFrame, short)["value"]))
    return figures


def _share_within(
    minutes: pd.DataFrame, land_use: pd.DataFrame, standard_min: float, population: str = "population"
) -> float:
    short = equity.sufficiency(minutes, land_use, standard_min, population=population, better="less")
    return 1.0 - cast(float, short)


def _groups(table: pd.DataFrame) -> dict[str, GroupFigures]:
    return {
        str(row["group"]): {
            "population": int(row["population"]),
            "median_min": _minutes(row["median"]),
            "p90_min": _minutes(row["p90"]),
            "gap_min": _minutes(row["gap"]),
            "share_within": _rounded(row["share"]),
        }
        for row in table.to_dict("records")
    }


def _spread(
    minutes: pd.DataFrame, land_use: pd.DataFrame, areas: bool, standard_min: float, people: int
) -> SpreadFigures:
    curve = equity.lorenz_curve(minutes, land_use)
    beyond = [equity.fgt_poverty(minutes, land_use, standard_min, alpha=alpha, better="less") for alpha in (1, 2)]
    return {
        "gini": _rounded(equity.gini(minutes, land_use)),
        "palma": _rounded(equity.palma(minutes, land_use)),
        "theil_t": _rounded(equity.theil_t(minutes, land_use)),
        "lorenz": [_rounded(held) for held in np.interp(TENTHS, curve["population_share"], curve["access_share"])],
        "fgt_1": _rounded(beyond[0]),
        "fgt_2": _rounded(beyond[1]),
        **(_theil_of_areas(minutes, land_use) if areas else TheilOfAreas()),
        "population": people,
    }


def _theil_of_areas(minutes: pd.DataFrame, land_use: pd.DataFrame) -> TheilOfAreas:
    parts = equity.theil_decomposition(minutes, land_use, groups="area_code")
    return {
        "theil_between_areas": _rounded(parts["between"].sum()),
        "theil_within_areas": _rounded(parts["within"].sum()),
    }


def _winter(
    origins: gpd.GeoDataFrame, street_analysis: StreetAnalysis, cutoffs_min: tuple[float, ...]
) -> WinterFigures:
    """Before and after, beside each other, with what is assumed."""
    residents = origins["population"].to_numpy()

    def figures(seconds: ArrayLike) -> SeasonFigures:
        minutes = np.asarray(seconds, float) / 60.0
        return {
            "population_within": {f"{cutoff:g}": int(residents[minutes <= cutoff].sum()) for cutoff in cutoffs_min},
            "median_min": _minutes(weighted_quantile(minutes, residents, 0.5)),
            "p90_min": _minutes(weighted_quantile(minutes, residents, 0.9)),
        }

    return {
        "profiles": {
            profile: {"before": figures(origins[TO_HUB_S.of(profile)]), "after": figures(after_s)}
            for profile, after_s in street_analysis.winter_s.items()
        },
        "ways_km": {value: round(km, 1) for value, km in street_analysis.winter_ways_km.items()},
        "sources": dict(street_analysis.winter_sources),
    }


def _uncertainty(origins: gpd.GeoDataFrame, uncertain: Uncertainty) -> UncertaintyFigures:
    either = uncertain.origins["limit_uncertain"].to_numpy()
    return {
        "runs": uncertain.runs,
        "seed": uncertain.seed,
        "interval": [LOW, HIGH],
        "figures": {
            row["figure"]: _interval(row, whole="population" in row["figure"])
            for row in uncertain.figures.to_dict("records")
        },
        "balanced": uncertain.figures.loc[uncertain.figures["balanced"], "figure"].tolist(),
        "limit_min": uncertain.limit_min,
        "limit_uncertain": {"origins": int(either.sum()), "population": int(origins["population"][either].sum())},
        "assumptions": asdict(uncertain.assumptions),
    }


def _interval(row: Mapping[Hashable, Any], *, whole: bool) -> Interval:
    """A figure as mapped and in the draws: whole residents, or minutes."""
    mapped, low, median, high = (
        int(row[name]) if whole else _minutes(row[name]) for name in ("mapped", "low", "median", "high")
    )
    error = _minutes(row["error"])
    return {"mapped": mapped, "low": low, "median": median, "high": high, "error": error}


def nature_within_reach(
    areas: gpd.GeoSeries, residents: NDArray[np.int64], seconds: Mapping[str, Float32]
) -> NatureFigures:
    """The section ``nature``: areas in hectares, and per profile the median minutes and the residents near one.

    Parameters
    ----------
    areas
        Green areas in the workspace's metric CRS.
    residents
        Of each origin, shape (origins,).
    seconds
        Profile → seconds from each origin to the nearest area, ``inf`` where there is no way, shape (origins,).

    Returns
    -------
    NatureFigures
        Residents within ``NEAR_MIN`` minutes of an area.
    """
    profiles = {}
    for profile, to_nature in seconds.items():
        minutes = to_nature.astype(float) / 60.0
        profiles[profile] = {
            "median_min": _minutes(weighted_quantile(minutes, residents, 0.5)),
            f"population_within_{NEAR_MIN:g}_min": int(residents[minutes <= NEAR_MIN].sum()),
        }
    return {
        "areas": len(areas),
        "hectares": round(float(areas.area.sum()) / 10_000.0, 1),
        "least_ha": LEAST_HA,
        "within_min": NEAR_MIN,
        "profiles": profiles,
    }


def at_hub(services: gpd.GeoDataFrame, profile: str) -> HubServiceFigures:
    """What stands within ``AT_HUB_MIN`` of the hub, and how diverse it is: kinds, Shannon (nat), Simpson.

    Parameters
    ----------
    services
        ``tables.SERVICES`` with ``<profile>_from_hub_s``.
    profile
        Whose minutes.

    Returns
    -------
    HubServiceFigures
        Kinds and services at the hub, and how evenly the services are spread over the kinds.
    """
    minutes = while_open(services[FROM_HUB_S.of(profile)].to_numpy(float), services) / 60.0
    matrix = measures.TravelMatrix.from_array(["hub"], services["service_id"], minutes[None])
    of_kind = pd.get_dummies(services["kind"], prefix="kind", dtype=float)
    there = of_kind.assign(id=services["service_id"])
    diversity = measures.service_diversity(matrix, there, list(of_kind.columns), AT_HUB_MIN).iloc[0]
    near = services["kind"][minutes <= AT_HUB_MIN]
    return {
        "profile": profile,
        "within_min": AT_HUB_MIN,
        "kinds": int(diversity["value"]),
        "services": int(diversity["services"]),
        "shannon": _rounded(diversity["shannon"]),
        "simpson": _rounded(diversity["simpson"]),
        "by_kind": {kind: int((near == kind).sum()) for kind in sorted(services["kind"].unique())},
    }


def _minutes(value: float) -> float | None:
    return round(float(value), 1) if np.isfinite(value) else None


def _rounded(value: Any) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None

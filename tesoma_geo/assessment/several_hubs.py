"""Several hubs: each of them, who goes to which, from where each is nearest, and what a planned one would take."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo import columns
from tesoma_geo._arrays import Float32, Float64
from tesoma_geo.analysis.hub_choice import NOWHERE, catchments, hub_shares, nearest_hub
from tesoma_geo.assessment.hub_records import (
    HubInSummary,
    HubsByProfile,
    OneHubFigures,
    ReachOfHubs,
    SeveralHubsFigures,
    TakenFigures,
)
from tesoma_geo.assessment.profile_results import MEDIAN, HubRouter, around_district
from tesoma_geo.assessment.surfaces import surface
from tesoma_geo.crs import WGS84
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.isochrones.isochrones import Water
from tesoma_geo.network.transit import TransitRouter
from tesoma_geo.workspace import HubChoice, hub_keys

#: Who gains less than a minute is not told as nearer.
FELT_MIN = 1.0
#: Ends the name of a layer and of columns in which all planned hubs are there.
WITH_PLANNED = "with_planned"


@dataclass(frozen=True, eq=False)
class HubsReach:
    """Several hubs by one way of moving.

    Attributes
    ----------
    to_hubs_s
        Seconds from each origin to each hub, ``inf`` where there is no way, shape (hubs, origins).
    catchments
        From where each hub that is there is the nearest: ``hub``, ``area_km2``, polygon.
    with_planned
        The same with all that are planned; None where none is.
    """

    to_hubs_s: Float32
    catchments: gpd.GeoDataFrame
    with_planned: gpd.GeoDataFrame | None


@dataclass(frozen=True, eq=False)
class SeveralHubs:
    """Several hubs as they are written and drawn; tables in the workspace's metric CRS.

    Attributes
    ----------
    places
        ``hubs.gpkg``, layer ``hubs``: a row an entrance.
    choices
        ``hub_choices.parquet``: a row an origin.
    catchments
        Layer of ``hubs.gpkg`` (a profile, or ``<profile>_with_planned``) → a row a hub.
    """

    places: gpd.GeoDataFrame
    choices: gpd.GeoDataFrame
    catchments: Mapping[str, gpd.GeoDataFrame]


def hubs_on_streets(inputs: Inputs, router: StreetRouter, at: SnappedPoints, water: Water) -> HubsReach:
    """Several hubs by a way of moving on streets alone.

    Parameters
    ----------
    inputs
        The layers.
    router
        The streets with the profile's costs.
    at
        Where the points of the assessment meet these streets.
    water
        Lakes of the study area.

    Returns
    -------
    HubsReach
    """
    hubs = [at.hub, *(router.snap(one, "hubs") for one in inputs.further_hubs)]
    return _reach(inputs, router, hubs, lambda hub: router.times_between(at.origins, hub).min(axis=1), water)


def hubs_by_timetable(inputs: Inputs, router: TransitRouter, on_foot: SnappedPoints, water: Water) -> HubsReach:
    """Several hubs by public transport and walking: medians over the departure window.

    Parameters
    ----------
    inputs
        The layers.
    router
        The timetable with walking.
    on_foot
        Where the points of the assessment meet the streets on foot.
    water
        Lakes of the study area.

    Returns
    -------
    HubsReach
    """
    origins = router.snap(on_foot.origins)
    hubs = [router.snap(on_foot.hub), *(router.snap(router.walk.snap(one, "hubs")) for one in inputs.further_hubs)]
    return _reach(inputs, router, hubs, lambda hub: router.trips_to(origins, hub).percentiles(MEDIAN)[0], water)


def _reach(
    inputs: Inputs, router: HubRouter, hubs: Sequence[Any], seconds: Callable[[Any], Float32], water: Water
) -> HubsReach:
    every, workspace = inputs.workspace.all_hubs, inputs.workspace
    crs, bounds = workspace.district.crs, around_district(inputs)
    surfaces = [surface(router.timed_streets(hub, reverse=True), water, crs, bounds=bounds) for hub in hubs]
    grids, keys = np.stack([one.seconds for one in surfaces]), np.array(hub_keys(every))
    there = ~np.array([hub.planned for hub in every])
    area = shapely.union_all(inputs.district.geometry.to_numpy())

    def nearest(rows: NDArray[np.bool_]) -> gpd.GeoDataFrame:
        return catchments(grids[rows], surfaces[0].transform, crs, list(keys[rows]), area)

    return HubsReach(
        np.stack([seconds(hub) for hub in hubs]),
        nearest(there),
        None if there.all() else nearest(np.ones(len(every), bool)),
    )


def several_hubs(
    inputs: Inputs, origins: gpd.GeoDataFrame, reaches: Mapping[str, HubsReach]
) -> tuple[SeveralHubs, SeveralHubsFigures]:
    """The tables and figures of several hubs.

    Parameters
    ----------
    inputs
        The layers.
    origins
        ``tables.ORIGINS``.
    reaches
        Profile → seconds and catchments.

    Returns
    -------
    tables : SeveralHubs
    figures : SeveralHubsFigures
    """
    every, workspace = inputs.workspace.all_hubs, inputs.workspace
    keys, choice, residents = hub_keys(every), workspace.hub_choice, origins["population"].to_numpy()
    entrances = [inputs.hub, *inputs.further_hubs]
    named: list[HubInSummary] = []
    for key, hub, points in zip(keys, every, entrances, strict=True):
        lonlat = points.geometry.to_crs(WGS84)
        named.append(
            {
                "key": key,
                "name": {language: str(name) for language, name in hub.name.items()},
                "entrances": [[round(point.x, 6), round(point.y, 6)] for point in lonlat],
                "attraction": hub.attraction,
                "planned": hub.planned,
            }
        )
    model = _Model(keys, np.array([hub.planned for hub in every]), [hub.attraction for hub in every], choice)
    tables: dict[str, gpd.GeoDataFrame] = {}
    choices: dict[str, Any] = {name: origins[name].to_numpy() for name in ("origin_id", "population")}
    figures: dict[str, HubsByProfile] = {}
    for profile, reach in reaches.items():
        figures[profile] = model.figures(reach.to_hubs_s, residents, workspace.access.cutoffs_min)
        choices |= model.columns(profile, reach.to_hubs_s)
        for layer, table, rows in (
            (profile, reach.catchments, ~model.planned),
            (f"{profile}_{WITH_PLANNED}", reach.with_planned, np.ones(len(keys), bool)),
        ):
            if table is not None and len(table):
                tables[layer] = model.peopled(table, reach.to_hubs_s, residents, rows)
    language = workspace.district.languages[0]
    places = pd.concat([
        gpd.GeoDataFrame(
            {
                "hub": one["key"],
                "name": one["name"].get(language) or next(iter(one["name"].values())),
                "attraction": one["attraction"],
                "planned": one["planned"],
                "entrance": points["entrance"].to_numpy(),
            },
            geometry=points.geometry.to_numpy(),
            crs=points.crs,
        )
        for one, points in zip(named, entrances, strict=True)
    ])  # fmt: skip
    figures_of_all: SeveralHubsFigures = {
        "places": named,
        "choice": {"exponent": choice.exponent, "least_min": choice.least_min},
        "profiles": figures,
    }
    table = gpd.GeoDataFrame(choices, geometry=origins.geometry.to_numpy(), crs=origins.crs)
    return SeveralHubs(gpd.GeoDataFrame(places.reset_index(drop=True)), table, tables), figures_of_all


@dataclass(frozen=True, eq=False)
class _Model:
    """Who goes to which of some hubs."""

    keys: Sequence[str]
    planned: NDArray[np.bool_]
    attraction: Sequence[float]
    choice: HubChoice

    def shares(self, to_hubs_s: Float32, rows: NDArray[np.bool_]) -> Float64:
        """The shares of the hubs of ``rows`` as if no other were there; 0 for the others."""
        shares = np.zeros(to_hubs_s.shape)
        drawn = [one for one, taken in zip(self.attraction, rows, strict=True) if taken]
        shares[rows] = hub_shares(to_hubs_s[rows], drawn, self.choice.exponent, self.choice.least_min)
        return shares

    def nearest(self, to_hubs_s: Float32, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Which of the hubs of ``rows`` is nearest, by its number among all."""
        numbers, among = np.flatnonzero(rows), nearest_hub(to_hubs_s[rows])
        return np.where(among == NOWHERE, NOWHERE, numbers[among])

    def figures(self, to_hubs_s: Float32, residents: NDArray[np.int64], cutoffs: tuple[float, ...]) -> HubsByProfile:
        there, minutes = ~self.planned, to_hubs_s.astype(float) / 60.0
        today = self.nearest(to_hubs_s, there), self.shares(to_hubs_s, there)
        before_min = minutes[there].min(axis=0)
        hubs: dict[str, OneHubFigures] = {}
        planned: dict[str, TakenFigures] = {}
        for number, key in enumerate(self.keys):
            nearest, shares = today
            if self.planned[number]:
                rows = there.copy()
                rows[number] = True
                nearest, shares = self.nearest(to_hubs_s, rows), self.shares(to_hubs_s, rows)
                planned[key] = self._taken(today, (nearest, shares), (before_min, minutes[number]), residents, number)
            hubs[key] = {
                **_reached(minutes[number], residents, cutoffs),
                "nearest_population": int(residents[nearest == number].sum()),
                "choice_population": round(float(shares[number] @ residents), 1),
            }
        return {
            "hubs": hubs,
            "nearest": _reached(before_min, residents, cutoffs),
            "with_planned": _reached(minutes.min(axis=0), residents, cutoffs) if self.planned.any() else None,
            "planned": planned,
        }

    def _taken(
        self,
        before: tuple[NDArray[np.int64], Float64],
        after: tuple[NDArray[np.int64], Float64],
        minutes: tuple[Float64, Float64],
        residents: NDArray[np.int64],
        new: int,
    ) -> TakenFigures:
        there = [number for number in range(len(self.keys)) if not self.planned[number]]
        before_min, after_min = minutes[0], np.minimum(*minutes)
        with np.errstate(invalid="ignore"):
            saved = np.where(np.isfinite(before_min), before_min - after_min, 0.0)
        taken, lost = after[0] == new, (before[1] - after[1]) @ residents
        return {
            "nearest_from": {
                self.keys[number]: int(residents[taken & (before[0] == number)].sum()) for number in there
            },
            "choice_from": {self.keys[number]: round(max(float(lost[number]), 0.0), 1) for number in there},
            "reached_none": int(residents[taken & (before[0] == NOWHERE)].sum()),
            "closer_population": int(residents[(saved >= FELT_MIN) | (taken & np.isinf(before_min))].sum()),
            "saved_resident_min": round(float(saved @ residents), 1),
            "median_before_min": _minutes(weighted_quantile(before_min, residents, 0.5)),
            "median_after_min": _minutes(weighted_quantile(after_min, residents, 0.5)),
        }

    def columns(self, profile: str, to_hubs_s: Float32) -> dict[str, NDArray[Any]]:
        """The columns of ``hub_choices.parquet`` of a profile."""
        names = np.array([*self.keys, ""], object)  # NOWHERE, the last one, has no name
        there, every = ~self.planned, np.ones(len(self.keys), bool)
        made: dict[str, NDArray[Any]] = {columns.NEAREST_HUB.of(profile): names[self.nearest(to_hubs_s, there)]}
        today = self.shares(to_hubs_s, there)
        for number, key in enumerate(self.keys):
            made[columns.TO_ONE_HUB_S.of(profile, key)] = to_hubs_s[number]
            if there[number]:
                made[columns.HUB_SHARE.of(profile, key)] = today[number]
        if self.planned.any():
            made[columns.NEAREST_WITH_PLANNED.of(profile)] = names[self.nearest(to_hubs_s, every)]
            shares = self.shares(to_hubs_s, every)
            made |= {
                columns.SHARE_WITH_PLANNED.of(profile, key): shares[number] for number, key in enumerate(self.keys)
            }
        return made

    def peopled(
        self, table: gpd.GeoDataFrame, to_hubs_s: Float32, residents: NDArray[np.int64], rows: NDArray[np.bool_]
    ) -> gpd.GeoDataFrame:
        """Catchments with the residents who have each hub nearest, and those who choose it."""
        numbers = [list(self.keys).index(key) for key in table["hub"]]
        nearest, shares = self.nearest(to_hubs_s, rows), self.shares(to_hubs_s, rows)
        people = [int(residents[nearest == number].sum()) for number in numbers]
        drawn = [round(float(shares[number] @ residents), 1) for number in numbers]
        made = table.assign(population=people, choice_population=drawn)
        return gpd.GeoDataFrame(made[["hub", "area_km2", "population", "choice_population", "geometry"]])


def _reached(minutes: Float64, residents: NDArray[np.int64], cutoffs: tuple[float, ...]) -> ReachOfHubs:
    return {
        "population_within": {f"{cutoff:g}": int(residents[minutes <= cutoff].sum()) for cutoff in cutoffs},
        "median_min": _minutes(weighted_quantile(minutes, residents, 0.5)),
        "p90_min": _minutes(weighted_quantile(minutes, residents, 0.9)),
        "unreachable_population": int(residents[np.isinf(minutes)].sum()),
    }


def _minutes(value: float) -> float | None:
    return round(float(value), 1) if np.isfinite(value) else None

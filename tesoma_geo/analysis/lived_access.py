"""Lived accessibility: the hub assessment again, with the barriers that residents told of as costs.

It stands beside the mapped result, never instead of it. The costs are assumptions (``experience.toml``),
so every result comes with how much it depends on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.analysis.barriers import BarrierCosts, Barriers, barriers, cost_table, edits_of
from tesoma_geo.analysis.published_barriers import WIDE, published_barriers
from tesoma_geo.annotations.publish import feature_collection
from tesoma_geo.columns import ADDED_MIN, LIVED_TO_HUB_S, RESIDENT_MIN
from tesoma_geo.inputs.layers import Inputs
from tesoma_geo.inputs.publication import with_publication
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.edits import Edits, edited_costs
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.tables import LeftOut

#: Effects of barriers in the sensitivity: none is 0, the table's numbers are 1.
SCALES = (0.5, 1.0, 1.5)
#: Residents count as affected from this on.
AFFECTED_MIN = 0.1
#: So many barriers, those with the greatest effect where they are, are ranked by removing each.
RANKED = 40


@dataclass(frozen=True, eq=False)
class LivedAccess:
    """What residents' barriers do to the way to the hub.

    Attributes
    ----------
    origins
        ``origin_id`` and per profile ``<profile>_lived_to_hub_s`` (float32, ``inf`` unreachable) and
        ``<profile>_added_min`` (NaN where unreachable).
    barriers
        ``category``, ``respondents``, ``severity``, ``level``, ``streets``, point, and per profile
        ``<profile>_resident_min``: minutes of all residents together that one trip each to the hub would save
        without this barrier. Places on streets before wide areas, most first.
    sensitivity
        ``profile``, ``scale`` (of every effect), ``median_min``, ``resident_min``, ``affected_population``.
    summary
        Per profile ``median_min``, ``p90_min``, ``population_within``, ``affected_population``,
        ``mean_added_min`` (of the affected), ``resident_min``; and the assumptions.
    costs
        The assumptions, with their sources.
    left_out
        Reports that cost nothing, with the reason.
    """

    origins: pd.DataFrame
    barriers: gpd.GeoDataFrame
    sensitivity: pd.DataFrame
    summary: dict[str, Any]
    costs: BarrierCosts
    left_out: tuple[LeftOut, ...]


def lived_access(
    inputs: Inputs,
    annotations: gpd.GeoDataFrame,
    *,
    fewest: int,
    routers: Mapping[str, StreetRouter] | None = None,
    snapped: Mapping[str, SnappedPoints] | None = None,
) -> LivedAccess:
    """Assess the hub as residents live the streets, from what they said: for a planner's own eyes.

    What is published comes from :func:`published_lived_access`.

    Parameters
    ----------
    inputs
        The layers of the mapped assessment.
    annotations
        The store's, in the workspace's CRS.
    fewest
        Distinct respondents that a barrier needs to count.
    routers
        Of the mapped assessment, by profile; those not given are built.
    snapped
        Where the points of the assessment meet the streets of these routers; found anew without.

    Returns
    -------
    LivedAccess
        By origin, by barrier and in all.

    Raises
    ------
    WorkspaceError
        Numbers of ``[experience]`` that cannot be.
    """
    costs = cost_table(inputs.workspace.experience)
    located = barriers(annotations.to_crs(inputs.network.crs), inputs.network, costs, fewest)
    return _lived_access(inputs, located, costs, fewest, routers, snapped)


def published_lived_access(
    inputs: Inputs,
    collection: Mapping[str, Any],
    *,
    routers: Mapping[str, StreetRouter] | None = None,
    snapped: Mapping[str, SnappedPoints] | None = None,
) -> LivedAccess:
    """Assess the hub as residents live the streets, from the published file and the map alone.

    Parameters
    ----------
    inputs
        The layers of the mapped assessment; what was said in them is not looked at.
    collection
        The content of ``annotations_public.geojson``.
    routers, snapped
        As of :func:`lived_access`.

    Returns
    -------
    LivedAccess
        By origin, by barrier and in all; the same for everybody who has the file, the map and the residents.

    Raises
    ------
    WorkspaceError
        Numbers of ``[experience]`` that cannot be.
    """
    costs = cost_table(inputs.workspace.experience)
    k, mended = inputs.workspace.publish.k, inputs.workspace.experience.mended
    located = published_barriers(collection, inputs.network, inputs.district, costs, mended, k)
    return _lived_access(inputs, located, costs, k, routers, snapped)


def _lived_access(
    inputs: Inputs,
    located: Barriers,
    costs: BarrierCosts,
    fewest: int,
    routers: Mapping[str, StreetRouter] | None,
    snapped: Mapping[str, SnappedPoints] | None,
) -> LivedAccess:
    max_snap_m = inputs.workspace.network.max_snap_m
    by_profile = []
    for profile in inputs.profiles:
        router = (routers or {}).get(profile.name) or StreetRouter.build(inputs.network, profile, max_snap_m)
        known = (snapped or {}).get(profile.name)
        at = (known.origins, known.hub) if known else (router.snap(inputs.origins), router.snap(inputs.hub))
        by_profile.append(_Lived.of(inputs, router, at, located, costs))
    origins = inputs.origins[["origin_id"]].copy()
    table = located.table.copy()
    table = table.set_geometry(shapely.point_on_surface(table.geometry.to_numpy()), crs=table.crs)
    for lived in by_profile:
        origins[LIVED_TO_HUB_S.of(lived.name)] = lived.to_hub_s(1.0)
        origins[ADDED_MIN.of(lived.name)] = lived.added_min(1.0).astype(np.float32)
        table[RESIDENT_MIN.of(lived.name)] = lived.removed_resident_min()
    most = table[[RESIDENT_MIN.of(lived.name) for lived in by_profile]].max(axis=1)
    keys = {"wide": table["level"].isin(WIDE), "most": -most}
    ranked = table.assign(**keys).sort_values(["wide", "most", "category"], kind="stable")
    return LivedAccess(
        origins=pd.DataFrame(origins),
        barriers=ranked.drop(columns=list(keys)).reset_index(drop=True),
        sensitivity=pd.DataFrame([row for lived in by_profile for row in lived.sensitivity()]),
        summary={
            "fewest_respondents": fewest,
            "barriers": len(table),
            "profiles": {lived.name: lived.figures(inputs.workspace.access.cutoffs_min) for lived in by_profile},
            "assumptions": costs.model_dump(mode="json"),
        },
        costs=costs,
        left_out=located.left_out,
    )


def barrier_edits(inputs: Inputs, profile: str) -> Edits | None:
    """What residents' barriers add to the streets for one profile; None where nobody was asked.

    They are those that are published: what follows tells of no single respondent.

    Parameters
    ----------
    inputs
        The layers.
    profile
        The name of a profile on streets.

    Returns
    -------
    Edits or None
        Factors and seconds of the edges concerned.
    """
    publication = with_publication(inputs, who=None).publication
    if publication is None:
        return None
    experience = inputs.workspace.experience
    costs = cost_table(experience)
    told = feature_collection(publication)
    located = published_barriers(told, inputs.network, inputs.district, costs, experience.mended)
    return edits_of(located, costs, profile, 1.0)


@dataclass(frozen=True, eq=False)
class _Lived:
    """One profile's way to the hub with barriers at several scales."""

    name: str
    router: StreetRouter
    at_origins: Positions
    at_hub: Positions
    residents: NDArray[np.int64]
    located: Barriers
    costs: BarrierCosts
    mapped_s: NDArray[np.float32]
    lived: StreetRouter
    lived_s: Mapping[float, NDArray[np.float32]]

    @classmethod
    def of(
        cls,
        inputs: Inputs,
        router: StreetRouter,
        at: tuple[Positions, Positions],
        located: Barriers,
        costs: BarrierCosts,
    ) -> "_Lived":
        (at_origins, at_hub), name = at, router.profile.name
        mapped_s = router.times_between(at_origins, at_hub).min(axis=1)
        edited = {scale: router.with_edits(edits_of(located, costs, name, scale)) for scale in SCALES}
        lived_s = {scale: one.times_between(at_origins, at_hub).min(axis=1) for scale, one in edited.items()}
        residents = inputs.origins["population"].to_numpy(np.int64)
        return cls(name, router, at_origins, at_hub, residents, located, costs, mapped_s, edited[1.0], lived_s)

    def to_hub_s(self, scale: float) -> NDArray[np.float32]:
        return self.lived_s[scale]

    def added_min(self, scale: float) -> NDArray[np.float64]:
        """Minutes more than mapped; NaN where the hub is out of reach anyway. Rounding apart never below 0."""
        with np.errstate(invalid="ignore"):  # inf - inf
            added = (self.lived_s[scale].astype(float) - self.mapped_s) / 60.0
        return np.where(np.isfinite(added), np.maximum(added, 0.0), np.nan)

    def removed_resident_min(self) -> NDArray[np.float64]:
        """Resident-minutes that each barrier's removal saves, the others staying; 0 for those not ranked."""
        count = len(self.located.table)
        saved = np.zeros(count)
        lived_s = self.lived_s[1.0].astype(float)
        for number in self._greatest(count):
            without_s = self._without(number).times_between(self.at_origins, self.at_hub).min(axis=1).astype(float)
            with np.errstate(invalid="ignore"):
                gain_s = np.nan_to_num(lived_s - without_s)
            saved[number] = round(float((np.maximum(gain_s, 0.0) * self.residents).sum() / 60.0), 1)
        return saved

    def _without(self, number: int) -> StreetRouter:
        """The lived streets without one barrier: only the costs of its own streets change."""
        every = edits_of(self.located, self.costs, self.name, 1.0, without=number)
        edges = np.unique(self.located.edge[self.located.barrier == number])
        at = np.searchsorted(np.asarray(every.edges), edges)
        own = Edits(edges, np.asarray(every.factor, float)[at], np.asarray(every.delay_s, float)[at])
        _, costs = edited_costs(self.router.costs, own)
        lived = self.lived.costs
        forward_s, backward_s = lived.forward_s.copy(), lived.backward_s.copy()
        forward_s[edges], backward_s[edges] = costs.forward_s[edges], costs.backward_s[edges]
        together = replace(lived, forward_s=forward_s, backward_s=backward_s)
        return replace(self.lived, costs=together, engine=self.lived.engine.updated(edges, together))

    def _greatest(self, count: int) -> list[int]:
        """The barriers with the greatest effect where they are."""
        edits = edits_of(self.located, self.costs, self.name, 1.0)
        factor, delay_s = np.asarray(edits.factor, float), np.asarray(edits.delay_s, float)
        at = np.searchsorted(np.asarray(edits.edges), self.located.edge)
        seconds = self.router.costs.forward_s[self.located.edge].astype(float)
        passable = np.isfinite(seconds)
        felt_s = np.where(passable, np.where(passable, seconds, 0.0) * (factor[at] - 1.0) + delay_s[at], 0.0)
        effect = np.bincount(self.located.barrier, felt_s, minlength=count)
        return [int(number) for number in np.argsort(-effect, kind="stable")[:RANKED] if effect[number] > 0]

    def sensitivity(self) -> list[dict[str, Any]]:
        rows = [self._row(0.0, self.mapped_s, np.zeros(len(self.residents)))]
        return rows + [self._row(scale, self.lived_s[scale], self.added_min(scale)) for scale in SCALES]

    def _row(self, scale: float, seconds: NDArray[np.float32], added_min: NDArray[np.float64]) -> dict[str, Any]:
        return {
            "profile": self.name,
            "scale": scale,
            "median_min": _minutes(weighted_quantile(seconds / 60.0, self.residents, 0.5)),
            "resident_min": round(float(np.nansum(added_min * self.residents)), 1),
            "affected_population": int(self.residents[np.nan_to_num(added_min) >= AFFECTED_MIN].sum()),
        }

    def figures(self, cutoffs_min: tuple[float, ...]) -> dict[str, Any]:
        minutes = self.lived_s[1.0].astype(float) / 60.0
        added = np.nan_to_num(self.added_min(1.0))
        affected = added >= AFFECTED_MIN
        people = int(self.residents[affected].sum())
        mean = float((added * self.residents)[affected].sum()) / people if people else 0.0
        return {
            "median_min": _minutes(weighted_quantile(minutes, self.residents, 0.5)),
            "p90_min": _minutes(weighted_quantile(minutes, self.residents, 0.9)),
            "population_within": {
                f"{cutoff:g}": int(self.residents[minutes <= cutoff].sum()) for cutoff in cutoffs_min
            },
            "affected_population": people,
            "mean_added_min": round(mean, 1),
            "resident_min": round(float((added * self.residents).sum()), 1),
        }


def _minutes(value: float) -> float | None:
    """Rounded to a tenth; None for never."""
    return round(value, 1) if np.isfinite(value) else None

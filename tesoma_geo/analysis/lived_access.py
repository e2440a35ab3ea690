"""Lived accessibility: the hub assessment again, with the barriers that residents told of as costs.

It stands beside the mapped result, never instead of it. The costs are assumptions (``experience.toml``),
so every result comes with how much it depends on them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from tesoma_geo.analysis.barriers import BarrierCosts, Barriers, barriers, cost_table, edits_of
from tesoma_geo.analysis.lived_profile import LivedProfile, lived_by
from tesoma_geo.analysis.published_barriers import WIDE, published_barriers
from tesoma_geo.annotations.publish import feature_collection
from tesoma_geo.columns import ADDED_MIN, LIVED_TO_HUB_S, RESIDENT_MIN
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.publication import with_publication
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.tables import LeftOut


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
    located, costs = barriers_in(inputs, collection)
    return _lived_access(inputs, located, costs, inputs.workspace.publish.k, routers, snapped)


def barriers_in(inputs: Inputs, collection: Mapping[str, Any]) -> tuple[Barriers, BarrierCosts]:
    """The barriers of a published file on the streets of an assessment, and what they cost.

    Parameters
    ----------
    inputs
        The layers of the mapped assessment; what was said in them is not looked at.
    collection
        The content of ``annotations_public.geojson``.

    Returns
    -------
    located : Barriers
        With the edges they concern.
    costs : BarrierCosts
        The assumptions of the workspace.

    Raises
    ------
    WorkspaceError
        Numbers of ``[experience]`` that cannot be.
    """
    costs = cost_table(inputs.workspace.experience)
    k, mended = inputs.workspace.publish.k, inputs.workspace.experience.mended
    return published_barriers(collection, inputs.network, inputs.district, costs, mended, k), costs


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
        by_profile.append(lived_by(inputs, router, at, located, costs))
    return gathered(inputs, by_profile, located, costs, fewest)


def gathered(
    inputs: Inputs, by_profile: Sequence[LivedProfile], located: Barriers, costs: BarrierCosts, fewest: int
) -> LivedAccess:
    """What residents' barriers do, all profiles together.

    Parameters
    ----------
    inputs
        The layers of the mapped assessment.
    by_profile
        What :func:`lived_by` found, in the order of the profiles.
    located
        The barriers on the network.
    costs
        What they cost.
    fewest
        Distinct respondents that a barrier needs to count.

    Returns
    -------
    LivedAccess
        By origin, by barrier and in all.
    """
    origins = inputs.origins[["origin_id"]].copy()
    table = located.table.copy()
    table = table.set_geometry(shapely.point_on_surface(table.geometry.to_numpy()), crs=table.crs)
    for lived in by_profile:
        origins[LIVED_TO_HUB_S.of(lived.name)] = lived.to_hub_s
        origins[ADDED_MIN.of(lived.name)] = lived.added_min
        table[RESIDENT_MIN.of(lived.name)] = lived.resident_min
    most = table[[RESIDENT_MIN.of(lived.name) for lived in by_profile]].max(axis=1)
    keys = {"wide": table["level"].isin(WIDE), "most": -most}
    ranked = table.assign(**keys).sort_values(["wide", "most", "category"], kind="stable")
    return LivedAccess(
        origins=pd.DataFrame(origins),
        barriers=ranked.drop(columns=list(keys)).reset_index(drop=True),
        sensitivity=pd.DataFrame([row for lived in by_profile for row in lived.sensitivity]),
        summary={
            "fewest_respondents": fewest,
            "barriers": len(table),
            "profiles": {lived.name: lived.figures for lived in by_profile},
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
    collection = feature_collection(publication)
    located = published_barriers(collection, inputs.network, inputs.district, costs, experience.mended)
    return edits_of(located, costs, profile, 1.0)

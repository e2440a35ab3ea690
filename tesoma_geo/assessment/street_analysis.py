"""What the streets tell besides the minutes to the hub: why they are so many, in winter, and how sure they are."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo._kernels import Float32, Float64
from tesoma_geo.analysis.betweenness import betweenness
from tesoma_geo.analysis.explain_streets import explained
from tesoma_geo.analysis.green_access import large_enough, to_nature_s
from tesoma_geo.analysis.routes import routes_to
from tesoma_geo.analysis.uncertainty import Assumptions, Uncertainty, hub_uncertainty
from tesoma_geo.inputs.layers import Inputs
from tesoma_geo.inputs.origin_cells import polygons
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.streets.seasons import TAG, snowy_network, winter_profile

#: Draws of the uncertainty: an end of an interval is then off by about a twentieth of its width.
RUNS = 200
SEED = 2022


@dataclass(frozen=True, eq=False)
class StreetAnalysis:
    """What is asked of the streets once the mapped times are known; public transport is not in it.

    Attributes
    ----------
    polygons
        The cell of each origin; its residents are drawn from anywhere in it.
    explained
        Profile → the parts of the seconds to the hub, a row an origin; see :func:`explained`.
    circuity
        Profile on foot → length of the shortest way to the hub over the straight line, shape (origins,); ``inf``
        unreachable, NaN at the hub itself. Others ride at the speed of the street and walk the first metres, so
        that seconds tell no length.
    routes
        Profile → the way over the streets from each origin to the hub, shape (origins,); see :func:`routes_to`.
    passed
        Profile → ``osm_id`` and line of each street segment on somebody's way to the hub, and the ``residents`` who
        pass it; see :func:`betweenness`.
    green
        Green areas that are large enough to be reached for.
    to_nature_s
        Profile → seconds to the nearest of them, ``inf`` unreachable, shape (origins,); empty where there are none.
    winter_s
        Profile → seconds to the hub with snow and ice, ``inf`` unreachable, shape (origins,).
    winter_ways_km
        Kilometres of the ways of the study area by who clears them: maintained, unmaintained, unknown.
    winter_sources
        Where the numbers of winter come from.
    uncertainty_profile
        The profile whose cells are told with their intervals.
    uncertain
        Profile → how sure its figures are, ``uncertainty_profile`` first; the limit is the workspace's
        ``services_within_min``.
    """

    polygons: NDArray[np.object_]
    explained: Mapping[str, pd.DataFrame]
    circuity: Mapping[str, Float64]
    routes: Mapping[str, NDArray[np.object_]]
    passed: Mapping[str, gpd.GeoDataFrame]
    green: gpd.GeoSeries
    to_nature_s: Mapping[str, Float32]
    winter_s: Mapping[str, Float32]
    winter_ways_km: Mapping[str, float]
    winter_sources: Mapping[str, str]
    uncertainty_profile: str
    uncertain: Mapping[str, Uncertainty]

    @property
    def uncertainty(self) -> Uncertainty:
        """How sure the figures and the cells of ``uncertainty_profile`` are."""
        return self.uncertain[self.uncertainty_profile]


def street_analysis(
    inputs: Inputs, routers: Mapping[str, StreetRouter], snapped: Mapping[str, SnappedPoints]
) -> StreetAnalysis:
    """Study the streets of an assessment.

    Parameters
    ----------
    inputs
        The layers.
    routers
        Profile → the streets with its costs; not empty.
    snapped
        Profile → where the points of the assessment meet its streets.

    Returns
    -------
    StreetAnalysis
        By profile on streets.
    """
    access = inputs.workspace.access
    winter_s: dict[str, Float32] = {}
    sources: dict[str, str] = {}
    winter = has_winter(inputs)
    snowy = snowy_network(inputs.network, inputs.winter) if winter else inputs.network
    for name, router in routers.items() if winter else ():
        profile = winter_profile(router.profile)
        slow = StreetRouter.build(snowy, profile, router.max_snap_m)
        at = snapped[name].on(slow, router, inputs)
        winter_s[name] = slow.times_between(at.origins, at.hub).min(axis=1)
        sources |= {key: text for key, text in profile.sources.items() if key.startswith("winter.")}
    parts = {
        name: explained(router, inputs.origins, inputs.hub, at=(snapped[name].origins, snapped[name].hub))
        for name, router in routers.items()
    }
    green = large_enough(inputs.green)
    to_nature = {
        name: to_nature_s(router, inputs.origins, green, at_origins=snapped[name].origins)
        for name, router in routers.items()
        if len(green)
    }
    shapes = polygons(inputs.origins, inputs.workspace.population)
    side_m = float(np.sqrt(np.median(shapely.area(shapes))))
    uncertainty_profile = "walk" if "walk" in routers else next(iter(routers))
    unknown = inputs.network.unknown_tags
    tags = None if unknown is None else unknown.drawn(SEED, range(RUNS))
    return StreetAnalysis(
        polygons=shapes,
        explained=parts,
        circuity={name: _circuity(parts[name]) for name, router in routers.items() if router.profile.mode == "foot"},
        routes={name: routes_to(router, snapped[name].origins, snapped[name].hub) for name, router in routers.items()},
        passed={name: _passed(router, snapped[name], inputs) for name, router in routers.items()},
        green=green,
        to_nature_s=to_nature,
        winter_s=winter_s,
        winter_ways_km=_ways_km(snowy) if winter else {},
        winter_sources={key.removeprefix("winter."): text for key, text in sorted(sources.items())},
        uncertainty_profile=uncertainty_profile,
        uncertain={
            name: hub_uncertainty(
                routers[name],
                inputs.origins,
                inputs.hub,
                inputs.services,
                cutoffs_min=access.cutoffs_min,
                limit_min=access.services_within_min,
                runs=RUNS,
                seed=SEED,
                assumptions=Assumptions(spread_m=side_m),
                snapped=snapped[name],
                tags=tags if routers[name].network.unknown_tags is unknown else None,
            )
            for name in (uncertainty_profile, *(name for name in routers if name != uncertainty_profile))
        },
    )


def _passed(router: StreetRouter, at: SnappedPoints, inputs: Inputs) -> gpd.GeoDataFrame:
    edges = betweenness(router, at.origins, inputs.origins["population"], at.hub)
    network = router.network
    osm_id = network.ways["osm_id"].to_numpy()[network.way[edges["edge"]]]
    return gpd.GeoDataFrame({"osm_id": osm_id, "residents": edges["value"]}, geometry=edges.geometry)


def has_winter(inputs: Inputs) -> bool:
    """Whether the assessment has a winter: the workspace says so, or its country is one of months of snow.

    Parameters
    ----------
    inputs
        The layers.

    Returns
    -------
    bool
    """
    section = inputs.workspace.winter
    if section is not None and section.enabled is not None:
        return section.enabled
    return (section is not None and section.source is not None) or inputs.network.country_rules.winter


def _ways_km(snowy: StreetNetwork) -> dict[str, float]:
    length_m = pd.Series(snowy.length_m).groupby(snowy.ways[TAG].to_numpy()[snowy.way]).sum()
    return {str(value): float(metres) / 1000.0 for value, metres in length_m.items()}


def _circuity(parts: pd.DataFrame) -> Float64:
    straight_s, detour_s = parts["straight_s"].to_numpy(float), parts["detour_s"].to_numpy(float)
    unknown = np.full(len(parts), np.nan)
    ratio: Float64 = np.divide(straight_s + detour_s, straight_s, out=unknown, where=straight_s > 0)
    return ratio

"""What the streets tell besides the minutes to the hub: why they are so many, in winter, and how sure they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Self

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo._kernels import Float32, Float64
from tesoma_geo._memory import give_back
from tesoma_geo._shapes import ROUTE_TOLERANCE_M
from tesoma_geo._steps import Steps
from tesoma_geo.analysis.betweenness import betweenness
from tesoma_geo.analysis.explain_streets import explained
from tesoma_geo.analysis.green_access import large_enough, to_nature_s
from tesoma_geo.analysis.routes import routes_to
from tesoma_geo.analysis.uncertainty import Assumptions, Uncertainty, hub_uncertainty
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.origin_cells import polygons
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.engine import LANES
from tesoma_geo.network.streets.seasons import TAG, snowy_network, winter_profile
from tesoma_geo.network.streets.unknown_tags import TagDraws, UnknownTags

#: Draws of the uncertainty: an end of an interval is then off by about a twentieth of its width.
RUNS = 200
SEED = 2022


@dataclass(frozen=True, eq=False, repr=False)
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
        Profile → the way over the streets from each origin to the hub but for corners nearer than
        ``ROUTE_TOLERANCE_M``, shape (origins,); see :func:`routes_to`.
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

    def __repr__(self) -> str:
        return f"<StreetAnalysis: {len(self.polygons):,} origins, {', '.join(self.explained)}>"

    @property
    def uncertainty(self) -> Uncertainty:
        """How sure the figures and the cells of ``uncertainty_profile`` are."""
        return self.uncertain[self.uncertainty_profile]


@dataclass(frozen=True, eq=False)
class NetworkDraws:
    """What is drawn of streets as they are, found once: every district that shares the streets has the same.

    Attributes
    ----------
    network
        The streets.
    steps
        Takes heights that were drawn of the same streets before, and keeps them.
    """

    network: StreetNetwork
    steps: Steps = field(default_factory=lambda: Steps("", keep=False))

    @cached_property
    def elevations_m(self) -> Float32 | None:
        """Heights of the nodes in draws of the elevation's error, shape (LANES, n); None where none is known."""
        drawn = partial(self.network.drawn_elevations, SEED, LANES)
        return self.steps.part("drawn heights", drawn, network=self.network, draws=(SEED, LANES))

    @cached_property
    def tags(self) -> TagDraws | None:
        """The unknown tags of each draw; None where none is drawn."""
        unknown = self.network.unknown_tags
        return None if unknown is None else unknown.drawn(SEED, range(RUNS))


@dataclass(frozen=True, eq=False)
class StudyOfAll:
    """What the studies of all profiles share, found once.

    Attributes
    ----------
    polygons
        The cell of each origin.
    green
        Green areas that are large enough to be reached for.
    snowy
        The streets with who clears them of snow; None where the assessment has no winter.
    unknown
        What tags that nobody mapped may be; None where none is drawn.
    network
        The streets of the assessment.
    draws
        What is drawn of them.
    """

    polygons: NDArray[np.object_]
    green: gpd.GeoSeries
    snowy: StreetNetwork | None
    unknown: UnknownTags | None
    network: StreetNetwork
    draws: NetworkDraws

    @property
    def elevations_m(self) -> Float32 | None:
        """Heights of the nodes in draws of the elevation's error, shape (LANES, n); None where none is known."""
        return self.draws.elevations_m

    @property
    def tags(self) -> TagDraws | None:
        """The unknown tags of each draw; None where none is drawn."""
        return self.draws.tags

    @classmethod
    def of(cls, inputs: Inputs, draws: NetworkDraws | None = None) -> Self:
        """Prepare the studies of an assessment.

        Parameters
        ----------
        inputs
            The layers.
        draws
            What was drawn of the same streets before; of others it is not taken.

        Returns
        -------
        StudyOfAll
        """
        return cls(
            polygons=polygons(inputs.origins, inputs.workspace.population),
            green=large_enough(inputs.green),
            snowy=snowy_network(inputs.network, inputs.winter) if has_winter(inputs) else None,
            unknown=inputs.network.unknown_tags,
            network=inputs.network,
            draws=draws if draws is not None and draws.network is inputs.network else NetworkDraws(inputs.network),
        )


@dataclass(frozen=True, eq=False)
class StreetStudy:
    """What is asked of the streets for one profile; the attributes are those of :class:`StreetAnalysis`.

    Attributes
    ----------
    explained, routes, passed, uncertain
        Of this profile.
    circuity
        None for who is not on foot.
    to_nature_s
        None where there is no green area.
    winter_s
        None where the assessment has no winter.
    winter_sources
        Where the numbers of winter come from.
    """

    explained: pd.DataFrame
    circuity: Float64 | None
    routes: NDArray[np.object_]
    passed: gpd.GeoDataFrame
    to_nature_s: Float32 | None
    winter_s: Float32 | None
    winter_sources: Mapping[str, str]
    uncertain: Uncertainty


def street_study(inputs: Inputs, router: StreetRouter, at: SnappedPoints, shared: StudyOfAll) -> StreetStudy:
    """Study the streets of an assessment for one profile.

    Parameters
    ----------
    inputs
        The layers.
    router
        The streets with the profile's costs.
    at
        Where the points of the assessment meet them.
    shared
        What all profiles share.

    Returns
    -------
    StreetStudy
        Of the router's profile.
    """
    found = study_but_for_draws(inputs, router, at, shared)
    give_back()  # draws take most: not beside what was freed
    return StreetStudy(**found, uncertain=study_draws(inputs, router, at, shared))


def study_but_for_draws(inputs: Inputs, router: StreetRouter, at: SnappedPoints, shared: StudyOfAll) -> dict[str, Any]:
    """What a study asks of the streets as they are; see :func:`street_study`.

    Parameters
    ----------
    inputs, router, at, shared
        As of :func:`street_study`.

    Returns
    -------
    dict
        Attribute of :class:`StreetStudy` → its value, all but ``uncertain``.
    """
    winter_s, sources = _winter(inputs, router, at, shared.snowy)
    parts = explained(router, inputs.origins, inputs.hub, at=(at.origins, at.hub))
    green_s = None
    if len(shared.green):
        green_s = to_nature_s(router, inputs.origins, shared.green, at_origins=at.origins)
    return {
        "explained": parts,
        "circuity": _circuity(parts) if router.profile.mode == "foot" else None,
        "routes": routes_to(router, at.origins, at.hub, ROUTE_TOLERANCE_M),
        "passed": _passed(router, at, inputs),
        "to_nature_s": green_s,
        "winter_s": winter_s,
        "winter_sources": sources,
    }


def study_draws(inputs: Inputs, router: StreetRouter, at: SnappedPoints, shared: StudyOfAll) -> Uncertainty:
    """How sure the figures of a profile are, by many draws of what is not known.

    Parameters
    ----------
    inputs, router, at, shared
        As of :func:`street_study`.

    Returns
    -------
    Uncertainty
    """
    access = inputs.workspace.access
    same_streets = router.network.unknown_tags is shared.unknown
    return hub_uncertainty(
        router,
        inputs.origins,
        inputs.hub,
        inputs.services,
        cutoffs_min=access.cutoffs_min,
        limit_min=access.services_within_min,
        runs=RUNS,
        seed=SEED,
        assumptions=Assumptions(spread_m=float(np.sqrt(np.median(shapely.area(shared.polygons))))),
        snapped=at,
        tags=shared.tags if same_streets else None,
        elevations_m=shared.elevations_m if len(router.network.x) == len(shared.network.x) else None,
    )


def street_analysis(studies: Mapping[str, StreetStudy], shared: StudyOfAll) -> StreetAnalysis:
    """The studies of all profiles on streets, together.

    Parameters
    ----------
    studies
        Profile → its study; not empty.
    shared
        What they share.

    Returns
    -------
    StreetAnalysis
        By profile on streets.
    """
    first = "walk" if "walk" in studies else next(iter(studies))
    sources = {key: text for study in studies.values() for key, text in study.winter_sources.items()}
    return StreetAnalysis(
        polygons=shared.polygons,
        explained={name: study.explained for name, study in studies.items()},
        circuity={name: study.circuity for name, study in studies.items() if study.circuity is not None},
        routes={name: study.routes for name, study in studies.items()},
        passed={name: study.passed for name, study in studies.items()},
        green=shared.green,
        to_nature_s={name: study.to_nature_s for name, study in studies.items() if study.to_nature_s is not None},
        winter_s={name: study.winter_s for name, study in studies.items() if study.winter_s is not None},
        winter_ways_km={} if shared.snowy is None else _ways_km(shared.snowy),
        winter_sources={key.removeprefix("winter."): text for key, text in sorted(sources.items())},
        uncertainty_profile=first,
        uncertain={name: studies[name].uncertain for name in (first, *(name for name in studies if name != first))},
    )


def _winter(
    inputs: Inputs, router: StreetRouter, at: SnappedPoints, snowy: StreetNetwork | None
) -> tuple[Float32 | None, Mapping[str, str]]:
    """Seconds to the hub with snow and ice, and where their numbers come from; its streets are not held any longer."""
    if snowy is None:
        return None, {}
    profile = winter_profile(router.profile)
    slow = StreetRouter.build(snowy, profile, router.max_snap_m)
    in_winter = at.on(slow, router, inputs)
    winter_s = slow.times_between(in_winter.origins, in_winter.hub).min(axis=1)
    return winter_s, {key: text for key, text in profile.sources.items() if key.startswith("winter.")}


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

"""What a plan does, for the wall: the figures of ``tesoma-geo scenario`` for one way of moving, within a gesture."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.assessment.profile_results import hub_isochrones
from tesoma_geo.assessment.summary import nearest_figures, profile_figures
from tesoma_geo.assessment.summary_records import ProfileFigures, ServiceFigures
from tesoma_geo.assessment.transit_analysis import timetable_router
from tesoma_geo.columns import FROM_HUB_S, TO_HUB_S
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.point_splits import split_for
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.scenarios.changed import changed_places
from tesoma_geo.scenarios.compare import profile_comparison, service_comparison
from tesoma_geo.scenarios.comparison_records import CostFigures, ProfileComparison, ServiceComparison
from tesoma_geo.scenarios.edits import CostsOf, edited
from tesoma_geo.scenarios.homes import without_new_residents
from tesoma_geo.scenarios.outcomes import gained_s
from tesoma_geo.scenarios.plan_costs import plan_costs
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.district import DistrictToday, HomeSeconds, ProfileToday, home_seconds, riders_seconds


@dataclass(frozen=True, eq=False)
class ProfileEffect:
    """What a plan does for one way of moving.

    Attributes
    ----------
    profile
        The way of moving.
    seconds
        Of the homes, with the plan.
    isochrones
        From where the hub is reached: a row a cutoff.
    residents
        Who gains and loses, as in ``comparison.json``.
    services
        Kind → figures, as in ``comparison.json``, of this way of moving alone.
    places
        What changes, where.
    costs
        Euros, as in ``comparison.json``.
    """

    profile: str
    seconds: HomeSeconds
    isochrones: gpd.GeoDataFrame
    residents: ProfileComparison
    services: dict[str, ServiceComparison]
    places: gpd.GeoDataFrame
    costs: CostFigures


def answer(district: DistrictToday, scenario: Scenario, profile: str) -> ProfileEffect:
    """What a plan does for one way of moving.

    Parameters
    ----------
    district
        As it is today.
    scenario
        The plan.
    profile
        The way of moving.

    Returns
    -------
    ProfileEffect
        Its figures are those that ``tesoma-geo scenario`` gives for the same plan.

    Raises
    ------
    ScenarioError
        With every change that cannot be made.
    """
    inputs = district.inputs
    costs_of = _remembering(edge_costs)
    after = edited(inputs, scenario, costs_of=costs_of)
    former = without_new_residents(inputs, after)
    moved = _by_timetable if profile in district.riders else _on_streets
    before, seconds, rings = moved(district, profile, former, after, costs_of)
    return ProfileEffect(
        profile,
        seconds,
        rings,
        _residents(former, after, profile, before, seconds),
        service_comparison(_services(former, profile, before), _services(after, profile, seconds)),
        changed_places(inputs, after, scenario),
        plan_costs(scenario, inputs, after),
    )


_Moved = tuple[HomeSeconds, HomeSeconds, gpd.GeoDataFrame]


def _on_streets(district: DistrictToday, profile: str, former: Inputs, after: Inputs, costs_of: CostsOf) -> _Moved:
    """Seconds before and after on streets, and isochrones after."""
    today, inputs = district.today[profile], district.inputs
    before = today.seconds
    if former.origins is not inputs.origins:
        before = home_seconds(today.router, SnappedPoints.of(former, today.router), former)
    router = _router_after(today, inputs, after, costs_of)
    snapped = _snapped_after(today, inputs, after, router)
    same = router is today.router and snapped is today.snapped
    seconds = today.seconds if same else home_seconds(router, snapped, after)
    streets = router.timed_streets(snapped.hub, reverse=True)
    return before, seconds, hub_isochrones(streets, district.water, after, seconds.to_hub_s)


def _by_timetable(district: DistrictToday, profile: str, former: Inputs, after: Inputs, costs_of: CostsOf) -> _Moved:
    """The same by public transport, which has no isochrones: what stops reach is no area."""
    today, inputs = district.riders[profile], district.inputs
    walk, before = today.walk, today.seconds
    if former.origins is not inputs.origins:
        at = SnappedPoints.of(former, walk.router)
        before = riders_seconds(timetable_router(former, walk.router), at, former)
    router = _router_after(walk, inputs, after, costs_of)
    snapped = _snapped_after(walk, inputs, after, router)
    seconds = today.seconds
    if router is not walk.router or snapped is not walk.snapped or after.timetable is not inputs.timetable:
        seconds = riders_seconds(timetable_router(after, router), snapped, after)
    return before, seconds, no_isochrones(inputs)


def no_isochrones(inputs: Inputs) -> gpd.GeoDataFrame:
    """Isochrones of a way of moving that has none.

    Parameters
    ----------
    inputs
        The layers.

    Returns
    -------
    GeoDataFrame
        Without a row.
    """
    columns: dict[str, list[float]] = {"cutoff_min": [], "area_km2": [], "population": []}
    return gpd.GeoDataFrame(columns, geometry=[], crs=inputs.workspace.district.crs)


def _remembering(costs_of: CostsOf) -> CostsOf:
    """The same, and what was asked for once is not computed again."""
    known: dict[tuple[int, str], tuple[StreetNetwork, EdgeCosts]] = {}

    def remembered(network: StreetNetwork, profile: Profile) -> EdgeCosts:
        key = id(network), profile.name
        if key not in known:
            known[key] = network, costs_of(network, profile)
        return known[key][1]

    return remembered


def _router_after(today: ProfileToday, inputs: Inputs, after: Inputs, costs_of: CostsOf) -> StreetRouter:
    """As :meth:`StreetRouter.build` makes it; who has no way at all is told by the figures."""
    if after.network is inputs.network:
        return today.router
    network = split_for(after.network, today.profile)
    costs = costs_of(network, today.profile)
    router = StreetRouter.of(network, today.profile, costs, inputs.workspace.network.max_snap_m)
    return router.knowing(today.router)


def _snapped_after(today: ProfileToday, inputs: Inputs, after: Inputs, router: StreetRouter) -> SnappedPoints:
    """Where the points meet the streets: as today where streets and points are the same."""
    snapped = today.snapped
    if router is not today.router:
        if len(router.network.tail) != len(today.router.network.tail):
            return SnappedPoints.of(after, router)
        snapped = snapped.on(router, today.router, inputs)
    origins = snapped.origins if after.origins is inputs.origins else router.snap(after.origins, "origins")
    hub = snapped.hub if after.hub is inputs.hub else router.snap(after.hub, "hub")
    services = snapped.services
    if after.services is not inputs.services:
        services = router.snap(after.services, "services") if len(after.services) else None
    if origins is snapped.origins and hub is snapped.hub and services is snapped.services:
        return snapped
    return SnappedPoints(origins, hub, services)


def _residents(
    former: Inputs, after: Inputs, profile: str, before_s: HomeSeconds, after_s: HomeSeconds
) -> ProfileComparison:
    """As the scenario command counts: residents as they would live there."""
    kept = [name for name in former.origins.columns if name in ("population", "area_code") or name.startswith("age_")]
    people = pd.DataFrame({name: former.origins[name].to_numpy() for name in kept})
    gain_min = gained_s(before_s.to_hub_s, after_s.to_hub_s)[2] / 60.0
    pair = [_figures(inputs, profile, seconds) for inputs, seconds in ((former, before_s), (after, after_s))]
    return profile_comparison(gain_min, people, pair[0], pair[1])


def _figures(inputs: Inputs, profile: str, seconds: HomeSeconds) -> ProfileFigures:
    table = pd.DataFrame({TO_HUB_S.of(profile): seconds.to_hub_s, FROM_HUB_S.of(profile): seconds.from_hub_s})
    residents = inputs.origins["population"].to_numpy()
    return profile_figures(profile, table, residents, {}, inputs.workspace.access.cutoffs_min)


def _services(inputs: Inputs, profile: str, seconds: HomeSeconds) -> dict[str, ServiceFigures]:
    residents, within_min = inputs.origins["population"].to_numpy(), inputs.workspace.access.services_within_min
    kinds: NDArray[np.object_] = inputs.services["kind"].to_numpy(object)
    figures: dict[str, ServiceFigures] = {}
    for kind in sorted(set(kinds.tolist())):
        nearest_s = seconds.to_services_s[:, kinds == kind].min(axis=1).astype(float)
        figures[kind] = {
            "count": int((kinds == kind).sum()),
            "profiles": {profile: nearest_figures(nearest_s, residents, within_min)},
        }
    return figures

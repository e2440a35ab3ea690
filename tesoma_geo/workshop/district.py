"""What never changes while a workshop runs: layers, routers and homes as they are today, read once and shared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.assessment.transit_analysis import WALKING, timetable_router
from tesoma_geo.assessment.travel_assessment import MEDIAN
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.open_services import while_open
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.isochrones.isochrones import Water
from tesoma_geo.network.streets.profiles import Profile, profiles_with
from tesoma_geo.network.transit.router import TransitRouter


@dataclass(frozen=True, eq=False)
class HomeSeconds:
    """How long everybody takes by one way of moving.

    Attributes
    ----------
    to_hub_s, from_hub_s
        Of each origin, float32, ``inf`` where there is no way.
    to_services_s
        Seconds from each origin to each service, shape (origins, services).
    """

    to_hub_s: NDArray[np.float32]
    from_hub_s: NDArray[np.float32]
    to_services_s: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class ProfileToday:
    """One way of moving as the streets are today.

    Attributes
    ----------
    router
        The streets with its costs.
    snapped
        Where homes, entrances and services meet them.
    seconds
        Of the homes.
    """

    router: StreetRouter
    snapped: SnappedPoints
    seconds: HomeSeconds

    @property
    def profile(self) -> Profile:
        """Who travels how."""
        return self.router.profile


@dataclass(frozen=True, eq=False)
class RidersToday:
    """Public transport as it is today.

    Attributes
    ----------
    walk
        The way to stops, and where homes, entrances and services meet the streets.
    seconds
        Of the homes: medians over the departures of the window.
    """

    walk: ProfileToday
    seconds: HomeSeconds


@dataclass(frozen=True, eq=False)
class DistrictToday:
    """A district as it is today.

    Attributes
    ----------
    inputs
        Its layers.
    water
        Lakes, as the isochrones take them.
    today
        Name → way of moving; those on streets, in the workspace's order.
    riders
        Name → public transport; empty without a timetable.
    """

    inputs: Inputs
    water: Water
    today: dict[str, ProfileToday] = field(default_factory=dict)
    riders: dict[str, RidersToday] = field(default_factory=dict)

    @property
    def profiles(self) -> list[str]:
        """Every way of moving, those on streets first."""
        return [*self.today, *self.riders]

    def seconds(self, profile: str) -> HomeSeconds:
        """How long everybody takes today.

        Parameters
        ----------
        profile
            One of :attr:`profiles`.

        Returns
        -------
        HomeSeconds
        """
        return self.riders[profile].seconds if profile in self.riders else self.today[profile].seconds

    @classmethod
    def of(cls, inputs: Inputs, tell: Callable[[str], None] = lambda _: None) -> "DistrictToday":
        """Prepare a district.

        Parameters
        ----------
        inputs
            Its layers.
        tell
            Told the name of each way of moving as its turn comes.

        Returns
        -------
        DistrictToday
        """
        today = {}
        for profile in _in_order(inputs.profiles, inputs.workspace.access.profiles):
            tell(profile.name)
            today[profile.name] = _on_streets(inputs, profile)
        riders = {}
        for name in inputs.workspace.access.profiles:
            if name not in today and inputs.timetable is not None:
                tell(name)
                walk = today.get(WALKING) or _on_streets(inputs, profiles_with(inputs.workspace.profiles)[WALKING])
                transit = timetable_router(inputs, walk.router)
                riders[name] = RidersToday(walk, riders_seconds(transit, walk.snapped, inputs))
        return cls(inputs, Water.of(inputs.water.geometry, within=inputs.study_area.bounds), today, riders)


def home_seconds(router: StreetRouter, snapped: SnappedPoints, inputs: Inputs) -> HomeSeconds:
    """How long everybody takes, as the main job computes it.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    snapped
        Where homes, entrances and services meet them.
    inputs
        The layers that these points are of.

    Returns
    -------
    HomeSeconds
    """
    to_services_s = np.empty((len(inputs.origins), 0), np.float32)
    if snapped.services is not None:
        to_services_s = while_open(router.times_between(snapped.origins, snapped.services), inputs.services)
    return HomeSeconds(
        router.times_between(snapped.origins, snapped.hub).min(axis=1),
        router.times_between(snapped.hub, snapped.origins).min(axis=0),
        to_services_s,
    )


def riders_seconds(transit: TransitRouter, snapped: SnappedPoints, inputs: Inputs) -> HomeSeconds:
    """How long everybody takes by public transport, as the scenario command computes it.

    Parameters
    ----------
    transit
        Timetable and streets on foot.
    snapped
        Where homes, entrances and services meet these streets.
    inputs
        The layers that these points are of.

    Returns
    -------
    HomeSeconds
    """
    at_origins, at_hub = transit.snap(snapped.origins), transit.snap(snapped.hub)
    to_services_s = np.empty((len(inputs.origins), 0), np.float32)
    if snapped.services is not None:
        to_services_s = while_open(transit.times_between(at_origins, transit.snap(snapped.services)), inputs.services)
    return HomeSeconds(
        transit.trips_to(at_origins, at_hub).percentiles(MEDIAN)[0],
        transit.trips_from(at_hub, at_origins).percentiles(MEDIAN)[0],
        to_services_s,
    )


def _on_streets(inputs: Inputs, profile: Profile) -> ProfileToday:
    router = StreetRouter.build(inputs.network, profile, inputs.workspace.network.max_snap_m)
    snapped = SnappedPoints.of(inputs, router)
    return ProfileToday(router, snapped, home_seconds(router, snapped, inputs))


def _in_order(profiles: Iterable[Profile], names: Iterable[str]) -> list[Profile]:
    """Those that the workspace names, in its order; the walk that a timetable needs besides is none of them."""
    known = {profile.name: profile for profile in profiles}
    return [known[name] for name in names if name in known]

"""What never changes while a workshop runs: layers, routers and homes as they are today, read once and shared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.inputs.layers import Inputs
from tesoma_geo.inputs.open_services import while_open
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.isochrones.isochrones import Water
from tesoma_geo.network.streets.profiles import Profile


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
class District:
    """A district as it is today.

    Attributes
    ----------
    inputs
        Its layers.
    water
        Lakes, as the isochrones take them.
    today
        Name → way of moving; those on streets, in the workspace's order.
    """

    inputs: Inputs
    water: Water
    today: dict[str, ProfileToday] = field(default_factory=dict)

    @classmethod
    def of(cls, inputs: Inputs, tell: Callable[[str], None] = lambda _: None) -> "District":
        """Prepare a district.

        Parameters
        ----------
        inputs
            Its layers.
        tell
            Told the name of each way of moving as its turn comes.

        Returns
        -------
        District
        """
        today = {}
        for profile in _in_order(inputs.profiles, inputs.workspace.access.profiles):
            tell(profile.name)
            router = StreetRouter.build(inputs.network, profile, inputs.workspace.network.max_snap_m)
            snapped = SnappedPoints.of(inputs, router)
            today[profile.name] = ProfileToday(router, snapped, home_seconds(router, snapped, inputs))
        return cls(inputs, Water.of(inputs.water.geometry, within=inputs.study_area.bounds), today)


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


def _in_order(profiles: Iterable[Profile], names: Iterable[str]) -> list[Profile]:
    """Those that the workspace names, in its order; the walk that a timetable needs besides is none of them."""
    known = {profile.name: profile for profile in profiles}
    return [known[name] for name in names if name in known]

"""What winter maintenance does to the minutes of winter."""

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.seasons import in_winter
from tesoma_geo.scenarios.comparison_records import TripOutcome
from tesoma_geo.scenarios.outcomes import gained_s, trip_outcome


def winter_gains(before: Inputs, after: Inputs) -> dict[str, TripOutcome]:
    """Who gets to the hub sooner or later with snow and ice, by profile on streets.

    Parameters
    ----------
    before, after
        The layers without and with a plan, of the same origins.

    Returns
    -------
    dict
        Profile → residents and minutes.
    """
    gains: dict[str, TripOutcome] = {}
    for profile in before.profiles:
        sides = []
        for inputs in (before, after):
            network, cold = in_winter(inputs.network, profile, inputs.winter)
            router = StreetRouter.build(network, cold, inputs.workspace.network.max_snap_m)
            at = SnappedPoints.of(inputs, router)
            sides.append(router.times_between(at.origins, at.hub).min(axis=1))
        gains[profile.name] = trip_outcome(gained_s(*sides)[2] / 60.0, before.origins)
    return gains

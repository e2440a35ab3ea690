"""What lifts out of order do to residents who go by wheelchair and public transport."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.profiles import Profile, profiles_with
from tesoma_geo.network.streets.snap import Points
from tesoma_geo.network.transit import transit_router
from tesoma_geo.network.transit.timetable import DayTimetable

#: The profile that rolls to, between and from the stops.
ROLLING = "wheelchair"

#: Residents are told to need longer from this many seconds on.
LONGER_S = 60.0


@dataclass(frozen=True)
class LiftEffects:
    """What lifts out of order do to trips to the hub and back by wheelchair and public transport.

    Attributes
    ----------
    lifts, stations
        As the workspace names them, and the station or stop of each (empty where it has no name).
    longer
        Residents who need a minute more or longer, to the hub or back, at the median of the window's departures.
    cut_off
        Residents who cannot get there, or back, at the median any more.
    longer_min
        The median of the minutes that these need more, the larger of both directions; None where nobody needs longer.
    median_min, median_working_min
        Minutes to the hub of the median resident, now and if the lifts worked; ``inf`` where half cannot get there.
    within, within_working
        Minutes → residents who reach the hub within them, now and if the lifts worked.
    """

    lifts: tuple[str, ...]
    stations: tuple[str, ...]
    longer: int
    cut_off: int
    longer_min: float | None
    median_min: float
    median_working_min: float
    within: dict[str, int]
    within_working: dict[str, int]


def rolling_profile(inputs: Inputs) -> Profile:
    """Who goes by wheelchair, with the workspace's own values.

    Parameters
    ----------
    inputs
        The layers.

    Returns
    -------
    Profile
    """
    return profiles_with(inputs.workspace.profiles)[ROLLING]


def rolling_seconds(inputs: Inputs, places: Points) -> NDArray[np.float32] | None:
    """Median seconds between places and the hub by wheelchair and public transport.

    Parameters
    ----------
    inputs
        The layers.
    places
        Where from, n of them.

    Returns
    -------
    float32 array of shape (2, 2, n): if the lifts worked and as it is, to the hub and back; ``inf`` where there is no
    way. None where no lift is out of order.
    """
    timetable, section = inputs.timetable, inputs.workspace.transit
    if timetable is None or section is None or timetable.lifts is None:
        return None
    streets = StreetRouter.build(inputs.network, rolling_profile(inputs), inputs.workspace.network.max_snap_m)

    def both_ways(case: DayTimetable) -> list[NDArray[np.float32]]:
        router = transit_router(streets, case, section.window)
        at, hub = router.snap(places), router.snap(inputs.hub)
        return [trips.percentiles((50.0,))[0] for trips in (router.trips_to(at, hub), router.trips_from(hub, at))]

    return np.array([both_ways(timetable.with_working_lifts()), both_ways(timetable)])


def lift_effects(inputs: Inputs) -> LiftEffects | None:
    """What the workspace's lifts out of order do to its residents.

    Parameters
    ----------
    inputs
        The layers.

    Returns
    -------
    LiftEffects or None
        None where no lift is out of order.
    """
    seconds = rolling_seconds(inputs, inputs.origins)
    if seconds is None or inputs.timetable is None or inputs.timetable.lifts is None:
        return None
    residents, lifts = inputs.origins["population"].to_numpy(), inputs.timetable.lifts
    (before, now), cutoffs = seconds.astype(float), inputs.workspace.access.cutoffs_min
    cut_off = (np.isfinite(before) & np.isinf(now)).any(axis=0)
    both = np.isfinite(before) & np.isfinite(now)
    more_s = np.subtract(now, before, out=np.zeros_like(now), where=both).max(axis=0)
    longer = ~cut_off & (more_s >= LONGER_S) & (residents > 0)
    within_working, within = (
        {f"{cutoff:g}": int(residents[case[0] <= 60.0 * cutoff].sum()) for cutoff in cutoffs} for case in (before, now)
    )
    return LiftEffects(
        lifts=lifts.ids,
        stations=lifts.names,
        longer=int(residents[longer].sum()),
        cut_off=int(residents[cut_off].sum()),
        longer_min=weighted_quantile(more_s[longer] / 60.0, residents[longer], 0.5) if longer.any() else None,
        median_min=weighted_quantile(now[0] / 60.0, residents, 0.5),
        median_working_min=weighted_quantile(before[0] / 60.0, residents, 0.5),
        within=within,
        within_working=within_working,
    )

"""Travel times of public transport between many places: a sweep for each place of the smaller side."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from tesoma_geo._kernels import Float32, Int64, kernel
from tesoma_geo._threads import in_threads
from tesoma_geo.network.transit.arrivals import one_departure, sweep_arrivals
from tesoma_geo.network.transit.labels import sweep_labels
from tesoma_geo.network.transit.labels_to_times import SweepQuery, ranks_of
from tesoma_geo.network.transit.legs import StopLegs
from tesoma_geo.network.transit.percentiles import SlottedLegs, StopProfiles, read, slotted_legs, stop_profiles
from tesoma_geo.network.transit.places import Direction, Places
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.search import TransitSearch
from tesoma_geo.network.transit.sweep import NEVER, RIDE, Ends, EventGraph
from tesoma_geo.network.transit.threads import SLICES, shared
from tesoma_geo.network.transit.trips import checked_percentiles

#: For one departure, a search from each origin beats a sweep to each destination up to so many origins a destination;
#: within a budget of walking sweeps take longer. On the lines of Tampere: 0.4 ms an origin, 0.9 and 4.5 ms a sweep.
MANY, MANY_WITHIN = 2, 10


def travel_times(
    search: TransitSearch,
    origins: Places,
    destinations: Places,
    walked: Callable[[], NDArray[np.float32]],
    percentiles: Sequence[float],
) -> NDArray[np.float32]:
    """Seconds from each origin to each destination, at percentiles of the departures.

    Parameters
    ----------
    search
        The timetable, with its departures and limits.
    origins, destinations
        The places, n and m of them.
    walked
        Gives the seconds of walking all the way, shape (n, m); asked for once, beside the sweeps where these are
        few.
    percentiles
        Per cent of the departures that are not slower.

    Returns
    -------
    float32 array of shape (p, n, m), ``inf`` where there is no trip.

    Raises
    ------
    InputError
        No percentile, or one outside 0 to 100.
    """
    wanted, departures = checked_percentiles(percentiles), search.departures
    prepared = search.prepared
    single = len(departures.asked_s) == 1 and not departures.arrive_by and prepared.layers == 1
    many = MANY if search.limits.walk_s >= RIDE - 1 else MANY_WITHIN
    if single and len(origins) <= many * len(destinations):
        seconds = _one_departure(search, origins, destinations, walked())
        return np.broadcast_to(seconds, (len(wanted), *seconds.shape)).copy()
    turned = len(origins) < len(destinations)
    direction: Direction = "from" if turned else "to"
    hubs, places = (origins, destinations) if turned else (destinations, origins)
    near = hubs.legs_to if turned else hubs.legs_from
    hub_legs = slotted_legs(near.layered(prepared.layers, prepared.stops // prepared.layers), 1)
    legs = slotted_legs(places.legs_from if turned else places.legs_to, departures.step_s)
    slack_s = search.limits.boarding_slack_s if turned else 0
    out = np.empty((len(wanted), len(hubs), len(places)), np.float32)
    if len(hubs) < SLICES:
        ends = [_ends(hub, hub_legs, prepared.stops, slack_s) for hub in range(len(hubs))]
        profiles: list[StopProfiles] = []
        walks: list[NDArray[np.float32]] = []
        in_threads(  # the walks beside the sweeps
            [
                lambda: profiles.extend(_profiles(search, one, direction) for one in ends),
                lambda: walks.append(walked()),
            ]
        )
        for hub, direct_s in enumerate(_by_hub(walks[0], turned)):
            out[:, hub] = _percentiles(search, profiles[hub], direction, legs, direct_s, wanted)
    else:
        query, leg_s = search.query(direction, search.limits.walk_s), search.limits.leg_s
        graph, earliest, ranks = prepared.graph(turned), search.earliest(direction), ranks_of(wanted, query.departures)
        by_hub = _by_hub(walked(), turned)
        shared(
            lambda begin, end: _rows(
                begin, end, hub_legs, slack_s, legs, by_hub, graph, earliest, prepared.stops, prepared.trips, query,
                leg_s, ranks, out,
            ),
            len(hubs),
        )  # fmt: skip
    return out if turned else np.ascontiguousarray(out.transpose(0, 2, 1))


def _by_hub(direct_s: NDArray[np.float32], turned: bool) -> NDArray[np.float32]:
    return direct_s if turned else np.ascontiguousarray(direct_s.T)


def percentiles_to(
    search: TransitSearch,
    ends: Ends,
    direction: Direction,
    legs: SlottedLegs,
    direct_s: NDArray[np.float32],
    percentiles: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Seconds between places and one hub, at percentiles of the departures.

    Parameters
    ----------
    search
        The timetable, with its departures and limits.
    ends
        The hub seen from each stop.
    direction
        To the hub, or from it.
    legs
        Between the places and the stops.
    direct_s
        Seconds of walking all the way, shape (n,).
    percentiles
        Per cent of the departures that are not slower, shape (p,).

    Returns
    -------
    float32 array of shape (p, n), ``inf`` where there is no way.
    """
    return _percentiles(search, _profiles(search, ends, direction), direction, legs, direct_s, percentiles)


def _profiles(search: TransitSearch, ends: Ends, direction: Direction) -> StopProfiles:
    prepared, query = search.prepared, search.query(direction, search.limits.walk_s)
    graph, earliest = prepared.graph(direction == "from"), search.earliest(direction)
    return sweep_stop_profiles(graph, ends, earliest, prepared.stops, prepared.trips, query, search.limits.leg_s)


def _percentiles(
    search: TransitSearch,
    profiles: StopProfiles,
    direction: Direction,
    legs: SlottedLegs,
    direct_s: NDArray[np.float32],
    percentiles: NDArray[np.float64],
) -> NDArray[np.float32]:
    query = search.query(direction, search.limits.walk_s)
    ranks = ranks_of(percentiles, query.departures)
    out = np.empty((len(percentiles), len(direct_s)), np.float32)
    shared(lambda begin, end: read(begin, end, legs, profiles, query, direct_s, ranks, out), len(direct_s))
    return out


def _one_departure(
    search: TransitSearch, origins: Places, destinations: Places, direct_s: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Seconds at a single departure, shape (n, m)."""
    prepared, limits = search.prepared, search.limits
    order = _along_lines(origins.legs_to, prepared)
    here, there = origins.legs_to.taken(order), destinations.legs_from.taken(np.arange(len(destinations)))
    legs = (here.first, here.stop, here.walk_s, there.first, there.stop, there.walk_s)
    leaves_s, walked_s = search.departures.start_s - prepared.start_s, direct_s[order]
    found, out = np.empty_like(direct_s), np.empty_like(direct_s)
    weight, budget_s = (0, 0) if limits.walk_s >= RIDE - 1 else (1, limits.walk_s)

    def work(begin: int, end: int) -> None:
        one_departure(
            begin, end, *legs, walked_s, prepared.to, leaves_s, limits.boarding_slack_s, limits.trip_s, weight,
            budget_s, prepared.stops, prepared.trips, found,
        )  # fmt: skip

    shared(work, len(origins))
    out[order] = found
    return out


def _along_lines(legs: StopLegs, prepared: PreparedTimetable) -> NDArray[np.intp]:
    """An order of places in which those near one another mostly follow one another: along the lines at their stops.

    They are searched from side by side, and have most vehicles in common.
    """
    patterns = prepared.patterns
    position = np.full(prepared.stops, len(patterns.stop))
    np.minimum.at(position, patterns.stop, np.arange(len(patterns.stop)))
    nearest = legs.taken(np.arange(len(legs.first) - 1))
    key = np.full(len(legs.first) - 1, len(patterns.stop))
    some = np.diff(legs.first) > 0
    key[some] = position[nearest.stop[nearest.first[:-1][some]]]
    return np.argsort(key, kind="stable")


@kernel
def _rows(
    begin: int, end: int, hub_legs: SlottedLegs, hub_slack_s: int, legs: SlottedLegs, direct_s: Float32,
    graph: EventGraph, earliest: int, stops: int, trips: int, query: SweepQuery, longest_leg_s: int, ranks: Int64,
    out: Float32,
) -> None:  # fmt: skip
    """Fill the rows of the hubs ``begin`` to ``end`` of ``out``, [percentile, hub, place]."""
    for hub in range(begin, end):
        ends = _ends(hub, hub_legs, stops, hub_slack_s)
        profiles = sweep_stop_profiles(graph, ends, earliest, stops, trips, query, longest_leg_s)
        read(0, legs.first.size - 1, legs, profiles, query, direct_s[hub], ranks, out[:, hub])


@kernel
def _ends(hub: int, legs: SlottedLegs, stops: int, slack_s: int) -> Ends:
    """A hub seen from each stop."""
    need_s, walk_s = np.full(stops, -1, np.int32), np.zeros(stops, np.int32)
    for leg in range(legs.first[hub], legs.first[hub + 1]):
        need_s[legs.stop[leg]] = legs.walk_s[leg] + slack_s
        walk_s[legs.stop[leg]] = legs.walk_s[leg]
    return Ends(need_s, walk_s)


@kernel
def sweep_stop_profiles(
    graph: EventGraph, ends: Ends, earliest: int, stops: int, trips: int, query: SweepQuery, longest_leg_s: int
) -> StopProfiles:
    """Sweep for the profile of each stop, with a budget of walking if there is one.

    Parameters
    ----------
    graph
        Events and transfers in the direction of the sweep.
    ends
        The hub seen from each stop.
    earliest
        Second before which arrivals are all as good.
    stops, trips
        How many there are.
    query
        The departures, and the most seconds of walking.
    longest_leg_s
        Most seconds between a place and a stop.

    Returns
    -------
    StopProfiles
        What each boarding is worth, stop by stop.
    """
    events, transfers = graph
    if query.most_walk_s >= RIDE - 1:
        labels = sweep_arrivals(events, transfers, ends, earliest, stops, trips)
    else:
        late_s = NEVER
        if not query.turned and not query.arrive_by:  # as stop_profiles has it
            spare_slots = longest_leg_s // query.step_s + 1
            late_s = query.first_s + query.slack_s + (query.departures - 1 + spare_slots) * query.step_s
        labels = sweep_labels(events, transfers, ends, earliest, stops, trips, query.most_walk_s, late_s)
    return stop_profiles(events, labels, stops, query, longest_leg_s)

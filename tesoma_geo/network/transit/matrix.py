"""Travel times of public transport between many places: a sweep for each place of the smaller side."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.engine.kernel import Float32, Int32, Int64, kernel
from tesoma_geo.network.transit.arrivals import one_departure, sweep_arrivals
from tesoma_geo.network.transit.budget import sweep_within
from tesoma_geo.network.transit.readout import Question, best_trips, by_stop, overdrawn, ranked_trips, ranks_of
from tesoma_geo.network.transit.sweep import RIDE, Changes, Ends, Events, sweep
from tesoma_geo.network.transit.trips import checked_percentiles

if TYPE_CHECKING:
    from tesoma_geo.network.transit.places import Direction, Places
    from tesoma_geo.network.transit.router import TransitRouter

SLICES = 16


def travel_times(
    router: "TransitRouter", origins: "Places", destinations: "Places", percentiles: Sequence[float]
) -> NDArray[np.float32]:
    """Seconds from each origin to each destination, shape (p, n, m); see :meth:`TransitRouter.travel_times`."""
    wanted = checked_percentiles(percentiles)
    direct_s = router.direct_s(origins, destinations)
    if len(router.asked_s) == 1 and not router.arrive_by and router.limits.walk_s >= RIDE - 1:
        seconds = _one_departure(router, origins, destinations, direct_s)
        return np.broadcast_to(seconds, (len(wanted), *seconds.shape)).copy()
    turned = len(origins) < len(destinations)
    hubs, places = (origins, destinations) if turned else (destinations, origins)
    hub_legs = hubs.legs_to if turned else hubs.legs_from
    legs = places.legs_from if turned else places.legs_to
    by_hub = direct_s if turned else np.ascontiguousarray(direct_s.T)
    direction: Direction = "from" if turned else "to"
    question, within = router.question(direction), router.question(direction, router.limits.walk_s)
    board = router.board
    side = board.side(turned)
    slack_s = router.limits.boarding_slack_s if turned else 0
    out = np.empty((len(wanted), len(hubs), len(places)), np.float32)
    leg_s = router.limits.leg_s
    ranks, earliest = ranks_of(wanted, question.departures), router.earliest(direction)

    def work(begin: int, end: int) -> None:
        _rows(
            begin, end, hub_legs.first, hub_legs.stop, hub_legs.walk_s, slack_s, legs.first, legs.stop, legs.walk_s,
            by_hub, side.events, side.changes, earliest, board.stops, board.trips, question, within, leg_s, ranks, out,
        )  # fmt: skip

    _shared(work, len(hubs))
    return out if turned else np.ascontiguousarray(out.transpose(0, 2, 1))


def _one_departure(
    router: "TransitRouter", origins: "Places", destinations: "Places", direct_s: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Seconds at a single departure, walks limited one by one, shape (n, m)."""
    board, limits = router.board, router.limits
    here, there = origins.legs_to, destinations.legs_from
    out = np.empty_like(direct_s)

    def work(begin: int, end: int) -> None:
        one_departure(
            begin, end, here.first, here.stop, here.walk_s, there.first, there.stop, there.walk_s, direct_s,
            board.to.events, *board.links, router.start_s - board.start_s, limits.boarding_slack_s, limits.trip_s,
            board.stops, board.trips, out,
        )  # fmt: skip

    _shared(work, len(origins))
    return out


def _shared(work: Callable[[int, int], None], count: int) -> None:
    """Do ``work`` on parts of ``range(count)``, in threads where there is enough of it."""
    if count < SLICES:
        work(0, count)
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        bounds = pairwise(count * i // SLICES for i in range(SLICES + 1))
        for done in [pool.submit(work, begin, end) for begin, end in bounds]:
            done.result()


@kernel
def _rows(
    begin: int, end: int, hub_first: Int64, hub_stop: Int32, hub_walk_s: Int32, hub_slack_s: int,
    leg_first: Int64, leg_stop: Int32, leg_walk_s: Int32, direct_s: Float32, events: Events, changes: Changes,
    earliest: int, stops: int, trips: int, question: Question, within: Question, longest_leg_s: int, ranks: Int64,
    out: Float32,
) -> None:  # fmt: skip
    """Fill the rows of the hubs ``begin`` to ``end`` of ``out``, [percentile, hub, place]."""
    value, step = np.empty(question.departures, np.int64), np.empty(question.departures, np.int32)
    need_s, walk_s = np.empty(stops, np.int32), np.zeros(stops, np.int32)
    over = np.empty(leg_first.size - 1, np.bool_)
    for hub in range(begin, end):
        need_s[:] = -1
        for leg in range(hub_first[hub], hub_first[hub + 1]):
            need_s[hub_stop[leg]] = hub_walk_s[leg] + hub_slack_s
            walk_s[hub_stop[leg]] = hub_walk_s[leg]
        if within.most_walk_s >= RIDE - 1:
            swept = sweep_arrivals(events, changes, Ends(need_s, walk_s), earliest, stops, trips)
        else:
            swept = sweep(events, changes, Ends(need_s, walk_s), earliest, stops, trips)
        boardings = by_stop(events, swept, stops, question, longest_leg_s)
        for place in range(over.size):
            best_trips(leg_first, leg_stop, leg_walk_s, place, boardings, question, value, step)
            over[place] = overdrawn(value, question, direct_s[hub, place], within.most_walk_s)
            ranked_trips(value, question, direct_s[hub, place], ranks, out[:, hub, place])
        if not over.any():
            continue
        swept = sweep_within(events, changes, Ends(need_s, walk_s), earliest, stops, trips, within.most_walk_s)
        boardings = by_stop(events, swept, stops, within, longest_leg_s)
        for place in range(over.size):
            if not over[place]:
                continue
            best_trips(leg_first, leg_stop, leg_walk_s, place, boardings, within, value, step)
            ranked_trips(value, within, direct_s[hub, place], ranks, out[:, hub, place])

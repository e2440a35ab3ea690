"""Travel times of public transport between many places: a sweep for each place of the smaller side."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tesoma_geo._kernels import Float32, Int64, kernel
from tesoma_geo.network.transit.arrivals import one_departure, sweep_arrivals
from tesoma_geo.network.transit.labels import sweep_labels
from tesoma_geo.network.transit.labels_to_times import Question, ranks_of
from tesoma_geo.network.transit.percentiles import Profiles, Ways, profiles_of, read, ways_of
from tesoma_geo.network.transit.sweep import RIDE, Ends, Side
from tesoma_geo.network.transit.threads import SLICES, shared
from tesoma_geo.network.transit.trips import checked_percentiles

if TYPE_CHECKING:
    from tesoma_geo.network.transit.places import Direction, Places
    from tesoma_geo.network.transit.router import TransitRouter


#: A search from each origin beats a sweep to each destination, for one departure, up to so many more origins.
MANY = 4


def travel_times(
    router: "TransitRouter", origins: "Places", destinations: "Places", percentiles: Sequence[float]
) -> NDArray[np.float32]:
    """Seconds from each origin to each destination, shape (p, n, m); see :meth:`TransitRouter.travel_times`."""
    wanted = checked_percentiles(percentiles)
    if len(router.asked_s) == 1 and not router.arrive_by and len(origins) <= MANY * len(destinations):
        seconds = _one_departure(router, origins, destinations)
        return np.broadcast_to(seconds, (len(wanted), *seconds.shape)).copy()
    turned = len(origins) < len(destinations)
    hubs, places = (origins, destinations) if turned else (destinations, origins)
    hub_ways = ways_of(hubs.legs_to if turned else hubs.legs_from, 1)
    ways = ways_of(places.legs_from if turned else places.legs_to, router.step_s)
    direction: Direction = "from" if turned else "to"
    slack_s = router.limits.boarding_slack_s if turned else 0
    out = np.empty((len(wanted), len(hubs), len(places)), np.float32)
    if len(hubs) < SLICES:
        ends = [_ends(hub, hub_ways, router.board.stops, slack_s) for hub in range(len(hubs))]
        with ThreadPoolExecutor(1) as pool:  # the walks beside the sweeps
            walked = pool.submit(router.direct_s, origins, destinations)
            profiles = [_profiles(router, one, direction) for one in ends]
        for hub, direct_s in enumerate(_by_hub(walked.result(), turned)):
            out[:, hub] = _percentiles(router, profiles[hub], direction, ways, direct_s, wanted)
    else:
        board, question, leg_s = router.board, router.question(direction, router.limits.walk_s), router.limits.leg_s
        side, earliest, ranks = board.side(turned), router.earliest(direction), ranks_of(wanted, question.departures)
        by_hub = _by_hub(router.direct_s(origins, destinations), turned)
        shared(
            lambda begin, end: _rows(
                begin, end, hub_ways, slack_s, ways, by_hub, side, earliest, board.stops, board.trips, question,
                leg_s, ranks, out,
            ),
            len(hubs),
        )  # fmt: skip
    return out if turned else np.ascontiguousarray(out.transpose(0, 2, 1))


def _by_hub(direct_s: NDArray[np.float32], turned: bool) -> NDArray[np.float32]:
    return direct_s if turned else np.ascontiguousarray(direct_s.T)


def percentiles_to(
    router: "TransitRouter", ends: Ends, direction: "Direction", ways: Ways, direct_s: NDArray[np.float32],
    percentiles: NDArray[np.float64],
) -> NDArray[np.float32]:  # fmt: skip
    """Percentiles of the seconds between places and one hub at ``ends``, shape (p, n)."""
    return _percentiles(router, _profiles(router, ends, direction), direction, ways, direct_s, percentiles)


def _profiles(router: "TransitRouter", ends: Ends, direction: "Direction") -> Profiles:
    board, question = router.board, router.question(direction, router.limits.walk_s)
    side, earliest = board.side(direction == "from"), router.earliest(direction)
    return swept_profiles(side, ends, earliest, board.stops, board.trips, question, router.limits.leg_s)


def _percentiles(
    router: "TransitRouter", profiles: Profiles, direction: "Direction", ways: Ways, direct_s: NDArray[np.float32],
    percentiles: NDArray[np.float64],
) -> NDArray[np.float32]:  # fmt: skip
    question = router.question(direction, router.limits.walk_s)
    ranks = ranks_of(percentiles, question.departures)
    out = np.empty((len(percentiles), len(direct_s)), np.float32)
    shared(lambda begin, end: read(begin, end, ways, profiles, question, direct_s, ranks, out), len(direct_s))
    return out


def _one_departure(router: "TransitRouter", origins: "Places", destinations: "Places") -> NDArray[np.float32]:
    """Seconds at a single departure, shape (n, m)."""
    board, limits = router.board, router.limits
    here, there = origins.legs_to, destinations.legs_from
    legs = (here.first, here.stop, here.walk_s, there.first, there.stop, there.walk_s)
    leaves_s = router.start_s - board.start_s
    direct_s = router.direct_s(origins, destinations)
    out = np.empty_like(direct_s)

    weight, budget_s = (0, 0) if limits.walk_s >= RIDE - 1 else (1, limits.walk_s)

    def work(begin: int, end: int) -> None:
        one_departure(
            begin, end, *legs, direct_s, board.to, leaves_s, limits.boarding_slack_s, limits.trip_s, weight, budget_s,
            board.stops, board.trips, out,
        )  # fmt: skip

    shared(work, len(origins))
    return out


@kernel
def _rows(
    begin: int, end: int, hub_ways: Ways, hub_slack_s: int, ways: Ways, direct_s: Float32, side: Side,
    earliest: int, stops: int, trips: int, question: Question, longest_leg_s: int, ranks: Int64,
    out: Float32,
) -> None:  # fmt: skip
    """Fill the rows of the hubs ``begin`` to ``end`` of ``out``, [percentile, hub, place]."""
    for hub in range(begin, end):
        ends = _ends(hub, hub_ways, stops, hub_slack_s)
        profiles = swept_profiles(side, ends, earliest, stops, trips, question, longest_leg_s)
        read(0, ways.first.size - 1, ways, profiles, question, direct_s[hub], ranks, out[:, hub])


@kernel
def _ends(hub: int, ways: Ways, stops: int, slack_s: int) -> Ends:
    """A hub seen from each stop."""
    need_s, walk_s = np.full(stops, -1, np.int32), np.zeros(stops, np.int32)
    for leg in range(ways.first[hub], ways.first[hub + 1]):
        need_s[ways.stop[leg]] = ways.walk_s[leg] + slack_s
        walk_s[ways.stop[leg]] = ways.walk_s[leg]
    return Ends(need_s, walk_s)


@kernel
def swept_profiles(
    side: Side, ends: Ends, earliest: int, stops: int, trips: int, question: Question, longest_leg_s: int
) -> Profiles:
    """What a sweep tells at each stop, with a budget of walking if there is one."""
    events, changes = side
    if question.most_walk_s >= RIDE - 1:
        labels = sweep_arrivals(events, changes, ends, earliest, stops, trips)
    else:
        labels = sweep_labels(events, changes, ends, earliest, stops, trips, question.most_walk_s)
    return profiles_of(events, labels, stops, question, longest_leg_s)

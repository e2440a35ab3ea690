"""Small timetables for tests of the transit router, and its answers without streets."""

import datetime as dt

import numpy as np
import pandas as pd

from tesoma_geo.network.transit.arrivals import one_departure
from tesoma_geo.network.transit.labels_to_times import SweepQuery, all_trips, by_stop
from tesoma_geo.network.transit.legs import StopLegs
from tesoma_geo.network.transit.matrix import sweep_stop_profiles
from tesoma_geo.network.transit.percentiles import read, slotted_legs
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.sweep import RIDE, Ends
from tesoma_geo.network.transit.timetable import Calls, DayTimetable, Shapes
from tesoma_geo.network.transit.trip_components import trip_components

START, STEP, COUNT, MOST = 1000, 60, 12, 1500
LAST = START + (COUNT - 1) * STEP
LONGEST_LEG = 500


def timetable(stops, trips):
    """A timetable of trips given as lists of calls (stop, arrival, departure, boards, alights)."""
    rows = [(trip, *call) for trip, calls in enumerate(trips) for call in calls]
    columns = list(zip(*rows, strict=True))
    kinds = (np.int32, np.int32, np.int32, np.int32, bool, bool)
    return DayTimetable(
        dt.date(2022, 1, 18), "Europe/Helsinki",
        pd.DataFrame({"stop_id": [str(i) for i in range(stops)], "wheelchair": 0}),
        pd.DataFrame({"route_id": ["1"]}),
        pd.DataFrame({"trip_id": [str(i) for i in range(len(trips))], "wheelchair": 0}),
        Calls(*(np.array(column, kind) for column, kind in zip(columns, kinds, strict=True))),
        pd.DataFrame(), Shapes(np.zeros(1, np.int64), np.empty(0), np.empty(0)), pd.DataFrame(),
    )  # fmt: skip


def ends_of(legs, stops, slack):
    need, walk = np.full(stops, -1, np.int32), np.zeros(stops, np.int32)
    need[legs.stop], walk[legs.stop] = legs.walk_s + slack, legs.walk_s
    return Ends(need, walk)


def answered(case, direction, arrive_by, budget=None):
    """Seconds and their parts, [place, departure], by the sweep, with a budget of walking if one is given."""
    table, transfers, places, hub, direct, slack = case
    start, end = (START - MOST, LAST + 1) if arrive_by else (START, LAST + MOST + 300)
    board = PreparedTimetable.of(table, transfers, max(0, start), end, boarding="any")
    first = START - board.start_s
    turned = direction == "from"
    query = SweepQuery(
        first,
        STEP,
        COUNT,
        arrive_by,
        turned,
        board.frame_s,
        0 if turned else slack,
        MOST,
        RIDE - 1 if budget is None else budget,
    )
    last = first + (COUNT - 1) * STEP
    earliest = {("to", True): first, ("from", False): board.frame_s - last}.get((direction, arrive_by), 0)
    ends = ends_of(hub, len(table.stops), slack if turned else 0)
    swept = board.swept(ends, earliest, turned, budget)
    boardings = by_stop(board.graph(turned).events, swept, len(table.stops), query, LONGEST_LEG)
    shape = (len(direct), COUNT)
    value, step, seconds = np.empty(shape, np.int64), np.empty(shape, np.int32), np.empty(shape, np.float32)
    all_trips(places.first, places.stop, places.walk_s, direct, boardings, query, value, step, seconds, RIDE - 1)
    parts = trip_components(board.graph(turned).events, swept, query, value, step, seconds, direct)
    np.testing.assert_array_equal(_in_order(board, ends, earliest, places, direct, query), np.sort(seconds), direction)
    return seconds, parts


def _in_order(board, ends, earliest, places, direct, query):
    """The seconds of each place in ascending order, by the sweep that answers in seconds only."""
    ways, ranks = slotted_legs(places, STEP), np.arange(COUNT)
    profiles = sweep_stop_profiles(
        board.graph(query.turned), ends, earliest, board.stops, board.trips, query, LONGEST_LEG
    )
    out = np.empty((COUNT, len(direct)), np.float32)
    read(0, len(direct), ways, profiles, query, direct, ranks, out)
    return out.T


def _last_departure(board, places, hub, direct, slack, turned, budget):
    """The seconds of the last departure, by the search that is for a single one."""
    origins, destinations = (hub, places) if turned else (places, hub)
    count = len(origins.first) - 1
    out = np.empty((count, len(destinations.first) - 1), np.float32)
    one_departure(
        0, count, *vars(origins).values(), *vars(destinations).values(), direct.reshape(out.shape), board.to,
        LAST - board.start_s, slack, MOST, budget is not None, budget or 0, board.stops, board.trips, out,
    )  # fmt: skip
    return out.ravel()


def legs_of(near):
    """Legs of places given as lists of (stop, walk_s)."""
    first = np.concatenate([[0], np.cumsum([len(one) for one in near])]).astype(np.int64)
    flat = [leg for one in near for leg in one]
    return StopLegs(
        first, np.array([stop for stop, _ in flat], np.int32), np.array([walk for _, walk in flat], np.int32)
    )


def transfers_of(changes):
    """Transfers given as (from, to, need_s, walk_s)."""
    table = pd.DataFrame(changes, columns=["from_stop", "to_stop", "need_s", "walk_s"], dtype=np.int32)
    return table.sort_values(["to_stop", "from_stop"], ignore_index=True)


def drawn_case(seed, places=3):
    """A small timetable as ``tests/properties`` draws them, of a seed: loops, ties and overtaking are common.

    Gives the timetable, transfers, legs of the places, legs of one hub, seconds of walking all the way and slack.
    """
    random = np.random.default_rng(seed)
    stops = int(random.integers(2, 7))
    lines = [random.integers(0, stops, random.integers(2, 7)) for _ in range(3)]
    trips = []
    for _ in range(random.integers(3, 12)):
        now, calls = START + int(random.choice([-120, -1, 0, 60, 119, 180, 300, 301, 600])), []
        for stop in lines[random.integers(3)].tolist():
            leaves = now + int(random.choice([0, 0, 1, 60]))
            boards, alights = (random.random(2) < 0.9).tolist()
            calls.append((stop, now, leaves, boards, alights))
            now = leaves + int(random.choice([0, 1, 30, 60, 61, 120]))
        trips.append(calls)
    walks = [0, 1, 30, 60, 90, 200]
    changes = []
    for a in range(stops):
        for b in range(stops):
            if random.random() < 0.7:
                walk_s = int(random.choice(walks)) if a != b else 0
                changes.append((a, b, max(walk_s + int(random.choice([0, 1, 60])), 1), walk_s))

    def legs(count):
        near = [
            [(stop, int(random.choice([*walks, LONGEST_LEG]))) for stop in range(stops) if random.random() < 0.4]
            for _ in range(count)
        ]
        return legs_of(near)

    direct_s = random.choice([np.inf, np.inf, 400.5], places).astype(np.float32)
    return timetable(stops, trips), transfers_of(changes), legs(places), legs(1), direct_s, int(random.choice([0, 60]))


def prepared_case(case, begin_s=START - MOST, end_s=LAST + MOST + 300):
    """The timetable of a case prepared, and its hub as a sweep to it sees it; the frame begins at second 0 or later."""
    table, transfers, _, hub, _, _ = case
    return PreparedTimetable.of(table, transfers, max(0, begin_s), end_s, "any"), ends_of(hub, len(table.stops), 0)

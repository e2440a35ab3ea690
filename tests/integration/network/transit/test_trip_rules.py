"""Rules of changes that name trips or lines."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.sweep import TIME, Ends
from tesoma_geo.network.transit.timetable import no_trip_rules
from tests.feeds_with_changes import ALONE, minutes
from tests.gtfs_feeds import write_feed
from tests.transit_cases import timetable, transfers_of

RULE = "from_stop_id,to_stop_id,from_trip_id,to_trip_id,from_route_id,to_route_id,transfer_type,min_transfer_time\n"
#: The change is made in the same second, or an hour later.
MADE, MISSED = 14.0, 74.0


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("S2,S2,T1,T2,,,1,", MADE),
        ("S2,S2,T1,T2,,,2,0", MADE),
        ("S2,S2,,,R1,R2,1,", MADE),
        ("S2,S2,,,R1,,1,", MADE),
        ("S2,S2,,T2,R1,,1,", MADE),
        ("S2,S2,,,R2,R1,1,", MISSED),
        ("S2,S2,T2,T1,,,1,", MISSED),
        ("S2,S2,T1,T3,,,1,", MISSED),
        ("S3,S2,T1,T2,,,1,", MISSED),
        ("S2,S2,T1,T2,,,2,", MISSED),
        ("S2,S2,T1,T2,,,2,1\nS2,S2,,,,,1,", MISSED),
        ("S2,S2,,,,,1,\nS2,S2,T1,T2,,,2,1", MISSED),
        ("S2,S2,,,R1,R2,1,\nS2,S2,T1,,,,3,", None),
        ("S2,S2,,,R1,R2,3,\nS2,S2,T1,,,,1,", MADE),
        ("S2,S2,,,,,3,\nS2,S2,T1,T2,,,1,", MADE),
        ("S2,S2,,,,,3,\nS2,S2,T1,T3,,,0,", MISSED),
        ("S2,S2,T1,T2,,,3,\nS2,S2,,,,,1,", MISSED),
    ],
)
def test_the_rule_that_names_most_counts(rules, expected, ask):
    router = ask(**ALONE, transfers=f"{RULE}{rules}\n")
    assert not [note for note in router.timetable.notes if "not used" in note]
    got = minutes(router)
    assert got == pytest.approx(expected, abs=0.05) if expected else got > 80


def test_rules_of_lines_hold_for_trips_by_headway_and_trips_by_their_own_name(ask):
    spans = "trip_id,start_time,end_time,headway_secs,exact_times\nT2,08:05:00,08:06:00,600,1\n"
    for names in ("T1,T2,,", ",,R1,R2"):
        router = ask(**ALONE, frequencies=spans, transfers=f"{RULE}S2,S2,{names},1,\n")
        assert minutes(router) == pytest.approx(MADE, abs=0.05)


def test_rules_of_one_feed_are_not_those_of_another(long_street, tmp_path):
    ruled = write_feed(tmp_path / "ruled", **ALONE, transfers=f"{RULE}S2,S2,T1,T2,,,1,\n")
    plain = write_feed(tmp_path / "plain", **ALONE)
    for feeds in ([ruled, plain], [plain, ruled]):
        timetable = Timetable.from_gtfs(feeds, "2022-01-18")
        assert timetable.trip_rules["feed"].tolist() == [feeds.index(ruled)]
        router = long_street.transit_router(timetable, ("07:55", "07:58"), max_walk_min=5)
        assert minutes(router) == pytest.approx(MADE, abs=0.05)


def earliest(calls, need, start, target):
    """The earliest arrival at a stop for who boards at the start from second 0 on, change by change."""
    best, waiting, seen = np.inf, [(trip, i) for trip, i in boardings(calls) if calls[trip][i][0] == start], set()
    while waiting:
        trip, i = waiting.pop()
        if (trip, i) in seen:
            continue
        seen.add((trip, i))
        for stop, arrives, *_ in calls[trip][i + 1 :]:
            if stop == target:
                best = min(best, arrives)
            for other, j in boardings(calls):
                stop_on, _, leaves = calls[other][j][:3]
                seconds = need(trip, other, stop, stop_on)
                if seconds >= 0 and leaves >= arrives + seconds:
                    waiting.append((other, j))
    return best


def boardings(calls):
    return [(trip, i) for trip, of in enumerate(calls) for i in range(len(of) - 1)]


@pytest.mark.parametrize("seed", range(20))
def test_arrivals_are_those_of_a_search_of_every_change(seed):
    random = np.random.default_rng(seed)
    calls = []
    for _ in range(9):
        times = np.sort(random.integers(0, 40, 3)) * 10
        calls.append(
            [
                (int(stop), int(at), int(at), True, True)
                for stop, at in zip(random.permutation(5)[:3], times, strict=True)
            ]
        )
    table = timetable(5, calls)
    lines = pd.DataFrame({"route_id": ["A", "B", "C"], "feed": 0})
    trips = table.trips.assign(line=random.integers(0, 3, 9))
    rows = []
    for _ in range(random.integers(1, 7)):
        names = [random.choice(["", str(random.integers(9))]) for _ in range(2)]
        names += [random.choice(["", *"ABC"]) for _ in range(2)]
        if any(names):
            said = [(True, -1), (False, 0), (False, 50), (False, 120)][random.integers(4)]
            weight = sum(3 if trip else 1 if route else 0 for trip, route in (names[::2], names[1::2]))
            stops = random.integers(0, 5), random.integers(0, 5)
            rows.append((*stops, *names, said[0], said[1], False, 10 * weight, 0))
    rules = pd.DataFrame(rows, columns=no_trip_rules().columns).astype(no_trip_rules().dtypes.to_dict())
    table = replace(table, trips=trips, lines=lines, trip_rules=rules)
    changes = {(stop, stop): (30, 0) for stop in range(5)} | {(0, 1): (60, 40), (1, 0): (60, 40), (2, 3): (20, 20)}
    transfers = transfers_of([(*pair, *seconds) for pair, seconds in changes.items()])
    prepared = PreparedTimetable.of(table, transfers, 0, 2000, boarding="any")
    ranked = rules.sort_values("rank", ascending=False, kind="stable").to_dict("records")
    line = trips["line"].map(dict(enumerate("ABC"))).tolist()

    def need(trip, other, stop, stop_on):
        if (stop, stop_on) not in changes:
            return -1
        for rule in ranked:
            ends = ((rule["from_trip"], rule["from_route"], trip), (rule["to_trip"], rule["to_route"], other))
            named = all(str(at) == by_trip if by_trip else route in ("", line[at]) for by_trip, route, at in ends)
            if (rule["from_stop"], rule["to_stop"]) == (stop, stop_on) and named:
                return -1 if rule["forbidden"] else max(rule["min_s"], changes[stop, stop_on][1])
        return changes[stop, stop_on][0]

    for target in range(5):
        ends = Ends(np.where(np.arange(5) == target, 0, -1).astype(np.int32), np.zeros(5, np.int32))
        swept = prepared.swept(ends, 0, False)
        for start in set(range(5)) - {target}:
            at_start = prepared.to.events.stop[swept.board] == start
            arrives = (swept.value[at_start] // TIME).min(initial=1 << 40)
            expected = earliest(calls, need, start, target)
            assert arrives == expected if np.isfinite(expected) else arrives > 2000

"""Feeds that are odd in ways the reference allows, or does not: what a rider is told, on a street of Nairobi.

Stops lie 5.6 km apart. The usual trips leave A at 8:00 and at 8:30 and take ten minutes from stop to stop; a rider who
is at A at 7:59 catches the first. The right answers were written down before.
"""

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable
from tests.gtfs_feeds import write_feed, write_street

AT = {"A": 36.80, "B": 36.85, "C": 36.90, "D": 36.95, "E": 37.00}
TIMES = "trip_id,arrival_time,departure_time,stop_id,stop_sequence"


def calls(**trips):
    """Rows of trips, each a list of stops with clock times: ``A 8:00``."""
    rows = []
    for trip, stops in trips.items():
        for place, call in enumerate(stops.split(", ")):
            stop, clock = call.split()
            rows.append(f"{trip},{clock}:00,{clock}:00,{stop},{place}")
    return rows


def table(head, *rows):
    return "\n".join([head, *rows]) + "\n"


USUAL = calls(T1="A 8:00, B 8:10, C 8:20", T2="A 8:30, B 8:40, C 8:50")
#: And lines on from C, the first of which leaves half a minute after the usual trip arrives.
ONWARD = [*USUAL, "T3,8:20:30,8:20:30,C,1", "T3,8:31:00,8:31:00,D,2", *calls(T4="C 8:50, D 9:00, E 9:10")]
LINES = {"trips": table("route_id,service_id,trip_id", "R,W,T1", "R,W,T2", "Q,W,T3", "Q,W,T4")}
FEED = {
    "agency": table("agency_id,agency_name,agency_url,agency_timezone", "X,Lines,https://example.org/,Africa/Nairobi"),
    "stops": table("stop_id,stop_name,stop_lat,stop_lon", *(f"{stop},{stop},-1.28,{lon}" for stop, lon in AT.items())),
    "routes": table("route_id,agency_id,route_short_name,route_long_name,route_type", "R,X,1,One,3", "Q,X,2,Two,3"),
    "trips": table("route_id,service_id,trip_id", "R,W,T1", "R,W,T2"),
    "stop_times": table(TIMES, *USUAL),
    "calendar": table(
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
        "W,1,1,1,1,1,1,1,20240101,20241231",
    ),
}
EVERY = "trip_id,start_time,end_time,headway_secs,exact_times"
RULE = "from_stop_id,to_stop_id,from_trip_id,to_trip_id,from_route_id,to_route_id,transfer_type,min_transfer_time"
DATES = "service_id,date,exception_type"


def changed(kind, old, new):
    return {kind: FEED[kind].replace(old, new)}


def onward(*rules):
    return LINES | {"stop_times": table(TIMES, *ONWARD), "transfers": table(RULE, *rules)}


#: Name → changes to the feed, from, to, when the rider is there, and the arrival; None where no vehicle helps.
CASES = {
    "headways over midnight": (
        {"frequencies": table(EVERY, "T1,23:50:00,25:00:00,1800,1")},
        "A",
        "C",
        "24:10",
        "24:40",
    ),
    "an hour between two spans of headways": (
        {
            "frequencies": table(
                EVERY, "T1,8:00:00,8:30:00,600,1", "T1,8:40:00,9:00:00,600,1", "T2,6:00:00,6:01:00,60,1"
            )
        },
        "A",
        "B",
        "8:31",
        "8:50",
    ),
    "a headway longer than its span": (
        {"frequencies": table(EVERY, "T1,8:00:00,8:10:00,3600,1", "T2,20:00:00,20:01:00,60,1")},
        "A",
        "B",
        "7:59",
        "8:10",
    ),
    "a pattern of tomorrow by headway today": (
        {
            "frequencies": table(EVERY, "T1,8:00:00,8:01:00,600,1"),
            "stop_times": table(TIMES, *calls(T1="A 24:00, B 24:10, C 24:20", T2="A 8:30, B 8:40, C 8:50")),
        },
        "A",
        "B",
        "7:59",
        "8:10",
    ),
    "a change of half a minute": (onward(), "A", "D", "7:59", "9:00"),
    "a change recommended": (onward("C,C,,,,,0,"), "A", "D", "7:59", "9:00"),
    "a least time of 30 s": (onward("C,C,,,,,2,30"), "A", "D", "7:59", "8:31"),
    "a least time of 40 s": (onward("C,C,,,,,2,40"), "A", "D", "7:59", "9:00"),
    "forbidden, but for two trips": (onward("C,C,,,,,3,", "C,C,T1,T3,,,1,"), "A", "D", "7:59", "8:31"),
    "timed, but not between two lines": (onward("C,C,,,,,1,", "C,C,,,R,Q,3,"), "A", "D", "7:59", None),
    "a rule that names one line alone": (onward("C,C,,,R,,1,"), "A", "D", "7:59", "8:31"),
    "staying aboard without stops": (onward(",,T1,T3,,,4,"), "A", "D", "7:59", "8:31"),
    "a rule of no known type": (onward("C,C,,,,,9,"), "A", "D", "7:59", "9:00"),
    "days by exceptions alone": (
        {"calendar": None, "calendar_dates": table(DATES, "W,20240313,1")},
        "A",
        "B",
        "7:59",
        "8:10",
    ),
    "only the night before": (
        {
            "calendar": None,
            "calendar_dates": table(DATES, "W,20240312,1"),
            "stop_times": table(TIMES, *calls(T1="A 25:00, B 25:10", T2="A 8:30, B 8:40")),
        },
        "A",
        "B",
        "0:55",
        "1:10",
    ),
    "only two days before": (
        {
            "calendar": None,
            "calendar_dates": table(DATES, "W,20240311,1"),
            "stop_times": table(TIMES, *calls(T1="A 49:00, B 49:10", T2="A 8:30, B 8:40")),
        },
        "A",
        "B",
        "0:55",
        "1:10",
    ),
    "lines of another zone of time": (changed("agency", "Africa/Nairobi", "Europe/London"), "A", "B", "7:59", "8:10"),
    "two times missing": (
        {"stop_times": table(TIMES, "T1,8:00:00,8:00:00,A,1", "T1,,,B,2", "T1,,,C,3", "T1,8:30:00,8:30:00,D,4")},
        "A",
        "C",
        "7:59",
        "8:20",
    ),
    "rows out of order, numbers with gaps": (
        {"stop_times": table(TIMES, "T1,8:20:00,8:20:00,C,900", "T1,8:00:00,8:00:00,A,5", "T1,8:10:00,8:10:00,B,33")},
        "A",
        "C",
        "7:59",
        "8:20",
    ),
    "a whole trip in one second": (
        changed("stop_times", "8:10:00,8:10:00,B", "8:00:00,8:00:00,B"),
        "A",
        "B",
        "7:59",
        "8:00",
    ),
    "a round trip": ({"stop_times": table(TIMES, *calls(T1="A 8:00, B 8:10, A 8:20"))}, "B", "A", "8:05", "8:20"),
    "one stop twice in a row": (
        {"stop_times": table(TIMES, *calls(T1="A 8:00, A 8:05, C 8:20"))},
        "A",
        "C",
        "8:02",
        "8:20",
    ),
    "boarding on request": (
        {"stop_times": table(f"{TIMES},pickup_type,drop_off_type", *(f"{row},2,3" for row in USUAL))},
        "A",
        "B",
        "7:59",
        "8:10",
    ),
    "nobody leaves at B": (
        {"stop_times": table(f"{TIMES},pickup_type,drop_off_type", *(f"{row},0,{int(',B,' in row)}" for row in USUAL))},
        "A",
        "B",
        "7:59",
        None,
    ),
    "a kind of vehicle by the longer list": (changed("routes", "One,3", "One,700"), "A", "B", "7:59", "8:10"),
}


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    return StreetNetwork.from_osm(
        write_street(tmp_path_factory.mktemp("street"), lat=-1.28, lon=(36.79, 37.01)), "EPSG:32737"
    )


def minutes_of(clock):
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_rider_is_told_the_right_time(case, network, tmp_path):
    files, origin, destination, there, arrives = case
    timetable = Timetable.from_gtfs(write_feed(tmp_path, **FEED | files), "2024-03-13")
    minute = minutes_of(there)
    window = there, f"{(minute + 1) // 60}:{(minute + 1) % 60:02}"
    router = network.transit_router(timetable, window, max_walk_min=4)
    places = [[AT[origin], -1.28]], [[AT[destination], -1.28]]
    seconds, on_foot = router.travel_times(*places)[0, 0, 0], router.access.direct_s(*map(router.snap, places))[0, 0]
    if arrives is None:
        assert seconds == on_foot
    else:
        assert np.isclose(seconds, 60 * (minutes_of(arrives) - minute), atol=0.5)
        assert seconds < on_foot

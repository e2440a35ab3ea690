"""Feeds with faults of twenty-odd kinds: what the GTFS reference makes of them was written down before.

The riders, stops and lines are those of ``test_odd_feeds``: at A at 7:59, where T1 leaves at 8:00 and T2 at 8:30.
"""

import zipfile

import numpy as np
import pytest

from tesoma_geo.errors import TesomaError
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable
from tests.gtfs_feeds import write_feed, write_street
from tests.integration.test_odd_feeds import (
    AT,
    DATES,
    EVERY,
    FEED,
    TIMES,
    USUAL,
    calls,
    changed,
    minutes_of,
    onward,
    table,
)

DAY = "2024-03-13"
NOW, NEXT = "8:10", "8:40"
T1, T2 = USUAL[:3], USUAL[3:]
CALENDAR, STOPS = FEED["calendar"], FEED["stops"]


def trips(*rows):
    return table("route_id,service_id,trip_id", *rows)


def of_type(stop, kind, parent=""):
    """The stops, one of them of another ``location_type``."""
    head, *rows = STOPS.splitlines()
    typed = [f"{row},{kind if row.startswith(stop) else 0},{parent if row.startswith(stop) else ''}" for row in rows]
    return table(f"{head},location_type,parent_station", *typed, *([f"{parent},P,-1.28,36.9,1,"] if parent else []))


#: Name → changes to the feed, from, to, and the arrival; None where no vehicle helps.
CASES = {
    "a rule between stations counts at their platforms": (
        onward("P,P,,,,,2,30") | {"stops": of_type("C", 0, "P")}, "A", "D", "8:31"),
    "a rule of two trips and their lines": (onward("C,C,T1,T3,R,Q,2,30"), "A", "D", "8:31"),
    "a rule of trips that are not of its lines: the trips count": (onward("C,C,T1,T3,Q,R,1,"), "A", "D", "8:31"),
    "a least time below nothing": (onward("C,C,,,,,2,-5"), "A", "D", "9:00"),
    "staying aboard to where the next begins": (
        onward(",,T1,T3,,,4,") | {"stop_times": table(TIMES, *calls(T1="A 8:00, B 8:10", T3="C 8:20, D 8:31"))},
        "A", "D", "8:31"),
    "arrivals alone": ({"stop_times": table(TIMES, *(
        ",".join([*row.split(",")[:2], "", *row.split(",")[3:]]) for row in USUAL))}, "A", "B", NOW),
    "departures alone": ({"stop_times": table(TIMES, *(
        ",".join([row.split(",")[0], "", *row.split(",")[2:]]) for row in USUAL))}, "A", "B", NOW),
    "one number of the sequence twice": (
        {"stop_times": table(TIMES, "T1,8:00:00,8:00:00,A,1", "T1,8:10:00,8:10:00,B,2", "T1,8:20:00,8:20:00,C,2", *T2)},
        "A", "B", NOW),
    "a sequence below nothing": (
        {"stop_times": table(TIMES, T1[0][:-1] + "-1", *T1[1:], *T2)}, "A", "B", NEXT),
    "ids with blanks around them": (
        {"stop_times": table(TIMES, *(row.replace("T1,", " T1 ,") for row in USUAL))}, "A", "B", NOW),
    "a name over two lines": (changed("stops", "B,B,", 'B,"B\nby the ""lake"", east",'), "A", "B", NOW),
    "hours without seconds": (
        {"stop_times": table(TIMES, "T1,8:00,8:00,A,0", *T1[1:], *T2)}, "A", "B", NEXT),
    "a distance that shrinks": (
        {"stop_times": table(
            f"{TIMES},shape_dist_traveled", *(f"{row},{9 - place}" for place, row in enumerate(USUAL)))},
        "A", "B", NOW),
    "times said to be rough": (
        {"stop_times": table(f"{TIMES},timepoint", *(f"{row},0" for row in USUAL))}, "A", "B", NOW),
    "a day of exceptions against the week": (
        {"calendar_dates": table(DATES, "W,20240313,2", "X,20240313,1"), "trips": trips("R,W,T1", "R,X,T2")},
        "A", "B", NEXT),
    "an exception of a third type": ({"calendar_dates": table(DATES, "W,20240313,3")}, "A", "B", NOW),
    "the last day of a service": (changed("calendar", "20241231", "20240313"), "A", "B", NOW),
    "a line without any name": (changed("routes", "1,One", ","), "A", "B", NOW),
    "a trip of no known line": ({"trips": trips("Z,W,T1", "R,W,T2")}, "A", "B", NEXT),
    "calls of no known trip": ({"stop_times": table(TIMES, *USUAL, "T9,8:00:00,8:00:00,A,1")}, "A", "B", NOW),
    "a call at an entrance": ({"stops": of_type("B", 2, "P")}, "A", "C", "8:20"),
    "a call at a station": ({"stops": of_type("B", 1)}, "A", "C", "8:20"),
    "a headway of nothing": ({"frequencies": table(EVERY, "T1,6:00:00,9:00:00,0,1")}, "A", "B", NEXT),
    "hours that end before they begin": ({"frequencies": table(EVERY, "T1,9:00:00,6:00:00,600,1")}, "A", "B", NEXT),
    "nobody may board at A": (
        {"stop_times": table(f"{TIMES},pickup_type", f"{T1[0]},1", *(f"{row},0" for row in USUAL[1:]))},
        "A", "B", NEXT),
    "a trip with one call": ({"stop_times": table(TIMES, T1[0], *T2)}, "A", "B", NEXT),
    "a place with a decimal comma": (changed("stops", "B,B,-1.28,36.85", 'B,B,"-1,28","36,85"'), "A", "C", "8:20"),
    "one vehicle in two trips at once": (
        {"trips": table("route_id,service_id,trip_id,block_id", "R,W,T1,V", "R,W,T2,V"),
         "stop_times": table(TIMES, *T1, *calls(T2="B 8:05, C 8:15"))}, "A", "B", NOW),
    "a pathway to nowhere": (
        {"pathways": table("pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional", "w,A,Q,1,1")},
        "A", "B", NOW),
    "days of the feed itself in words": (
        {"feed_info": table("feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date", "X,https://x.org/,sw,soon")},
        "A", "B", NOW),
}  # fmt: skip

#: Of which of them a row, a value or a trip is left out, which the account tells; the others have nothing to leave out.
COUNTED = {
    "a least time below nothing", "one number of the sequence twice", "a sequence below nothing",
    "hours without seconds", "an exception of a third type", "a trip of no known line", "calls of no known trip",
    "a call at an entrance", "a call at a station", "a headway of nothing", "hours that end before they begin",
    "a trip with one call", "a place with a decimal comma", "a pathway to nowhere", "days of the feed itself in words",
}  # fmt: skip

#: Name → changes, and what the error says.
REFUSED = {
    "a service that begins later": (changed("calendar", "20240101", "20240401"), "2024"),
    "a service that no trip has": ({"trips": trips("R,Y,T1", "R,Y,T2")}, "Y"),
}


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    street = write_street(tmp_path_factory.mktemp("street"), lat=-1.28, lon=(36.79, 37.01))
    return StreetNetwork.from_osm(street, "EPSG:32737")


def arrival(network, feed, origin, destination):
    """Minutes of the clock at which who is at a stop at 7:59 is at another, and on foot."""
    router = network.transit_router(Timetable.from_gtfs(feed, DAY), ("7:59", "8:00"), max_walk_min=4)
    places = [[AT[origin], -1.28]], [[AT[destination], -1.28]]
    on_foot = router.access.direct_s(*map(router.snap, places))[0, 0]
    return minutes_of("7:59") + np.array([router.travel_times(*places)[0, 0, 0], on_foot]) / 60


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_costs_what_it_must_and_no_more(case, network, tmp_path):
    files, origin, destination, arrives = case
    found, on_foot = arrival(network, write_feed(tmp_path, **FEED | files), origin, destination)
    if arrives is None:
        assert found == on_foot
    else:
        assert found == pytest.approx(minutes_of(arrives), abs=0.02)
        assert found < on_foot


@pytest.mark.parametrize("name", sorted(COUNTED))
def test_what_is_left_out_is_counted(name, tmp_path):
    timetable = Timetable.from_gtfs(write_feed(tmp_path, **FEED | CASES[name][0]), DAY)
    assert [left.count for left in timetable.left_out if left.count > 0]


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_a_feed_without_a_trip_that_day_is_refused_in_words(case, tmp_path):
    files, said = case
    with pytest.raises(TesomaError, match=said):
        Timetable.from_gtfs(write_feed(tmp_path, **FEED | files), DAY)


def test_what_a_computer_leaves_in_a_zip_is_not_the_feed(network, tmp_path):
    with zipfile.ZipFile(tmp_path / "feed.zip", "w") as archive:
        for name, content in FEED.items():
            archive.writestr(f"export/{name}.txt", content)
            archive.writestr(f"__MACOSX/export/._{name}.txt", b"\x00\x05\x16\x07 not a table")
            archive.writestr(f"export/{name}.txt.bak", "old")
    assert arrival(network, tmp_path / "feed.zip", "A", "B")[0] == pytest.approx(minutes_of("8:10"), abs=0.02)

"""What a missed change costs: the next vehicle, another stop, or the walk."""

import pytest

from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.missed_changes import missed_changes, whole_day
from tests.feeds_with_changes import ALONE, FEED, HOME, HUB, RULE, TIMES
from tests.gtfs_feeds import FILES, write_feed


def lost_min(router, at="07:55"):
    (trip,) = router.itineraries(HOME, HUB, at)
    return [(one.stop, one.line, one.lost_s / 60) for one in missed_changes(whole_day(router), trip, router.snap(HUB))]


def test_the_next_vehicle_is_an_hour_later(ask):
    assert lost_min(ask(**ALONE, transfers=RULE + "S2,S2,1,\n")) == [("Second", "2", 60)]


def test_after_the_last_vehicle_the_rest_is_walked(ask):
    router = ask(**ALONE)
    (change,) = lost_min(router)  # without the rule only the vehicle an hour later is caught, and that is the last
    walked_min = router.walk.travel_times([[23.90, 61.5]], HUB)[0, 0] / 60
    assert change[2] == pytest.approx(walked_min - 5 - 1, abs=0.1)  # a minute before it leaves one must be there


def test_who_stays_aboard_changes_nothing(ask):
    assert lost_min(ask(**FEED)) == []


def test_another_stop_may_be_the_way_on(ask):
    """Line 3 leaves a stop 53 m farther four minutes after the vehicle that is missed, and takes ten."""
    stops = FEED["stops"] + "S4,Corner,61.5,23.901\n"
    times = ALONE["stop_times"] + "T4,08:09:00,08:09:00,S4,1\nT4,08:19:00,08:19:00,S3,2\n"
    feed = ALONE | {
        "stops": stops,
        "routes": FEED["routes"] + "R3,3,3\n",
        "trips": ALONE["trips"] + "R3,WEEK,T4,\n",
        "stop_times": times,
    }
    assert TIMES in times
    assert lost_min(ask(**feed, transfers=RULE + "S2,S2,1,\n")) == [("Second", "2", 9)]


def test_the_stop_of_a_change_is_that_of_its_feed(long_street, tmp_path):
    """A feed of another town has a stop of the same id, of which nothing leads on."""
    rule = ALONE | {"transfers": RULE + "S2,S2,1,\n"}
    elsewhere = write_feed(tmp_path / "elsewhere", stops=FILES["stops.txt"].replace("61.50,23.", "61.50,24."))
    feeds = [elsewhere, write_feed(tmp_path / "here", **rule)]
    timetable = Timetable.from_gtfs(feeds, "2022-01-18")
    router = long_street.transit_router(timetable, ("07:55", "07:58"), max_walk_min=5)
    assert lost_min(router) == [("Second", "2", 60)]

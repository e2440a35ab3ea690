"""Trips in rows that keep their order."""

import numpy as np

from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.patterns import patterns_of
from tests.gtfs_feeds import TIMES, write_feed


def test_overtaking_trips_are_in_different_patterns_and_loops_have_a_stop_twice(tmp_path):
    loop = TIMES + (
        "T1,07:00:00,07:00:00,S1,1\nT1,07:20:00,07:20:00,S2,2\nT1,07:30:00,07:30:00,S1,3\n"
        "T2,07:05:00,07:05:00,S1,1\nT2,07:15:00,07:15:00,S2,2\nT2,07:29:00,07:29:00,S1,3\n"
    )
    timetable = Timetable.from_gtfs(write_feed(tmp_path, stop_times=loop), "2022-01-18")
    patterns = patterns_of(timetable, timetable.calls.boards, timetable.calls.alights)
    today = np.flatnonzero(timetable.trips["service_day"] == 0)
    assert len(set(patterns.of_trip[today])) == 2
    assert patterns.stop[patterns.first_position[0] : patterns.first_position[1]].tolist() == [0, 1, 0]

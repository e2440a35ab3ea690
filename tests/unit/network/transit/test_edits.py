"""Edits of a timetable: what they change, and what they refuse."""

import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.edits import HeadwayChanged, LineAdded, LineRemoved, StopMoved
from tests.gtfs_feeds import clock_times, write_feed


@pytest.fixture
def read(tmp_path):
    return Timetable.from_gtfs(write_feed(tmp_path), "2022-01-18")


def todays(timetable):
    return sorted(times for (_, day), times in clock_times(timetable).items() if day == 0)


def test_a_new_headway_replaces_the_trips_of_its_hours(read):
    edited = read.with_edits([HeadwayChanged("1", 15, ("07:00", "07:31"))])
    assert [times[0] for times in todays(edited)] == ["07:00:00", "07:15:00", "07:30:00"]
    assert todays(edited)[1] == ["07:15:00", "07:20:00", "07:25:00"]
    assert [times[0] for times in todays(read)] == ["07:00:00", "07:30:00"]


def test_a_new_line_runs_both_ways_and_brings_its_stops(read):
    edited = read.with_edits([LineAdded("9", ("S1", (23.7, 61.5)), (6,), 30, ("08:00", "09:00"))])
    new = edited.trips["line"] == len(read.lines)
    assert new.sum() == 4
    assert edited.stops["stop_id"].tolist() == ["S1", "S2", "S3", "9/2"]
    assert ["08:30:00", "08:36:00"] in todays(edited)


def test_a_moved_stop_keeps_its_times(read):
    edited = read.with_edits([StopMoved("S2", 23.7, 61.6)])
    assert edited.stops.loc[1, ["lon", "lat"]].tolist() == [23.7, 61.6]
    assert todays(edited) == todays(read)


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (LineRemoved("1"), "no line is left"),
        (LineRemoved("7"), "has no line '7'"),
        (StopMoved("S9", 23.7, 61.6), "has no stop 'S9'"),
        (StopMoved("S1", 223.7, 61.6), "no longitude and latitude"),
        (HeadwayChanged("1", 0, ("07:00", "08:00")), "headway_min is 0"),
        (HeadwayChanged("1", 10, ("09:00", "10:00")), "has no trip between 09:00 and 10:00"),
        (HeadwayChanged("1", 10, ("08:00", "07:00")), "ends before it begins"),
        (LineAdded("9", ("S1",), (), 30, ("08:00", "09:00")), "1 stops and 0 running times"),
    ],
)
def test_what_cannot_be_done_is_refused(read, edit, problem):
    with pytest.raises(InputError, match=problem):
        read.with_edits([edit])


def test_a_stop_of_several_feeds_is_named_with_its_feed(tmp_path):
    feeds = [write_feed(tmp_path / name) for name in ("one", "two")]
    both = Timetable.from_gtfs(feeds, "2022-01-18")
    with pytest.raises(InputError, match=r"has 2 stops 'S2'\. Name the feed too: '1:S2' and '2:S2'"):
        both.with_edits([StopMoved("S2", 23.7, 61.6)])
    edited = both.with_edits([StopMoved("2:S2", 23.7, 61.6)])
    assert edited.stops["lon"].tolist() == [23.60, 23.62, 23.64, 23.60, 23.7, 23.64]
    with pytest.raises(InputError, match="has no stop '3:S2'"):
        both.with_edits([StopMoved("3:S2", 23.7, 61.6)])

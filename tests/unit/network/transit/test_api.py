"""The door to public transport: what it refuses."""

import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError
from tests.gtfs_feeds import write_feed


def test_a_timetable_needs_a_feed():
    with pytest.raises(InputError, match="no GTFS feed is named"):
        tg.Timetable.from_gtfs([], "2022-01-18")


def test_one_feed_or_several_are_named_alike(tmp_path):
    folder = write_feed(tmp_path)
    one, several = tg.Timetable.from_gtfs(str(folder), "2022-01-18"), tg.Timetable.from_gtfs([folder], "2022-01-18")
    assert type(one) is tg.Timetable
    assert one.trips.equals(several.trips)

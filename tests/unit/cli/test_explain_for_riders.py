"""What riders are told of an explained trip."""

from types import SimpleNamespace

import pytest

from tesoma_geo.cli.explain_for_riders import for_riders, lines_for_riders
from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.last_way_home import LastWayHome
from tesoma_geo.network.transit.missed_changes import MissedChange
from tests.gtfs_feeds import write_feed


@pytest.fixture
def timetable(tmp_path):
    return Timetable.from_gtfs(write_feed(tmp_path / "feed"), "2022-01-18")


def told(*changes, home=None):
    return SimpleNamespace(missed_changes=changes, last_way_home=home)


def test_nothing_is_said_where_there_is_nothing(timetable):
    assert for_riders(told(), timetable) == {"missed_changes": [], "last_way_home": None}
    assert lines_for_riders(told(), timetable) == []


def test_minutes_lost_or_no_way_on(timetable):
    late = timetable.seconds("07:30")
    changes = told(MissedChange("Second", "1", late, 750.0), MissedChange("Third", "2", late, float("inf")))
    assert [change["lost_min"] for change in for_riders(changes, timetable)["missed_changes"]] == [12.5, None]
    first, second = lines_for_riders(changes, timetable)
    assert first == "missed line 1 at Second, 07:30:00: the trip takes 12.5 min longer"
    assert second.endswith("there is no way on")


def test_a_feed_that_ends_at_eight_says_so_of_its_last_trip(timetable):
    home = LastWayHome(timetable.seconds("07:28"), timetable.seconds("07:41"))
    content = for_riders(told(home=home), timetable)["last_way_home"]
    assert content == {
        "leaves": "07:28:00", "arrives": "07:41:00", "covers_day": False, "hours": ["07:00:00", "07:40:00"],
    }  # fmt: skip
    (line,) = lines_for_riders(told(home=home), timetable)
    assert line == "last way home in the timetable at hand, 07:00–07:40: leaves the hub at 07:28:00, there at 07:41:00"

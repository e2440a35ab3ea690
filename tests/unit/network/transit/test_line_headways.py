"""Headways by hour, and residents along a line."""

import numpy as np
import pytest

from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.line_headways import line_headways, residents_along
from tests.feeds_with_changes import HEADWAYS
from tests.gtfs_feeds import write_feed
from tests.transit_cases import legs_of


@pytest.fixture
def timetable(tmp_path):
    rows = HEADWAYS["frequencies"].replace("T1,06:00:00,11:00:00,600", "T1,06:00:00,07:00:00,600")
    return Timetable.from_gtfs(write_feed(tmp_path, **HEADWAYS | {"frequencies": rows}), "2022-01-18")


def test_headways_are_those_of_the_busiest_stop_and_direction(timetable):
    table = line_headways(timetable).set_index("line")
    assert table.loc["1", "headway_min"] == {6: 10.0}
    assert table.loc["2", "headway_min"] == dict.fromkeys(range(6, 11), 10.0)
    assert table.loc["1", ["trips", "first", "last"]].tolist() == [6, "06:00", "06:50"]
    assert table.loc["2", "trips"] == 30


def test_residents_are_counted_once_at_stops_where_the_line_may_be_boarded(timetable):
    stop = {name: row for row, name in enumerate(timetable.stops["stop_id"])}
    legs = legs_of([[(stop["S1"], 100), (stop["S2"], 200)], [(stop["S2"], 700)], [(stop["S3"], 10)]])
    residents = np.array([10, 20, 40])
    rows = line_headways(timetable)["row"].to_numpy()
    assert residents_along(timetable, legs, residents, rows, 600).tolist() == [10, 10]
    assert residents_along(timetable, legs, residents, rows, 800).tolist() == [10, 30]
    assert residents_along(timetable, legs, residents, rows, 50).tolist() == [0, 0]

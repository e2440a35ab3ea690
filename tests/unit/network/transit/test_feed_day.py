"""Several feeds as one timetable."""

import numpy as np

from tesoma_geo.network.transit import Timetable
from tests.feeds_with_changes import FEED
from tests.gtfs_feeds import FILES, write_feed


def test_several_feeds_are_one_timetable(tmp_path):
    one = write_feed(tmp_path / "one")
    rest = FILES["calendar.txt"].replace("1,1,1,1,1,0,0", "0,0,0,0,0,1,1")
    two, resting = write_feed(tmp_path / "two"), write_feed(tmp_path / "resting", calendar=rest)
    both = Timetable.from_gtfs([one, two], "2022-01-18")
    assert len(both.stops) == 6
    assert both.calls.stop.max() == 5
    assert (np.diff(both.calls.trip) >= 0).all()
    assert any("resting has no service" in note for note in Timetable.from_gtfs([one, resting], "2022-01-18").notes)


def test_vehicles_and_pathways_of_the_second_feed_are_its_own(tmp_path):
    ways = "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time\n1,S1,S2,1,0,60\n"
    one, two = write_feed(tmp_path / "one", **FEED, pathways=ways), write_feed(tmp_path / "two", **FEED, pathways=ways)
    both = Timetable.from_gtfs([one, two], "2022-01-18")
    assert both.pathways.to_numpy().tolist() == [[0, 1, 60, 60], [4, 5, 60, 60]]
    vehicles = both.trips.groupby("vehicle")["trip_id"].agg(list)
    assert vehicles[vehicles.index >= 0].tolist() == [["T1", "T2"]] * 4  # today and tomorrow

"""Lifts out of order: ways in stations, and how long trips then take in a wheelchair, worked out by hand."""

import numpy as np
import pytest

from tesoma_geo.errors import SourceError
from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.legs import stop_transfers
from tesoma_geo.network.transit.lifts import closed_stops
from tests.gtfs_feeds import write_feed

DAY = "2022-01-18"

#: Two stops far apart, a station at each with a door in the street and a platform below: down by stairs in 30 s,
#: by lift A in 40 s, by lift B, at a side door 110 m farther east, in 50 s; between platforms by lift C in 60 s.
STOPS = (
    "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding\n"
    "W,West,61.5,23.60,1,,1\nW1,Platform,61.5,23.60,0,W,\nWD,Door,61.5,23.60,2,W,\nWH,Hall,,,3,W,\n"
    "M,Middle,61.5,23.75,1,,1\nM1,Platform 1,61.5,23.75,0,M,\nM2,Platform 2,61.5,23.75,0,M,\n"
    "E,East,61.5,23.90,0,,1\n"
)
PATHWAYS = (
    "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time\n"
    "walk,WD,WH,1,1,10\nstairs,WH,W1,2,1,30\nA,WH,W1,5,1,40\n"
    "C,M1,M2,5,1,60\nsteps,M1,M2,2,1,20\n"
)
SIDE_DOOR = "WS,Side door,61.5,23.602074,2,W,\n", "B,WS,W1,5,1,50\n"
FEED = {
    "stops": STOPS,
    "pathways": PATHWAYS,
    "routes": "route_id,route_short_name,route_type\nR1,1,3\nR2,2,3\n",
    "trips": "route_id,service_id,trip_id,wheelchair_accessible\nR1,WEEK,T1,1\nR2,WEEK,T2,1\nR2,WEEK,T3,1\n",
    "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    "T1,08:00:00,08:00:00,W1,1\nT1,08:05:00,08:05:00,M1,2\n"
    "T2,08:07:00,08:07:00,M2,1\nT2,08:12:00,08:12:00,E,2\nT3,08:37:00,08:37:00,M2,1\nT3,08:42:00,08:42:00,E,2\n",
}
#: Out at 7:55, there at 8:12; walks end a second late where a place is rounded.
RIDDEN_S = pytest.approx(17 * 60, abs=1)
HOME, HUB = [[23.60, 61.50]], [[23.90, 61.50]]


@pytest.fixture
def seconds(long_street, tmp_path):
    """Seconds from home to the hub of who sets out at 7:55, with some lifts out of order."""

    def asked(lifts=(), profile="wheelchair", **feed):
        folder = write_feed(tmp_path / str(len(list(tmp_path.iterdir()))), **FEED | feed)
        timetable = Timetable.from_gtfs(folder, DAY, lifts)
        router = long_street.transit_router(timetable, ("07:55", "07:56"), profile)
        return float(router.travel_times(HOME, HUB)[0, 0, 0])

    return asked


def test_a_lift_out_of_order_costs_what_the_way_around_it_costs(seconds):
    on_foot_all_the_way = seconds(["A"])
    # 10 s and 40 s to the platform for 8:00; 60 s by lift C and a minute of slack for 8:07, there at 8:12.
    assert seconds() == RIDDEN_S
    assert seconds(profile="walk") == RIDDEN_S
    # No other way to the platform in the west: all the way on the street. Who walks takes the stairs.
    assert on_foot_all_the_way > 3 * 3600
    assert seconds(["A"], "walk") == RIDDEN_S
    # Lift C out: in a wheelchair no change in the middle.
    assert seconds(["C"]) == on_foot_all_the_way
    assert seconds(["C"], "walk") == RIDDEN_S
    # A side door with a lift of its own: the other way is still quick enough.
    around = {"stops": STOPS + SIDE_DOOR[0], "pathways": PATHWAYS + SIDE_DOOR[1]}
    assert seconds(["A"], **around) == RIDDEN_S
    assert seconds(["A", "B"], **around) == on_foot_all_the_way


def test_a_slower_way_around_misses_a_vehicle(seconds):
    # A ramp of 150 s beside lift C: 8:05 + 150 s + 60 s is past 8:07, so the vehicle of 8:37 is taken.
    ramp = {"pathways": PATHWAYS + "ramp,M1,M2,1,1,150\n"}
    assert seconds(**ramp) == RIDDEN_S
    assert seconds(["C"], **ramp) == pytest.approx(47 * 60, abs=1)


@pytest.mark.parametrize(
    ("lifts", "closed"),
    [
        (["A"], ["W1"]),
        (["W"], ["W1"]),
        (["W1"], ["W1"]),
        (["WH"], ["W1"]),
        (["M"], []),
        (["M1"], []),
        (["E"], ["E"]),
        (["A", "E"], ["W1", "E"]),
        (["A", "A"], ["W1"]),
    ],
)
def test_lifts_are_named_by_pathway_or_by_a_place_where_they_end(tmp_path, long_street, lifts, closed):
    timetable = Timetable.from_gtfs(write_feed(tmp_path / "feed", **FEED), DAY, lifts)
    assert timetable.stops["stop_id"][closed_stops(timetable)].tolist() == closed
    assert timetable.lifts.ids == tuple(dict.fromkeys(lifts))
    within = {"A": "West", "W": "West", "W1": "West", "WH": "West", "M": "Middle", "M1": "Middle", "E": "East"}
    assert timetable.lifts.names == tuple(within[one] for one in timetable.lifts.ids)
    working, plain = timetable.with_working_lifts(), Timetable.from_gtfs(tmp_path / "feed", DAY)
    assert working.lifts is None
    for name in ("stops", "pathways", "entrances"):
        assert getattr(working, name).equals(getattr(plain, name))


def test_who_walks_cannot_take_it_either(long_street, tmp_path):
    # Without stairs the platform is reached by nobody: it is not taken to lie on the street.
    feed = FEED | {"pathways": PATHWAYS.replace("stairs,WH,W1,2,1,30\n", "").replace("steps,M1,M2,2,1,20\n", "")}
    timetable = Timetable.from_gtfs(write_feed(tmp_path / "feed", **feed), DAY, ["A", "C"])
    router = long_street.transit_router(timetable, ("07:55", "07:56"))
    row = {stop: i for i, stop in enumerate(timetable.stops["stop_id"])}
    assert row["W1"] not in router.snap(HOME).legs_to.stop
    changes = stop_transfers(timetable, router.walk, router.access.stops, 1200, 60)
    assert not ((changes["from_stop"] == row["M1"]) & (changes["to_stop"] == row["M2"])).any()


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("stairs", "pathway 'stairs' is no lift, its pathway_mode is 2. Name one of mode 5"),
        ("WD", "no lift of pathways.txt ends at 'WD', an entrance or a node of a station"),
        ("Middel", "there is no pathway and no stop 'Middel'. Name a pathway_id"),
        ("w1", "there is no pathway and no stop 'w1'. Did you mean W1"),
    ],
)
def test_names_of_no_lift_are_faults(tmp_path, named, told):
    folder = write_feed(tmp_path / "feed", **FEED)
    with pytest.raises(SourceError, match=r"transit\.lifts_out_of_order") as error:
        Timetable.from_gtfs(folder, DAY, ["A", named])
    assert told in str(error.value)
    with pytest.raises(SourceError) as both:
        Timetable.from_gtfs(folder, DAY, [named, "nowhere-at-all"])
    assert len(both.value.faults) == 2


def test_a_feed_in_a_zip_is_kept_with_its_lifts(tmp_path, monkeypatch):
    import shutil

    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    file = shutil.make_archive(str(tmp_path / "feed"), "zip", write_feed(tmp_path / "feed", **FEED))
    first, again = (Timetable.from_gtfs(file, DAY, ["A", "E"]) for _ in range(2))
    plain = Timetable.from_gtfs(file, DAY)
    assert plain.lifts is None
    assert (first.lifts.ids, first.lifts.names) == (again.lifts.ids, again.lifts.names)
    for kept in (first, again):
        assert kept.stops["wheelchair"].tolist() == [1, 1, 1, 2]
        np.testing.assert_array_equal(kept.lifts.wheelchair, plain.stops["wheelchair"])
        assert kept.lifts.entrances.equals(plain.entrances)
        assert kept.with_working_lifts().pathways.equals(plain.pathways)

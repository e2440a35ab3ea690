"""Each difference to r5r alone, on a made-up street: what it does, and the option that takes it away.

What r5r assumes stands in its documentation, and in the source of R5 (``TransitLayer``, ``StreetLayer`` and
``FastRaptorWorker``): 60 s before boarding, 1,000 m of street at a change, 2,000 m from the last stop, 1,600 m to a
street, three rides, whole minutes. Walks are at 3.6 km/h, so that a metre is a second.
"""

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.network.transit import Timetable
from tests.gtfs_feeds import TIMES, write_feed, write_street

#: Degrees of longitude of a metre where the street lies.
METRE = 1 / (111_609 * np.cos(np.radians(61.5)))
WALK = default_profiles()["walk"].model_copy(
    update={
        "speed_kmh": 3.6,
        "grade_model": "none",
        "factors": {},
        "node_delays_s": {},
        "separate_pavement_factor": 1.0,
    }
)
STOPS = {"A": 0, "B": 8_000, "B2": 9_100, "C": 16_000, "D": 24_000, "E": 32_000}
SLACK_S = 60


def at(metres, north_m=0.0):
    return [[23.60 + metres * METRE, 61.5 + north_m / 111_420]]


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    return StreetNetwork.from_osm(write_street(tmp_path_factory.mktemp("street"), lon=(23.55, 24.25)), "EPSG:3067")


@pytest.fixture
def seconds(network, tmp_path):
    """Seconds of the trip at 7:59 between two places, of lines that each have one trip; None on foot."""

    def asked(lines, origin, destination, window=("07:59", "08:00"), percentile=50, **options):
        trips = "route_id,service_id,trip_id\n" + "".join(f"R,WEEK,T{i}\n" for i in range(len(lines)))
        calls = "".join(
            f"T{i},{clock},{clock},{stop},{place}\n"
            for i, line in enumerate(lines)
            for place, (stop, clock) in enumerate(line.items())
        )
        stops = "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(
            f"{name},{name},61.5,{at(metres)[0][0]:.8f}\n" for name, metres in STOPS.items()
        )
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        timetable = Timetable.from_gtfs(
            write_feed(folder, stops=stops, trips=trips, stop_times=TIMES + calls), "2022-01-18"
        )
        router = network.transit_router(timetable, window, WALK, **options)
        found = router.travel_times(origin, destination, (percentile,))[0, 0, 0]
        on_foot = network.router(WALK).travel_times(origin, destination)[0, 0]
        return None if found == on_foot or not np.isfinite(found) else float(found)

    return asked


ONE = [{"A": "08:20:00", "B": "08:30:00"}]


def test_walks_are_limited_together_and_by_r5r_one_by_one(seconds):
    home, hub = at(-1_000), at(9_000)
    assert seconds(ONE, home, hub) is None  # 2,000 s on foot
    taken = seconds(ONE, home, hub, max_walk_per="leg")
    assert taken == pytest.approx(31 * 60 + 1_000, abs=3)


def test_walking_all_the_way_has_no_limit_and_with_r5r_that_of_a_walk(network, seconds, tmp_path):
    timetable = Timetable.from_gtfs(write_feed(tmp_path / "feed"), "2022-01-18")
    usual = network.transit_router(timetable, ("03:00", "03:01"), WALK)
    assert usual.travel_times(at(0), at(3_000))[0, 0, 0] == pytest.approx(3_000, abs=4)
    as_r5r = network.transit_router(timetable, ("03:00", "03:01"), WALK, max_direct_walk_min=30)
    assert as_r5r.travel_times(at(0), at(3_000))[0, 0, 0] == np.inf
    assert as_r5r.travel_times(at(0), at(1_700))[0, 0, 0] == pytest.approx(1_700, abs=4)


def test_any_number_of_rides_and_with_r5r_three(seconds):
    stops = ["A", "B", "C", "D", "E"]
    lines = [
        {stops[i]: f"08:{10 * i + 5:02}:00", stops[i + 1]: f"08:{10 * i + 12:02}:00"} for i in range(len(stops) - 1)
    ]
    assert seconds(lines, at(0), at(STOPS["E"])) == pytest.approx(43 * 60, abs=1)
    assert seconds(lines, at(0), at(STOPS["E"]), max_rides=3) is None
    assert seconds(lines, at(0), at(STOPS["D"]), max_rides=3) == pytest.approx(33 * 60, abs=1)


def test_a_change_may_be_walked_for_as_long_as_any_walk_and_with_r5r_a_kilometre(seconds):
    lines = [{"A": "08:05:00", "B": "08:10:00"}, {"B2": "08:40:00", "C": "08:50:00"}]
    assert seconds(lines, at(0), at(STOPS["C"])) == pytest.approx(51 * 60, abs=1)  # 1,100 m between the two stops
    assert seconds(lines, at(0), at(STOPS["C"]), max_walk_min=1_000 / 60, max_walk_per="leg") is None


def test_the_walk_to_a_change_is_followed_by_the_minute_before_boarding(seconds):
    for leaves, caught in (("08:29:22", True), ("08:29:18", False)):  # 1,100 s from 8:10, and 60 s
        lines = [{"A": "08:05:00", "B": "08:10:00"}, {"B2": leaves, "C": "08:50:00"}]
        assert (seconds(lines, at(0), at(STOPS["C"])) is not None) == caught
        assert seconds(lines, at(0), at(STOPS["C"]), boarding_slack_s=0) is not None


@pytest.mark.parametrize("metres", [40, -40, 400])
def test_the_last_walk_goes_along_the_street_of_the_stop_itself(seconds, metres):
    """Pieces of the street are 620 m long: neither the stop nor the place lies at an end of one."""
    taken = seconds(ONE, at(0), at(STOPS["B"] + metres))
    assert taken == pytest.approx(31 * 60 + abs(metres), abs=2)


def test_places_far_from_a_street_are_nowhere_and_with_r5r_up_to_1600_m(network, seconds):
    home = at(0, north_m=300)
    assert seconds(ONE, home, at(STOPS["B"])) is None
    search = network.router(WALK, max_snap_m=1_600)
    assert search.travel_times(home, at(0))[0, 0] == pytest.approx(300, abs=3)  # at the same pace


def test_whole_minutes_of_a_percentile_are_the_percentile_of_whole_minutes(seconds):
    lines = [{"A": f"08:{minute:02}:17", "B": f"08:{minute + 9:02}:38"} for minute in range(3, 50, 7)]
    window = ("08:00", "08:40")
    all_s = [
        seconds(lines, at(-50), at(STOPS["B"]), window=(f"08:{minute:02}", f"08:{minute + 1:02}"))
        for minute in range(0, 40, 8)
    ]
    assert None not in all_s
    for percentile in (10, 50, 80):
        exact = seconds(lines, at(-50), at(STOPS["B"]), window=window, percentile=percentile)
        assert exact == int(exact)  # what r5r tells is this in minutes, rounded down
        assert 9 * 60 + 21 < exact < 9 * 60 + 21 + 8 * 60 + SLACK_S


C_AND_E = at(STOPS["C"]), at(STOPS["E"])
#: What may have made five long trips of Porto Alegre shorter here: lines, the place, options here and as r5r, minutes.
SHORTER = {
    "a change of 1,100 m on foot": (
        [{"A": "08:05:00", "B": "08:10:00"}, {"B2": "08:40:00", "C": "08:50:00"}, {"A": "08:05:00", "C": "09:00:00"}],
        C_AND_E[0],
        {"max_walk_per": "leg", "max_walk_min": 20},
        {"max_walk_per": "leg", "max_walk_min": 1_000 / 60},
        10,
    ),
    "a fourth ride": (
        [
            {"A": "08:05:00", "B": "08:12:00"},
            {"B": "08:15:00", "C": "08:22:00"},
            {"C": "08:25:00", "D": "08:32:00"},
            {"D": "08:35:00", "E": "08:42:00"},
            {"A": "08:05:00", "E": "08:52:00"},
        ],
        C_AND_E[1],
        {},
        {"max_rides": 3},
        10,
    ),
    "a last walk of 2,200 m": (
        [{"A": "08:20:00", "B": "08:30:00"}, {"A": "08:20:00", "B2": "08:58:00"}],
        at(STOPS["B"] + 2_200),
        {"max_walk_per": "leg", "max_walk_min": 40},
        {"max_walk_per": "leg", "max_walk_min": 2_000 / 60},
        9.67,
    ),
    "walks limited together": (
        [{"A": "08:20:00", "B": "08:30:00"}, {"A": "08:20:00", "B2": "08:40:00"}],
        at(STOPS["B"] + 600),
        {},
        {"max_walk_per": "leg"},
        0,
    ),
}


@pytest.mark.parametrize("case", SHORTER.values(), ids=SHORTER)
def test_how_many_minutes_a_long_trip_is_shorter_here(case, seconds):
    lines, hub, here, as_r5r, minutes = case
    shorter_s = seconds(lines, at(0), hub, **as_r5r) - seconds(lines, at(0), hub, **here)
    assert shorter_s / 60 == pytest.approx(minutes, abs=0.05)


def test_walks_limited_together_never_make_a_trip_shorter(seconds):
    lines = [{"A": "08:20:00", "B": "08:30:00"}, {"A": "08:20:00", "B2": "08:50:00"}]
    taken = [seconds(lines, at(-700), at(STOPS["B"] + 1_000), max_walk_per=per) for per in ("trip", "leg")]
    assert taken[0] - taken[1] == pytest.approx(20 * 60 - 1_000 + 100, abs=3)  # from the farther stop, later

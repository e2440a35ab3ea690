"""Lines by headway whose phase nobody knows: draws tell what all phases together tell."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.phases import drawn_phases, has_headways
from tesoma_geo.network.transit.trips import percentiles_of
from tests.feeds_with_changes import HEADWAYS, HOME, HUB
from tests.gtfs_feeds import write_feed

WINDOW, PERCENTILES = ("08:00", "09:00"), (5, 25, 50, 75, 95)


@pytest.fixture
def router(headway_router):
    return headway_router


def at_phases(router, first_s, second_s):
    """The router with the two lines later by these seconds, and nothing drawn."""
    calls = router.timetable.calls
    line = router.timetable.trips["line"].to_numpy()[calls.trip]
    later_s = np.where(line == 0, first_s, second_s).astype(np.int32)
    moved = calls._replace(arrival_s=calls.arrival_s + later_s, departure_s=calls.departure_s + later_s)
    return replace(router, timetable=replace(router.timetable, calls=moved), draws=1)


def test_draws_equal_the_enumeration_of_all_phases(router):
    every = range(0, 600, 30)
    # Only how the lines lie to one another matters beside the departures, which go through all phases of the first.
    seconds = [at_phases(router, a, b).trips_to(HOME, HUB).seconds for a in (0, 150, 300, 450) for b in every]
    enumerated = percentiles_of(np.concatenate(seconds, axis=1), PERCENTILES)[:, 0]
    drawn = router.travel_times(HOME, HUB, PERCENTILES)[:, 0, 0]
    assert np.abs(drawn - enumerated).max() <= 30
    # Waits of 0 to 10 minutes each for two lines: 15 and a half minutes to 20 on the mean, with a minute of slack.
    assert router.trips_to(HOME, HUB).seconds.mean() == pytest.approx(60 + 300 + 300 + 600, abs=40)


def test_one_fixed_phase_is_too_lucky(router):
    fixed = replace(router, draws=1).travel_times(HOME, HUB)[0, 0, 0]
    assert fixed + 240 < router.travel_times(HOME, HUB)[0, 0, 0]


def test_trips_with_a_known_phase_stay(long_street, tmp_path):
    exact = HEADWAYS["frequencies"].replace(",0\n", ",1\n")
    timetable = Timetable.from_gtfs(write_feed(tmp_path, **HEADWAYS | {"frequencies": exact}), "2022-01-18")
    assert not has_headways(timetable, 0, 86400)
    assert len(long_street.transit_router(timetable, WINDOW).searches) == 1


def test_trips_of_a_row_move_together_within_their_hours(router):
    timetable = router.timetable
    for drawn in drawn_phases(timetable, 5):
        later_s = (drawn.calls.departure_s - timetable.calls.departure_s)[timetable.first_call[:-1]]
        for rows in timetable.trips.groupby("headway").groups.values():
            assert len(set(later_s[rows])) == 1
        assert later_s.min() >= 0
        assert later_s.max() < 600

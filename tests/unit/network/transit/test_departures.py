"""Departures of a window."""

import pytest

from tesoma_geo.network.transit.departures import Departures


def test_departures_lie_before_the_end():
    assert Departures(100, 220, 60).asked_s.tolist() == [100, 160]
    assert Departures(100, 221, 60).asked_s.tolist() == [100, 160, 220]
    assert Departures(3600, 7200, 60).window_min == 60


@pytest.mark.parametrize(
    ("departures", "hours"),
    [
        (Departures(1000, 1600, 60), (1000, 1900)),
        (Departures(1000, 1600, 60, arrive_by=True), (700, 1600)),
        (Departures(100, 1600, 60, arrive_by=True), (0, 1600)),
    ],
)
def test_hours_hold_every_trip(departures, hours):
    assert departures.hours(300) == hours

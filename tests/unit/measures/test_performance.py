"""Proximity, performance and detours."""

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg

m, decay = tg.measures, tg.decay


def test_performance_is_what_is_reached_over_what_is_near(trips, services):
    near = m.proximity(trips, services, "school", 1000)
    assert near["value"].tolist() == [2, 2]
    found = m.transport_performance(trips, services, "school", 20, 1000)
    assert found.columns.tolist() == ["id", "value", "accessibility", "proximity"]
    assert found["value"].tolist() == [3 / 2, 2 / 2]
    apart = m.transport_performance(
        m.TravelMatrix.of(trips),
        services,
        "school",
        20,
        1000,
        distances=m.TravelMatrix.of(trips, "distance"),
    )
    pd.testing.assert_frame_equal(found, apart)


def test_performance_where_nothing_is_near(trips, services):
    assert m.transport_performance(trips, services, "school", 20, 10)["value"].isna().all()


def test_detour_over_the_ways_that_are_reached(trips, services):
    found = m.detour(trips, services, "school")
    assert found["value"].tolist() == pytest.approx(
        [(2 * 200 + 1200) / (2 * 160 + 600), (2 * 800 + 5000) / (2 * 800 + 4000)]
    )
    reached = trips.assign(distance=trips["distance"].where(trips["travel_time"] < np.inf, np.inf))
    assert m.detour(reached, services, "school")["value"].tolist()[1] == pytest.approx(1.0)


def test_detour_of_nothing(trips, services):
    assert m.detour(trips, services, "library")["value"].isna().all()

"""Intervals of cutoffs and their summaries, and limits on further costs, against plain loops."""

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError

m = tg.measures


@pytest.fixture
def town():
    """Forty random origins and destinations; a sixth of the pairs has no way."""
    random = np.random.default_rng(5)
    minutes = random.integers(0, 60, (40, 40)).astype(float)
    minutes[random.random((40, 40)) < 1 / 6] = np.inf
    pairs = pd.DataFrame({"from_id": np.repeat(np.arange(40), 40), "to_id": np.tile(np.arange(40), 40)})
    land_use = pd.DataFrame({"id": range(40), "jobs": random.integers(0, 9, 40)})
    return pairs.assign(travel_time=minutes.ravel()), land_use, minutes


def counted(minutes, jobs, cutoffs):
    """What each origin reaches at each cutoff, pair by pair."""
    return np.array([[sum(jobs[minutes[i] <= cutoff]) for cutoff in cutoffs] for i in range(len(minutes))], float)


def test_summaries_of_an_interval(town):
    travel, land_use, minutes = town
    plain = counted(minutes, land_use["jobs"].to_numpy(), range(20, 41, 5))
    asked = {"middle": "median", "average": "mean", "least": np.min, "last": lambda counts: counts[-1]}
    found = m.cumulative_interval(travel, land_use, "jobs", (20, 40), increment=5, summary=asked)
    assert list(found.columns) == ["id", *asked, "min", "max"]
    np.testing.assert_allclose(found["middle"], np.median(plain, axis=1))
    np.testing.assert_allclose(found["average"], plain.mean(axis=1))
    np.testing.assert_allclose(found["least"], plain[:, 0])
    np.testing.assert_allclose(found["last"], found["max"])


def test_one_summary_is_the_value_and_several_intervals_are_named(town):
    travel, land_use, minutes = town
    found = m.cumulative_interval(travel, land_use, "jobs", [(0, 10), (7.5, 30)], increment=2.5, summary="median")
    assert found["interval"].unique().tolist() == ["0-10", "7.5-30"]
    plain = counted(minutes, land_use["jobs"].to_numpy(), np.arange(7.5, 30.1, 2.5))
    np.testing.assert_allclose(found.query("interval == '7.5-30'")["value"], np.median(plain, axis=1))


def test_an_interval_from_the_other_side(town):
    travel, land_use, minutes = town
    found = m.cumulative_interval(travel, land_use, "jobs", (10, 12), active=False, summary="median")
    plain = counted(minutes.T, land_use["jobs"].to_numpy(), (10, 11, 12))
    np.testing.assert_allclose(found["value"], np.median(plain, axis=1))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"summary": "mode"}, "The summary value is 'mode'"),
        ({"summary": {}}, "called nothing"),
        ({"summary": {"min": "mean"}}, "called min"),
        ({"summary": lambda counts: counts["x"]}, "summary value fails on 11 numbers"),
        ({"interval": (10,)}, "no interval"),
        ({"interval": ("10", "20")}, "no interval"),
        ({"interval": [(10, 20), (20, 10)]}, "The interval is 20 to 10"),
    ],
)
def test_an_interval_that_cannot_be_summed_up_is_told(town, change, message):
    travel, land_use, _ = town
    with pytest.raises(InputError, match=message):
        m.cumulative_interval(travel, land_use, "jobs", **{"interval": (10, 20), **change})


def test_limits_on_fare_and_changes_by_hand():
    options = pd.DataFrame(
        [("A", "x", 40, 0.0, 0), ("A", "x", 15, 3.0, 0), ("A", "x", 10, 5.5, 1), ("A", "y", 20, 5.5, 2)],
        columns=["from_id", "to_id", "travel_time", "fare", "transfers"],
    )
    land_use = pd.DataFrame({"id": ["A", "x", "y"], "jobs": [0, 10, 7]})

    def reached(cutoff, **limits):
        return m.cumulative_opportunities(options, land_use, "jobs", cutoff, limits=limits)["value"].item()

    assert reached(15, fare=5.5) == reached(15, fare=3) == 10
    assert reached(12, fare=3) == reached(30, fare=0) == 0
    assert reached(40, fare=0) == 10
    assert reached(20, fare=9, transfers=2) == 17
    assert reached(20, fare=9, transfers=1) == 10

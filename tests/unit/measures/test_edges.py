"""Every measure at its edges: nothing reached, nobody there, nothing there, one origin, ties, no way.

Ten residents of A reach x in 10 and y in 30; thirty of B reach x in 30, and y never. 4 are at x, 8 at y.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError
from tesoma_geo.measures import catalogue

m, step = tg.measures, tg.decay.step
inf, nan = np.inf, np.nan

TRAVEL = pd.DataFrame({"from_id": list("AABB"), "to_id": list("xyxy"), "travel_time": [10.0, 30.0, 30.0, inf]})
#: What residents themselves are reached in, for the one measure that asks.
HOMES = pd.DataFrame({"from_id": list("AABB"), "to_id": list("ABAB"), "travel_time": [0.0, 20.0, 20.0, 0.0]})
LAND_USE = pd.DataFrame(
    {"id": list("ABxy"), "people": [10, 30, 0, 0], "jobs": [0, 0, 4, 8], "seats": [0.0, 0.0, 32.0, 8.0]}
)
JOBS = ("jobs", "people")
REFUSED = "refused"
Answer = list[float] | str


@dataclass(frozen=True)
class Case:
    """A measure, and its values: as told above, and at each edge."""

    measure: Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]
    plain: Answer
    unreachable: Answer
    no_demand: Answer
    no_supply: Answer
    only_a: Answer


def catchment(measure):
    return lambda travel, there: measure(travel, there, *JOBS, step(30))


def homes_of(travel: pd.DataFrame) -> pd.DataFrame:
    """As unreachable as the travel matrix, and of the same origins."""
    homes = HOMES[HOMES["from_id"].isin(travel["from_id"])]
    return homes.assign(travel_time=inf) if np.isinf(travel["travel_time"]).all() else homes


def half(travel: pd.DataFrame) -> pd.DataFrame:
    return travel.assign(travel_time=travel["travel_time"] / 2)


CASES = {
    "cost_to_closest": Case(
        lambda t, u: m.cost_to_closest(t, u, "jobs"), [10, 30], [inf, inf], [10, 30], [inf, inf], [10]
    ),
    "dual_access": Case(
        lambda t, u: m.dual_access(t, u, "jobs", n=5), [30, inf], [inf, inf], [30, inf], [inf, inf], [30]
    ),
    "balancing_cost": Case(
        lambda t, u: m.balancing_cost(t, u, *JOBS), [30, inf], [inf, inf], [0, 0], [inf, inf], [30]
    ),
    "cumulative_opportunities": Case(
        lambda t, u: m.cumulative_opportunities(t, u, "jobs", 30), [12, 4], [0, 0], [12, 4], [0, 0], [12]
    ),
    "cumulative_interval": Case(
        lambda t, u: m.cumulative_interval(t, u, "jobs", (10, 30), increment=20), [8, 2], [0, 0], [8, 2], [0, 0], [8]
    ),
    "gravity": Case(lambda t, u: m.gravity(t, u, "jobs", step(30)), [12, 4], [0, 0], [12, 4], [0, 0], [12]),
    "passive_accessibility": Case(
        lambda t, u: m.passive_accessibility(t, u, "people", step(30)), [40, 10], [0, 0], [0, 0], [40, 10], [10, 10]
    ),
    "fca": Case(
        lambda t, u: m.fca(t, u, *JOBS, step(30), demand_matrix=homes_of(t)),
        [12 / 40, 4 / 40], [nan, nan], [nan, nan], [0, 0], [12 / 40],
    ),
    "two_step_fca": Case(catchment(m.two_step_fca), [0.9, 0.1], [0, 0], [0, 0], [0, 0], [1.2]),
    "enhanced_two_step_fca": Case(catchment(m.enhanced_two_step_fca), [0.9, 0.1], [0, 0], [0, 0], [0, 0], [1.2]),
    "three_step_fca": Case(
        catchment(m.three_step_fca), [0.5 * 4 / 35 + 0.8, 4 / 35], [0, 0], [0, 0], [0, 0], [0.4 + 0.8]
    ),
    "balanced_fca": Case(
        catchment(m.balanced_fca), [0.5 * 4 / 35 + 1.6, 0.5 * 4 / 35], [0, 0], [0, 0], [0, 0], [0.8 + 1.6]
    ),
    # B has only x, where 30 of 13 1/3 come; so all of A go to y. Alone, A divides until both cost 16 / 9.
    "raam": Case(
        lambda t, u: m.raam(t, u, *JOBS, tau=30), [1.375, 3.25], [inf, inf], [1 / 3, 1], [inf, inf], [16 / 9]
    ),
    "spatial_availability": Case(catchment(m.spatial_availability), [9, 3], [0, 0], [0, 0], [0, 0], [12]),
    "constrained_accessibility": Case(catchment(m.constrained_accessibility), [9, 3], [0, 0], [0, 0], [0, 0], [12]),
    "constrained_accessibility, total": Case(
        lambda t, u: m.constrained_accessibility(t, u, *JOBS, step(30), constraint="total"),
        [9, 3], [0, 0], [9, 3], [0, 0], [12],
    ),
    "constrained_accessibility, doubly": Case(
        lambda t, u: m.constrained_accessibility(t, u, "seats", "people", step(30), constraint="doubly"),
        [2, 8, 30], REFUSED, REFUSED, REFUSED, REFUSED,
    ),
    "proximity": Case(
        lambda t, u: m.proximity(t, u, "jobs", 30, distance="travel_time"), [12, 4], [0, 0], [12, 4], [0, 0], [12]
    ),
    "transport_performance": Case(
        lambda t, u: m.transport_performance(t, u, "jobs", 10, 30, distance="travel_time"),
        [4 / 12, 0], [nan, nan], [4 / 12, 0], [nan, nan], [4 / 12],
    ),
    "detour": Case(
        lambda t, u: m.detour(
            t, u, "jobs", straight=half(t), distance="travel_time", straight_line="travel_time"
        ),
        [2, 2], [nan, nan], [2, 2], [nan, nan], [2],
    ),
    "x_minute_score": Case(
        lambda t, u: m.x_minute_score(t, u, ["jobs"], 10), [1, 0], [0, 0], [1, 0], [0, 0], [1]
    ),
    "walkability": Case(
        lambda t, u: m.walkability(t, u, ["jobs"], step(10)), [100, 0], [0, 0], [100, 0], [0, 0], [100]
    ),
    "service_diversity": Case(
        lambda t, u: m.service_diversity(t, u, ["jobs"], 10), [1, 0], [0, 0], [1, 0], [0, 0], [1]
    ),
}  # fmt: skip
#: The others count up to a cutoff, to which a little more is too much; "doubly" then has nothing to match.
WITHOUT_CUTOFF = {
    "cost_to_closest", "dual_access", "balancing_cost", "raam", "detour", "constrained_accessibility, doubly",
}  # fmt: skip

every_measure = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())


def check(case: Case, travel: pd.DataFrame, there: pd.DataFrame, expected: Answer) -> None:
    if expected == REFUSED:
        with pytest.raises(InputError):
            case.measure(travel, there)
        return
    np.testing.assert_allclose(case.measure(travel, there)["value"], expected, rtol=1e-5)


def test_no_measure_is_left_out():
    assert {name.partition(",")[0] for name in CASES} == set(catalogue.functions(m))


@every_measure
def test_by_hand_with_ties_at_the_cutoff(case):
    check(case, TRAVEL, LAND_USE, case.plain)


@every_measure
def test_unreachable_everywhere(case):
    check(case, TRAVEL.assign(travel_time=inf), LAND_USE, case.unreachable)


@every_measure
def test_nobody_lives_anywhere(case):
    check(case, TRAVEL, LAND_USE.assign(people=0), case.no_demand)


@every_measure
def test_nothing_is_anywhere(case):
    check(case, TRAVEL, LAND_USE.assign(jobs=0, seats=0), case.no_supply)


@every_measure
def test_one_origin(case):
    check(case, TRAVEL[TRAVEL["from_id"] == "A"], LAND_USE, case.only_a)


@every_measure
def test_an_infinite_cost_is_a_pair_that_is_not_there(case):
    check(case, TRAVEL[np.isfinite(TRAVEL["travel_time"])], LAND_USE, case.plain)


@pytest.mark.parametrize("name", sorted(CASES.keys() - WITHOUT_CUTOFF))
def test_just_beyond_the_cutoff_is_beyond(name):
    found = CASES[name].measure(TRAVEL.assign(travel_time=TRAVEL["travel_time"] + 1e-9), LAND_USE)
    assert not np.allclose(found["value"], CASES[name].plain)

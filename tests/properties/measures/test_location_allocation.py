"""Where services would do most good: the best of all choices, found by trying them all."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.measures.location_allocation import lscp, mclp, p_centre, p_median

N, M = 8, 6


@pytest.fixture(params=range(4))
def town(request):
    rng = np.random.default_rng(request.param)
    cost = rng.integers(1, 30, (N, M)).astype(float)
    people = rng.integers(1, 50, N).astype(float)
    pairs = [(f"o{i}", f"s{j}", cost[i, j]) for i in range(N) for j in range(M)]
    matrix = pd.DataFrame(pairs, columns=["from_id", "to_id", "travel_time"])
    land_use = pd.DataFrame(
        {"id": [f"o{i}" for i in range(N)] + [f"s{j}" for j in range(M)], "people": [*people, *[0] * M]}
    )
    return matrix, land_use, cost, people


def choices(p, existing=()):
    kept = {int(place[1:]) for place in existing}
    return [list(chosen) for chosen in combinations(range(M), p) if kept <= set(chosen)]


@pytest.mark.parametrize(("p", "existing"), [(1, ()), (2, ()), (3, ("s1",)), (2, ("s0", "s4"))])
def test_no_other_choice_is_better(town, p, existing):
    matrix, land_use, cost, people = town
    median = p_median(matrix, land_use, "people", p, existing=existing)
    assert median.objective == pytest.approx(min(people @ cost[:, c].min(axis=1) for c in choices(p, existing)))
    centre = p_centre(matrix, land_use, "people", p, existing=existing)
    assert centre.objective == pytest.approx(min(cost[:, c].min(axis=1).max() for c in choices(p, existing)))
    covering = mclp(matrix, land_use, "people", p, 9.0, existing=existing)
    within = [people[cost[:, c].min(axis=1) <= 9].sum() for c in choices(p, existing)]
    assert covering.objective == pytest.approx(max(within))
    for sites in (median, centre, covering):
        assert len(sites.chosen) == p
        assert sites.chosen[: len(existing)] == existing


def test_no_fewer_places_cover_all(town):
    matrix, land_use, cost, _ = town
    cutoff = float(cost.min(axis=1).max()) + 2
    enough = [p for p in range(1, M + 1) if any((cost[:, c].min(axis=1) <= cutoff).all() for c in choices(p))]
    assert lscp(matrix, land_use, "people", cutoff).objective == min(enough)


def test_everybody_goes_to_the_closest_place(town):
    matrix, land_use, cost, _ = town
    sites = p_median(matrix, land_use, "people", 3)
    chosen = [int(place[1:]) for place in sites.chosen]
    assert sites.allocation["cost"].tolist() == cost[:, chosen].min(axis=1).tolist()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"p": 0}, "p is 0 for 6 candidates"),
        ({"p": 7}, "p is 7 for 6 candidates"),
        ({"p": 1, "existing": ("s0", "s1")}, "2 of them existing"),
        ({"p": 2, "existing": ("elsewhere",)}, "'elsewhere' exists but is no destination"),
    ],
)
def test_what_does_not_fit_is_refused(town, arguments, says):
    matrix, land_use, *_ = town
    with pytest.raises(InputError, match=says):
        p_median(matrix, land_use, "people", **arguments)


def test_residents_whom_nothing_covers_are_counted(town):
    matrix, land_use, cost, people = town
    cutoff = float(cost.min(axis=1).max()) - 0.5
    alone = cost.min(axis=1) > cutoff
    with pytest.raises(InputError, match=f"{alone.sum()} places with {people[alone].sum():g} residents"):
        lscp(matrix, land_use, "people", cutoff)

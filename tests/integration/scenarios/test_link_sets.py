"""Links under a budget: the best of all sets by trying them, sums recomputed, and a bound that holds."""

from itertools import combinations

import pytest

from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.scenarios.link_sets import links_under_budget
from tesoma_geo.scenarios.links import as_links, gained_together, missing_links


@pytest.fixture(scope="module")
def links(inputs):
    return missing_links(inputs, "walk", longest_m=150.0, count=4).links


def saved(inputs, lines):
    router = inputs.network.router("walk")
    before_s = router.travel_times(inputs.origins, inputs.hub).min(axis=1)
    if not len(lines):
        return 0.0
    laid = as_links(list(lines), inputs.network.crs)
    after_s = router.with_edits(Edits(links=laid)).travel_times(inputs.origins, inputs.hub).min(axis=1)
    return gained_together(before_s, after_s, inputs.origins["population"].to_numpy())


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_a_set_is_near_the_best_of_all_and_below_its_bound(inputs, links, share):
    budget = share * links["cost_eur"].sum()
    found = links_under_budget(inputs, "walk", links, budget)
    assert found.cost_eur <= budget
    rows = [list(links["rank"]).index(rank) for rank in found.ranks]
    assert found.resident_min == pytest.approx(saved(inputs, links.geometry.iloc[rows]), abs=0.2)
    every = (some for size in range(1, len(links) + 1) for some in combinations(range(len(links)), size))
    paid = [list(some) for some in every if links["cost_eur"].iloc[list(some)].sum() <= budget]
    best = max((saved(inputs, links.geometry.iloc[some]) for some in paid), default=0.0)
    assert best * 0.63 <= found.resident_min <= best + 0.2
    assert best <= found.at_most + 0.2


def test_a_budget_too_small_for_any_buys_nothing(inputs, links):
    found = links_under_budget(inputs, "walk", links, 1.0)
    assert (found.ranks, found.cost_eur, found.resident_min) == ((), 0.0, 0.0)

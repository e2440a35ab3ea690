"""Links chosen together under a budget: what one saves is less where another saves it already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.scenarios.links import as_links, gained_together


@dataclass(frozen=True)
class LinkSet:
    """Links that are built together.

    Attributes
    ----------
    ranks
        Of the links, in the order in which they were chosen.
    cost_eur
        Of all.
    resident_min
        Minutes that residents who gain a minute or more gain together, with all links laid at once.
    sum_alone
        The sum of what each saves alone.
    at_most
        No set of the links under the budget saves more, if links do not help each other.
    asked
        How often the router was asked; without laziness it would be more.
    """

    ranks: tuple[int, ...]
    cost_eur: float
    resident_min: float
    sum_alone: float
    at_most: float
    asked: int


def links_under_budget(inputs: Inputs, profile: str, links: gpd.GeoDataFrame, budget_eur: float) -> LinkSet:
    """Choose links under a budget, by minutes a euro: lazy greedy, and the best single one where that is more.

    Minoux, M. (1978). Accelerated greedy algorithms for maximizing submodular set functions. *Optimization Techniques*,
    234-243; the bound of a chosen set is that of Leskovec, J. et al. (2007). Cost-effective outbreak detection in
    networks. *KDD 2007*, 420-429: what is chosen, and the best of what is left by minutes a euro up to the budget.

    Parameters
    ----------
    inputs
        The layers.
    profile
        The way of moving.
    links
        Of :func:`tesoma_geo.scenarios.links.missing_links`.
    budget_eur
        Euros at most.

    Returns
    -------
    LinkSet
        Its minutes are those of the router with all chosen links laid at once.
    """
    known = {one.name: one for one in inputs.profiles}
    router = StreetRouter.build(inputs.network, known[profile], inputs.workspace.network.max_snap_m)
    before_s = router.travel_times(inputs.origins, inputs.hub).min(axis=1)
    residents = inputs.origins["population"].to_numpy()
    cost = links["cost_eur"].to_numpy(float)
    lines = links.geometry.to_numpy()
    values: dict[frozenset[int], float] = {frozenset(): 0.0}

    def value(chosen: frozenset[int]) -> float:
        if chosen not in values:
            laid = as_links([lines[row] for row in sorted(chosen)], inputs.network.crs)
            after_s = router.with_edits(Edits(links=laid)).travel_times(inputs.origins, inputs.hub).min(axis=1)
            values[chosen] = gained_together(before_s, after_s, residents)
        return values[chosen]

    chosen = _greedy(cost, budget_eur, value)
    affordable = [row for row in range(len(cost)) if cost[row] <= budget_eur]
    best = max(affordable, key=lambda row: value(frozenset([row])), default=None)
    if best is not None and value(frozenset([best])) > value(frozenset(chosen)):
        chosen = [best]
    have = frozenset(chosen)
    more = {row: value(have | {row}) - value(have) for row in affordable if row not in have}
    return LinkSet(
        tuple(int(links["rank"].iloc[row]) for row in chosen),
        float(cost[chosen].sum()),
        round(value(have), 1),
        round(sum(value(frozenset([row])) for row in chosen), 1),
        round(value(have) + _fractional(more, cost, budget_eur), 1),
        len(values) - 1,
    )


def _greedy(cost: NDArray[np.float64], budget_eur: float, value: Callable[[frozenset[int]], float]) -> list[int]:
    """Rows by marginal minutes a euro; a stale one that still leads is asked again, the others are not."""
    chosen: list[int] = []
    left = budget_eur
    gains = {row: value(frozenset([row])) for row in range(len(cost)) if cost[row] <= budget_eur}
    fresh = set(gains)
    while gains:
        row = max(gains, key=lambda one: (gains[one] / max(float(cost[one]), 1.0), -one))
        if cost[row] > left or gains[row] <= 0:
            del gains[row]
        elif row in fresh:
            chosen.append(row)
            left -= cost[row]
            del gains[row]
            fresh = set()
        else:
            gains[row] = value(frozenset([*chosen, row])) - value(frozenset(chosen))
            fresh.add(row)
    return chosen


def _fractional(more: Mapping[int, float], cost: NDArray[np.float64], budget_eur: float) -> float:
    """The most that the budget could add if the gains of what is left just added up."""
    total, left = 0.0, budget_eur
    for row in sorted(more, key=lambda one: -more[one] / max(float(cost[one]), 1.0)):
        if left <= 0 or more[row] <= 0:
            break
        share = min(left / max(float(cost[row]), 1.0), 1.0)
        total += share * more[row]
        left -= share * cost[row]
    return total

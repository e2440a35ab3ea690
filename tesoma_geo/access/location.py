"""Location-allocation: where among candidate places a new service would serve best.

The four classic models are solved to optimality by ``spopt`` (an extra: ``pip install tesoma-geo[location]``).
A travel matrix leads from where residents are to the candidate places; places that cannot be reached are
never allocated. Models of some ten thousand pairs are solved in seconds; a city's cells should be gathered
first, or only the places that matter taken as candidates.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.access.measures.matrix import TRAVEL_TIME, Travel, TravelMatrix, travel_matrix_of
from tesoma_geo.errors import InputError, TesomaError
from tesoma_geo.network.engine.kernel import Float64, Int64


@dataclass(frozen=True, eq=False)
class Sites:
    """Where services should be, and whom each serves.

    Attributes
    ----------
    chosen
        Ids of the places with a service, existing ones first.
    objective
        What the model makes best: see each function.
    allocation
        A row an origin: ``id``, ``site`` (the closest chosen, missing where none is reached) and ``cost``.
    """

    chosen: tuple[Hashable, ...]
    objective: float
    allocation: pd.DataFrame


def p_median(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    demand: str,
    p: int,
    *,
    existing: Iterable[Hashable] = (),
    travel_cost: str = TRAVEL_TIME,
) -> Sites:
    """The places that make the mean cost of all residents least.

    Unit: objective: residents times the unit of the costs

    Formula: min Σ_i P_i min_{j chosen} c_ij with p places chosen

    Edge cases: an origin that reaches no candidate is left out of the sum; where the choice decides
    whether an origin reaches any, reaching it comes first.

    Source: Hakimi (1964), Operations Research 12

    Parameters
    ----------
    travel_matrix
        A row a pair of origin and candidate: ``from_id``, ``to_id`` and a cost, or a :class:`TravelMatrix`.
    land_use
        A row an origin: ``id`` and residents.
    demand
        The column of residents.
    p
        How many places have a service in the end, existing ones included.
    existing
        Candidates that have one already.
    travel_cost
        The column of costs.
    """
    spopt = _spopt()
    matrix, residents, fixed = _problem(travel_matrix, land_use, demand, p, existing, travel_cost)
    rows = _that_reach(matrix) & (residents > 0)
    served = residents[rows]
    cost = _with_barrier(matrix, times=served.sum() / served.min())[rows]
    model = spopt.PMedian.from_cost_matrix(cost, served, p_facilities=p, predefined_facilities_arr=fixed)
    chosen = _solved(model)
    sites = _sites(matrix, chosen, fixed)
    return Sites(sites.chosen, _weighted_sum(residents, sites), sites.allocation)


def p_centre(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    demand: str,
    p: int,
    *,
    existing: Iterable[Hashable] = (),
    travel_cost: str = TRAVEL_TIME,
) -> Sites:
    """The places that make the greatest cost of any resident least.

    Unit: objective: the unit of the costs

    Formula: min max_{i: P_i > 0} min_{j chosen} c_ij with p places chosen

    Edge cases: an origin that reaches no candidate is left out; inf where p places cannot reach the others.

    Source: Hakimi (1964), Operations Research 12

    Parameters
    ----------
    travel_matrix, land_use, demand, p, existing, travel_cost
        As for :func:`p_median`.
    """
    spopt = _spopt()
    matrix, residents, fixed = _problem(travel_matrix, land_use, demand, p, existing, travel_cost)
    rows = _that_reach(matrix) & (residents > 0)
    cost = _with_barrier(matrix)[rows]
    model = spopt.PCenter.from_cost_matrix(cost, p_facilities=p, predefined_facilities_arr=fixed)
    sites = _sites(matrix, _solved(model), fixed)
    worst = sites.allocation["cost"].to_numpy()[rows]
    return Sites(sites.chosen, float(worst.max()) if len(worst) else 0.0, sites.allocation)


def mclp(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    demand: str,
    p: int,
    cutoff: float,
    *,
    existing: Iterable[Hashable] = (),
    travel_cost: str = TRAVEL_TIME,
) -> Sites:
    """Maximal covering: the places within whose reach most residents live.

    Unit: objective: residents covered

    Formula: max Σ_i P_i [min_{j chosen} c_ij ≤ cutoff] with p places chosen

    Edge cases: an origin at exactly the cutoff is covered.

    Source: Church and ReVelle (1974), Papers of the Regional Science Association 32

    Parameters
    ----------
    travel_matrix, land_use, demand, p, existing, travel_cost
        As for :func:`p_median`.
    cutoff
        Farthest that a covered resident lives, in the unit of the costs.
    """
    spopt = _spopt()
    _check_cutoff(cutoff)
    matrix, residents, fixed = _problem(travel_matrix, land_use, demand, p, existing, travel_cost)
    rows = residents > 0
    cost = _with_barrier(matrix, beyond=cutoff)[rows]
    model = spopt.MCLP.from_cost_matrix(
        cost,
        residents[rows],
        cutoff,
        p_facilities=p,
        predefined_facilities_arr=fixed,
    )
    sites = _sites(matrix, _solved(model), fixed)
    covered = sites.allocation["cost"].to_numpy() <= cutoff
    return Sites(sites.chosen, float(residents[covered].sum()), sites.allocation)


def lscp(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    demand: str,
    cutoff: float,
    *,
    existing: Iterable[Hashable] = (),
    travel_cost: str = TRAVEL_TIME,
) -> Sites:
    """Set covering: the fewest places within whose reach all residents live.

    Unit: objective: places

    Formula: min number of places chosen so that min_{j chosen} c_ij ≤ cutoff for all i with P_i > 0

    Edge cases: an origin at exactly the cutoff is covered. Residents whom no candidate covers make the
    model impossible, which is an error that counts them.

    Source: Toregas et al. (1971), Operations Research 19

    Parameters
    ----------
    travel_matrix, land_use, demand, existing, travel_cost
        As for :func:`p_median`.
    cutoff
        Farthest that any resident may live, in the unit of the costs.
    """
    spopt = _spopt()
    _check_cutoff(cutoff)
    matrix, residents, fixed = _problem(travel_matrix, land_use, demand, None, existing, travel_cost)
    rows = residents > 0
    cost = _with_barrier(matrix, beyond=cutoff)[rows]
    alone = (cost > cutoff).all(axis=1)
    if alone.any():
        raise InputError(
            f"{int(alone.sum())} places with {residents[rows][alone].sum():g} residents have no candidate within"
            f" {cutoff:g}, the first {matrix.origins[np.flatnonzero(rows)[alone]][0]!r}",
            "Add candidates, raise the cutoff, or use mclp",
        )
    model = spopt.LSCP.from_cost_matrix(cost, cutoff, predefined_facilities_arr=fixed)
    sites = _sites(matrix, _solved(model), fixed)
    return Sites(sites.chosen, float(len(sites.chosen)), sites.allocation)


def _spopt() -> ModuleType:
    try:
        from spopt import locate
    except ImportError:
        raise TesomaError(
            "Location-allocation needs the package spopt, which is not installed",
            "Install it: pip install tesoma-geo[location]",
        ) from None
    return locate  # type: ignore[no-any-return]


def _problem(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    demand: str,
    p: int | None,
    existing: Iterable[Hashable],
    travel_cost: str,
) -> tuple[TravelMatrix, Float64, Int64 | None]:
    """The costs, the residents, and which candidates are there already (1, else 0); None where none is."""
    matrix = travel_matrix_of(travel_matrix, travel_cost)
    residents = matrix.at_origins(land_use, demand)
    if not residents.any():
        raise InputError(f"Nobody lives at any origin: the column {demand} is 0", "Name the column of residents")
    there = list(dict.fromkeys(existing))
    unknown = [place for place in there if place not in matrix.destinations]
    if unknown:
        raise InputError(f"{unknown[0]!r} exists but is no destination", "Give costs to the existing services too")
    count = len(matrix.destinations)
    if p is not None and not (isinstance(p, int | np.integer) and max(1, len(there)) <= p <= count):
        raise InputError(
            f"p is {p} for {count} candidates, {len(there)} of them existing",
            f"Give a whole number from {max(1, len(there))} to {count}",
        )
    fixed = matrix.destinations.isin(there).astype(np.int64) if there else None
    return matrix, residents, fixed


def _check_cutoff(cutoff: float) -> None:
    if not 0 < cutoff < np.inf:
        raise InputError(f"The cutoff is {cutoff}", "Give a finite number above 0")


def _that_reach(matrix: TravelMatrix) -> NDArray[np.bool_]:
    return np.diff(matrix.first) > 0


def _with_barrier(matrix: TravelMatrix, *, beyond: float = 0.0, times: float = 1.0) -> Float64:
    """Costs of shape (n, m); pairs that cannot be travelled cost more than ``times`` any that can."""
    top = max(beyond, float(matrix.cost.max()) if matrix.cost.size else 0.0)
    cost = np.full((len(matrix.origins), len(matrix.destinations)), 2.0 * top * times + 1.0)
    cost[matrix.origin, matrix.destination] = matrix.cost
    return cost


def _solved(model: Any) -> Int64:
    """The rows of the candidates that a model chooses."""
    import pulp

    model.solve(pulp.PULP_CBC_CMD(msg=False))
    if model.problem.status != pulp.LpStatusOptimal:
        raise InputError(
            f"The model has no optimum: {pulp.LpStatus[model.problem.status].lower()}",
            "Allow more places, or a larger cutoff",
        )
    return np.flatnonzero([pulp.value(variable) > 0.5 for variable in model.fac_vars])


def _sites(matrix: TravelMatrix, chosen: Int64, fixed: Int64 | None) -> Sites:
    """Everybody at the closest of the chosen places."""
    cost = np.full((len(matrix.origins), len(matrix.destinations)), np.inf)
    cost[matrix.origin, matrix.destination] = matrix.cost
    best = cost[:, chosen].argmin(axis=1)
    least = cost[np.arange(len(cost)), chosen[best]]
    site = pd.Series(matrix.destinations[chosen[best]]).where(np.isfinite(least))
    there = fixed if fixed is not None else np.zeros(len(matrix.destinations), np.int64)
    order = chosen[np.argsort(1 - there[chosen], kind="stable")]
    allocation = pd.DataFrame({"id": matrix.origins, "site": site.to_numpy(), "cost": least})
    return Sites(tuple(matrix.destinations[order].tolist()), float("nan"), allocation)


def _weighted_sum(residents: Float64, sites: Sites) -> float:
    cost = sites.allocation["cost"].to_numpy()
    reached = np.isfinite(cost)
    return float(residents[reached] @ cost[reached])

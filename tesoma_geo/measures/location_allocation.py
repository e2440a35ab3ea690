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

from tesoma_geo._arrays import Float64, Int64
from tesoma_geo._extras import require
from tesoma_geo._given import number, several
from tesoma_geo.errors import InputError
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, TravelMatrix, travel_matrix_of


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

    Edge cases: an origin that reaches none of the chosen places is left out of the sum; where the choice decides
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

    Returns
    -------
    Sites

    Raises
    ------
    InputError
        When p, a cutoff or the existing places do not fit the candidates, nobody lives at any origin, or the
        model has no optimum.
    """
    spopt, problem = _spopt(), _Problem.of(travel_matrix, land_use, demand, _whole(p), existing, travel_cost)
    rows = problem.inhabited & problem.reaching
    served = problem.residents[rows]
    cost = problem.cost(times=served.sum() / served.min())[rows]
    model = spopt.PMedian.from_cost_matrix(cost, served, p_facilities=p, predefined_facilities_arr=problem.fixed)
    chosen, allocation = problem.solved(model)
    reached = allocation[np.isfinite(allocation["cost"])]
    return Sites(chosen, float(problem.residents[reached.index] @ reached["cost"]), allocation)


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

    Returns
    -------
    Sites

    Raises
    ------
    InputError
        When p, a cutoff or the existing places do not fit the candidates, nobody lives at any origin, or the
        model has no optimum.
    """
    spopt, problem = _spopt(), _Problem.of(travel_matrix, land_use, demand, _whole(p), existing, travel_cost)
    rows = problem.inhabited & problem.reaching
    model = spopt.PCenter.from_cost_matrix(
        problem.cost()[rows], p_facilities=p, predefined_facilities_arr=problem.fixed
    )
    chosen, allocation = problem.solved(model)
    return Sites(chosen, float(allocation["cost"].to_numpy()[rows].max(initial=0.0)), allocation)


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

    Returns
    -------
    Sites

    Raises
    ------
    InputError
        When p, a cutoff or the existing places do not fit the candidates, nobody lives at any origin, or the
        model has no optimum.
    """
    spopt, problem = _spopt(), _Problem.of(travel_matrix, land_use, demand, _whole(p), existing, travel_cost)
    _check_cutoff(cutoff)
    rows = problem.inhabited
    model = spopt.MCLP.from_cost_matrix(
        problem.cost(beyond=cutoff)[rows],
        problem.residents[rows],
        cutoff,
        p_facilities=p,
        predefined_facilities_arr=problem.fixed,
    )
    chosen, allocation = problem.solved(model)
    return Sites(chosen, float(problem.residents[allocation["cost"].to_numpy() <= cutoff].sum()), allocation)


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

    Returns
    -------
    Sites

    Raises
    ------
    InputError
        When the cutoff or the existing places do not fit, or residents have no candidate within the cutoff.
    """
    spopt, problem = _spopt(), _Problem.of(travel_matrix, land_use, demand, None, existing, travel_cost)
    _check_cutoff(cutoff)
    cost = problem.cost(beyond=cutoff)
    alone = problem.inhabited & (cost > cutoff).all(axis=1)
    if alone.any():
        raise InputError(
            f"{int(alone.sum())} places with {problem.residents[alone].sum():g} residents have no candidate within"
            f" {cutoff:g}, the first {problem.matrix.origins[alone][0]!r}",
            "Add candidates, raise the cutoff, or use mclp",
        )
    model = spopt.LSCP.from_cost_matrix(cost[problem.inhabited], cutoff, predefined_facilities_arr=problem.fixed)
    chosen, allocation = problem.solved(model)
    return Sites(chosen, float(len(chosen)), allocation)


@dataclass(frozen=True, eq=False)
class _Problem:
    """What all models have in common.

    Attributes
    ----------
    matrix
        From where residents are to the candidates.
    residents
        At each origin, shape (n,).
    fixed
        1 for candidates that have a service already, else 0, shape (m,); None where none has.
    """

    matrix: TravelMatrix
    residents: Float64
    fixed: Int64 | None

    @classmethod
    def of(
        cls,
        travel_matrix: Travel,
        land_use: pd.DataFrame,
        demand: str,
        p: int | None,
        existing: Iterable[Hashable],
        travel_cost: str,
    ) -> "_Problem":
        matrix = travel_matrix_of(travel_matrix, travel_cost)
        residents = matrix.at_origins(land_use, demand)
        if not residents.any():
            raise InputError(f"Nobody lives at any origin: the column {demand} is 0", "Name the column of residents")
        there = list(dict.fromkeys(several("existing", existing, "Give the ids of the places: ['a', 'b']")))
        unknown = [place for place in there if place not in matrix.destinations]
        if unknown:
            raise InputError(f"{unknown[0]!r} exists but is no destination", "Give costs to the existing services too")
        least, count = max(1, len(there)), len(matrix.destinations)
        if p is not None and not least <= p <= count:
            raise InputError(
                f"p is {p} for {count} candidates, {len(there)} of them existing",
                f"Give a whole number from {least} to {count}",
            )
        return cls(matrix, residents, matrix.destinations.isin(there).astype(np.int64) if there else None)

    @property
    def inhabited(self) -> NDArray[np.bool_]:
        """Origins where somebody lives."""
        lived_in: NDArray[np.bool_] = self.residents > 0
        return lived_in

    @property
    def reaching(self) -> NDArray[np.bool_]:
        """Origins that reach any candidate."""
        return np.diff(self.matrix.first) > 0

    def cost(self, *, beyond: float = 0.0, times: float = 1.0) -> Float64:
        """Costs of shape (n, m); pairs that cannot be travelled cost more than ``times`` any that can."""
        top = max(beyond, float(self.matrix.cost.max(initial=0.0)))
        return self._filled(2.0 * top * times + 1.0)

    def solved(self, model: Any) -> tuple[tuple[Hashable, ...], pd.DataFrame]:
        """The places that a model chooses, existing ones first, and everybody at the closest of them."""
        pulp = require("pulp", extra="location")

        model.solve(pulp.PULP_CBC_CMD(msg=False))
        if model.problem.status != pulp.LpStatusOptimal:
            raise InputError(
                f"The model has no optimum: {pulp.LpStatus[model.problem.status].lower()}",
                "Allow more places, or a larger cutoff",
            )
        places = self.matrix.destinations
        chosen = np.flatnonzero([pulp.value(variable) > 0.5 for variable in model.fac_vars])
        cost = self._filled(np.inf)[:, chosen]
        least = cost.min(axis=1)
        site = pd.Series(places[chosen[cost.argmin(axis=1)]]).where(np.isfinite(least))
        allocation = pd.DataFrame({"id": self.matrix.origins, "site": site.to_numpy(), "cost": least})
        new = np.zeros(len(chosen)) if self.fixed is None else 1 - self.fixed[chosen]
        return tuple(places[chosen[np.argsort(new, kind="stable")]].tolist()), allocation

    def _filled(self, barrier: float) -> Float64:
        cost = np.full((len(self.matrix.origins), len(self.matrix.destinations)), barrier)
        cost[self.matrix.origin, self.matrix.destination] = self.matrix.cost
        return cost


def _spopt() -> ModuleType:
    return require("spopt.locate", extra="location")


def _whole(p: object) -> int:
    """How many places; whether they are too many is seen when the candidates are known."""
    if isinstance(p, bool) or not isinstance(p, int | np.integer):
        raise InputError(f"p is {p!r:.40}, no whole number of places", "Give how many places to choose, such as 3")
    return int(p)


def _check_cutoff(cutoff: float) -> None:
    number("cutoff", cutoff, "Give a finite number above 0")
    if not 0 < cutoff < np.inf:
        raise InputError(f"The cutoff is {cutoff}", "Give a finite number above 0")

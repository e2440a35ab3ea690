"""Travel matrices and land-use tables: checked once, joined on their ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from tesoma_geo._arrays import Float64, Int32, Int64
from tesoma_geo._given import column
from tesoma_geo.errors import Fault, InputError
from tesoma_geo.measures.decay import Decay
from tesoma_geo.measures.land_use import amounts, listed, numbers

#: A scipy sparse array of float64; its products with arrays are arrays.
Sparse: TypeAlias = Any

#: The column of costs where the caller names no other.
TRAVEL_TIME = "travel_time"


@dataclass(frozen=True, eq=False)
class TravelMatrix:
    """What it costs to get from each origin to each destination, checked and ready for the measures.

    Every measure takes one of these or a table; making one first saves checking the table each time.
    Pairs that are not held cannot reach each other.

    Attributes
    ----------
    origins, destinations
        Ids, in the order in which the table first names them.
    first
        Origin ``i`` has the pairs ``first[i]`` to ``first[i + 1]``, int64 of shape (n + 1,).
    destination
        The row of each pair's destination, int32 of shape (pairs,).
    cost
        The finite cost of each pair, float64 of shape (pairs,).
    cost_name
        The column that the costs come from.
    """

    origins: pd.Index
    destinations: pd.Index
    first: Int64
    destination: Int32
    cost: Float64
    cost_name: str = TRAVEL_TIME

    @classmethod
    def of(cls, table: pd.DataFrame, travel_cost: str = TRAVEL_TIME) -> Self:
        """The travel matrix that a table holds.

        Parameters
        ----------
        table
            A row a pair: ``from_id``, ``to_id`` and costs of 0 or more, ``inf`` where there is no way.
        travel_cost
            The column of costs; the unit is the caller's.

        Returns
        -------
        TravelMatrix

        Raises
        ------
        InputError
            With every fault: missing columns, missing ids, costs that are negative or missing, pairs
            named twice.
        """
        column("travel_cost", travel_cost)
        missing = [str(name) for name in ("from_id", "to_id", travel_cost) if name not in table]
        if missing:
            raise InputError(
                f"The travel matrix has no column {', '.join(missing)}; it has {listed(table.columns)}",
                "Name its columns from_id and to_id, and the costs with travel_cost",
            )
        if not len(table):
            raise InputError("The travel matrix has no rows", "Give a row for each origin and destination")
        origin, origins = pd.factorize(table["from_id"])
        destination, destinations = pd.factorize(table["to_id"])
        cost = numbers(table[travel_cost], f"travel matrix, column {travel_cost}")
        faults = [*_id_faults(origin, "from_id"), *_id_faults(destination, "to_id")]
        faults += _cost_faults(cost, table, travel_cost)
        if not faults:
            pair = origin.astype(np.int64) * len(destinations) + destination
            order = None if _ascends(pair) else np.argsort(pair, kind="stable")
            faults += _repeats(pair if order is None else pair[order], origins, destinations)
        if faults:
            raise InputError(faults)
        if order is not None:
            origin, destination, cost = origin[order], destination[order], cost[order]
        return cls._held(pd.Index(origins), pd.Index(destinations), origin, destination, cost, travel_cost)

    @classmethod
    def from_array(
        cls,
        origins: Iterable[Any],
        destinations: Iterable[Any],
        cost: ArrayLike,
        cost_name: str = TRAVEL_TIME,
    ) -> Self:
        """The travel matrix of a router's array.

        Parameters
        ----------
        origins, destinations
            Ids, each once; n and m of them.
        cost
            Shape (n, m), 0 or more, ``inf`` where there is no way.
        cost_name
            What the costs are called.

        Returns
        -------
        TravelMatrix

        Raises
        ------
        InputError
            Ids that repeat, another shape, or costs that are negative or not numbers.
        """
        from_, to = pd.Index(list(origins)), pd.Index(list(destinations))
        costs = np.asarray(cost, np.float64)
        for side, ids in (("origins", from_), ("destinations", to)):
            if not ids.is_unique:
                raise InputError(f"The {side} name {ids[ids.duplicated()][0]!r} twice", "Give each its own id")
        if costs.shape != (len(from_), len(to)) or not costs.size:
            raise InputError(
                f"The costs have the shape {costs.shape} for {len(from_)} origins and {len(to)} destinations",
                "Give a row an origin and a column a destination, at least one of each",
            )
        if not costs.min() >= 0:
            raise InputError(
                f"The cost {costs[~(costs >= 0)][0]} is no cost", "Give costs of 0 or more, inf where there is no way"
            )
        n, m = costs.shape
        return cls._held(from_, to, np.repeat(np.arange(n), m), np.tile(np.arange(m), n), costs.ravel(), cost_name)

    @classmethod
    def _held(
        cls,
        origins: pd.Index,
        destinations: pd.Index,
        origin: NDArray[np.integer[Any]],
        destination: NDArray[np.integer[Any]],
        cost: Float64,
        cost_name: str,
    ) -> Self:
        """The pairs with a finite cost, given in the order of the origins."""
        reached = np.isfinite(cost)
        if not reached.all():
            origin, destination, cost = origin[reached], destination[reached], cost[reached]
        first = np.searchsorted(origin, np.arange(len(origins) + 1))
        return cls(origins, destinations, first, destination.astype(np.int32), cost, cost_name)

    @property
    def origin(self) -> Int64:
        """The row of each pair's origin, shape (pairs,)."""
        return np.repeat(np.arange(len(self.origins)), np.diff(self.first))

    @cached_property
    def by_cost(self) -> Int64:
        """The pairs of each origin in the order of their cost, shape (pairs,)."""
        bounds = zip(self.first[:-1], self.first[1:], strict=True)
        return np.concatenate([begin + np.argsort(self.cost[begin:end]) for begin, end in bounds])

    def weights(self, decay: Decay) -> Sparse:
        """The decay's weight of every pair, shape (n, m).

        Parameters
        ----------
        decay
            Costs to weights.

        Returns
        -------
        scipy.sparse.csr_array of float64, shape (n, m)
        """
        return self.filled(decay(self.cost))

    def filled(self, values: Float64) -> Sparse:
        """A sparse array of shape (n, m) with a value a pair.

        Parameters
        ----------
        values
            One a pair, in the order of the pairs, shape (pairs,).

        Returns
        -------
        scipy.sparse.csr_array, shape (n, m)
        """
        from scipy.sparse import csr_array

        return csr_array((values, self.destination, self.first), shape=(len(self.origins), len(self.destinations)))

    def at_destinations(self, land_use: pd.DataFrame, column: str) -> Float64:
        """What the land use has at each destination; see :func:`amounts`.

        Parameters
        ----------
        land_use
            A row a place: ``id``, and numbers of 0 or more.
        column
            The column asked for.

        Returns
        -------
        float64 array of shape (m,)
        """
        return amounts(land_use, column, self.destinations, "to_id")

    def at_origins(self, land_use: pd.DataFrame, column: str) -> Float64:
        """What the land use has at each origin; see :func:`amounts`.

        Parameters
        ----------
        land_use
            A row a place: ``id``, and numbers of 0 or more.
        column
            The column asked for.

        Returns
        -------
        float64 array of shape (n,)
        """
        return amounts(land_use, column, self.origins, "from_id")

    def by_origin(self, value: NDArray[Any], **more: NDArray[Any]) -> pd.DataFrame:
        """A table with a row an origin: ``id``, ``value`` and further columns.

        Parameters
        ----------
        value
            One an origin, shape (n,).
        more
            Further columns by their names, each of shape (n,).

        Returns
        -------
        DataFrame
        """
        return pd.DataFrame({"id": self.origins, "value": value, **more})

    def by_destination(self, value: NDArray[Any]) -> pd.DataFrame:
        """A table with a row a destination: ``id``, ``value``.

        Parameters
        ----------
        value
            One a destination, shape (m,).

        Returns
        -------
        DataFrame
        """
        return pd.DataFrame({"id": self.destinations, "value": value})


#: What the measures take: a table with a row a pair, or one checked before.
Travel: TypeAlias = TravelMatrix | pd.DataFrame


def travel_matrix_of(travel_matrix: Travel, travel_cost: str = TRAVEL_TIME) -> TravelMatrix:
    """A travel matrix as it is, or that of a table.

    Parameters
    ----------
    travel_matrix
        A table with a row a pair, or a :class:`TravelMatrix`.
    travel_cost
        The column of costs.

    Returns
    -------
    TravelMatrix

    Raises
    ------
    InputError
        When it is neither, the table has faults, or the matrix holds another cost.
    """
    if isinstance(travel_matrix, pd.DataFrame):
        return TravelMatrix.of(travel_matrix, travel_cost)
    if not isinstance(travel_matrix, TravelMatrix):
        raise InputError(
            f"The travel matrix is of the type {type(travel_matrix).__name__}",
            "Give a DataFrame with from_id, to_id and costs, or a TravelMatrix",
        )
    if travel_cost not in (TRAVEL_TIME, travel_matrix.cost_name):
        raise InputError(
            f"travel_cost is {travel_cost!r}, and the TravelMatrix holds {travel_matrix.cost_name!r}",
            "Make one of the other costs, or leave travel_cost out",
        )
    return travel_matrix


def _id_faults(codes: NDArray[np.integer[Any]], name: str) -> list[Fault]:
    count = int((codes < 0).sum())
    return [Fault(f"travel matrix, column {name}", f"{count} rows have no id", "Give every row one")] if count else []


def _cost_faults(cost: Float64, table: pd.DataFrame, name: str) -> list[Fault]:
    if cost.min() >= 0:
        return []
    bad = np.flatnonzero(~(cost >= 0))
    pair = table.iloc[bad[0]]
    return [
        Fault(
            f"travel matrix, column {name}",
            f"{len(bad)} costs are negative or missing, the first {cost[bad[0]]} from {pair['from_id']!r}"
            f" to {pair['to_id']!r}",
            "Give costs of 0 or more, inf where there is no way",
        )
    ]


def _repeats(pair: Int64, origins: pd.Index, destinations: pd.Index) -> list[Fault]:
    twice = np.flatnonzero(pair[1:] == pair[:-1])
    if not twice.size:
        return []
    origin, destination = divmod(int(pair[twice[0]]), len(destinations))
    return [
        Fault(
            "travel matrix",
            f"{len(twice)} pairs are there twice, the first from {origins[origin]!r} to {destinations[destination]!r}",
            "Keep one row a pair",
        )
    ]


def _ascends(pair: Int64) -> bool:
    return bool((pair[1:] >= pair[:-1]).all())

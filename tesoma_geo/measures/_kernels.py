"""The compiled loops of the measures.

Imported inside the functions that call them: numba takes longer to load than most measures take.
"""

import numpy as np
from numpy.typing import NDArray

from tesoma_geo._arrays import Float64, Int32, Int64
from tesoma_geo._kernels import kernel


@kernel
def cost_at(
    first: Int64, destination: Int32, cost: Float64, by_cost: Int64, opportunities: Float64, wanted: Float64
) -> Float64:
    """The cost at which each origin's opportunities, the closest first, reach what is wanted.

    Parameters
    ----------
    first
        Where the pairs of each origin begin, and their end, shape (origins + 1,).
    destination, cost
        Of each pair, shape (pairs,).
    by_cost
        Pairs, those of each origin in the order of their cost, shape (pairs,).
    opportunities
        At each destination, shape (destinations,).
    wanted
        By each origin, in the unit of the opportunities, shape (origins,).

    Returns
    -------
    float64 array of shape (origins,)
        In the unit of ``cost``; ``inf`` where it is not reached.
    """
    reached_at = np.full(wanted.size, np.inf)
    for i in range(wanted.size):
        total = 0.0
        for pair in by_cost[first[i] : first[i + 1]]:
            total += opportunities[destination[pair]]
            if total >= wanted[i]:
                reached_at[i] = cost[pair]
                break
    return reached_at


@kernel
def least_cost(first: Int64, destination: Int32, cost: Float64, opportunities: Float64) -> Float64:
    """The least cost at which each origin reaches a destination with opportunities.

    Parameters
    ----------
    first, destination, cost, opportunities
        As of :func:`cost_at`.

    Returns
    -------
    float64 array of shape (origins,)
        In the unit of ``cost``; ``inf`` where there is none.
    """
    least = np.full(first.size - 1, np.inf)
    for i in range(least.size):
        for pair in range(first[i], first[i + 1]):
            if opportunities[destination[pair]] > 0.0 and cost[pair] < least[i]:
                least[i] = cost[pair]
    return least


@kernel
def unbettered(pair: Int64, cost: Float64) -> NDArray[np.bool_]:
    """Which options no other of the same pair betters: costs no more in any column, and less in one or stands before.

    Parameters
    ----------
    pair
        Of each option, those of a pair together, shape (options,).
    cost
        The options of a pair in ascending order of the first column, then the second …, shape (options, columns).

    Returns
    -------
    bool array of shape (options,)
    """
    stays = np.ones(pair.size, np.bool_)
    begin = 0
    for row in range(pair.size):
        if pair[row] != pair[begin]:
            begin = row
        # Who comes earlier costs less in some column, or the same throughout: it betters where it costs no more.
        for other in range(begin, row):
            if stays[other]:
                betters = True
                for column in range(cost.shape[1]):
                    if cost[other, column] > cost[row, column]:
                        betters = False
                        break
                if betters:
                    stays[row] = False
                    break
    return stays


@kernel
def balance(
    first: Int64,
    destination: Int32,
    travel: Float64,
    demand: Float64,
    room: Float64,
    crowding: Float64,
    softness: float,
    negligible: float,
) -> tuple[float, Float64, Float64, Float64]:
    """The softened objective, the loads, minus its second derivatives, and the least cost of each origin.

    The pairs of an origin come in the order of their travel cost, so that the search ends where even
    the emptiest place would be too far.

    Parameters
    ----------
    first
        Where the pairs of each origin begin, and their end, shape (origins + 1,).
    destination, travel
        Of each pair: where it leads and what the way costs, shape (pairs,).
    demand
        Of each origin, shape (origins,).
    room
        Residents that make a crowding of 1 at each destination, 0 where nobody can go, shape (destinations,).
    crowding
        At each destination, added to what the way costs, in the unit of ``travel``, shape (destinations,).
    softness
        The spread of the choice between destinations, in the unit of ``travel``.
    negligible
        Destinations that cost so many times ``softness`` more than the best draw nobody.

    Returns
    -------
    objective : float
        To be made as great as can be by the choice of ``crowding``.
    load : float64 array of shape (destinations,)
        The demand that comes to each destination.
    curvature : float64 array of shape (destinations, destinations)
        Minus the second derivatives of the objective.
    least : float64 array of shape (origins,)
        Travel and crowding of each origin's best destination; ``inf`` where it has none.
    """
    objective = -0.5 * np.sum(room * crowding**2)
    load = np.zeros(room.size)
    curvature = np.diag(room)
    least = np.full(demand.size, np.inf)
    level = np.where(room > 0, crowding, np.inf)
    lowest = level.min()
    near = np.empty(room.size, np.int32)
    cost = np.empty(room.size)
    share = np.empty(room.size)
    for i in range(demand.size):
        count = 0
        for pair in range(first[i], first[i + 1]):
            if travel[pair] + lowest > least[i] + negligible * softness:
                break
            near[count] = destination[pair]
            cost[count] = travel[pair] + level[near[count]]
            if cost[count] <= least[i] + negligible * softness:
                least[i] = min(least[i], cost[count])
                count += 1
        if demand[i] == 0 or least[i] == np.inf:
            continue
        total = 0.0
        for a in range(count):
            share[a] = np.exp((least[i] - cost[a]) / softness)
            total += share[a]
        objective += demand[i] * (least[i] - softness * np.log(total))
        for a in range(count):
            drawn = demand[i] * share[a] / total
            load[near[a]] += drawn
            curvature[near[a], near[a]] += drawn / softness
            for b in range(count):
                curvature[near[a], near[b]] -= drawn * share[b] / total / softness
    return objective, load, curvature, least


@kernel
def solved(matrix: Float64, right: Float64) -> Float64:
    """Solve a symmetric positive definite system, in place.

    Most entries are 0 and are skipped; a threaded library takes longer on systems of this size, above
    all where other work keeps the cores busy.

    Parameters
    ----------
    matrix
        Its upper triangle is read and overwritten, shape (n, n).
    right
        The right-hand side, overwritten by the solution, shape (n,).

    Returns
    -------
    float64 array of shape (n,)
        ``right``.
    """
    n = right.size
    for k in range(n):
        for i in range(k + 1, n):
            if matrix[k, i] != 0.0:
                factor = matrix[k, i] / matrix[k, k]
                right[i] -= factor * right[k]
                for j in range(i, n):
                    matrix[i, j] -= factor * matrix[k, j]
    for k in range(n - 1, -1, -1):
        for j in range(k + 1, n):
            right[k] -= matrix[k, j] * right[j]
        right[k] /= matrix[k, k]
    return right

"""The rational agent access model: residents weigh the way to a service against how crowded it is."""

import numpy as np
import pandas as pd

from tesoma_geo._arrays import Float64, Int32, Int64
from tesoma_geo._given import number
from tesoma_geo.errors import InputError
from tesoma_geo.measures.groups import GroupBy, by_group
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, TravelMatrix

#: How indifferent residents are between costs, from the first search for a balance to the last; the last,
#: as a share of the mean cost, is how exact the values are.
FIRST_SOFTNESS, LAST_SOFTNESS, HARDENING = 0.001, 1e-6, 0.3
#: What the loads of a balance may be off in sum, as a share of the demand: on the way, and at last.
OFF, LAST_OFF = 1e-2, 1e-6
MOST_STEPS = 500
#: The longest first step of Newton's method, in softnesses: farther than that the curve is another.
REACH = 8.0
#: A place that costs this many softnesses more than the least draws nobody: exp(-36) is nothing beside 1.
NEGLIGIBLE = 36.0


def raam(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    tau: float,
    *,
    rho: float | None = None,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Cost of travel and crowding when nobody gains by going elsewhere; lower is better.

    Unit: 1; a cost of tau counts as much as a service with rho residents an opportunity

    Formula: v_i = min_j (D_j / (ρ O_j) + c_ij / τ), where the residents D_j who use j all chose so

    Edge cases: inf where nothing is reached; an origin without residents gets what a first one would
    meet. The value is unique; it is found to within a millionth of the mean.

    Source: Saxon and Snow (2020), Transactions in GIS 24

    Parameters
    ----------
    travel_matrix, land_use, opportunity, demand, group_by, travel_cost
        As for :func:`~tesoma_geo.measures.two_step_fca`.
    tau
        The cost that is as bad as average crowding, above 0.
    rho
        Residents an opportunity that count as a crowding of 1; by default the average.
    active
        If false, the sides are exchanged: the opportunities choose among the residents.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups; a row a destination where ``active`` is false.

    Raises
    ------
    InputError
        When tau or rho is not a finite number above 0, the tables cannot be joined, or no rest is found.
    """
    number("tau", tau, "Give a cost above 0")
    if not 0 < tau < np.inf:
        raise InputError(f"tau is {tau}", "Give a cost above 0")

    def balanced(matrix: TravelMatrix) -> pd.DataFrame:
        offered, asking = (opportunity, demand) if active else (demand, opportunity)
        opportunities, residents = matrix.at_destinations(land_use, offered), matrix.at_origins(land_use, asking)
        room = opportunities * _crowd(rho, opportunities, residents)
        return matrix.by_origin(at_rest(matrix, residents, room, matrix.cost / tau))

    return by_group(travel_matrix, balanced, group_by=group_by, active=active, travel_cost=travel_cost)


def _crowd(rho: float | None, opportunities: Float64, residents: Float64) -> float:
    """Residents an opportunity that make a crowding of 1; any number does where one of them is nowhere."""
    both = bool(residents.any() and opportunities.any())
    if rho is None:
        rho = residents.sum() / opportunities.sum() if both else 1.0
    number("rho", rho, "Give a number of residents above 0, or leave it out for the average")
    if not 0 < rho < np.inf:
        raise InputError(f"rho is {rho}", "Give a number of residents above 0, or leave it out for the average")
    return float(rho) if both else 1.0


def at_rest(matrix: TravelMatrix, demand: Float64, room: Float64, travel: Float64) -> Float64:
    """The least cost of each origin when nobody gains by going elsewhere.

    The crowding at rest maximises a concave function of it, the dual of Beckmann, McGuire and Winsten (1956):
    the residents' least costs less half of room times crowding squared. The least cost is softened, so that
    Newton's method can be used, and hardened again step by step.

    Parameters
    ----------
    matrix
        Which pairs there are.
    demand
        Residents at each origin, shape (n,).
    room
        Residents that make a crowding of 1 at each destination, shape (m,).
    travel
        The cost of each pair in the unit of crowding, shape (pairs,).

    Returns
    -------
    float64 array of shape (n,), in the unit of crowding; inf where nothing is reached
    """
    from tesoma_geo.measures._kernels import balance

    order = matrix.by_cost
    pairs = (matrix.first, matrix.destination[order], travel[order])
    crowding = np.zeros(len(room))
    least = balance(*pairs, demand, room, crowding, 1.0, 0.0)[3]
    reached = np.isfinite(least)
    total = demand[reached].sum()
    if total == 0:
        return least
    crowding[room > 0] = total / room.sum()
    mean = crowding.max() + np.average(least[reached], weights=demand[reached])
    softness = FIRST_SOFTNESS * mean
    while softness > LAST_SOFTNESS * mean:
        crowding = _balanced(pairs, demand, room, crowding, softness, OFF * total)
        softness *= HARDENING
    softness = LAST_SOFTNESS * mean
    crowding = _balanced(pairs, demand, room, crowding, softness, LAST_OFF * total)
    return balance(*pairs, demand, room, crowding, softness, NEGLIGIBLE)[3]


def _balanced(
    pairs: tuple[Int64, Int32, Float64], demand: Float64, room: Float64, crowding: Float64, softness: float, off: float
) -> Float64:
    """The crowding at which the loads that it leads to are the loads that make it; Newton's method."""
    from tesoma_geo.measures._kernels import balance, solved

    used = room > 0
    objective, load, curvature, _ = balance(*pairs, demand, room, crowding, softness, NEGLIGIBLE)
    reach = REACH * softness
    for _ in range(MOST_STEPS):
        slope = load - room * crowding
        if np.abs(slope).sum() <= off:
            return crowding
        step = np.zeros(len(room))
        step[used] = solved(curvature[np.ix_(used, used)], slope[used])
        rise, farthest = float(slope @ step), float(np.abs(step).max())
        length = min(1.0, reach / farthest)
        while True:
            ahead = crowding + length * step
            there = balance(*pairs, demand, room, ahead, softness, NEGLIGIBLE)
            # How much of the rise that a parabola promises is there; the rest is rounding.
            kept = (there[0] - objective + 1e-13 * abs(objective)) / (rise * length * (1.0 - length / 2.0))
            if kept >= 0.01 or length < 1e-9:
                break
            length /= 2.0
        reach = length * farthest * (2.0 if kept > 0.7 else 1.0 if kept > 0.3 else 0.5)
        crowding, (objective, load, curvature, _) = ahead, there
    raise InputError(
        f"The model found no rest in {MOST_STEPS} steps",
        "Give a larger tau, or fewer residents an opportunity with rho",
    )

"""Constrained accessibility: opportunities divided among those who reach them, so that the sums are kept."""

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from tesoma_geo._arrays import Float64
from tesoma_geo._given import flag, number
from tesoma_geo.errors import InputError
from tesoma_geo.measures.decay import AnyDecay, Decay
from tesoma_geo.measures.groups import GroupBy, by_group, each_decay
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Sparse, Travel, TravelMatrix
from tesoma_geo.near_names import instead

#: What constrained accessibility can hold.
Constraint = Literal["total", "singly", "doubly"]
#: Rounds of proportional fitting before it is said that the two sides cannot be matched.
MOST_ROUNDS = 5000
#: How many of the last rounds tell where the fitting is heading.
MEMORY = 8
#: How far the margins of a doubly constrained model may be off, as a share of the total.
FIT = 1e-6


def spatial_availability(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay | Sequence[AnyDecay],
    *,
    alpha: float = 1.0,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Opportunities that are available to an origin, when each is divided among all who reach it.

    Unit: opportunities

    Formula: v_i = Σ_j O_j P_i^α f(c_ij) / Σ_k P_k^α f(c_kj)

    Edge cases: Σ_i v_i is the sum of the opportunities that some demand reaches; the others are nobody's.

    Source: Soukhov et al. (2023), PLOS ONE 18

    Parameters
    ----------
    travel_matrix, land_use, opportunity, demand, group_by, travel_cost
        As for :func:`~tesoma_geo.measures.two_step_fca`.
    decay
        How much an opportunity counts for by its cost; or several decays.
    alpha
        Below 1, small origins get more than their share of residents, above 1 less.
    active
        If false, the residents who are left to each destination, when each is divided among the opportunities that
        can draw them.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups, and ``decay`` where there are several; a row a
    destination where ``active`` is false.

    Raises
    ------
    InputError
        When alpha is not a finite number above 0, or the tables cannot be joined.
    """
    number("alpha", alpha, "Give a number above 0")
    if not 0 < alpha < np.inf:
        raise InputError(f"alpha is {alpha}", "Give a number above 0")

    def available(matrix: TravelMatrix) -> pd.DataFrame:
        claims, offered = (demand, opportunity) if active else (opportunity, demand)
        claim, amount = matrix.at_origins(land_use, claims) ** alpha, matrix.at_destinations(land_use, offered)
        return each_decay(
            decay, lambda weights_of: matrix.by_origin(_divided(matrix.weights(weights_of), claim, amount))
        )

    return by_group(travel_matrix, available, group_by=group_by, active=active, travel_cost=travel_cost)


def constrained_accessibility(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay | Sequence[AnyDecay],
    *,
    constraint: Constraint = "singly",
    active: bool = True,
    group_by: GroupBy = (),
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Accessibility as potential interaction, held to the total, to one side, or to both sides.

    Unit: opportunities; residents where active is false; trips for "doubly"

    Formula: total: v_i = (Σ_j O_j) Σ_j O_j f(c_ij) / Σ_kj O_j f(c_kj); singly: as spatial_availability;
    doubly: v_ij = A_i P_i B_j O_j f(c_ij) with row sums P_i and column sums O_j. With active false, the
    first two with the sides exchanged: residents who reach each destination.

    Edge cases: 0 where nothing is reached. What nobody reaches is left out of the sums that are kept.

    Source: Soukhov et al. (2025), family of accessibility measures; Wilson (1971), Environment and
    Planning 3

    Parameters
    ----------
    travel_matrix, land_use, opportunity, demand, decay, group_by, travel_cost
        As for :func:`spatial_availability`. The demand plays no part in the active total, nor the
        opportunity in the passive one.
    constraint
        What is held: the ``"total"``, one side (``"singly"``) or both (``"doubly"``).
    active
        Opportunities by origin; or, if false, residents by destination. Both at once for ``"doubly"``.

    Returns
    -------
    A row an origin: ``id``, ``value``; a row a destination where active is false; for ``"doubly"`` a row
    a pair: ``from_id``, ``to_id``, ``value``. Behind the ids the groups, and ``decay`` where there are several.

    Raises
    ------
    InputError
        For ``"doubly"``, when the two sides have other sums, or cannot be matched over the pairs that
        reach each other.
    """
    flag("active", active)
    if constraint not in get_args(Constraint):
        raise InputError(f"constraint is {constraint!r}", instead(constraint, get_args(Constraint)))

    def constrained(matrix: TravelMatrix, weights_of: Decay) -> pd.DataFrame:
        weights = matrix.weights(weights_of)
        if constraint == "total":
            if active:
                return matrix.by_origin(_share_of_total(weights, matrix.at_destinations(land_use, opportunity)))
            return matrix.by_destination(_share_of_total(weights.T, matrix.at_origins(land_use, demand)))
        opportunities, residents = matrix.at_destinations(land_use, opportunity), matrix.at_origins(land_use, demand)
        if constraint == "doubly":
            return _matched(matrix, weights, residents, opportunities)
        if active:
            return matrix.by_origin(_divided(weights, residents, opportunities))
        return matrix.by_destination(_divided(weights.T, opportunities, residents))

    return by_group(
        travel_matrix,
        lambda matrix: each_decay(decay, lambda weights_of: constrained(matrix, weights_of)),
        group_by=group_by,
        travel_cost=travel_cost,
    )


def _divided(weights: Sparse, claim: Float64, amount: Float64) -> Float64:
    """What each row gets of the amounts of the columns, divided by claim times weight."""
    claims = weights.T @ claim
    each = np.divide(amount, claims, out=np.zeros(len(amount)), where=claims > 0)
    got: Float64 = claim * (weights @ each)
    return got


def _share_of_total(weights: Sparse, amount: Float64) -> Float64:
    """What each row gets of the sum of the amounts, by the weighted amounts that it reaches."""
    reached: Float64 = weights @ amount
    total = reached.sum()
    return amount.sum() / total * reached if total > 0 else reached


def _matched(matrix: TravelMatrix, weights: Sparse, residents: Float64, opportunities: Float64) -> pd.DataFrame:
    """Trips between the pairs whose sums are the residents and the opportunities; iterative proportional fitting."""
    total = residents.sum()
    if not np.isclose(total, opportunities.sum(), rtol=1e-9):
        raise InputError(
            f"The demand sums to {total:g} and the opportunities to {opportunities.sum():g}",
            "Scale one to the sum of the other, or use another constraint",
        )
    lost = residents[weights @ opportunities == 0].sum(), opportunities[weights.T @ residents == 0].sum()
    if any(lost):
        raise InputError(
            f"{lost[0]:g} of the demand reach no opportunity, and {lost[1]:g} opportunities no demand reaches",
            "Leave these places out, or use another constraint",
        )
    from_, to = _fitted(weights, residents, opportunities)
    trips = (
        weights.data * np.repeat(from_ * residents, np.diff(matrix.first)) * (to * opportunities)[matrix.destination]
    )
    return pd.DataFrame(
        {
            "from_id": matrix.origins[matrix.origin],
            "to_id": matrix.destinations[matrix.destination],
            "value": trips,
        }
    )


def _fitted(weights: Sparse, residents: Float64, opportunities: Float64) -> tuple[Float64, Float64]:
    """The balancing factors of the origins and of the destinations."""
    used = opportunities > 0
    to, log_to, before = np.zeros(len(used)), np.zeros(used.sum()), np.inf
    tried = corrections = np.empty((0, used.sum()))
    # Where the sides do not match, the factors grow without end.
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        for _ in range(MOST_ROUNDS):
            to[used] = np.exp(log_to)
            reach = weights @ (to * opportunities)
            from_ = np.divide(1.0, reach, out=np.zeros(len(residents)), where=reach > 0)
            drawn = to * (weights.T @ (from_ * residents))
            off = (np.abs(drawn - 1.0) * opportunities).sum()
            if off <= FIT * residents.sum():
                return from_, to
            correction = -np.log(drawn[used])
            if off <= before and np.isfinite(correction).all():
                before = off
                tried = np.vstack([tried, log_to])[-MEMORY:]
                corrections = np.vstack([corrections, correction])[-MEMORY:]
                log_to = _extrapolated(tried, corrections)
            elif len(tried):  # Led astray: a plain round from there on, which always betters the fit.
                log_to = tried[-1] + corrections[-1]
                tried, corrections = tried[:0], corrections[:0]
            else:
                break
    raise InputError(
        "The demand and the opportunities do not match: proportional fitting does not settle",
        "Check that the parts that reach each other have as much of both, or use another constraint",
    )


def _extrapolated(tried: Float64, corrections: Float64) -> Float64:
    """Where nothing is left to correct, if the corrections go on as in the last rounds; Anderson (1965), J. ACM 12."""
    change = np.diff(corrections, axis=0)
    back = np.linalg.lstsq(change.T, corrections[-1])[0]
    ahead: Float64 = tried[-1] + corrections[-1] - back @ (np.diff(tried, axis=0) + change)
    return ahead

"""Floating catchments: what there is for each resident, when the others who reach it count too.

In all of them a destination that nobody with demand reaches serves nobody: it adds nothing. A catchment's
edge is the decay's: beyond it the decay is 0.
"""

import numpy as np
import pandas as pd

from tesoma_geo._arrays import Float64
from tesoma_geo.measures.decay import checked
from tesoma_geo.measures.gravity import AnyDecay
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, TravelMatrix, travel_matrix_of


def fca(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay,
    *,
    demand_matrix: Travel | None = None,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Opportunities over residents within the catchment around each origin.

    Unit: opportunities per resident

    Formula: v_i = Σ_j O_j f(c_ij) / Σ_k P_k f(c_ik)

    Edge cases: NaN where no residents are in the catchment; 0 where residents are and no opportunities.

    Source: Luo (2004), Health & Place 10

    Parameters
    ----------
    travel_matrix
        A row a pair: ``from_id``, ``to_id`` and a cost, or a :class:`TravelMatrix`.
    land_use
        A row a place: ``id`` and the columns of opportunity and demand.
    opportunity
        The column of how many there are at each destination.
    demand
        The column of residents at each destination of the demand matrix.
    decay
        How much a place counts for by its cost; ``decay.step`` for the plain catchment.
    demand_matrix
        Costs from the same origins to the places where residents are; the travel matrix itself
        where opportunities and residents are at the same places.
    travel_cost
        The column of costs, in both matrices.

    Returns
    -------
    A row an origin: ``id``, ``value``.
    """
    weights_of = checked(decay)
    matrix = travel_matrix_of(travel_matrix, travel_cost)
    to_demand = matrix if demand_matrix is None else travel_matrix_of(demand_matrix, travel_cost)
    supplied = matrix.weights(weights_of) @ matrix.at_destinations(land_use, opportunity)
    around = pd.Series(to_demand.weights(weights_of) @ to_demand.at_destinations(land_use, demand), to_demand.origins)
    residents = around.reindex(matrix.origins, fill_value=0.0).to_numpy()
    return matrix.by_origin(np.divide(supplied, residents, out=np.full(len(supplied), np.nan), where=residents > 0))


def two_step_fca(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay,
    *,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Two-step floating catchment area: opportunities per resident, with the competition for each of them.

    Unit: opportunities per resident

    Formula: v_i = Σ_j R_j f(c_ij) with R_j = O_j / Σ_k P_k f(c_kj)

    Edge cases: a destination that no demand reaches adds nothing. The demand-weighted sum Σ_i P_i v_i is
    the sum of the opportunities that some demand reaches.

    Source: Luo and Wang (2003), Environment and Planning B 30

    Parameters
    ----------
    travel_matrix, land_use, opportunity, travel_cost
        As for :func:`fca`.
    demand
        The column of residents at each origin.
    decay
        ``decay.step`` for the plain catchment; with another this is the enhanced measure.

    Returns
    -------
    A row an origin: ``id``, ``value``.
    """
    weights_of = checked(decay)
    matrix, opportunities, residents = _sides(travel_matrix, land_use, opportunity, demand, travel_cost)
    weights = matrix.weights(weights_of)
    return matrix.by_origin(weights @ _ratio(opportunities, weights.T @ residents))


def enhanced_two_step_fca(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay,
    *,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Enhanced two-step floating catchment area: the two steps weighted by distance zones.

    Unit: opportunities per resident

    Formula: as two_step_fca; f(c_ij) falls from zone to zone

    Edge cases: as two_step_fca.

    Source: Luo and Qi (2009), Health & Place 15

    Parameters
    ----------
    travel_matrix, land_use, opportunity, demand, travel_cost
        As for :func:`two_step_fca`.
    decay
        ``decay.stepped({10: 1.0, 20: 0.68, 30: 0.22})`` are the zones of Luo and Qi in minutes.

    Returns
    -------
    A row an origin: ``id``, ``value``.
    """
    return two_step_fca(travel_matrix, land_use, opportunity, demand, decay, travel_cost=travel_cost)


def three_step_fca(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay,
    *,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Three-step floating catchment area: residents divide their demand among the places they reach.

    Unit: opportunities per resident

    Formula: v_i = Σ_j G_ij f(c_ij) R_j with G_ij = f(c_ij) / Σ_k f(c_ik), R_j = O_j / Σ_k P_k G_kj f(c_kj)

    Edge cases: as two_step_fca. The preference G is normalised within the catchment, after the decay has
    cut it off; a package that normalises over all places first gives other values.

    Source: Wan, Zou and Sternberg (2012), International Journal of Geographical Information Science 26

    Parameters
    ----------
    travel_matrix, land_use, opportunity, demand, travel_cost
        As for :func:`two_step_fca`.
    decay
        The weights of the zones, as for :func:`enhanced_two_step_fca`.

    Returns
    -------
    A row an origin: ``id``, ``value``.
    """
    weights_of = checked(decay)
    matrix, opportunities, residents = _sides(travel_matrix, land_use, opportunity, demand, travel_cost)
    weight = weights_of(matrix.cost)
    chosen = matrix.filled(weight * _per_origin(matrix, weight))
    return matrix.by_origin(chosen @ _ratio(opportunities, chosen.T @ residents))


def balanced_fca(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay,
    *,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Balanced floating catchment area: neither residents nor opportunities are counted more than once.

    Unit: opportunities per resident

    Formula: v_i = Σ_j w_ij O_j / Σ_k P_k u_kj with u_ij = f(c_ij) / Σ_k f(c_ik), w_ij = f(c_ij) / Σ_k f(c_kj)

    Edge cases: as two_step_fca. Σ_i v_i is the sum of the level of service O_j / Σ_k P_k u_kj over the
    destinations.

    Source: Paez, Higgins and Vivona (2019), PLOS ONE 14

    Parameters
    ----------
    travel_matrix, land_use, opportunity, demand, travel_cost
        As for :func:`two_step_fca`.
    decay
        How much a place counts for by its cost.

    Returns
    -------
    A row an origin: ``id``, ``value``.
    """
    weights_of = checked(decay)
    matrix, opportunities, residents = _sides(travel_matrix, land_use, opportunity, demand, travel_cost)
    weight = weights_of(matrix.cost)
    weights, by_origin = matrix.filled(weight), matrix.filled(_per_origin(matrix, weight))
    service = _ratio(opportunities, by_origin.T @ residents)
    return matrix.by_origin(weights @ _ratio(service, weights.sum(axis=0)))


def _sides(
    travel_matrix: Travel, land_use: pd.DataFrame, opportunity: str, demand: str, travel_cost: str
) -> tuple[TravelMatrix, Float64, Float64]:
    """The travel matrix, the opportunities at its destinations and the residents at its origins."""
    matrix = travel_matrix_of(travel_matrix, travel_cost)
    return matrix, matrix.at_destinations(land_use, opportunity), matrix.at_origins(land_use, demand)


def _per_origin(matrix: TravelMatrix, weight: Float64) -> Float64:
    """The weight of each pair as a share of its origin's."""
    total = matrix.filled(weight).sum(axis=1)
    share: Float64 = weight * np.repeat(_ratio(np.ones(len(total)), total), np.diff(matrix.first))
    return share


def _ratio(amount: Float64, among: Float64) -> Float64:
    """Amount over what it is divided among; 0 where that is nothing."""
    ratio: Float64 = np.divide(amount, among, out=np.zeros(len(amount)), where=among > 0)
    return ratio

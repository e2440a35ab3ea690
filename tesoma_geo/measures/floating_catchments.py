"""Floating catchments: what there is for each resident, when the others who reach it count too.

In all of them a destination that nobody with demand reaches serves nobody: it adds nothing. A catchment's
edge is the decay's: beyond it the decay is 0.

The opportunities are at the destinations and the residents at the origins. The passive measures exchange their parts:
residents for each opportunity, with the competition of the other opportunities for them.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from tesoma_geo._arrays import Float64
from tesoma_geo.measures.decay import AnyDecay, Decay
from tesoma_geo.measures.groups import (
    GroupBy,
    by_group,
    each_decay,
    group_columns,
    labelled,
    matrices,
    matrix_for,
    shares_groups,
    stacked,
)
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, TravelMatrix


def fca(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay | Sequence[AnyDecay],
    *,
    demand_matrix: Travel | None = None,
    group_by: GroupBy = (),
    active: bool = True,
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
        How much a place counts for by its cost; ``decay.step`` for the plain catchment. Or several.
    demand_matrix
        Costs from the same origins to the places where residents are; the travel matrix itself
        where opportunities and residents are at the same places. With the groups, or for all of them.
    group_by
        Columns of the travel matrix whose groups, such as modes, are taken one by one.
    active
        If false, residents over opportunities within the catchment around each destination, the ways leading to it:
        residents at the origins of the travel matrix, opportunities at those of the demand matrix.
    travel_cost
        The column of costs, in both matrices.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups, and ``decay`` where there are several; a row a
    destination where ``active`` is false.
    """
    columns = group_columns(group_by)
    upper, lower = (opportunity, demand) if active else (demand, opportunity)
    others = travel_matrix if demand_matrix is None else demand_matrix
    shared = shares_groups(others, columns)
    of_demand = matrices(others, group_by=() if shared else columns, active=active, travel_cost=travel_cost)
    parts = []
    for key, matrix in matrices(travel_matrix, group_by=columns, active=active, travel_cost=travel_cost).items():
        table = _over_those_around(matrix, matrix_for(key, of_demand), land_use, upper, lower, decay)
        parts.append(labelled(table, columns, key))
    return stacked(parts)


def _over_those_around(
    matrix: TravelMatrix,
    to_demand: TravelMatrix,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay | Sequence[AnyDecay],
) -> pd.DataFrame:
    """What each origin of a matrix reaches, over those whom it reaches by the other."""
    opportunities, people = matrix.at_destinations(land_use, opportunity), to_demand.at_destinations(land_use, demand)

    def ratio(weights_of: Decay) -> pd.DataFrame:
        supplied = matrix.weights(weights_of) @ opportunities
        around = pd.Series(to_demand.weights(weights_of) @ people, to_demand.origins)
        residents = around.reindex(matrix.origins, fill_value=0.0).to_numpy()
        return matrix.by_origin(np.divide(supplied, residents, out=np.full(len(supplied), np.nan), where=residents > 0))

    return each_decay(decay, ratio)


def two_step_fca(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay | Sequence[AnyDecay],
    *,
    group_by: GroupBy = (),
    active: bool = True,
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
    travel_matrix, land_use, opportunity, group_by, travel_cost
        As for :func:`fca`.
    demand
        The column of residents at each origin.
    decay
        ``decay.step`` for the plain catchment; with another this is the enhanced measure. Or several.
    active
        If false, residents for each opportunity, with the competition for them: the same with the sides exchanged.

    Returns
    -------
    A row an origin: ``id``, ``value``, and the columns that :func:`fca` adds.
    """

    def shared(matrix: TravelMatrix, opportunities: Float64, residents: Float64, weights_of: Decay) -> Float64:
        weights = matrix.weights(weights_of)
        divided: Float64 = weights @ _ratio(opportunities, weights.T @ residents)
        return divided

    asked = (travel_matrix, land_use, opportunity, demand, decay)
    return _of_both_sides(*asked, shared, group_by=group_by, active=active, travel_cost=travel_cost)


def enhanced_two_step_fca(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay | Sequence[AnyDecay],
    *,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Enhanced two-step floating catchment area: the two steps weighted by distance zones.

    Unit: opportunities per resident

    Formula: as two_step_fca; f(c_ij) falls from zone to zone

    Edge cases: as two_step_fca.

    Source: Luo and Qi (2009), Health & Place 15

    Parameters
    ----------
    travel_matrix, land_use, opportunity, demand, group_by, active, travel_cost
        As for :func:`two_step_fca`.
    decay
        ``decay.stepped({10: 1.0, 20: 0.68, 30: 0.22})`` are the zones of Luo and Qi in minutes.

    Returns
    -------
    A row an origin: ``id``, ``value``, and the columns that :func:`fca` adds.
    """
    asked = (travel_matrix, land_use, opportunity, demand, decay)
    return two_step_fca(*asked, group_by=group_by, active=active, travel_cost=travel_cost)


def three_step_fca(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay | Sequence[AnyDecay],
    *,
    group_by: GroupBy = (),
    active: bool = True,
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
    travel_matrix, land_use, opportunity, demand, group_by, active, travel_cost
        As for :func:`two_step_fca`.
    decay
        The weights of the zones, as for :func:`enhanced_two_step_fca`.

    Returns
    -------
    A row an origin: ``id``, ``value``, and the columns that :func:`fca` adds.
    """

    def chosen_shares(matrix: TravelMatrix, opportunities: Float64, residents: Float64, weights_of: Decay) -> Float64:
        weight = weights_of(matrix.cost)
        chosen = matrix.filled(weight * _per_origin(matrix, weight))
        divided: Float64 = chosen @ _ratio(opportunities, chosen.T @ residents)
        return divided

    asked = (travel_matrix, land_use, opportunity, demand, decay)
    return _of_both_sides(*asked, chosen_shares, group_by=group_by, active=active, travel_cost=travel_cost)


def balanced_fca(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay | Sequence[AnyDecay],
    *,
    group_by: GroupBy = (),
    active: bool = True,
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
    travel_matrix, land_use, opportunity, demand, group_by, active, travel_cost
        As for :func:`two_step_fca`.
    decay
        How much a place counts for by its cost.

    Returns
    -------
    A row an origin: ``id``, ``value``, and the columns that :func:`fca` adds.
    """

    def balanced(matrix: TravelMatrix, opportunities: Float64, residents: Float64, weights_of: Decay) -> Float64:
        weight = weights_of(matrix.cost)
        weights, by_origin = matrix.filled(weight), matrix.filled(_per_origin(matrix, weight))
        service = _ratio(opportunities, by_origin.T @ residents)
        divided: Float64 = weights @ _ratio(service, weights.sum(axis=0))
        return divided

    asked = (travel_matrix, land_use, opportunity, demand, decay)
    return _of_both_sides(*asked, balanced, group_by=group_by, active=active, travel_cost=travel_cost)


def _of_both_sides(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    decay: AnyDecay | Sequence[AnyDecay],
    value: Callable[[TravelMatrix, Float64, Float64, Decay], Float64],
    *,
    group_by: GroupBy,
    active: bool,
    travel_cost: str,
) -> pd.DataFrame:
    """A value of the opportunities at the destinations and the residents at the origins, by group and by decay."""

    def of_group(matrix: TravelMatrix) -> pd.DataFrame:
        offered, asking = (opportunity, demand) if active else (demand, opportunity)
        supply, people = matrix.at_destinations(land_use, offered), matrix.at_origins(land_use, asking)
        return each_decay(decay, lambda weights_of: matrix.by_origin(value(matrix, supply, people, weights_of)))

    return by_group(travel_matrix, of_group, group_by=group_by, active=active, travel_cost=travel_cost)


def _per_origin(matrix: TravelMatrix, weight: Float64) -> Float64:
    """The weight of each pair as a share of its origin's."""
    total = matrix.filled(weight).sum(axis=1)
    share: Float64 = weight * np.repeat(_ratio(np.ones(len(total)), total), np.diff(matrix.first))
    return share


def _ratio(amount: Float64, among: Float64) -> Float64:
    """Amount over what it is divided among; 0 where that is nothing."""
    ratio: Float64 = np.divide(amount, among, out=np.zeros(len(amount)), where=among > 0)
    return ratio

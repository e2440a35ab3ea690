"""Options of several costs: those that no other betters, and the cheapest that keeps within limits.

A table of options has several rows a pair: the fast way with a dear ticket, the slow one without a change. Each
row has a cost in every column, such as ``travel_time``, ``fare`` and ``transfers``; less is better in all of them.
"""

from collections.abc import Mapping, Sequence
from numbers import Real

import numpy as np
import pandas as pd

from tesoma_geo._given import mapping
from tesoma_geo.errors import InputError
from tesoma_geo.measures.groups import GroupBy, group_columns
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel


def frontier(options: pd.DataFrame, travel_costs: Sequence[str], *, group_by: GroupBy = ()) -> pd.DataFrame:
    """The options of each pair that no other option of the pair betters: the Pareto frontier.

    An option is bettered by one that costs no more in any column and less in at least one. Of options that cost the
    same throughout, the first is kept; one with a cost of ``inf`` cannot be travelled and goes.

    Source: Conway and Stewart (2019), International Journal of Geographical Information Science 33, for time and
    fare in accessibility.

    Parameters
    ----------
    options
        A row an option: ``from_id``, ``to_id`` and the costs, each 0 or more.
    travel_costs
        The columns of costs, at least one.
    group_by
        Columns, such as ``"departure"``, whose values are compared each on their own.

    Returns
    -------
    DataFrame
        The rows that remain, with all their columns, in the order of the pairs and of the costs as they are named.

    Raises
    ------
    InputError
        Columns that are missing; costs that are negative or missing; rows without an id.
    """
    from tesoma_geo.measures._kernels import unbettered

    columns, costs = group_columns(group_by), tuple(travel_costs)
    if isinstance(travel_costs, str) or not costs:
        raise InputError(f"travel_costs is {travel_costs!r}", 'Name columns: ["travel_time", "fare"]')
    _check(options, costs, columns)
    keys = [*columns, "from_id", "to_id"]
    finite = options[np.isfinite(options[list(costs)].to_numpy(np.float64)).all(axis=1)]
    pair = finite.groupby(keys, sort=False, observed=True).ngroup().to_numpy()
    cost = finite[list(costs)].to_numpy(np.float64)
    order = np.lexsort((*cost.T[::-1], pair))
    kept = order[unbettered(pair[order], cost[order])]
    remaining: pd.DataFrame = finite.iloc[kept].reset_index(drop=True)
    return remaining


def cheapest_within(
    options: Travel,
    limits: Mapping[str, float],
    *,
    group_by: GroupBy = (),
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """A travel matrix of the least cost of each pair among the options that keep within limits.

    Parameters
    ----------
    options
        A row an option: ``from_id``, ``to_id``, ``travel_cost`` and the columns of the limits.
    limits
        The most that may be spent, by column: ``{"fare": 3.5, "transfers": 1}``. As much as the limit is within it.
    group_by
        Columns whose groups are taken one by one.
    travel_cost
        The column whose least value is taken.

    Returns
    -------
    DataFrame
        A row a pair (and group) of the options: ``from_id``, ``to_id``, the groups and ``travel_cost``, which is
        ``inf`` where no option keeps within the limits.

    Raises
    ------
    InputError
        As :func:`frontier`; limits that are no numbers of 0 or more; a ``TravelMatrix``, which has one cost.
    """
    columns = group_columns(group_by)
    if not isinstance(options, pd.DataFrame):
        raise InputError(f"The options are of the type {type(options).__name__}", "Give the table with a column a cost")
    mapping("limits", limits, 'Give numbers of 0 or more by column: {"fare": 3.5}')
    bad = {name: limit for name, limit in limits.items() if not (isinstance(limit, Real) and float(limit) >= 0)}
    if bad or not limits:
        raise InputError(f"limits is {dict(limits)}", 'Give numbers of 0 or more by column: {"fare": 3.5}')
    _check(options, (travel_cost, *limits), columns)
    within = np.all([options[name].to_numpy(np.float64) <= limit for name, limit in limits.items()], axis=0)
    cost = np.where(within, options[travel_cost].to_numpy(np.float64), np.inf)
    keys = ["from_id", "to_id", *columns]
    return options[keys].assign(**{travel_cost: cost}).groupby(keys, sort=False, observed=True, as_index=False).min()


def _check(options: pd.DataFrame, costs: Sequence[str], columns: Sequence[str]) -> None:
    missing = [name for name in ("from_id", "to_id", *costs, *columns) if name not in options]
    if missing:
        raise InputError(
            f"The options have no column {', '.join(missing)}; they have {', '.join(map(str, options.columns))}",
            "Name the ids from_id and to_id, and columns of costs and groups that are there",
        )
    unset = [name for name in ("from_id", "to_id", *columns) if options[name].isna().any()]
    if unset:
        raise InputError(f"The column {unset[0]} of the options is empty in some rows", "Give every row one")
    for name in costs:
        try:
            values = options[name].to_numpy(np.float64)
        except (TypeError, ValueError):
            raise InputError(f"The column {name} of the options holds {options[name].dtype}", "Give numbers") from None
        if values.size and not values.min() >= 0:
            raise InputError(
                f"The column {name} of the options holds {values[~(values >= 0)][0]}",
                "Give costs of 0 or more, inf where there is no way",
            )

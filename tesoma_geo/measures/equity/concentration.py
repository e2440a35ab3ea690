"""Whether access goes with rank: the concentration index."""

from typing import Literal, get_args

import numpy as np
import pandas as pd

from tesoma_geo._given import numbers
from tesoma_geo.errors import InputError
from tesoma_geo.measures.equity.weights import Array, by_group, mean, residents
from tesoma_geo.near_names import instead

Kind = Literal["standard", "wagstaff", "erreygers"]


def concentration_index(
    access: pd.DataFrame,
    land_use: pd.DataFrame,
    *,
    rank: str,
    population: str = "population",
    kind: Kind = "erreygers",
    bounds: tuple[float, float] | None = None,
    by: str | None = None,
) -> float | pd.DataFrame:
    """Concentration index: whether those of high rank have more access than those of low rank.

    Unit: 1; above 0 access favours high rank, below 0 low rank

    Formula: C = 2 cov(v, r) / mean(v), r the share of residents of lower rank plus half of those of the
    same; wagstaff: C mean (b - a) / ((b - mean) (mean - a)); erreygers: 4 C mean / (b - a); a and b the bounds

    Edge cases: 0 where everybody has the same; NaN where a value is inf.

    Source: Kakwani, Wagstaff and van Doorslaer (1997), Journal of Econometrics 77; Wagstaff (2005), Health
    Economics 14; Erreygers (2009), Journal of Health Economics 28

    In a sentence: above 0, access is greater where incomes, or whatever ranks the residents, are higher.

    Parameters
    ----------
    access
        What a measure returned: ``id``, ``value``.
    land_use
        A row a place: ``id``, residents and the rank.
    rank
        The column that orders residents, such as income; equal ones rank alike.
    population
        The column of residents.
    kind
        ``"standard"``, or corrected for values with bounds by ``"wagstaff"`` or ``"erreygers"``.
    bounds
        The least and the greatest value that are possible; by default those that occur.
    by
        A column whose groups are taken one by one.

    Returns
    -------
    A number; with ``by`` a row a group: the group, ``value``.

    Raises
    ------
    InputError
        When the kind is unknown, a value lies outside of the bounds, or the tables cannot be joined.
    """
    if kind not in get_args(Kind):
        raise InputError(f"kind is {kind!r}", instead(kind, get_args(Kind)))
    table = residents(access, land_use, population, [rank], by)
    limits = None if bounds is None else numbers("bounds", bounds, "Give the lowest and the highest value: (0, 100)")
    if limits is not None and len(limits) != 2:
        raise InputError(f"bounds has {len(limits)} numbers", "Give the lowest and the highest value: (0, 100)")
    low, high = limits or (float(table["value"].min()), float(table["value"].max()))
    if table["value"].min() < low or table["value"].max() > high:
        raise InputError(f"Some values lie outside of the bounds {low:g} to {high:g}", "Give bounds that hold them all")

    def index(rows: pd.DataFrame) -> float:
        value, people = rows["value"].to_numpy(), rows["people"].to_numpy()
        average = mean(value, people)
        if np.isinf(average):
            return float("nan")
        if value.min() == value.max():
            return 0.0
        covariance = float(np.average((value - average) * _fractional_rank(rows[rank], people), weights=people))
        if kind == "standard":
            return 2.0 * covariance / average
        if kind == "wagstaff":
            return 2.0 * covariance * (high - low) / ((high - average) * (average - low))
        return 8.0 * covariance / (high - low)

    return by_group(table, by, index)


def _fractional_rank(rank: pd.Series, people: Array) -> Array:
    """The share of residents ranked lower, and half of those ranked the same."""
    ranks, place = np.unique(rank.to_numpy(np.float64), return_inverse=True)
    at_rank = np.bincount(place, people, minlength=len(ranks))
    share: Array = ((np.cumsum(at_rank) - at_rank / 2.0) / people.sum())[place]
    return share

"""How unevenly a value is spread over residents: Lorenz curve, Gini, Palma, Theil."""

import numpy as np
import pandas as pd

from tesoma_geo.errors import InputError
from tesoma_geo.measures.equity.weights import Array, by_group, mean, residents


def lorenz_curve(access: pd.DataFrame, land_use: pd.DataFrame, *, population: str = "population") -> pd.DataFrame:
    """The share of all access that the worst-off share of residents has.

    Unit: shares from 0 to 1

    Formula: points (Σ_{j≤i} P_j / Σ P, Σ_{j≤i} P_j v_j / Σ P v), places in the order of v

    Edge cases: from (0, 0) to (1, 1); the straight line where everybody has 0; NaN where a value is inf.

    Source: Lorenz (1905), Publications of the American Statistical Association 9

    In a sentence: if everybody had the same, half of the residents would have half of all access.

    Parameters
    ----------
    access
        What a measure returned: ``id``, ``value``.
    land_use
        A row a place: ``id`` and residents.
    population
        The column of residents.

    Returns
    -------
    A row a place and one for (0, 0): ``population_share``, ``access_share``, ascending.
    """
    table = residents(access, land_use, population)
    people_share, access_share = _lorenz(table["value"].to_numpy(), table["people"].to_numpy())
    return pd.DataFrame({"population_share": people_share, "access_share": access_share})


def gini(
    access: pd.DataFrame, land_use: pd.DataFrame, *, population: str = "population", by: str | None = None
) -> float | pd.DataFrame:
    """Gini index of the residents' access.

    Unit: 1; 0 is equal

    Formula: G = Σ_i Σ_j P_i P_j |v_i - v_j| / (2 (Σ P)² mean(v))

    Edge cases: 0 where everybody has the same, also 0; NaN where a value is inf.

    Source: Gini (1912); Lucas, van Wee and Maat (2016), Transportation 43

    In a sentence: half the difference between two residents met by chance, as a share of the mean.

    Parameters
    ----------
    access, land_use, population
        As for :func:`lorenz_curve`.
    by
        A column whose groups are taken one by one.

    Returns
    -------
    A number; with ``by`` a row a group: the group, ``value``.
    """
    return by_group(residents(access, land_use, population, by=by), by, _gini)


def palma(
    access: pd.DataFrame,
    land_use: pd.DataFrame,
    *,
    population: str = "population",
    rank: str | None = None,
    by: str | None = None,
) -> float | pd.DataFrame:
    """Palma ratio: mean access of the top tenth of residents over that of the bottom four tenths.

    Unit: 1; 1 is equal

    Formula: mean(v | top 10 %) / mean(v | bottom 40 %), by the rank; residents of the place at the border
    are divided

    Edge cases: inf where the bottom has 0 and the top has not; NaN where both have 0 or a value is inf.
    Places of equal rank share alike.

    Source: Palma (2011), Development and Change 42; Herszenhut et al. (2022), for access

    In a sentence: how many times the access of those who have least do those have who have most.

    Parameters
    ----------
    access, land_use, population, by
        As for :func:`gini`.
    rank
        The column by which residents are ordered, such as income; by default the access itself.

    Returns
    -------
    A number; with ``by`` a row a group: the group, ``value``.
    """
    columns = [] if rank is None else [rank]

    def ratio(rows: pd.DataFrame) -> float:
        value, people = rows["value"].to_numpy(), rows["people"].to_numpy()
        if np.isinf(value).any():
            return float("nan")
        order = rows["value" if rank is None else rank].to_numpy(np.float64)
        top, bottom = _tail_mean(value, people, -order, 0.1), _tail_mean(value, people, order, 0.4)
        return top / bottom if bottom > 0 else float("inf") if top > 0 else float("nan")

    return by_group(residents(access, land_use, population, columns, by), by, ratio)


def theil_t(
    access: pd.DataFrame, land_use: pd.DataFrame, *, population: str = "population", by: str | None = None
) -> float | pd.DataFrame:
    """Theil's T index of the residents' access.

    Unit: nat; 0 is equal, ln(Σ P) at most

    Formula: T = Σ_i P_i / Σ P · v_i / mean(v) · ln(v_i / mean(v))

    Edge cases: a value of 0 adds 0, the limit; 0 where everybody has 0; NaN where a value is inf.

    Source: Theil (1967), Economics and Information Theory

    In a sentence: unevenness that falls apart exactly into that between groups and that within them.

    Parameters
    ----------
    access, land_use, population, by
        As for :func:`gini`.

    Returns
    -------
    A number; with ``by`` a row a group: the group, ``value``.
    """
    return by_group(residents(access, land_use, population, by=by), by, _theil)


def theil_decomposition(
    access: pd.DataFrame, land_use: pd.DataFrame, *, groups: str, population: str = "population"
) -> pd.DataFrame:
    """Theil's T index in two parts: between groups, and within each of them.

    Unit: nat

    Formula: T = Σ_g s_g ln(mean_g / mean) + Σ_g s_g T_g, s_g the group's share of all access

    Edge cases: as theil_t; the parts sum to the whole.

    Source: Theil (1967), Economics and Information Theory

    In a sentence: how much of the unevenness is a matter of where, or who, one is.

    Parameters
    ----------
    access, land_use, population
        As for :func:`gini`.
    groups
        The column of groups.

    Returns
    -------
    A row a group: the group, ``between``, ``within``, and ``share`` of the whole.
    """
    table = residents(access, land_use, population, [groups])
    overall = mean(table["value"].to_numpy(), table["people"].to_numpy())
    parts = []
    for group, rows in table.groupby(groups, sort=True):
        value, people = rows["value"].to_numpy(), rows["people"].to_numpy()
        average = mean(value, people)
        held = people.sum() * average / (table["people"].sum() * overall) if overall > 0 else 0.0
        between = held * np.log(average / overall) if held > 0 else 0.0
        parts.append((group, between, held * _theil(rows) if held > 0 else 0.0))
    result = pd.DataFrame(parts, columns=[groups, "between", "within"])
    whole = float((result["between"] + result["within"]).sum())
    return result.assign(share=(result["between"] + result["within"]) / whole if whole else 0.0)


def _lorenz(value: Array, people: Array) -> tuple[Array, Array]:
    order = np.argsort(value, kind="stable")
    share = np.append(0.0, np.cumsum(people[order])) / people.sum()
    held = np.append(0.0, np.cumsum((people * value)[order]))
    if np.isinf(held[-1]):
        return share, np.full(len(share), np.nan)
    return share, held / held[-1] if held[-1] > 0 else share


def _gini(rows: pd.DataFrame) -> float:
    share, held = _lorenz(rows["value"].to_numpy(), rows["people"].to_numpy())
    return max(0.0, 1.0 - float((np.diff(share) * (held[1:] + held[:-1])).sum())) if not np.isnan(held[0]) else np.nan


def _theil(rows: pd.DataFrame) -> float:
    value, people = rows["value"].to_numpy(), rows["people"].to_numpy()
    average = mean(value, people)
    if np.isinf(average):
        return float("nan")
    if average == 0:
        return 0.0
    relative = value / average
    surprise = np.log(relative, out=np.zeros(len(relative)), where=relative > 0)
    return max(0.0, float(np.average(relative * surprise, weights=people)))


def _tail_mean(value: Array, people: Array, order: Array, share: float) -> float:
    """The mean of the first residents in an order; those of equal rank count alike."""
    ranks, place = np.unique(order, return_inverse=True)
    at_rank = np.bincount(place, people, minlength=len(ranks))
    before = np.cumsum(at_rank) - at_rank
    taken = np.clip(share * people.sum() - before, 0.0, at_rank) / at_rank
    if not taken.any():
        raise InputError("Nobody is in the tail", "Give residents above 0")
    return float(np.average(value, weights=people * taken[place]))

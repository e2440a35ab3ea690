"""Who has too little: shares below a standard, and how far below."""

from typing import Literal

import numpy as np
import pandas as pd

from tesoma_geo._given import number
from tesoma_geo.errors import InputError
from tesoma_geo.measures.equity.weights import Array, by_group, residents

#: Whether more of a value is better (opportunities) or less of it is (minutes).
Better = Literal["more", "less"]


def sufficiency(
    access: pd.DataFrame,
    land_use: pd.DataFrame,
    standard: float,
    *,
    population: str = "population",
    better: Better = "more",
    by: str | None = None,
) -> float | pd.DataFrame:
    """Share of residents who fall short of a standard.

    Unit: share from 0 to 1

    Formula: Σ_i P_i [v_i < standard] / Σ_i P_i; with costs, [v_i > standard]

    Edge cases: whoever is exactly at the standard meets it; a cost of inf does not.

    Source: Martens (2017), Transport Justice

    In a sentence: of all residents, how many have less than everybody should have.

    Parameters
    ----------
    access
        What a measure returned: ``id``, ``value``.
    land_use
        A row a place: ``id`` and residents.
    standard
        What everybody should have at least; with ``better="less"``, at most.
    population
        The column of residents.
    better
        ``"more"`` for opportunities, ``"less"`` for costs.
    by
        A column whose groups are taken one by one.

    Returns
    -------
    A number; with ``by`` a row a group: the group, ``value``.
    """
    number("standard", standard, "Give a finite number above 0")
    return fgt_poverty(access, land_use, standard, alpha=0.0, population=population, better=better, by=by)


def fgt_poverty(
    access: pd.DataFrame,
    land_use: pd.DataFrame,
    poverty_line: float,
    *,
    alpha: float = 1.0,
    population: str = "population",
    better: Better = "more",
    by: str | None = None,
) -> float | pd.DataFrame:
    """Foster-Greer-Thorbecke index of accessibility poverty.

    Unit: 1; 0 is nobody below the line

    Formula: Σ_i P_i ((line - v_i) / line)^α [v_i < line] / Σ_i P_i; with costs ((v_i - line) / line)^α [v_i > line]

    Edge cases: whoever is exactly at the line is not poor; with costs, inf where somebody's cost is inf
    and alpha is above 0.

    Source: Foster, Greer and Thorbecke (1984), Econometrica 52; for costs, the shortfall turned round

    In a sentence: how many are below the line (alpha 0), how far below on average (1), the worst-off
    counting most (2).

    Parameters
    ----------
    access, land_use, population, better, by
        As for :func:`sufficiency`.
    poverty_line
        Above 0.
    alpha
        0 counts the poor, 1 adds how far they are below the line, 2 squares that.

    Returns
    -------
    A number; with ``by`` a row a group: the group, ``value``.

    Raises
    ------
    InputError
        When the line or alpha is not a finite number (above 0; 0 or more), or ``better`` is neither word.
    """
    number("poverty_line", poverty_line, "Give a finite number above 0")
    number("alpha", alpha, "Give 0, 1 or 2")
    if not 0 < poverty_line < np.inf:
        raise InputError(f"The line is {poverty_line}", "Give a finite number above 0")
    if not 0 <= alpha < np.inf:
        raise InputError(f"alpha is {alpha}", "Give 0, 1 or 2")
    if better not in ("more", "less"):
        raise InputError(f"better is {better!r}", 'Use "more" for opportunities, "less" for costs')
    sign = 1.0 if better == "more" else -1.0

    def index(rows: pd.DataFrame) -> float:
        short = sign * (poverty_line - rows["value"].to_numpy()) / poverty_line
        return float(np.average(_power(short, alpha), weights=rows["people"].to_numpy()))

    return by_group(residents(access, land_use, population, by=by), by, index)


def _power(short: Array, alpha: float) -> Array:
    """The shortfall to the power of alpha; 0 where there is none."""
    return np.where(short > 0, np.maximum(short, 0.0) ** alpha, 0.0)

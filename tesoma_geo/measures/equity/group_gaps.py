"""Medians and gaps: by area, by any column, by age group."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tesoma_geo._given import several
from tesoma_geo.errors import InputError
from tesoma_geo.measures.equity.weights import mean, residents
from tesoma_geo.measures.quantiles import weighted_quantile


def medians(
    access: pd.DataFrame,
    land_use: pd.DataFrame,
    *,
    population: str | Sequence[str] = "population",
    by: str | None = None,
) -> pd.DataFrame:
    """Medians of groups of residents, and how far each is from the median of all.

    Unit: the unit of the values

    Formula: median_g = the smallest value that at least half of the group's residents do not exceed;
    gap_g = median_g - median of all

    Edge cases: inf where half of a group has inf, and then the gap is inf, or NaN where the median of all
    is inf too; groups in which nobody lives are left out.

    Source: the definition of a weighted median

    In a sentence: what the resident in the middle of each group has, beside the one in the middle of all.

    Parameters
    ----------
    access
        What a measure returned: ``id``, ``value``.
    land_use
        A row a place: ``id``, residents and the groups.
    population
        The column of residents; or several, each a group: ``["age_0_6", "age_7_17", …]``.
    by
        A column of groups, such as the area.

    Returns
    -------
    A row a group: ``group``, ``population``, ``median``, ``mean``, ``p90`` and ``gap``.

    Raises
    ------
    InputError
        When both a column of groups and several columns of residents are given.
    """
    groups: list[tuple[Any, pd.DataFrame]] = []
    if isinstance(population, str):
        table = residents(access, land_use, population, () if by is None else [by])
        groups = [(None, table)] if by is None else list(table.groupby(by, sort=True))
        everybody = table
    else:
        several("population", population, "Give a column of residents, or several")
        if by is not None or not population:
            raise InputError(
                f"by is {by!r} and population is {list(population)}",
                "Give one column of residents with by, or several without",
            )
        for name in population:
            if name not in land_use or (land_use[name] > 0).any():
                groups.append((name, residents(access, land_use, name)))
        everybody = pd.concat([rows for _, rows in groups])
    overall = weighted_quantile(everybody["value"], everybody["people"], 0.5)
    return pd.DataFrame(
        [
            {
                "group": group,
                "population": rows["people"].sum(),
                "median": weighted_quantile(rows["value"], rows["people"], 0.5),
                "mean": mean(rows["value"].to_numpy(), rows["people"].to_numpy()),
                "p90": weighted_quantile(rows["value"], rows["people"], 0.9),
            }
            for group, rows in groups
        ]
    ).assign(gap=lambda table: table["median"] - overall)

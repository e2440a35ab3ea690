"""Whom the values of a measure belong to: joined on ids, weighted by residents, taken by group."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo._given import column, instance
from tesoma_geo.errors import InputError
from tesoma_geo.measures.land_use import amounts
from tesoma_geo.near_names import instead

Array = NDArray[np.float64]


def residents(
    access: pd.DataFrame,
    land_use: pd.DataFrame,
    population: str,
    columns: Sequence[str] = (),
    by: str | None = None,
) -> pd.DataFrame:
    """The places where somebody lives: ``id``, ``value``, ``people`` and the columns asked for.

    Parameters
    ----------
    access
        What a measure returned: ``id``, ``value``.
    land_use
        A row a place: ``id``, residents and other columns.
    population
        The column of residents.
    columns
        Others, taken from the land use, or from ``access`` where that has them.
    by
        One more, whose groups are taken one by one; where it is a column of ``access``, such as a mode, each place
        may have a row in every group.

    Returns
    -------
    DataFrame with a row a place: ``id``, ``value``, ``people`` and the columns asked for

    Raises
    ------
    InputError
        Columns that are missing, ids that repeat or are unknown, residents or values that are missing or
        negative, places whose group is missing, or nobody living anywhere.
    """
    instance("the access", access, pd.DataFrame, "Give what a measure returned")
    missing = [name for name in ("id", "value") if name not in access]
    if missing:
        raise InputError(f"The access table has no column {', '.join(missing)}", "Give what a measure returned")
    for name in [*columns, *([] if by is None else [by])]:
        column("the name of a column", name)
    ids = pd.Index(access["id"])
    twice = access.duplicated(["id", by] if by is not None and by in access else ["id"]).to_numpy()
    if twice.any():
        raise InputError(
            f"The access table names {ids[twice][0]!r} twice",
            "Give each place one row, or name the column of its groups, such as the mode, with by",
        )
    columns = columns if by is None else [*columns, by]
    people = amounts(land_use, population, ids, "id")
    value = access["value"].to_numpy(np.float64)
    known = land_use.set_index("id")
    table = pd.DataFrame({"id": ids, "value": value, "people": people})
    for name in columns:
        if name not in access and name not in known:
            raise InputError(f"No column {name!r} in the land use", instead(str(name), known.columns))
        table[name] = access[name].to_numpy() if name in access else known[name].reindex(ids).to_numpy()
    table = table[people > 0]
    if not len(table):
        raise InputError(f"Nobody lives at any place: the column {population} is 0", "Name the column of residents")
    unset = [name for name in ("value", *columns) if table[name].isna().any()]
    if unset or not table["value"].min() >= 0:
        name = unset[0] if unset else "value"
        bad = table[table[name].isna()] if unset else table[table["value"] < 0]
        raise InputError(
            f"The column {name} is missing or negative at {len(bad)} places where people live, the first"
            f" {bad['id'].iloc[0]!r}",
            "Give each of them a value, or leave the places out",
        )
    return table


def by_group(table: pd.DataFrame, by: str | None, statistic: Callable[[pd.DataFrame], float]) -> float | pd.DataFrame:
    """A statistic of all residents; or, with ``by``, a table with a row a group: the group and ``value``.

    Parameters
    ----------
    table
        As of :func:`residents`, with the column of groups.
    by
        The column of groups; None for all residents together.
    statistic
        Rows of the table to a number.

    Returns
    -------
    A number; with ``by`` a row a group: the group, ``value``, in the order of the groups.
    """
    if by is None:
        return float(statistic(table))
    groups = [(group, float(statistic(rows))) for group, rows in table.groupby(by, sort=True)]
    return pd.DataFrame(groups, columns=[by, "value"])


def mean(value: Array, people: Array) -> float:
    """The mean of all residents; ``inf`` where somebody's is.

    Parameters
    ----------
    value
        Of each place, shape (n,).
    people
        At each place, not all 0, shape (n,).

    Returns
    -------
    float, in the unit of the values
    """
    return float(np.average(value, weights=people))

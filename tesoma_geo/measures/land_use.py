"""What lies at the places that a travel matrix names."""

from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from tesoma_geo._arrays import Float64
from tesoma_geo._given import instance
from tesoma_geo.errors import InputError


def amounts(land_use: pd.DataFrame, column: str, ids: pd.Index, side: str) -> Float64:
    """A column of the land use at places named by their ids.

    Parameters
    ----------
    land_use
        A row a place: ``id``, each once, and numbers of 0 or more.
    column
        The column asked for.
    ids
        The places.
    side
        Where the ids come from: ``"to_id"``.

    Returns
    -------
    float64 array, one number a place of ``ids``.

    Raises
    ------
    InputError
        With every fault: no such column, ids that repeat or are not in the table, numbers that are
        negative or missing.
    """
    instance("the land use", land_use, pd.DataFrame, "Give a DataFrame with a column id")
    if not isinstance(column, Hashable):
        raise InputError(f"the column of the land use is {column!r}", "Name one column")
    missing = [name for name in ("id", column) if name not in land_use]
    if missing:
        raise InputError(
            f"The land use has no column {', '.join(map(str, missing))}; it has {listed(land_use.columns)}",
            "Name its places id, and ask for one of its columns",
        )
    known = pd.Index(land_use["id"])
    if not known.is_unique:
        raise InputError(f"The land use names {known[known.duplicated()][0]!r} twice", "Give each place one row")
    row = known.get_indexer(ids)
    if (row < 0).any():
        unknown = ids[row < 0]
        raise InputError(
            f"The land use has no place {listed(unknown)} that the travel matrix names as {side}"
            f" (ids are {known.dtype} there, {ids.dtype} here)",
            "Add the places, with 0 where nothing is, or give the ids of both tables the same type",
        )
    values: Float64 = numbers(land_use[column], f"land use, column {column}")[row]
    if values.size and not (values.min() >= 0 and np.isfinite(values.max())):
        bad = np.flatnonzero(~((values >= 0) & np.isfinite(values)))
        raise InputError(
            f"The land use has {values[bad[0]]} in the column {column} at {ids[bad[0]]!r}, as {len(bad)} of"
            f" {len(ids)} places have no number of 0 or more",
            "Give every place a number, 0 where nothing is",
        )
    return values


def numbers(column: pd.Series, where: str) -> Float64:
    """A column as numbers.

    Parameters
    ----------
    column
        Numbers, or texts by mistake.
    where
        What it is of, for the message.

    Returns
    -------
    float64 array, one number a row.

    Raises
    ------
    InputError
        When it holds something else.
    """
    try:
        return column.to_numpy(np.float64)
    except (TypeError, ValueError):
        read = pd.to_numeric(column, errors="coerce")
        strange = column[read.isna() & column.notna()]
        several = f"{strange.iloc[0]!r} and {len(strange) - 1} more"
        values = several if len(strange) > 1 else "".join(map(repr, strange))
        raise InputError(
            f"The {where} holds {values or column.dtype}, not numbers", "Give numbers, such as 1200.5, without blanks"
        ) from None


def listed(names: Iterable[Any], most: int = 5) -> str:
    """A few names for a message, and how many more there are.

    Parameters
    ----------
    names
        All of them.
    most
        How many are told.

    Returns
    -------
    str
    """
    every = list(names)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(repr(name) for name in every[:most]) + more

"""Columns of other people's tables: whether they are there, as text, as numbers of residents."""

import os
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.errors import Fault, SourceError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.sources._delimited import refuse_repeated

#: How statistics offices write a number that they do not publish.
_UNPUBLISHED = ("", ".", "..", "...", "nan", "none", "-1", "-1.0")


def require_columns(rows: pd.DataFrame, columns: list[str], key: str, path: str | os.PathLike[str]) -> None:
    """Refuse a table that lacks columns, all of them at once.

    Parameters
    ----------
    rows
        The table.
    columns
        Names that it must have.
    key
        The key of the workspace that names the file, for messages.
    path
        Where the table came from.

    Raises
    ------
    SourceError
        A column is not there, or its name stands twice.
    """
    there = ", ".join(str(column) for column in rows.columns if column != "geometry") or "none"
    faults = [
        Fault(
            f"{key}: {path}",
            f"there is no column {column!r}; its columns are {there}",
            did_you_mean(column, map(str, rows.columns)) or "Name one of them",
        )
        for column in columns
        if column not in rows.columns
    ]
    if faults:
        raise SourceError(faults)
    refuse_repeated(rows, columns, f"{key}: {path}")


def texts(column: "pd.Series[Any]") -> list[str]:
    """Values as text, whole numbers without decimals, missing ones empty.

    Parameters
    ----------
    column
        Of any type.

    Returns
    -------
    list of str
        In the order of the rows.
    """
    if pd.api.types.is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")
    return ["" if pd.isna(value) else str(value) for value in column]


def residents(column: "pd.Series[Any]", key: str, path: str | os.PathLike[str]) -> NDArray[np.float64]:
    """Whole numbers of residents; NaN where unknown or not published (-1, "..").

    Parameters
    ----------
    column
        Numbers, or text that holds them.
    key
        The key of the workspace that names the file, for messages.
    path
        Where the table came from.

    Returns
    -------
    float64 array of shape (rows,)

    Raises
    ------
    SourceError
        A value is no whole number of residents.
    """
    if pd.api.types.is_numeric_dtype(column):
        numbers = column.to_numpy(np.float64, na_value=np.nan)
        numbers = np.where(numbers == -1, np.nan, numbers)
        refused = ~np.isnan(numbers) & ((numbers < 0) | (numbers % 1 != 0))
    else:
        texts = column.astype(str).str.strip().str.lower().str.replace(r"\s", "", regex=True)
        texts = texts.mask(texts.isin(_UNPUBLISHED) | column.isna())
        numbers = pd.to_numeric(texts, errors="coerce").to_numpy(np.float64)
        refused = (texts.notna().to_numpy() & np.isnan(numbers)) | (numbers < 0) | (numbers % 1 > 0)
    if refused.any():
        examples = ", ".join(repr(value) for value in column[refused].tolist()[:3])
        raise SourceError(
            f"{key}: {path}, column {column.name!r}: {int(refused.sum())} values are not whole numbers of "
            f"residents ({examples})",
            "Correct them; leave unknown ones empty",
        )
    return numbers

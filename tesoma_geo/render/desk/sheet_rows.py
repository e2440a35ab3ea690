"""The rows of a sheet of a workbook as XML, some at a time: what a library writes cell by cell takes minutes for many.

Cells are those of ECMA-376, part 1, section 18.3.1: numbers with 16 digits, truth, and text that stands in its cell.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd

#: Letters that a cell holds.
LONGEST_TEXT = 32_767
_ROWS_AT_ONCE = 1024
#: Letters that XML has no place for, and what would be read as one that is told by its number (section 22.9.2.19).
_CONTROL, _LIKE_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]"), re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def rows_as_xml(table: pd.DataFrame, looks: Sequence[int], no_way: str) -> Iterator[bytes]:
    """The rows below the head of a sheet.

    Parameters
    ----------
    table
        Rows and columns as the sheet has them; what is unknown is left empty.
    looks
        Of each column, the number of its look in the workbook.
    no_way
        What stands for an infinite number.

    Yields
    ------
    bytes
        Elements ``row``, some at a time.
    """
    columns = [table.iloc[:, at] for at in range(table.shape[1])]
    names = [column_letters(at) for at in range(len(columns))]
    for first in range(0, len(table), _ROWS_AT_ONCE):
        numbers = range(first + 2, min(first + _ROWS_AT_ONCE, len(table)) + 2)
        cells = [
            _cells(column.iloc[first : first + _ROWS_AT_ONCE], name, numbers, look, no_way)
            for column, name, look in zip(columns, names, looks, strict=True)
        ]
        rows = zip(numbers, zip(*cells, strict=True), strict=True)
        yield "".join(f'<row r="{number}">{"".join(row)}</row>' for number, row in rows).encode()


def column_letters(at: int) -> str:
    """What a column is called.

    Parameters
    ----------
    at
        Its number, from 0.

    Returns
    -------
    str
        ``A`` to ``Z``, ``AA`` and so on.
    """
    further, last = divmod(at, 26)
    return (column_letters(further - 1) if further else "") + chr(ord("A") + last)


def _cells(column: "pd.Series[Any]", name: str, numbers: range, look: int, no_way: str) -> list[str]:
    """A column's cells of some rows, empty text for those without one."""
    values = column.tolist()
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iuf" and np.isfinite(column.to_numpy()).all():
        return [
            f'<c r="{name}{number}" s="{look}"><v>{value:.16G}</v></c>'
            for number, value in zip(numbers, values, strict=True)
        ]
    return [
        _cell(f'<c r="{name}{number}" s="{look}"', value, no_way) for number, value in zip(numbers, values, strict=True)
    ]


def _cell(begun: str, value: Any, no_way: str) -> str:
    if isinstance(value, bool):
        return f'{begun} t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float) and np.isfinite(value):
        return f"{begun}><v>{value:.16G}</v></c>"
    if isinstance(value, float) and np.isinf(value):
        text = no_way
    elif value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    else:
        text = str(value)[:LONGEST_TEXT]
    return f'{begun} t="inlineStr"><is><t xml:space="preserve">{_escaped(text)}</t></is></c>'


def _escaped(text: str) -> str:
    told = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _LIKE_CONTROL.sub("_x005F_", text))
    return escape(told)

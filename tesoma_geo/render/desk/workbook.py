"""Tables as a workbook for Excel and LibreOffice, with a sheet of explanations; the same bytes for the same tables."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from tesoma_geo._extras import require
from tesoma_geo.render.desk.column_names import NamedColumn, layer_name, word
from tesoma_geo.render.desk.sheet_rows import LONGEST_TEXT, column_letters, rows_as_xml
from tesoma_geo.render.text.catalogue import Catalogue

#: Excel takes no longer names of sheets, and none of these letters in them.
LONGEST_NAME, NOT_IN_NAMES = 31, str.maketrans("[]:*?/\\", "       ")
#: Rows and columns that a sheet holds.
MOST_ROWS, MOST_COLUMNS = 1_048_575, 16_384
#: Bytes of a cell as XML, at most about: an archive wants to know beforehand what is above 2 GB.
_CELL_BYTES = 64
#: A workbook carries the day on which it was made; this one is nobody's.
_NOBODYS_DAY = datetime(2000, 1, 1)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table of a workbook.

    Attributes
    ----------
    name
        Of the sheet.
    table
        Its rows; a geometry is left out.
    columns
        Names of its columns, in their order; empty for those of the table.
    told
        What a row is, for the sheet of explanations.
    shares
        Columns whose numbers are shares, shown in per cent.
    """

    name: str
    table: pd.DataFrame
    columns: Sequence[NamedColumn] = ()
    told: str = ""
    shares: frozenset[str] = field(default_factory=frozenset)


def write_workbook(path: Path, sheets: Sequence[Sheet], catalogue: Catalogue, licences: Sequence[str] = ()) -> None:
    """Write tables as sheets of one workbook, after a sheet that tells what each column is.

    Text stays text, whatever it begins with: nothing in a table becomes a formula or a link. Unreachable is told in
    words, unknown left empty.

    Parameters
    ----------
    path
        The ``.xlsx`` file.
    sheets
        The tables.
    catalogue
        The language of names.
    licences
        Whom to credit.

    Raises
    ------
    TesomaError
        The package that writes workbooks is not installed.
    """
    xlsxwriter = require("xlsxwriter", extra="pages")
    heads = io.BytesIO()
    book = xlsxwriter.Workbook(heads, _OPTIONS)
    try:
        book.set_properties({"created": _NOBODYS_DAY})
        looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
        names = _sheet_names([layer_name("explanations", catalogue), *(sheet.name for sheet in sheets)])
        _explain(book.add_worksheet(names[0]), sheets, names[1:], catalogue, licences, looks)
        for name, sheet in zip(names[1:], sheets, strict=True):
            _begin(book.add_worksheet(name), sheet, looks)
    finally:
        book.close()
    filled = {f"xl/worksheets/sheet{number}.xml": _table(sheet) for number, sheet in enumerate(sheets, 2)}
    _pack(path, heads, filled, word("no_way", catalogue))


_LOOKS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "text": {"valign": "top"},
    "long": {"valign": "top", "text_wrap": True},
    "whole": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.0##"},
    "share": {"num_format": "0 %"},
}


def _sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that Excel takes, each once whatever its case."""
    names: list[str] = []
    for name in wanted:
        plain = name.translate(NOT_IN_NAMES).strip(" '")[:LONGEST_NAME] or "-"
        number, short = 1, plain
        while short.casefold() in {known.casefold() for known in names}:
            number += 1
            short = f"{plain[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        names.append(short)
    return names


def _columns(sheet: Sheet) -> list[NamedColumn]:
    named = sheet.columns or [NamedColumn(str(name), str(name), "", "") for name in sheet.table.columns]
    return list(named[:MOST_COLUMNS])


def _table(sheet: Sheet) -> pd.DataFrame:
    """What the sheet shows of its table."""
    return sheet.table[[column.column for column in _columns(sheet)]].head(MOST_ROWS)


def _begin(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    """A sheet with its head alone."""
    columns = _columns(sheet)
    page.freeze_panes(1, 1)
    for at, column in enumerate(columns):
        values = sheet.table[column.column]
        look = _look(values, column.column in sheet.shares)
        page.write_string(0, at, column.name[:LONGEST_TEXT], looks["head"])
        page.set_column(at, at, _width(values, column.name), looks[look])
    if len(sheet.table) and columns:
        page.autofilter(0, 0, min(len(sheet.table), MOST_ROWS), len(columns) - 1)


def _pack(path: Path, heads: io.BytesIO, filled: Mapping[str, pd.DataFrame], no_way: str) -> None:
    """Write a workbook of sheets with heads alone once more, with rows: some at a time, as they may be many."""
    with zipfile.ZipFile(heads) as bare, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for member in bare.infolist():
            content, table = bare.read(member), filled.get(member.filename)
            if table is None or table.empty:
                whole.writestr(member, content)
                continue
            begun, end, rest = _stretched(content, table).partition(b"</sheetData>")
            member.file_size = len(content) + table.size * _CELL_BYTES
            with whole.open(member, "w") as part:
                part.write(begun)
                for rows in rows_as_xml(table, _looks_of_columns(content), no_way):
                    part.write(rows)
                part.write(end + rest)


def _stretched(content: bytes, table: pd.DataFrame) -> bytes:
    """A sheet that tells that it has the rows of a table below its head."""
    last = f"{column_letters(table.shape[1] - 1)}{len(table) + 1}"
    return re.sub(rb'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{last}"/>'.encode(), content, count=1)


def _looks_of_columns(content: bytes) -> list[int]:
    """The number of the look of each column, as a sheet has them: those alike side by side are one entry."""
    entries = re.findall(rb'<col min="(\d+)" max="(\d+)"[^>]* style="(\d+)"', content)
    return [int(look) for first, last, look in entries for _ in range(int(first), int(last) + 1)]


def _look(values: "pd.Series[Any]", share: bool) -> str:
    if share:
        return "share"
    if pd.api.types.is_bool_dtype(values):
        return "text"
    if pd.api.types.is_integer_dtype(values):
        return "whole"
    return "number" if pd.api.types.is_float_dtype(values) else "text"


def _width(values: "pd.Series[Any]", name: str) -> float:
    longest = max((len(str(value)) for value in values.head(200)), default=0)
    if pd.api.types.is_numeric_dtype(values):
        longest = 8
    return float(min(max(longest, max(map(len, name.split()), default=0), 10) + 2, 50))


def _explain(
    page: Any,
    sheets: Sequence[Sheet],
    names: Sequence[str],
    catalogue: Catalogue,
    licences: Sequence[str],
    looks: dict[str, Any],
) -> None:
    for at, (key, width) in enumerate((("sheet", 22), ("column", 44), ("in_file", 34), ("unit", 14), ("meaning", 90))):
        page.write_string(0, at, word(key, catalogue), looks["head"])
        page.set_column(at, at, width, looks["long" if key == "meaning" else "text"])
    page.freeze_panes(1, 0)
    row = 0
    for name, sheet in zip(names, sheets, strict=True):
        row += 1
        description = f"{len(sheet.table):,} {word('rows', catalogue)}" + (f". {sheet.told}" if sheet.told else "")
        page.write_string(row, 0, name, looks["head"])
        page.write_string(row, 4, description, looks["long"])
        for column in sheet.columns:
            row += 1
            cells = (name, column.name, column.column, column.unit, column.meaning)
            for at, text in enumerate(cells):
                page.write_string(row, at, text, looks["long" if at == len(cells) - 1 else "text"])
    for licence in licences:
        row += 1
        page.write_string(row, 0, word("licences", catalogue), looks["text"])
        page.write_string(row, 1, licence, looks["text"])

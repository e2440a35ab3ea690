"""Codes and names of areas: from the columns that are named, else from those that look like it."""

from collections.abc import Iterable, Sequence

import pandas as pd

from tesoma_geo.errors import SourceError
from tesoma_geo.sources._columns import require_columns, texts
from tesoma_geo.tables import Reading

#: Columns that hold codes of areas in files of many places; compared without case.
CODES = (
    "code", "koodi", "kod", "codigo", "código", "kode", "kood", "id", "gid", "fid", "objectid", "osm_id", "nro", "nr",
    "numero", "número", "number",
)  # fmt: skip
#: Columns that hold names of areas.
NAMES = (
    "name", "nimi", "namn", "nome", "nombre", "nom", "naam", "navn", "nafn", "nazwa", "název", "nazev", "naziv",
    "bezeichnung", "nimetus", "nosaukums", "pavadinimas", "isim", "ad", "title", "label",
)  # fmt: skip


def likely_code(rows: pd.DataFrame, likely: Iterable[str] = CODES) -> str | None:
    """The first likely column with a value in every row that no two rows share; None where there is none.

    Parameters
    ----------
    rows
        Of areas.
    likely
        Columns to try, in this order and whatever their case.

    Returns
    -------
    str or None
    """
    return next((column for column in _there(rows, likely) if _identify(texts(rows[column]))), None)


def with_codes_and_names(
    reading: Reading,
    key: str,
    path: object,
    *,
    code: str | None = None,
    name: str | None = None,
    likely_codes: Iterable[str] = CODES,
    likely_names: Iterable[str] = (),
    numbered: str = "",
    called: str = "",
) -> Reading:
    """Areas with a ``code`` that no two share and a ``name``, whatever the columns of their file are called.

    A column that is named must be there and fit. Without one the first likely column that fits is taken, and without
    such a column areas are numbered from 1 and called by their codes; an area alone is called as the district is.

    Parameters
    ----------
    reading
        The areas.
    key
        Of the layer in the workspace file, for messages.
    path
        The file, for messages.
    code, name
        Columns that the workspace names.
    likely_codes
        Columns that may hold the codes. Where residents come from another file these are few: codes of two files that
        are alike by chance would call an area by another's name.
    likely_names
        Columns to try before :data:`NAMES`.
    numbered
        What stands before the numbers of areas without a code.
    called
        What the district is called.

    Returns
    -------
    Reading
        With text columns ``code`` and ``name``, and notes on what was guessed otherwise than by these words.

    Raises
    ------
    SourceError
        A column that the workspace names is not there, or codes are missing or shared by areas.
    """
    rows = reading.table
    require_columns(rows, [column for column in (code, name) if column is not None], key, str(path))
    codes, notes = _codes(rows, key, path, code, likely_codes, numbered)
    column = name or next((one for one in _there(rows, (*likely_names, *NAMES)) if any(texts(rows[one]))), None)
    if column is None and len(rows) > 1:
        notes.append("no column names the areas: they are called by their codes; [district] area_name names a column")
    elif name is None and column not in (None, "name"):
        notes.append(f"names of areas are those of the column {column!r}; [district] area_name names another")
    names = [""] * len(rows) if column is None else texts(rows[column])
    alone = called if len(rows) == 1 else ""
    named = [text.strip() or alone or own for text, own in zip(names, codes, strict=True)]
    table = rows.assign(code=pd.array(codes, dtype="str"), name=pd.array(named, dtype="str"))
    return Reading(table, reading.left_out, (*reading.notes, *notes), reading.doubts)


def _codes(
    rows: pd.DataFrame, key: str, path: object, code: str | None, likely: Iterable[str], numbered: str
) -> tuple[list[str], list[str]]:
    """The areas' codes, and a note on where they come from when that is not plain."""
    if code is not None:
        codes = texts(rows[code])
        if not _identify(codes):
            raise SourceError(
                f"{key}: {path}, column {code!r}: areas without a code, or several with one ({_shared(codes)})",
                "Name a column in [district] code that differs from area to area, or leave it out",
            )
        return codes, []
    column = likely_code(rows, likely)
    if column is None:
        note = "no column tells the areas apart: they are numbered; [district] code names a column"
        return [f"{numbered}{number}" for number in range(1, len(rows) + 1)], [note] if len(rows) > 1 else []
    note = f"codes of areas are those of the column {column!r}; [district] code names another"
    return texts(rows[column]), [note] if column != "code" and len(rows) > 1 else []


def _there(rows: pd.DataFrame, wanted: Iterable[str]) -> list[str]:
    """The columns that are there of those wanted, in the order of the wanted, whatever their case."""
    known = {str(column).casefold(): str(column) for column in reversed(rows.columns) if column != "geometry"}
    return list(dict.fromkeys(known[one.casefold()] for one in wanted if one.casefold() in known))


def _identify(codes: Sequence[str]) -> bool:
    return all(codes) and len(set(codes)) == len(codes)


def _shared(codes: Sequence[str]) -> str:
    return ", ".join(sorted({repr(code) for code in codes if not code or codes.count(code) > 1})[:3])

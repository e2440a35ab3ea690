"""What a store holds, as tables with the types of their columns."""
# ruff: noqa: S608 - statements are put together from the column names of the schema alone

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from tesoma_geo.annotations.database import CONTENT, MODERATION, Database
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.second_looks import PHOTO, SECOND_LOOK, looks_at

_NAMES = [name for name in CONTENT | MODERATION if name != "content_hash"]
_TEXTS = tuple(name for name, kind in (CONTENT | MODERATION).items() if kind.startswith("TEXT"))
_FLAGS = ("private", "shown", "redacted")
#: Annotations that one statement names: SQLite takes 999 values.
_MOST_AT_ONCE = 500


def annotation_rows(database: Database, source: str | None, ids: Sequence[str] | None) -> list[tuple[Any, ...]]:
    """The rows of annotations that are asked for.

    Parameters
    ----------
    database
        Where they are.
    source
        Only what was read from this source; all where it is None.
    ids
        Only these annotations, as far as they are there; all where it is None.

    Returns
    -------
    list of tuple
        ``annotation_id``, the columns, the geometry as the database has it; in order of ``annotation_id``.
    """
    if not database.has_tables():
        return []
    columns = ", ".join(["annotation_id", *_NAMES, database.geometry_out])
    where, values = ("", ()) if source is None else (" WHERE source = ?", (source,))
    if ids is None:
        return database.query(f"SELECT {columns} FROM annotations{where} ORDER BY annotation_id", values)
    rows: list[tuple[Any, ...]] = []
    wanted = sorted(set(ids))
    for first in range(0, len(wanted), _MOST_AT_ONCE):
        some = wanted[first : first + _MOST_AT_ONCE]
        named = f"{f'{where} AND' if where else ' WHERE'} annotation_id IN ({', '.join('?' * len(some))})"
        question = f"SELECT {columns} FROM annotations{named} ORDER BY annotation_id"
        rows += database.query(question, (*values, *some))
    return rows


def annotation_table(
    database: Database, key: Key, crs: str, photos: Path | None, rows: Sequence[tuple[Any, ...]]
) -> gpd.GeoDataFrame:
    """Rows of annotations as a table, with who looked at their texts and photographs besides.

    Parameters
    ----------
    database
        Where they are.
    key
        The secret of the pseudonyms.
    crs
        The metric CRS of the geometries.
    photos
        The folder that photographs are named from.
    rows
        As of :func:`annotation_rows`.

    Returns
    -------
    GeoDataFrame
        In the order of the rows.
    """
    table = pd.DataFrame(rows, columns=["annotation_id", *_NAMES, "geometry"])
    geometry = [database.decode(value) for value in table.pop("geometry")]
    for name in ("annotation_id", *(name for name in _TEXTS if name in table)):
        table[name] = pd.array(table[name].tolist(), dtype="str")
    for column, action, of in (("second_look", SECOND_LOOK, "text"), ("photo_look", PHOTO, "photo")):
        names, seen = table["annotation_id"].tolist(), table[of].tolist()
        looks = looks_at(database, key, action, names, seen, photos) if rows else []
        table[column] = pd.array(looks, dtype="str")
    table["severity"] = pd.array(table["severity"].tolist(), dtype="Int8")
    for name in _FLAGS:
        table[name] = table[name].astype(bool)
    return gpd.GeoDataFrame(table, geometry=geometry, crs=crs)

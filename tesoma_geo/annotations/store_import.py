"""An export into the tables of the store: what is new, what changed, who stays out."""
# ruff: noqa: S608 - statements are put together from the column names of the schema alone

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.annotations.database import APPROVED, CONTENT, MODERATION, PENDING, RESPONDENT, Database
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.sources.annotations.schema import AnnotationReading


@dataclass(frozen=True)
class ImportCounts:
    """What an import did, in numbers of annotations.

    Attributes
    ----------
    new
        Were not in the store.
    changed
        Were there with other content.
    unchanged
        Were there as they are.
    missing
        Are in the store from this source but no longer in the export; they stay.
    erased
        Of erased respondents, passed over.
    respondents
        Number of respondents in the export who are not erased.
    """

    new: int
    changed: int
    unchanged: int
    missing: int
    erased: int
    respondents: int

    def __str__(self) -> str:
        return ", ".join(f"{getattr(self, count.name)} {count.name}" for count in fields(self))


def import_rows(database: Database, annotations: gpd.GeoDataFrame, respondents: pd.DataFrame) -> ImportCounts:
    """Write annotations that are new or have changed, and all respondents; within a transaction.

    A changed annotation that was approved is pending again. Respondents who were erased stay out.

    Parameters
    ----------
    database
        With its tables.
    annotations, respondents
        What :func:`pseudonymous` gives.

    Returns
    -------
    ImportCounts
    """
    erased = {row[0] for row in database.query("SELECT respondent FROM erased")}
    kept = ~annotations["respondent"].isin(erased).to_numpy()
    known = _known(database, sorted(set(respondents["source"]) | set(annotations["source"])))
    ids, hashes = annotations["annotation_id"].to_numpy(), content_hashes(annotations)
    new = kept & ~np.isin(ids, list(known))
    differs = [known.get(name, content) != content for name, content in zip(ids, hashes, strict=True)]
    changed = kept & np.array(differs, bool)
    insert_annotations(database, annotations[new], hashes[new])
    _update(database, annotations[changed], hashes[changed])
    people = respondents[~respondents["respondent"].isin(erased)]
    put_respondents(database, people)
    return ImportCounts(
        new=int(new.sum()),
        changed=int(changed.sum()),
        unchanged=int((kept & ~new & ~changed).sum()),
        missing=len(set(known) - set(ids)),
        erased=int((~kept).sum()),
        respondents=len(people),
    )


def pseudonymous(reading: AnnotationReading, key: Key) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Annotations and respondents of a reading with pseudonyms in the place of the platform's ids.

    Parameters
    ----------
    reading
        With the platform's ids.
    key
        The secret of the pseudonyms.

    Returns
    -------
    tuple of GeoDataFrame and DataFrame
        ``ANNOTATIONS`` in order of the new ids, and ``RESPONDENTS``.
    """
    tables = []
    for table in (reading.annotations, reading.respondents):
        names = [key.pseudonym(*pair) for pair in zip(table["source"], table["respondent"], strict=True)]
        tables.append(table.assign(respondent=pd.array(names, dtype="str")))
    annotations, respondents = tables
    ids = [key.annotation(*pair) for pair in zip(annotations["source"], annotations["annotation_id"], strict=True)]
    annotations = annotations.assign(annotation_id=pd.array(ids, dtype="str"))
    return annotations.sort_values("annotation_id", ignore_index=True), respondents


def content_hashes(annotations: gpd.GeoDataFrame) -> Any:
    """SHA-256 of everything that a platform can change of an annotation, shape (n,).

    Parameters
    ----------
    annotations
        ``ANNOTATIONS``.

    Returns
    -------
    ndarray of str
        Hex digits.
    """
    pairs = zip(content_of(annotations), _packed(annotations.geometry.to_numpy()), strict=True)
    return np.array([_hash(content, shape) for content, shape in pairs], dtype=object)


def content_hash(content: Sequence[Any], geometry: shapely.Geometry) -> str:
    """SHA-256 of everything that a platform can change of one annotation.

    Parameters
    ----------
    content
        A row of :func:`content_of`.
    geometry
        Where it is, in the store's CRS.

    Returns
    -------
    str
        Hex digits.
    """
    return _hash(content, _packed(geometry))


def _packed(geometries: Any) -> Any:
    """Well-known binary of geometries, all at once, or of one."""
    return shapely.to_wkb(geometries, output_dimension=2, byte_order=1)


def _hash(content: Sequence[Any], shape: bytes) -> str:
    return hashlib.sha256(json.dumps(tuple(content), ensure_ascii=False).encode() + shape).hexdigest()


def content_of(annotations: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The columns of :data:`~tesoma_geo.annotations.database.CONTENT` as a database takes them.

    Parameters
    ----------
    annotations
        ``ANNOTATIONS``.

    Returns
    -------
    list of tuple
        A tuple an annotation.
    """
    return list(zip(*(_plain_column(annotations[name]) for name in CONTENT), strict=True))


def _plain_column(column: "pd.Series[Any]") -> list[Any]:
    """The values of a column as :func:`plain_value` gives them; texts, of which most are, all at once."""
    if not isinstance(column.dtype, pd.StringDtype):
        return [plain_value(value) for value in column]
    return column.astype(object).where(column.notna(), None).tolist()


def plain_value(value: Any) -> Any:
    """A value of a table as a database takes it.

    Parameters
    ----------
    value
        Of a pandas or numpy type, or a text.

    Returns
    -------
    object
        None for what is unknown, integers for booleans.
    """
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    return int(value) if isinstance(value, np.integer | np.bool_ | bool) else value


def _known(database: Database, sources: Sequence[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for source in sources:
        known |= dict(database.query("SELECT annotation_id, content_hash FROM annotations WHERE source = ?", (source,)))
    return known


def insert_annotations(database: Database, rows: gpd.GeoDataFrame, hashes: Sequence[str]) -> None:
    """Write annotations that are not there, all of them pending; within a transaction.

    Parameters
    ----------
    database
        With its tables.
    rows
        ``ANNOTATIONS`` with the store's own ids.
    hashes
        What :func:`content_hashes` gives for them.
    """
    insert_contents(database, list(zip(rows["annotation_id"], content_of(rows), hashes, rows.geometry, strict=True)))


def insert_contents(database: Database, rows: Sequence[tuple[str, Sequence[Any], str, shapely.Geometry]]) -> None:
    """The same for rows that are no table; within a transaction.

    Parameters
    ----------
    database
        With its tables.
    rows
        The store's own id, a row as of :func:`content_of`, what :func:`content_hash` gives for it, and where it is.
    """
    names = ["annotation_id", *CONTENT, *MODERATION, "geom"]
    marks = ", ".join(["?"] * (len(names) - 1) + [database.geometry_in])
    values = [
        (name, *content, digest, PENDING, 0, 0, None, None, database.encode(geometry))
        for name, content, digest, geometry in rows
    ]
    database.execute_many(f"INSERT INTO annotations ({', '.join(names)}) VALUES ({marks})", values)


def _update(database: Database, rows: gpd.GeoDataFrame, hashes: Sequence[str]) -> None:
    sets = ", ".join(f"{name} = ?" for name in CONTENT)
    values = [
        (*content, digest, APPROVED, PENDING, database.encode(geometry), name)
        for name, content, digest, geometry in zip(
            rows["annotation_id"], content_of(rows), hashes, rows.geometry, strict=True
        )
    ]
    database.execute_many(
        f"UPDATE annotations SET {sets}, content_hash = ?, shown = 0, redacted = 0, "
        f"state = CASE WHEN state = ? THEN ? ELSE state END, geom = {database.geometry_in} "
        "WHERE annotation_id = ?",
        values,
    )


def put_respondents(database: Database, people: pd.DataFrame) -> None:
    """Write respondents, or what is new about them; within a transaction.

    Parameters
    ----------
    database
        With its tables.
    people
        ``RESPONDENTS`` with their pseudonyms.
    """
    rows = people[list(RESPONDENT)].itertuples(index=False)
    put_people(database, [tuple(plain_value(value) for value in row) for row in rows])


def put_people(database: Database, rows: Sequence[Sequence[Any]]) -> None:
    """The same for rows that are no table; within a transaction.

    Parameters
    ----------
    database
        With its tables.
    rows
        Values of :data:`~tesoma_geo.annotations.database.RESPONDENT`, in its order.
    """
    sets = ", ".join(f"{name} = excluded.{name}" for name in RESPONDENT[1:])
    database.execute_many(
        f"INSERT INTO respondents ({', '.join(RESPONDENT)}) VALUES ({', '.join('?' * len(RESPONDENT))}) "
        f"ON CONFLICT (respondent) DO UPDATE SET {sets}",
        rows,
    )

"""The one schema of residents' annotations, whatever platform they come from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.errors import Doubt, SourceError
from tesoma_geo.tables import Contract, LeftOut, checked
from tesoma_geo.workspace.annotations import Annotations

KINDS = ("barrier", "missing_link", "place", "area", "idea", "praise")
ROLES = ("resident", "company", "association", "service_provider")

_ISO_WITH_ZONE = r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)"

#: Annotations; docs/annotations.md tells what each column means. ``themes`` holds codes joined by ``;``,
#: ``answers`` every sub-answer as JSON, ``time`` local time with its offset from UTC.
ANNOTATIONS = Contract(
    "annotations",
    lambda pa: {
        "annotation_id": pa.Column(str, unique=True),
        "respondent": pa.Column(str),
        "kind": pa.Column(str, pa.Check.isin(KINDS)),
        "category": pa.Column(str, nullable=True),
        "themes": pa.Column(str),
        "severity": pa.Column("Int8", pa.Check.in_range(1, 5), nullable=True),
        "text": pa.Column(str, nullable=True),
        "language": pa.Column(str, pa.Check.str_matches(r"^[a-z]{2,3}$"), nullable=True),
        "role": pa.Column(str, pa.Check.isin(ROLES), nullable=True),
        "age_group": pa.Column(str, nullable=True),
        "time": pa.Column(str, pa.Check.str_matches(f"^{_ISO_WITH_ZONE}$"), nullable=True),
        "round": pa.Column(str),
        "source": pa.Column(str),
        "question": pa.Column(str),
        "private": pa.Column(bool),
        "photo": pa.Column(str, nullable=True),
        "answers": pa.Column(str),
        "geometry": pa.Column("geometry"),
    },
)

#: Who answered, with or without a place on the map; ``answers`` as above.
RESPONDENTS = Contract(
    "respondents",
    lambda pa: {
        "respondent": pa.Column(str, unique=True),
        "role": pa.Column(str, pa.Check.isin(ROLES), nullable=True),
        "age_group": pa.Column(str, nullable=True),
        "language": pa.Column(str, nullable=True),
        "time": pa.Column(str, nullable=True),
        "source": pa.Column(str),
        "answers": pa.Column(str),
    },
)


@dataclass(frozen=True)
class SurveyExport:
    """What a platform's reader is given.

    Attributes
    ----------
    section
        The workspace's ``[[annotations]]``, which says what its questions and columns are.
    path
        The export, or of several files the one with the places.
    crs
        The metric CRS of the result.
    themes
        The workspace's own themes, label → code.
    respondents
        The file of respondents, where the platform exports one apart and the workspace names it.
    """

    section: Annotations
    path: Path
    crs: str
    themes: Mapping[str, str]
    respondents: Path | None = None


@dataclass(frozen=True, eq=False)
class AnnotationReading:
    """What a reader makes of an export.

    Attributes
    ----------
    annotations
        :data:`ANNOTATIONS` in the metric CRS. Ids are the platform's own: they are replaced by
        pseudonyms before anything is stored.
    respondents
        :data:`RESPONDENTS`, everybody who answered anything.
    left_out
        What the export held that the tables do not.
    notes
        What was assumed or repaired.
    doubts
        What is possible in the export but unlikely; no words of residents. Keys are those below ``[[annotations]]``.
    """

    annotations: gpd.GeoDataFrame
    respondents: pd.DataFrame
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def annotation_reading(
    rows: Sequence[Mapping[str, Any]],
    respondents: Sequence[Mapping[str, Any]],
    *,
    crs: str,
    source: str,
    left_out: Sequence[LeftOut] = (),
    notes: Sequence[str] = (),
    doubts: Iterable[Doubt] = (),
) -> AnnotationReading:
    """Rows of a reader as checked tables.

    Parameters
    ----------
    rows
        Fields of :data:`ANNOTATIONS`, geometry in ``crs``; missing fields are unknown. Without an
        ``annotation_id`` the respondent, the question and the geometry identify an annotation.
    respondents
        Fields of :data:`RESPONDENTS`; who is in ``rows`` only is added.
    crs
        The metric CRS of the geometries.
    source
        What the store files them under.
    left_out
        What the reader could not use already.
    notes
        What the reader assumed or repaired.
    doubts
        What the reader found possible but unlikely.

    Returns
    -------
    AnnotationReading
        Rows without a usable geometry are left out and counted; repeated ids keep the first row.
    """
    usable = [row for row in rows if _usable(row.get("geometry"))]
    dropped = [LeftOut("annotations", "no geometry, or an empty one", len(rows) - len(usable))]
    unique, repeated = _identified(usable)
    dropped.append(LeftOut("annotations", "the same id twice in one export", repeated))
    table = _annotations(unique, source, crs)
    people = _respondents(respondents, unique, source)
    counted = tuple(left for left in (*left_out, *dropped) if left.count)
    return AnnotationReading(
        checked(table, ANNOTATIONS, source), checked(people, RESPONDENTS, source), counted, tuple(notes), tuple(doubts)
    )


def _usable(geometry: Any) -> bool:
    return (
        isinstance(geometry, shapely.Geometry)
        and not geometry.is_empty
        and bool(np.isfinite(shapely.get_coordinates(geometry)).all())
    )


def _identified(rows: list[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """The rows with their ids, each id once, and how many rows repeated one."""
    by_id: dict[str, dict[str, Any]] = {}
    repeated = 0
    for row in rows:
        if row.get("annotation_id") not in (None, ""):
            key = str(row["annotation_id"])
            if key in by_id:
                repeated += 1
                continue
        else:
            rounded = shapely.set_precision(row["geometry"], 0.01, mode="pointwise")
            place = shapely.to_wkb(rounded, output_dimension=2, byte_order=1).hex()
            base = f"{row['respondent']}|{row.get('question', '')}|{place}"
            number = 0
            while (key := f"{base}|{number}") in by_id:
                number += 1
        by_id[key] = {**row, "annotation_id": key}
    return list(by_id.values()), repeated


def _annotations(rows: list[dict[str, Any]], source: str, crs: str) -> gpd.GeoDataFrame:
    def texts(field: str, default: str | None = None) -> Any:
        values = [row.get(field) if row.get(field) not in (None, "") else default for row in rows]
        return pd.array([None if value is None else str(value) for value in values], dtype="str")

    geometry = np.array([row["geometry"] for row in rows], dtype=object)
    invalid = ~shapely.is_valid(geometry)
    geometry[invalid] = shapely.make_valid(geometry[invalid])
    columns: dict[str, Any] = {field: texts(field) for field in ("annotation_id", "respondent", "kind", "category")}
    columns["themes"] = pd.array([";".join(sorted(set(row.get("themes") or ()))) for row in rows], dtype="str")
    columns["severity"] = pd.array([row.get("severity") for row in rows], dtype="Int8")
    columns |= {field: texts(field) for field in ("text", "language", "role", "age_group", "time")}
    columns |= {"round": texts("round", "survey"), "source": pd.array([source] * len(rows), dtype="str")}
    columns["question"] = pd.array([str(row.get("question") or "") for row in rows], dtype="str")
    columns["private"] = np.array([bool(row.get("private", False)) for row in rows], bool)
    columns |= {"photo": texts("photo"), "answers": texts("answers", "{}")}
    return gpd.GeoDataFrame(columns, geometry=shapely.force_2d(geometry), crs=crs)


def _respondents(known: Sequence[Mapping[str, Any]], rows: list[dict[str, Any]], source: str) -> pd.DataFrame:
    people: dict[str, Mapping[str, Any]] = {}
    for person in [*known, *rows]:
        people.setdefault(str(person["respondent"]), person)
    listed = {str(person["respondent"]) for person in known}
    columns: dict[str, Any] = {"respondent": pd.array(list(people), dtype="str")}
    for field in ("role", "age_group", "language", "time"):
        columns[field] = pd.array([person.get(field) or None for person in people.values()], dtype="str")
    columns["source"] = pd.array([source] * len(people), dtype="str")
    answers = [str(person.get("answers") or "{}") if name in listed else "{}" for name, person in people.items()]
    columns["answers"] = pd.array(answers, dtype="str")
    return pd.DataFrame(columns)


def require_columns(there: Sequence[str], needed: Mapping[str, str], where: str) -> None:
    """Refuse a table that lacks columns that the workspace names.

    Parameters
    ----------
    there
        Its columns.
    needed
        Key of the workspace → column.
    where
        The file, for messages.

    Raises
    ------
    SourceError
        A column is missing.
    """
    missing = {key: column for key, column in needed.items() if column not in there}
    if missing:
        named = ", ".join(f"{key} = {column!r}" for key, column in missing.items())
        raise SourceError(
            f"{where} has no column for {named}; its columns are {', '.join(map(str, there))}",
            "Name its columns in the workspace as they stand in the file",
        )

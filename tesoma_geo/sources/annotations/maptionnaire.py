"""Maptionnaire's XLSX: the first sheet has a row a respondent, the others a row a place drawn, as WKT in degrees."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from tesoma_geo._extras import require
from tesoma_geo.crs import WGS84
from tesoma_geo.errors import SourceError
from tesoma_geo.sources._zipped import require_moderate
from tesoma_geo.sources.annotations.answers import QuestionReader
from tesoma_geo.sources.annotations.labels import age_group_of, language_of, local_time, role_of, zone_of
from tesoma_geo.sources.annotations.named_parts import question_doubts, respondent_doubts
from tesoma_geo.sources.annotations.schema import AnnotationReading, SurveyExport, annotation_reading
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace.annotations import Annotations

#: Cells of all sheets, empty ones too: a survey of 20,000 people with 200 questions has fewer.
MOST_CELLS = 5_000_000
#: Excel cuts the names of sheets to this.
SHEET_NAME = 31
_RESPONDENT = re.compile(r"respondent|vastaaja|response ?id", re.IGNORECASE)
_TIME = re.compile(r"submitted|time|aika|first active|created", re.IGNORECASE)
_LANGUAGE = re.compile(r"^(language|kieli|språk)$", re.IGNORECASE)
_PERSONAL = re.compile(r"e-?mail|sähköposti|phone|puhelin|\bname\b|\bnimi\b|ip.?address", re.IGNORECASE)

Record = dict[str, Any]


def read(export: SurveyExport) -> AnnotationReading:
    """Read a workbook of Maptionnaire.

    A question's title is matched with the sheet's name (or its first 31 characters), its sub-questions with
    the sheet's columns. Columns that ask for names, addresses or phones are passed over.

    Parameters
    ----------
    export
        The export, as the workspace describes it.

    Returns
    -------
    AnnotationReading

    Raises
    ------
    SourceError
        The file cannot be read, or is no such export.
    """
    path, section = export.path, export.section
    sheets = dict(_sheets(path))
    first, *others = sheets
    if not others:
        raise SourceError(f"{path} has one sheet only", "Export the answers with a sheet for each map question")
    key = _key(sheets[first], path)
    people = {_text(row[key]): _person(row, key, section) for row in sheets[first] if _text(row[key])}
    rows: list[Record] = []
    left_out: list[LeftOut] = []
    doubts = list(respondent_doubts(section, _columns(sheets[first])))
    for name in others:
        records = sheets[name]
        wanted = next((one for one in section.questions if one.title == name or one.title[:SHEET_NAME] == name), None)
        if wanted is None or not records:
            left_out.append(LeftOut("annotations", f"the workspace does not say what {name!r} is", len(records)))
            continue
        question = QuestionReader(wanted, export.themes)
        columns = dict.fromkeys(_columns(records), ())
        doubts += question_doubts(section.questions.index(wanted), wanted, columns, export.themes)
        own_key = _key(records, path)
        for record in records:
            person = people.get(_text(record[own_key]), {})
            answers = {title: text for title, value in record.items() if (text := _text(value)) and title != own_key
                       and title != "WKT" and not _PERSONAL.search(title)}  # fmt: skip
            rows.append({
                "respondent": _text(record[own_key]), "round": section.round,
                "geometry": _geometry(record.get("WKT"), export.crs),
                **{field: person.get(field) for field in ("role", "age_group", "language", "time")},
                **question.fields(answers),
            })  # fmt: skip
        left_out += question.left_out()
    return annotation_reading(
        rows, list(people.values()), crs=export.crs, source=section.source_name, left_out=left_out, doubts=doubts
    )


def _sheets(path: Path) -> Iterator[tuple[str, list[Record]]]:
    openpyxl = require("openpyxl", extra="annotations")
    try:
        with zipfile.ZipFile(path) as archive:
            require_moderate(path, archive)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes the library raise
        raise SourceError(f"{path} cannot be read as XLSX ({error})", "Export it again from Maptionnaire") from None
    cells = 0
    try:
        for sheet in book.worksheets:
            lines = sheet.iter_rows(values_only=True)
            header = [str(name or "").strip() for name in next(lines, ())]
            records = []
            for line in lines:
                # A file of a few bytes can claim rows and columns without end.
                if (cells := cells + max(len(line), 1)) > MOST_CELLS:
                    raise SourceError(
                        f"{path}: sheet {sheet.title!r} and those before it have more than {MOST_CELLS:,} cells",
                        "Remove empty rows and columns beyond the answers, or export it again from Maptionnaire",
                    )
                if any(cell is not None for cell in line):
                    records.append(dict(zip(header, line, strict=False)))
            yield str(sheet.title), records
    finally:
        book.close()


def _columns(records: list[Record]) -> list[str]:
    return list(records[0]) if records else []


def _key(records: list[Record], path: Path) -> str:
    """The column of the respondent's id."""
    names = list(records[0]) if records else []
    key = next((name for name in names if _RESPONDENT.search(name)), None)
    if key is None:
        raise SourceError(
            f"{path}: no column names the respondent ({', '.join(names)})", "Export it with respondent ids"
        )
    return key


def _person(row: Record, key: str, section: Annotations) -> Record:
    asked = section.respondent
    answers = {name: _text(value) for name, value in row.items()
               if name != key and not _PERSONAL.search(name) and _text(value)}  # fmt: skip
    time = next((text for name, text in answers.items() if _TIME.search(name)), None)
    language = next((text for name, text in answers.items() if _LANGUAGE.search(name)), None)
    return {
        "respondent": _text(row[key]),
        "role": role_of(answers.get(asked.role)) if asked and asked.role else None,
        "age_group": age_group_of(answers.get(asked.age_group)) if asked and asked.age_group else None,
        "language": language_of(language),
        "time": local_time(time, zone_of(section.time_zone)),
        "answers": json.dumps(answers, ensure_ascii=False, sort_keys=True),
    }


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _geometry(wkt: Any, crs: str) -> shapely.Geometry | None:
    try:
        shape = shapely.from_wkt(str(wkt).split(";")[-1])
    except (shapely.errors.GEOSException, ValueError):
        return None
    return gpd.GeoSeries([shape], crs=WGS84).to_crs(crs).iloc[0]

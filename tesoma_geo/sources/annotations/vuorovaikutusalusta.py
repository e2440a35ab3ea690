"""Exports of vuorovaikutusalusta, the map-survey platform of Tampere: a GeoPackage and a CSV.

The GeoPackage has a layer a map question, the CSV a row a submission; who answered on the map alone is
missing from the CSV. Titles and options are in Finnish whatever language was answered in.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from tesoma_geo.errors import Doubt, SourceError
from tesoma_geo.sources.annotations._titles import OWN_WORDS, split_titles
from tesoma_geo.sources.annotations._vuorovaikutusalusta_csv import Submissions, read_submissions
from tesoma_geo.sources.annotations.answers import Answers, QuestionReader
from tesoma_geo.sources.annotations.labels import age_group_of, language_of, local_time, role_of, zone_of
from tesoma_geo.sources.annotations.named_parts import question_doubts, respondent_doubts
from tesoma_geo.sources.annotations.schema import AnnotationReading, SurveyExport, annotation_reading
from tesoma_geo.sources.annotations.unsure_counts import UnsureCounts
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace.annotations import AnnotationQuestion, Annotations

_TITLE = re.compile(r"^Sivu \d+ / Kysymys \d+[a-z]*: ")
_SUB_QUESTION = re.compile(r"^Alikysymys (\d+): (.*)$", re.DOTALL)
_META = ("Vastaustunniste", "Aikaleima", "Vastauskieli", "Kysymys", "Näkyvät tasot", "geometry")


#: Who answers on the map alone is rare; of fewer respondents than the second nothing is said.
APART_SHARE = 0.5


def read(export: SurveyExport) -> AnnotationReading:
    """Read an export; the workspace's section tells what its questions are.

    Parameters
    ----------
    export
        Its path is the GeoPackage, its respondents the CSV, if there is one.

    Returns
    -------
    AnnotationReading

    Raises
    ------
    SourceError
        A file that cannot be read or is no such export, or questions of the workspace that it does not have.
    """
    section = export.section
    layers = dict(_layers(export.path))
    _require_questions(section, layers, export.path)
    submissions = read_submissions(export.respondents) if export.respondents else Submissions((), (), ())
    people = _people(submissions, section)
    questions = [QuestionReader(question, export.themes) for question in section.questions]
    rows: list[dict[str, Any]] = []
    left_out: list[LeftOut] = []
    for title, layer in layers.items():
        question = next((asked for asked in questions if asked.title == title), None)
        if question is None:
            left_out.append(LeftOut("annotations", f"the workspace does not say what {title!r} is", len(layer)))
        else:
            rows += _rows(layer.to_crs(export.crs), question, section, people)
    left_out.append(LeftOut("rows of respondents", "their answers do not fit the columns", len(submissions.unread)))
    left_out += [left for question in questions for left in question.left_out()]
    on_map = {row["respondent"] for row in rows}
    missing = len(on_map - set(people)) if export.respondents else 0
    notes = [f"{missing} respondents answered on the map alone: their role and age are unknown"] if missing else []
    made = annotation_reading(
        rows, list(people.values()), crs=export.crs, source=section.source_name, left_out=left_out, notes=notes
    )
    unasked = _not_asked(section, layers, submissions.columns if export.respondents else None, export.themes)
    return replace(made, doubts=(*_doubts(on_map, missing), *unasked))


def _not_asked(
    section: Annotations, layers: Mapping[str, gpd.GeoDataFrame], asked: Sequence[str] | None, themes: Mapping[str, str]
) -> Iterator[Doubt]:
    """What the workspace names and the survey does not ask; ``asked`` are the columns of the file of respondents."""
    for number, question in enumerate(section.questions):
        asked_for: dict[str, list[str]] = {}
        for title, columns in _plans(layers[question.title].columns, question):
            options = [option for _, option in columns if option is not None and option not in OWN_WORDS]
            asked_for.setdefault(title, []).extend(options)
        yield from question_doubts(number, question, asked_for, themes)
    named = section.respondent
    if asked is None and named is not None:
        remedy = "Name the file of respondents, which the platform exports as CSV, or leave the table out"
        yield Doubt("respondent", "is asked for, but no respondents file is named: roles and ages are unknown", remedy)
    if asked is not None:
        known = [title for title in ((named.age_group, named.role) if named else ()) if title]
        yield from respondent_doubts(section, [title for title, _ in split_titles(asked, known)])


def survey_questions(path: Path) -> Iterator[tuple[str, gpd.GeoDataFrame, dict[str, list[tuple[str, str | None]]]]]:
    """The map questions of an export, whatever a workspace says of them.

    Parameters
    ----------
    path
        The GeoPackage.

    Yields
    ------
    title : str
        Of the question, as in the survey.
    rows : GeoDataFrame
        Its answers, in the file's own system.
    parts : dict
        Sub-question → its columns, each with the option that it stands for; None where it holds an answer.

    Raises
    ------
    SourceError
        The file cannot be read.
    """
    for title, rows in _layers(path):
        yield title, rows, dict(_plans(rows.columns, AnnotationQuestion(title=title, kind="place")))


def respondent_questions(path: Path) -> list[str]:
    """What respondents were asked, beside the map.

    Parameters
    ----------
    path
        The CSV.

    Returns
    -------
    list of str
        Titles, each once.

    Raises
    ------
    SourceError
        The file cannot be read.
    """
    return list(dict.fromkeys(title for title, _ in split_titles(read_submissions(path).columns, ())))


def _doubts(on_the_map: Collection[str], unknown: int) -> Iterator[Doubt]:
    """Whether the file of answers and the file of respondents belong together; without numbers, as all may read it."""
    counts = UnsureCounts.of_words((*sorted(on_the_map), str(unknown)))
    if counts.above("apart", unknown, APART_SHARE, len(on_the_map)):
        problem = f"more than {APART_SHARE:.0%} of those who answered on the map are not in the file of respondents"
        yield Doubt("respondents", problem, "Is it of the same survey? Export both again, on the same day")


def _layers(path: Path) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    """Each map question's title and its rows."""
    try:
        for name, _ in pyogrio.list_layers(path):
            rows = gpd.read_file(path, layer=name)
            if "Vastaustunniste" not in rows.columns or not isinstance(rows, gpd.GeoDataFrame):
                continue
            if rows.crs is None:
                raise SourceError(f"{path}, layer {name}: no coordinate reference system", "Export it again")
            yield _TITLE.sub("", str(name)), rows
    except (DataSourceError, DataLayerError) as error:
        raise SourceError(
            f"{path} cannot be read as a GeoPackage ({error})", "Export the map answers again as GeoPackage"
        ) from None


def _require_questions(section: Annotations, layers: Mapping[str, Any], path: Path) -> None:
    if not layers:
        raise SourceError(f"{path} holds no answers: no layer has Vastaustunniste", "Export the map answers again")
    missing = [question.title for question in section.questions if question.title not in layers]
    if missing:
        raise SourceError(
            f"{path} has no map question {missing[0]!r}; it has {', '.join(map(repr, layers))}",
            "Correct annotations.questions.title: the title as in the survey, without page and number",
        )


def _rows(
    layer: gpd.GeoDataFrame, question: QuestionReader, section: Annotations, people: Mapping[str, Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    zone = zone_of(section.time_zone)
    for record, answers in zip(layer.to_dict("records"), _sub_answers(layer, question.settings), strict=True):
        number = _id(record["Vastaustunniste"])
        person = people.get(number, {})
        yield {
            "respondent": number,
            "round": section.round,
            "time": local_time(str(record.get("Aikaleima") or ""), zone),
            "language": language_of(str(record.get("Vastauskieli") or "")),
            "role": person.get("role"),
            "age_group": person.get("age_group"),
            "geometry": record["geometry"],
            **question.fields(answers),
        }


def _sub_answers(layer: gpd.GeoDataFrame, question: AnnotationQuestion) -> list[Answers]:
    """What each row answers to each sub-question: a text, or the options ticked."""
    plans = _plans(layer.columns, question)
    return [_answers_of(record, plans) for record in layer.to_dict("records")]


def _plans(
    columns_there: Iterable[Any], question: AnnotationQuestion
) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """Each sub-question with its columns, and the option that each column stands for."""
    there = list(columns_there)
    known = [title for title in (question.severity, question.text, question.themes) if title]
    known += [question.category.question] if question.category else []
    plans: list[tuple[str, list[tuple[str, str | None]]]] = []
    for columns in _numbered(there).values():
        split = split_titles([text for _, text in columns], known)
        for title in dict.fromkeys(title for title, _ in split):
            parts = zip(columns, split, strict=True)
            plans.append((title, [(column, option) for (column, _), (of, option) in parts if of == title]))
    others = [str(column) for column in there if column not in _META and not _SUB_QUESTION.match(str(column))]
    return plans + [(column, [(column, None)]) for column in others]


def _numbered(columns: Iterable[Any]) -> dict[str, list[tuple[str, str]]]:
    """Number of sub-question → its columns, as (name, text behind the number)."""
    columns_by_number: dict[str, list[tuple[str, str]]] = {}
    for column in map(str, columns):
        match = _SUB_QUESTION.match(column)
        if match:
            columns_by_number.setdefault(match[1], []).append((column, match[2]))
    return columns_by_number


def _answers_of(record: Mapping[str, Any], plans: list[tuple[str, list[tuple[str, str | None]]]]) -> Answers:
    answers: dict[str, str | tuple[str, ...]] = {}
    for title, columns in plans:
        ticked: list[str] = []
        answered = False
        for column, option in columns:
            value = record.get(column)
            if value is None or pd.isna(value) or str(value).strip() == "":
                continue
            if option is None:
                answers[title] = str(value)
            elif option in OWN_WORDS or str(value) not in ("true", "false"):
                answers[f"{title} ({option})"] = str(value)
            else:
                answered = True
                ticked += [option] if str(value) == "true" else []
        if answered:
            answers[title] = tuple(ticked)
    return answers


def _people(submissions: Submissions, section: Annotations) -> dict[str, dict[str, Any]]:
    """Everybody in the CSV by id, with the answers by title."""
    asked = section.respondent
    known = [title for title in ((asked.age_group, asked.role) if asked else ()) if title]
    titles = split_titles(submissions.columns, known)
    zone = zone_of(section.time_zone)
    people: dict[str, dict[str, Any]] = {}
    for row in submissions.rows:
        answers: dict[str, Any] = {}
        for (title, option), column, value in zip(titles, submissions.columns, row.answers, strict=True):
            if value is None or value == "":
                continue
            if option is not None and value == "1":
                answers.setdefault(title, []).append(option)
            else:
                answers[column] = value
        first = {title: answers.get(title, [None])[0] for title in known}
        people[row.number] = {
            "respondent": row.number,
            "language": language_of(row.language),
            "time": local_time(row.time, zone),
            "age_group": age_group_of(first.get(asked.age_group or "")) if asked else None,
            "role": role_of(first.get(asked.role or "")) if asked else None,
            "answers": json.dumps(answers, ensure_ascii=False, sort_keys=True),
        }
    return people


def _id(value: Any) -> str:
    """An id as text, whether the file holds whole numbers, floats or text."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()

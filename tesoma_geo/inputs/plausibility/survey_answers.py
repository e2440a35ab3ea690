"""Doubts about what a workspace takes from a survey and finds nowhere: fields empty in all answers, unmapped options.

No single respondent decides what is told (:mod:`tesoma_geo.sources.annotations.unsure_counts`). Options are told to who
imports, never by `check`: whether enough gave one follows from a single answer. They are told only where many
respondents gave one letter for letter: it is an option then, and nobody's own words.
"""

import json
from collections.abc import Iterator

import numpy as np
import pandas as pd

from tesoma_geo._arrays import Bool
from tesoma_geo.errors import Doubt
from tesoma_geo.sources.annotations.answers import OTHER
from tesoma_geo.sources.annotations.named_parts import unmapped
from tesoma_geo.sources.annotations.schema import AnnotationReading
from tesoma_geo.sources.annotations.unsure_counts import FEW, UnsureCounts, weights
from tesoma_geo.workspace.annotations import AnnotationQuestion, Annotations

#: What so many respondents answer alike is an option of the survey.
COMMON = 10
#: Fields of an annotation that a question may name.
_FIELDS = ("text", "severity", "themes", "category")


def survey_doubts(reading: AnnotationReading, section: Annotations, key: str, k: int = FEW) -> Iterator[Doubt]:
    """What comes in empty from nearly all.

    Parameters
    ----------
    reading
        What was read of a survey.
    section
        The workspace's ``[[annotations]]``.
    key
        Its key in the workspace file: ``annotations.0``.
    k
        The workspace's ``publish.k``: how unsure it is how many respondents each doubt takes.

    Yields
    ------
    Doubt
    """
    counts = UnsureCounts.of_answers(reading.annotations, k)
    doubted = {doubt.where for doubt in reading.doubts}
    table = reading.annotations
    for number, question in enumerate(section.questions):
        rows, at = table[(table["question"] == question.title).to_numpy()], f"questions.{number}"
        for field in _FIELDS:
            named = getattr(question, field)
            if named is not None and not any(where.startswith(f"{at}.{field}") for where in doubted):
                yield from _empty(rows, field, f"{key}.{at}.{field}", repr(question.title), counts)
    for field in section.columns:
        if field in (*_FIELDS, "role", "age_group", "language", "time") and f"columns.{field}" not in doubted:
            yield from _empty(table, field, f"{key}.columns.{field}", "the survey", counts)
    named = section.columns.get("respondent")
    where = f"{key}.columns.respondent"
    nameless = np.array([not named or not _label(answers, named) for answers in table["answers"]], bool)
    each = table.assign(respondent=[str(row) for row in range(len(table))])  # nobody knows who is whom
    if named and _lacking(each, nameless, where, counts):
        problem = f"no answer, or hardly any, says in {named!r} who gave it: each counts as that of another person"
        yield Doubt(where, problem, "Name the column of the respondents' ids", named)


def _empty(rows: pd.DataFrame, field: str, where: str, of: str, counts: UnsureCounts) -> Iterator[Doubt]:
    """A doubt where hardly any respondent gave a field that the workspace names."""
    lacks = rows[field].isna().to_numpy(bool) | (rows[field].astype(str) == "").to_numpy(bool)
    if _lacking(rows, lacks, where, counts):
        problem = f"no answer to {of}, or hardly any, has a {field} that can be used"
        yield Doubt(where, problem, "Compare its name and its answers with the survey; tesoma-geo annotations import "
                    "tells who moderates what could not be used", field)  # fmt: skip


def _lacking(rows: pd.DataFrame, lacks: Bool, where: str, counts: UnsureCounts) -> bool:
    """Whether enough lack something, and hardly any gave it."""
    given, people = (float(weights(one).sum()) for one in (rows["respondent"][~lacks], rows["respondent"]))
    return round(given) <= counts.further(f"{where} given") and counts.above(where, people - given, 0.0, people)


def option_doubts(reading: AnnotationReading, section: Annotations, key: str) -> Iterator[Doubt]:
    """Options that many respondents chose and the workspace does not map, for the eyes of who imports alone.

    Parameters
    ----------
    reading
        What was read of a survey.
    section
        The workspace's ``[[annotations]]``.
    key
        Its key in the workspace file: ``annotations.0``.

    Yields
    ------
    Doubt
    """
    table = reading.annotations
    for number, question in enumerate(section.questions):
        rows = table[(table["question"] == question.title).to_numpy()]
        yield from _unmapped(rows, question, f"{key}.questions.{number}.category.map")


def _unmapped(rows: pd.DataFrame, question: AnnotationQuestion, where: str) -> Iterator[Doubt]:
    category = question.category
    if category is None:
        return
    asked = rows[(rows["category"] == OTHER).to_numpy()]
    labels = [_label(answers, category.question) for answers in asked["answers"]]
    given = pd.DataFrame({"label": labels, "respondent": asked["respondent"].to_numpy()}).dropna()
    people = given.groupby("label")["respondent"].nunique()
    answered = {_label(answers, category.question) for answers in rows["answers"]}
    there = {label.casefold() for label in answered if label}
    strays = [label for label in category.map if label.casefold() not in there]
    for label in sorted(map(str, people[people >= COMMON].index)):
        yield unmapped(where, label, strays)


def _label(answers: str, title: str) -> str | None:
    value = json.loads(answers).get(title)
    label = value if isinstance(value, str) else next(iter(value or ()), None)
    return str(label).strip() or None if label is not None else None

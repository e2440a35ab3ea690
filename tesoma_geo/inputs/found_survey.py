"""The questions of a survey's export, as a workspace names them; what an answer is told of is an option of many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd

from tesoma_geo.inputs.found_files import SURVEY_ID
from tesoma_geo.inputs.plausibility.survey_answers import COMMON
from tesoma_geo.sources.annotations.vuorovaikutusalusta import survey_questions

_KINDS = (
    ("missing_link", r"puuttu|yhtey|missing|saknas|länk"),
    ("barrier", r"vaara|hankal|este|danger|barrier|obstacle|farlig|hinder|turvat"),
    ("area", r"\balue|\barea|område"),
    ("idea", r"idea|ehdot|toive|idé|förslag|wish"),
)
_CATEGORIES = (
    ("no_crossing", r"suojati|crossing|övergång"), ("traffic", r"liiken|traffic|trafik"),
    ("steps", r"porra|porta|step|stair|trapp"), ("slippery", r"liuk|slip|hal(?:k|t)|\bice|jää"),
    ("dark", r"pime|dark|mörk|valais|light"), ("surface", r"pinta|surface|yta|kuop|hole"),
    ("steep", r"jyrk|mäki|steep|brant|hill"),
)  # fmt: skip
#: Titles of questions for words of one's own, and for themes.
_OPEN = r"\?$|kerro|tarkem|kuvaile|describe|comment|tell|berätta|beskriv"
_THEMES = r"teema|theme|tema"
_SCALE = re.compile(r"[1-5]")
#: More different answers than these are words of people, and no options.
MOST_OPTIONS = 20


@dataclass(frozen=True)
class FoundQuestion:
    """A map question of a survey, as far as its file tells.

    Attributes
    ----------
    title
        As in the survey.
    kind
        What its title sounds like.
    fields
        Field of the workspace → sub-question: ``text``, ``severity``, ``themes``, ``category``.
    categories
        Option of the category → code that it sounds like; an option without any stands for itself.
    """

    title: str
    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)


def found_questions(path: Path) -> tuple[FoundQuestion, ...]:
    """The map questions of an export of vuorovaikutusalusta, with what their sub-questions look like.

    Parameters
    ----------
    path
        The GeoPackage.

    Returns
    -------
    tuple of FoundQuestion

    Raises
    ------
    SourceError
        The file cannot be read.
    """
    return tuple(_question(title, rows, parts) for title, rows, parts in survey_questions(path))


def _question(title: str, rows: gpd.GeoDataFrame, parts: dict[str, list[tuple[str, str | None]]]) -> FoundQuestion:
    kind = next((kind for kind, words in _KINDS if re.search(words, title, re.IGNORECASE)), "place")
    fields: dict[str, str] = {}
    choices: dict[str, list[str]] = {}
    for part, columns in parts.items():
        if any(option is not None for _, option in columns):
            fields.setdefault("themes", part)
            continue
        answers = rows[columns[0][0]].dropna().astype(str).str.strip()
        people = rows.loc[answers.index, SURVEY_ID].groupby(answers).nunique()
        options = [str(label) for label in people[people >= COMMON].index if label]
        if answers.str.fullmatch(_SCALE.pattern).all() and len(answers):
            fields.setdefault("severity", part)
        elif re.search(_THEMES, part, re.IGNORECASE):
            fields.setdefault("themes", part)
        elif options and people.size <= MOST_OPTIONS and not re.search(_OPEN, part, re.IGNORECASE):
            choices[part] = options
        else:
            fields.setdefault("text", part)
    if choices and kind == "barrier":
        part = min(choices, key=lambda one: len(choices[one]))
        return FoundQuestion(title, kind, {**fields, "category": part}, {one: _code(one) for one in choices[part]})
    return FoundQuestion(title, kind, fields)


def _code(label: str) -> str:
    code = next((code for code, words in _CATEGORIES if re.search(words, label, re.IGNORECASE)), None)
    return code or re.sub(r"\W+", "_", label.casefold()).strip("_")


def found_respondent(columns: list[str]) -> Iterator[tuple[str, str]]:
    """Which questions about respondents tell their age and role.

    Parameters
    ----------
    columns
        Titles of the questions.

    Yields
    ------
    tuple of str
        Field of the workspace and title.
    """
    for name, words in (("age_group", r"ikä|\bage\b|ålder"), ("role", r"rooli|\brole\b|\broll")):
        title = next((title for title in columns if re.search(words, title, re.IGNORECASE)), None)
        if title is not None:
            yield name, title

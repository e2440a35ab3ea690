"""Names of the workspace that a survey does not have."""

import pytest

from tesoma_geo.sources.annotations.named_parts import question_doubts, respondent_doubts
from tesoma_geo.workspace.annotations import AnnotationQuestion, Annotations

ASKED = {"Kerro": [], "Haitta (1–5)": [], "Syy": ["Portaat", "Pimeys"], "Teema": ["Nuorille tekemistä", "Avaruus"]}
RIGHT = {"text": "Kerro", "severity": "Haitta (1–5)", "themes": "Teema",
         "category": {"question": "Syy", "map": {"Portaat": "steps", "pimeys": "dark"}}}  # fmt: skip


def doubts(own=None, **changed):
    question = AnnotationQuestion.model_validate({"title": "Paikka", "kind": "barrier", **RIGHT, **changed})
    return {doubt.where: doubt for doubt in question_doubts(2, question, ASKED, own or {"Avaruus": "space"})}


def test_nothing_is_said_of_names_that_are_there():
    assert doubts() == {}


@pytest.mark.parametrize(
    ("field", "name", "near"),
    [("text", "kerro", "Kerro"), ("severity", "Haitta", "'Haitta (1–5)'"), ("themes", "Teemat", "Teema")],
)
def test_a_sub_question_that_is_not_there_is_told_with_the_nearest(field, name, near):
    told = doubts(**{field: name})[f"questions.2.{field}"]
    assert repr(name) in told.problem
    assert told.remedy == f"Did you mean {near}?"


def test_a_category_of_a_question_that_is_not_there():
    told = doubts(category={"question": "Syyt", "map": {"Portaat": "steps"}})
    assert told["questions.2.category.question"].remedy == "Did you mean Syy?"


def test_an_option_that_is_not_mapped_is_told_with_the_name_that_may_be_meant():
    told = doubts(category={"question": "Syy", "map": {"Portat": "steps", "Pimeys": "dark"}})
    assert told["questions.2.category.map"].value == "Portaat"
    assert "'Portat'" in told["questions.2.category.map"].remedy


def test_a_mapped_option_that_the_survey_does_not_have():
    told = doubts(category={"question": "Syy", "map": {"Portaat": "steps", "Pimeys": "dark", "Koirat": "dogs"}})
    assert told["questions.2.category.map"].value == "Koirat"


def test_a_theme_that_stands_for_nothing():
    assert "[themes]" in doubts(own={"Muu": "other"})["questions.2.themes"].remedy


def test_questions_about_respondents():
    section = Annotations.model_validate(
        {"platform": "table", "geometries": "a", "respondent": {"age_group": "Ikäryhma", "role": "Rooli"}}
    )
    told = {doubt.where: doubt for doubt in respondent_doubts(section, ["Ikäryhmä", "Ikäryhmä", "Rooli"])}
    assert set(told) == {"respondent.age_group"}
    assert told["respondent.age_group"].remedy == "Did you mean Ikäryhmä?"

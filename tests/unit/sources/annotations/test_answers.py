"""Answers of one question as fields of an annotation."""

import json

import pytest

from tesoma_geo.sources.annotations.answers import OTHER, QuestionReader
from tesoma_geo.workspace.annotations import AnnotationQuestion

QUESTION = AnnotationQuestion.model_validate(
    {"title": "Hankala paikka", "kind": "barrier", "category": {"question": "Syy", "map": {"Portaat": "steps"}},
     "severity": "Haitta", "text": "Kerro", "themes": "Teema"}
)  # fmt: skip


@pytest.fixture
def question():
    return QuestionReader(QUESTION, {"Kulttuuri": "culture"})


def test_every_field_comes_from_its_sub_question(question):
    answers = {"Syy": "portaat", "Haitta": "4", "Kerro": " Ei luiskaa ", "Teema": ["Kulttuuri", "youth"]}
    fields = question.fields(answers)
    assert json.loads(fields.pop("answers")) == answers
    assert fields == {
        "kind": "barrier", "question": "Hankala paikka", "private": False, "category": "steps", "severity": 4,
        "text": "Ei luiskaa", "themes": ["culture", "youth"],
    }  # fmt: skip


def test_what_was_not_answered_is_unknown(question):
    fields = question.fields({})
    assert (fields["category"], fields["severity"], fields["text"], fields["themes"]) == (None, None, None, [])
    assert question.left_out() == []


def test_an_option_without_a_category_is_other(question):
    assert question.fields({"Syy": "koirat"})["category"] == OTHER


def test_what_cannot_be_used_is_counted(question):
    for answers in ({"Haitta": "paha"}, {"Haitta": "9"}, {"Teema": "Avaruus"}):
        question.fields(answers)
    assert [(left.reason, left.count) for left in question.left_out()] == [
        ("Haitta: not a number from 1 to 5", 2),
        ("theme 'Avaruus' is not known: name it under [themes]", 1),
    ]


def test_a_question_about_homes_is_private_whatever_the_workspace_says():
    home = QUESTION.model_copy(update={"title": "Missä asut?"})
    assert QuestionReader(home, {}).fields({})["private"]

"""Codes of barriers and mended streets that lead nowhere."""

from types import SimpleNamespace

import pandas as pd

from tesoma_geo.analysis.barrier_settings import barrier_setting_doubts
from tesoma_geo.workspace.annotations import Annotations, Experience

STREETS = SimpleNamespace(ways=pd.DataFrame({"name": ["Kuusikatu", None, "Mäntytie"]}))


def told(survey=None, experience=None):
    surveys = (
        () if survey is None else (Annotations.model_validate({"platform": "table", "geometries": "a", **survey}),)
    )
    workspace = SimpleNamespace(annotations=surveys, experience=Experience.model_validate(experience or {}))
    return {doubt.where: doubt for doubt in barrier_setting_doubts(workspace, STREETS)}


def questions(kind, code):
    return {"questions": [{"title": "Q", "kind": kind, "category": {"question": "Syy", "map": {"Portaat": code}}}]}


def test_a_code_without_a_cost_is_told_with_the_nearest():
    doubt = told(questions("barrier", "stepps"))["annotations.0.questions.0.category.map"]
    assert doubt.remedy == "Did you mean steps?"


def test_known_codes_own_costs_and_other_kinds_say_nothing():
    assert told(questions("barrier", "steps")) == {}
    assert told(questions("place", "stepps")) == {}
    assert told(questions("barrier", "dogs"), {"costs": {"dogs": {"delay_s": [1, 2, 3, 4, 5]}}}) == {}


def test_codes_of_flat_files():
    survey = {"kind": "barrier", "values": {"category": {"rappuset": "stairs"}}}
    assert told(survey)["annotations.0.values.category"].value == "stairs"


def test_a_mended_street_that_is_not_there():
    doubt = told(experience={"mended": [{"street": "Kuusikuja", "on": "2026-01-01"}]})["experience.mended"]
    assert doubt.remedy == "Did you mean Kuusikatu?"
    assert told(experience={"mended": [{"street": "Mäntytie", "on": "2026-01-01"}]}) == {}

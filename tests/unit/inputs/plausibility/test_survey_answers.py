"""Fields that come in empty, and options that no category stands for."""

import json

import pytest
import shapely

from tesoma_geo.inputs.plausibility.survey_answers import COMMON, option_doubts, survey_doubts
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.sources.annotations.unsure_counts import FEW
from tesoma_geo.workspace.annotations import Annotations
from tests.conftest import CRS

SECTION = Annotations.model_validate({
    "platform": "vuorovaikutusalusta", "geometries": "a.gpkg",
    "questions": [{"title": "Paikka", "kind": "barrier", "text": "Kerro",
                   "category": {"question": "Syy", "map": {"Portat": "steps", "Pimeys": "dark"}}}],
})  # fmt: skip


def reading(rows):
    made = [
        {
            "respondent": f"r{number}",
            "kind": "barrier",
            "question": "Paikka",
            "geometry": shapely.Point(number, 0),
            **row,
        }
        for number, row in enumerate(rows)
    ]
    return annotation_reading(made, [], crs=CRS, source="survey")


def answered(label, times):
    return [{"category": "other", "text": "x", "answers": json.dumps({"Syy": label})}] * times


def told(rows, section=SECTION, doubts=survey_doubts):
    return {doubt.where: doubt for doubt in doubts(reading(rows), section, "annotations.0")}


def test_what_many_answer_and_nothing_maps_is_told_to_who_imports_and_by_check_never():
    doubt = told(answered("Portaat", COMMON), doubts=option_doubts)["annotations.0.questions.0.category.map"]
    assert told(answered("Portaat", 3 * COMMON)) == {}
    assert doubt.value == "Portaat"
    assert "'Portat'" in doubt.remedy


def test_own_words_of_a_few_are_never_told():
    assert told(answered("Naapurin Maija", COMMON - 1), doubts=option_doubts) == {}


def test_one_respondent_makes_no_option():
    rows = [{**row, "respondent": "same"} for row in answered("Portaat", 3 * COMMON)]
    assert told(rows, doubts=option_doubts) == {}


def test_a_field_that_is_empty_in_all_answers_is_told():
    assert "annotations.0.questions.0.text" in told([{"category": "dark", "text": None}] * 2 * FEW)
    assert told([{"category": "dark", "text": None}] * (FEW - 1)) == {}
    given = [{"category": "dark", "text": "x"}] * FEW
    assert told([{"category": "dark", "text": None}] * 50 * FEW + given) == {}


@pytest.mark.parametrize("field", ["text", "age_group"])
def test_columns_of_flat_files_too(field):
    section = Annotations.model_validate(
        {"platform": "table", "geometries": "a", "kind": "idea", "columns": {field: "column"}}
    )
    assert set(told([{"text": None}] * 2 * FEW, section)) == {f"annotations.0.columns.{field}"}

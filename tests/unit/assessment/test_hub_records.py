"""The record of a planned hub: what is no figure of its is refused by its schema."""

import jsonschema

from tesoma_geo.assessment.hub_records import TakenFigures
from tesoma_geo.assessment.summary_records import json_schema


def test_what_a_planned_hub_takes_is_residents_and_minutes():
    validator = jsonschema.Draft202012Validator(json_schema(TakenFigures))
    taken = {
        "nearest_from": {"one": 3},
        "choice_from": {"one": 2.5},
        "reached_none": 0,
        "closer_population": 1,
        "saved_resident_min": 4.0,
        "median_before_min": None,
        "median_after_min": 7.5,
    }
    validator.validate(taken)
    for key, wrong in (("reached_none", -1), ("nearest_from", {"one": "many"}), ("further", 1)):
        assert list(validator.iter_errors({**taken, key: wrong})), key

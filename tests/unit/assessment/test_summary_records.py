"""Records of figures: what is no figure of theirs is refused by their schema."""

import jsonschema

from tesoma_geo.assessment.summary_records import TargetFigures, json_schema


def test_a_key_that_is_no_figure_is_refused():
    schema = json_schema(TargetFigures)
    target = {"target": 0.7, "value": None, "met": False}
    jsonschema.Draft202012Validator(schema).validate(target)
    for wrong in ({**target, "more": 1}, {"target": 0.7, "met": True}, {**target, "met": "yes"}):
        assert list(jsonschema.Draft202012Validator(schema).iter_errors(wrong)), wrong

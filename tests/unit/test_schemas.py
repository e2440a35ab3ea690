"""The published JSON Schemas are those of the records, and close every record."""

import runpy
from pathlib import Path

import jsonschema
import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = runpy.run_path(str(DOCS / "make_schema.py"))["pages"]()


@pytest.mark.parametrize("name", PAGES)
def test_the_schema_is_current(name):
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name], "run make schema-docs"


def test_a_key_that_is_no_figure_is_refused():
    from tesoma_geo.assessment.summary_records import TargetFigures, json_schema

    schema = json_schema(TargetFigures)
    target = {"target": 0.7, "value": None, "met": False}
    jsonschema.Draft202012Validator(schema).validate(target)
    for wrong in ({**target, "more": 1}, {"target": 0.7, "met": True}, {**target, "met": "yes"}):
        assert list(jsonschema.Draft202012Validator(schema).iter_errors(wrong)), wrong

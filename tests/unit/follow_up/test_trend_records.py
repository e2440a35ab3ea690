"""The published schema closes every record and knows the causes' sums."""

import json
from pathlib import Path

import jsonschema
import pytest

from tesoma_geo.follow_up.trend_records import trend_schema

DOCS = Path(__file__).resolve().parents[3] / "docs"
EMPTY = {"made_up": True, "runs": [], "steps": [], "targets": {}, "events": []}


def test_the_published_schema_is_the_records():
    assert json.loads((DOCS / "trend.schema.json").read_text(encoding="utf-8")) == trend_schema()
    jsonschema.Draft202012Validator(trend_schema()).validate(EMPTY)


@pytest.mark.parametrize("change", [{"more": 1}, {"runs": [{}]}, {"events": [{"date": 1}]}])
def test_what_is_not_declared_is_refused(change):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(trend_schema()).validate({**EMPTY, **change})

"""``plans.json`` keeps its published schema."""

import json
from pathlib import Path

import jsonschema

from tesoma_geo.scenarios.several import compare_several, write_several

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_file_keeps_its_schema(inputs, plan, tmp_path):
    closes = "[[services]]\nremove = 'osm:node/3019'"
    write_several(compare_several(inputs, [plan(closes), plan(closes)], profile="walk", runs=20).figures, tmp_path)
    schema = json.loads((DOCS / "plans.schema.json").read_text(encoding="utf-8"))
    written = json.loads((tmp_path / "plans.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(written)

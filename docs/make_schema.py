"""Writes ``docs/*.schema.json`` from the records of the figures: ``make schema-docs``; a test holds them together."""

import json
from pathlib import Path

from tesoma_geo.assessment.summary_records import summary_schema
from tesoma_geo.cli.check_records import check_schema
from tesoma_geo.follow_up.trend_records import trend_schema
from tesoma_geo.scenarios.comparison_records import comparison_schema
from tesoma_geo.scenarios.several_records import plans_schema

HERE = Path(__file__).resolve().parent


def pages() -> dict[str, str]:
    """The schemas by file name, as JSON."""
    schemas = {
        "summary.schema.json": summary_schema(),
        "comparison.schema.json": comparison_schema(),
        "plans.schema.json": plans_schema(),
        "trend.schema.json": trend_schema(),
        "check.schema.json": check_schema(),
    }
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    for file, text in pages().items():
        (HERE / file).write_text(text, encoding="utf-8")

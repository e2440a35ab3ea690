"""The published JSON Schemas are those of the records, and close every record."""

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = runpy.run_path(str(DOCS / "make_schema.py"))["pages"]()


@pytest.mark.parametrize("name", PAGES)
def test_the_schema_is_current(name):
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name], "run make schema-docs"

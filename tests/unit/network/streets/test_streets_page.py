"""The page that says what the streets are taken for is that of the profiles."""

import importlib.util

from tests.conftest import ROOT


def test_the_page_is_current():
    spec = importlib.util.spec_from_file_location("make_streets", ROOT / "docs" / "make_streets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.page() == (ROOT / "docs" / "streets.md").read_text(encoding="utf-8"), "run make streets-docs"

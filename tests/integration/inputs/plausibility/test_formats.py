"""Plausible mistakes in the forms of files: none is accepted in silence."""

import pytest

from tests.mistakes.formats import MISTAKES


@pytest.mark.parametrize("name", MISTAKES.chosen())
def test_no_mistake_is_accepted_in_silence(name, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    MISTAKES.assert_told(name, tmp_path)

"""Plausible mistakes in what residents said: none is accepted in silence."""

import pytest

from tests.mistakes import assert_told, names_of


@pytest.mark.parametrize("name", names_of("answers"))
def test_no_mistake_is_accepted_in_silence(name, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    assert_told(name, tmp_path)

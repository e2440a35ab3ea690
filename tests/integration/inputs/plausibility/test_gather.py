"""Plausible mistakes in timetables: none is accepted in silence."""

import pytest

from tests.mistakes import MISTAKES, assert_told, names_of, told
from tests.small_district import SmallDistrict


@pytest.mark.parametrize("name", names_of("gather"))
def test_no_mistake_is_accepted_in_silence(name, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    assert_told(name, tmp_path)


@pytest.mark.parametrize("transit", [False, True])
def test_the_district_itself_is_beyond_doubt(transit, tmp_path):
    """Otherwise the tests of mistakes could pass for another reason."""
    assert told(SmallDistrict().with_transit() if transit else SmallDistrict(), tmp_path) == []


def test_there_are_a_hundred_and_twenty_mistakes():
    assert len(MISTAKES) >= 120

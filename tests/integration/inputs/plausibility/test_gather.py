"""Plausible mistakes in timetables and in the forms of files: none is accepted in silence."""

import pytest

from tests.mistakes import answers, areas, formats, services, settings, streets, timetables
from tests.mistakes.table import told
from tests.small_district import SmallDistrict

CHOSEN = [(of.MISTAKES, name) for of in (timetables, formats) for name in of.MISTAKES.chosen()]


@pytest.mark.parametrize(("table", "name"), CHOSEN, ids=[name for _, name in CHOSEN])
def test_no_mistake_is_accepted_in_silence(table, name, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    table.assert_told(name, tmp_path)


@pytest.mark.parametrize("transit", [False, True])
def test_the_district_itself_is_beyond_doubt(transit, tmp_path):
    """Otherwise the tests of mistakes could pass for another reason."""
    assert told(SmallDistrict().with_transit() if transit else SmallDistrict(), tmp_path) == []


def test_there_are_so_many_mistakes():
    assert sum(len(of.MISTAKES) for of in (answers, areas, formats, services, settings, streets, timetables)) >= 290

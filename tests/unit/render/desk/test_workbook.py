"""Workbooks, read back by another library."""

import numpy as np
import openpyxl
import pandas as pd
import pytest

from tesoma_geo.render.desk.column_names import NamedColumn
from tesoma_geo.render.desk.workbook import Sheet, _sheet_names, write_workbook
from tesoma_geo.render.text.catalogue import catalogue

TABLE = pd.DataFrame(
    {"name": ["=1+1", "http://example.org", "007", "plain\x07"], "min": [1.5, np.inf, np.nan, 3.0],
     "on_foot": [True, False, True, False], "share": [0.25, 0.5, 1.0, 0.0]}
)  # fmt: skip
COLUMNS = [NamedColumn("name", "Nimi", "", "its name"), NamedColumn("min", "Aika (min)", "min", "time"),
           NamedColumn("on_foot", "Kävellen", "", ""), NamedColumn("share", "Osuus", "1", "")]  # fmt: skip


@pytest.fixture
def book(tmp_path):
    sheet = Sheet("Ruudut", TABLE, COLUMNS, "a cell", frozenset({"share"}))
    write_workbook(tmp_path / "one.xlsx", [sheet], catalogue("fi"), ["CC BY 4.0"])
    write_workbook(tmp_path / "two.xlsx", [sheet], catalogue("fi"), ["CC BY 4.0"])
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    return openpyxl.load_workbook(tmp_path / "one.xlsx")


def test_text_stays_text_whatever_it_begins_with(book):
    cells = [row[0] for row in book["Ruudut"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert [cell.value for cell in cells][:3] == ["=1+1", "http://example.org", "007"]
    assert all(cell.hyperlink is None for cell in cells)


def test_unreachable_is_told_and_unknown_is_empty(book):
    assert [row[1].value for row in book["Ruudut"].iter_rows(min_row=2)] == [1.5, "ei pääse", None, 3]
    assert [row[2].value for row in book["Ruudut"].iter_rows(min_row=2)] == [True, False, True, False]


def test_the_first_sheet_explains_every_column(book):
    assert book.sheetnames == ["Selitykset", "Ruudut"]
    told = [[cell.value or None for cell in row] for row in book["Selitykset"].iter_rows()]
    assert ["Ruudut", "Nimi", "name", None, "its name"] in told
    assert ["lisenssit", "CC BY 4.0", None, None, None] in told
    assert any(row[4] == "4 rivejä. a cell" for row in told)


def test_names_of_sheets_are_short_plain_and_differ():
    names = _sheet_names(["a/b", "A b", "x" * 40, "x" * 50, ""])
    assert names == ["a b", "A b 2", "x" * 31, "x" * 29 + " 2", "-"]

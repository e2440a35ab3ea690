"""Rows of sheets as XML: read back by another library, and whatever text is in them."""

import io
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest

from tesoma_geo.render.desk.sheet_rows import column_letters, rows_as_xml
from tesoma_geo.render.desk.workbook import Sheet, write_workbook
from tesoma_geo.render.text.catalogue import catalogue


@pytest.mark.parametrize(("at", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_in_sheets(at, letters):
    assert column_letters(at) == letters == openpyxl.utils.get_column_letter(at + 1)


def test_each_kind_of_value_is_a_cell_of_its_kind_and_what_is_unknown_none():
    table = pd.DataFrame({"a": [1.5, np.inf, np.nan], "b": pd.array([1, None, 3], dtype="Int64")})
    table["c"] = pd.Series([True, None, "<&>"], dtype=object)
    rows = b"".join(rows_as_xml(table, [3, 4, 5], "no way")).decode()
    text = 't="inlineStr"><is><t xml:space="preserve">'
    assert rows == (
        '<row r="2"><c r="A2" s="3"><v>1.5</v></c><c r="B2" s="4"><v>1</v></c><c r="C2" s="5" t="b"><v>1</v></c></row>'
        f'<row r="3"><c r="A3" s="3" {text}no way</t></is></c></row>'
        f'<row r="4"><c r="B4" s="4"><v>3</v></c><c r="C4" s="5" {text}&lt;&amp;&gt;</t></is></c></row>'
    )


def test_many_rows_are_read_back_each_where_it_is(tmp_path):
    table = pd.DataFrame(
        {"number": np.arange(2500), "half": np.arange(2500) / 2, "text": [f" {n} " for n in range(2500)]}
    )
    write_workbook(tmp_path / "many.xlsx", [Sheet("Many", table, shares=frozenset({"half"}))], catalogue("en"))
    sheet = openpyxl.load_workbook(tmp_path / "many.xlsx")["Many"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("number", "half", "text")
    assert rows[1:] == list(table.itertuples(index=False, name=None))
    assert [sheet.cell(2500, at).number_format for at in (1, 2, 3)] == ["#,##0", "0 %", "General"]
    assert sheet.dimensions == "A1:C2501"
    assert sheet.auto_filter.ref == "A1:C2501"


def test_letters_that_xml_has_no_place_for_are_told_by_their_number():
    table = pd.DataFrame({"text": ["bell \x07", "_x0007_", "line\nanother", "\r\uffff", ""]})
    rows = b"".join(rows_as_xml(table, [0], "")).decode()
    assert "bell _x0007_<" in rows
    assert ">_x005F_x0007_<" in rows
    assert "line\nanother" in rows
    assert ">_x000D__xFFFF_<" in rows
    assert rows.endswith('<t xml:space="preserve"></t></is></c></row>')  # text without letters is text


def test_an_empty_table_is_a_head_alone(tmp_path):
    write_workbook(tmp_path / "none.xlsx", [Sheet("None", pd.DataFrame({"a": []}))], catalogue("en"))
    with zipfile.ZipFile(io.BytesIO((tmp_path / "none.xlsx").read_bytes())) as archive:
        assert archive.testzip() is None
    assert list(openpyxl.load_workbook(tmp_path / "none.xlsx")["None"].iter_rows(values_only=True)) == [("a",)]

"""The report's PDF as a screen reader walks it: read by pikepdf, as PDF/UA-1 (ISO 14289-1) wants it."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import tesoma_geo as tg
from tesoma_geo.render.report.write import write_report


@pytest.fixture(scope="module")
def pdf(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pikepdf.Pdf]:
    path = Path(tmp_path_factory.mktemp("structure")) / "report.pdf"
    write_report(assessment, path, "sv")
    with pikepdf.open(path) as opened:
        yield opened


def elements(node: Any) -> Iterator[Any]:
    """Structure elements in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kind(element: Any) -> str:
    return str(element.S).removeprefix("/")


@pytest.fixture(scope="module")
def read(pdf: pikepdf.Pdf) -> list[Any]:
    return list(elements(pdf.Root.StructTreeRoot))


def test_it_says_what_it_is_and_in_which_language(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "sv"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"].startswith("Rapport")


def test_bookmarks_lead_to_every_chapter(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root] + [sub.title for item in outline.root for sub in item.children]
        first = [item.destination for item in outline.root]
    assert len(titles) > 5
    assert all(titles)
    assert None not in first


def test_headings_skip_no_level(read: list[Any]) -> None:
    levels = [int(kind(one)[1:]) for one in read if kind(one)[:1] == "H" and kind(one)[1:].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_pictures_have_words_for_them(read: list[Any]) -> None:
    figures = [one for one in read if kind(one) == "Figure"]
    assert len(figures) > 6
    assert [one for one in figures if len(str(one.get("/Alt", "")).strip()) < 10] == []


def test_tables_have_rows_of_equal_length_and_headings_that_say_of_what(read: list[Any]) -> None:
    tables = [one for one in read if kind(one) == "Table"]
    assert len(tables) > 5
    for table in tables:
        rows = [one for one in elements(table) if kind(one) == "TR"]
        cells = [[cell for cell in elements(row) if kind(cell) in ("TH", "TD")] for row in rows]
        assert {kind(cell) for cell in cells[0]} == {"TH"}
        assert len({len(row) for row in cells}) == 1
        named = {str(cell.ID) for row in cells for cell in row if kind(cell) == "TH"}
        for cell in (cell for row in cells for cell in row if kind(cell) == "TD"):
            told = {str(one) for one in cell.A.Headers}
            assert told
            assert told <= named


def test_every_page_is_tagged_and_walked_in_order(pdf: pikepdf.Pdf) -> None:
    assert 4 <= len(pdf.pages) <= 8
    assert [number for number, page in enumerate(pdf.pages, 1) if "/StructParents" not in page.obj] == []


def test_fonts_are_in_the_file(pdf: pikepdf.Pdf) -> None:
    fonts = {font.objgen: font for page in pdf.pages for font in page.resources.get("/Font", {}).values()}
    assert fonts
    for font in fonts.values():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())

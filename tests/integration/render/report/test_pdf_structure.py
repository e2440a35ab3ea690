"""Headers of tables and page numbers in the tags of a PDF that WeasyPrint makes."""

import io

import pikepdf
import pytest

from tesoma_geo.render.report.pdf_structure import completed

weasyprint = pytest.importorskip("weasyprint")

PAGE = """<html lang="fi"><head><title>Taulukko</title>
<style>@page {{ @bottom-right {{ content: counter(page) }} }} p {{ break-before: page }}</style></head>
<body><table><thead><tr><th>Kulkutapa</th><th>Aika</th></tr></thead>
<tbody><tr><th>Kävely</th><td>1</td></tr></tbody></table>{more}</body></html>"""


def made(more: str = "") -> pikepdf.Pdf:
    page = weasyprint.HTML(string=PAGE.format(more=more))
    return pikepdf.open(io.BytesIO(page.write_pdf(pdf_variant="pdf/ua-1", finisher=completed)))


def elements(one: pikepdf.Object) -> list[pikepdf.Object]:
    kids = one.get("/K", [])
    below = [
        kid for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) if isinstance(kid, pikepdf.Dictionary)
    ]
    return [one, *(found for kid in below for found in elements(kid))]


def test_the_head_of_a_table_is_of_columns_and_the_others_of_rows() -> None:
    with made() as pdf:
        cells = [one for one in elements(pdf.Root.StructTreeRoot.K[0]) if one.get("/S") == "/TH"]
        assert [str(one.A.Scope) for one in cells] == ["/Column", "/Column", "/Row"]


@pytest.mark.parametrize("more", ["", "<p>Toinen</p><p>Kolmas</p>"])
def test_the_number_of_each_page_is_an_artifact_and_nothing_else_is(more: str) -> None:
    with made(more) as pdf:
        assert len(pdf.pages) == more.count("<p>") + 1
        for page in pdf.pages:
            marks = [one.operands[0] for one in pikepdf.parse_content_stream(page) if str(one.operator) == "BDC"]
            assert [str(mark) for mark in marks].count("/Artifact") == 1
            assert len(marks) > 1
        said = [one for one in elements(pdf.Root.StructTreeRoot.K[0]) if one.get("/S") == "/NonStruct"]
        assert said == []

"""The report: four to eight pages, tagged, read in order, its figures those of the results, for everybody to read."""

import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pyarrow.parquet as pq
import pyogrio
import pytest

import tesoma_geo as tg
from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.annotations.publish import write_publication
from tesoma_geo.assessment.outputs import write_results
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.travellers import traveller_sentences
from tesoma_geo.render.report.write import report_html, write_report
from tesoma_geo.render.sections import transit, winter
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import Language
from tesoma_geo.workspace.sections import Site
from tests.conftest import Cores

POPPLER = pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo (poppler-utils) is not installed")
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")


@pytest.fixture(scope="module")
def publication(assessment: tg.Assessment) -> Publication:
    told = published(assessment.inputs, who="test")
    assert told is not None
    return told


@pytest.fixture(scope="module")
def html(assessment: tg.Assessment, publication: Publication) -> str:
    return report_html(assessment, "en", publication)


@pytest.fixture(scope="module")
def pdf(assessment: tg.Assessment, publication: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.pdf"
    write_report(assessment, path, "en", publication)
    return path


@pytest.fixture(scope="module")
def results(assessment: tg.Assessment, publication: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    write_results(assessment, folder)
    write_publication(publication, folder)
    return folder


@pytest.mark.parametrize(("language", "word"), [("fi", "Raportti"), ("sv", "Rapport")])
def test_the_report_is_in_the_language_asked_for(assessment: tg.Assessment, language: Language, word: str) -> None:
    told = report_html(assessment, language)
    assert f'<html lang="{language}">' in told
    assert f"<title>{word}" in told
    assert re.findall(r'(?:src|href)="(?!data:|#)', told) == []


def test_its_figures_are_those_of_the_summary(assessment: tg.Assessment, html: str) -> None:
    for figures in assessment.summary["profiles"].values():
        for count in figures["population_within"].values():
            assert f"{count:,}" in html
    spread = assessment.summary["fairness"]["walk"]["spread"]
    assert f"Gini index is {round(spread['gini'], 2):g}" in html
    for row in assessment.summary["winter"]["profiles"].values():
        assert f"{row['after']['median_min']:.0f}\u00a0min" in html


def test_the_end_says_where_the_figures_of_every_chapter_stand_and_there_they_are(html: str, results: Path) -> None:
    text, _, end = html.partition('<dl class="listed trace">')
    assert not re.search(r"\w+\.(json|parquet|gpkg)\b", re.sub(r"<td>.*?</td>|manifest\.json", "", text))
    told = re.findall(r"<dd>(.*?)</dd>", end)
    titles = set(re.findall(r"<dt>(.*?)</dt>", end))
    assert {"Everyday services", "What residents told us", "How sure the figures are", "In winter"} <= titles
    places = sorted({place for line in told for place in line.replace("&lt;", "<").replace("&gt;", ">").split("; ")})
    assert len(places) > 12
    assert [place for place in places if not found(place, results)] == []


def test_the_first_page_is_the_answer_one_picture_and_three_findings(html: str) -> None:
    poster = html[html.index('class="poster') : html.index("<h2>")]
    assert "Most likely" in poster
    assert poster.count("<img ") == 1
    assert re.findall(r"<strong>(.*?)</strong>", poster[poster.index('class="findings"') :]) == [
        "Who is left out", "Recommendations", "What residents told us",
    ]  # fmt: skip
    assert "Residents: 2020" in poster


def test_advice_is_what_can_be_done_and_no_state(assessment: tg.Assessment, html: str) -> None:
    (helps,) = re.findall(r"<strong>Recommendations</strong> <ul>(.*?)</ul>", html)
    assert helps.count("<li>") == 3
    assert "Most time would be saved by putting these right" in helps
    assert "less than half a minute" in helps  # the sample's places gain seconds
    assert "Most time is lost to detours" in helps
    assert "Many wish for the same link" in helps
    text = catalogue("en")
    for state in (winter.winter(assessment, text), transit.connections(assessment, text)):
        assert state is not None
        assert state.short not in helps


def test_names_of_measures_and_of_files_are_in_the_annex_alone(html: str) -> None:
    words = re.sub(r'(src|srcset)="data:[^"]*"', "", html)  # letters of a picture's bytes may spell anything
    told, annex = words.split(f"<h2>{catalogue('en')('from.checker')}</h2>")
    for name in ("Gini", "Palma", "Theil", "FGT", ".gpkg", ".pbf"):
        assert name not in told
    assert "Gini" in annex


def test_a_legend_of_two_has_a_row_for_each(html: str) -> None:
    names = [catalogue("en")(f"respondents.{side}") for side in ("share", "residents_share")]
    rows = [re.findall(rf'<text x="(\d+)" y="(\d+)"[^>]*>{re.escape(name)}</text>', html) for name in names]
    assert [len(found) for found in rows] == [1, 1]
    assert int(rows[1][0][1]) - int(rows[0][0][1]) >= 14


def found(place: str, results: Path) -> bool:
    """Whether the results have what a trace names: a key of a JSON file, a column of a table, a layer."""
    file, _, wanted = place.partition(": ")
    path = results / file
    if not path.is_file():
        return False
    if path.suffix == ".json":
        content: Any = json.loads(path.read_text("utf-8"))
        for key in wanted.split(" › ") if wanted else ():
            content = content.get(key)
        return content is not None
    if path.suffix == ".parquet":
        names = pq.read_schema(path).names
    else:
        names = [
            name for layer, _ in pyogrio.list_layers(path) for name in pyogrio.read_info(path, layer=layer)["fields"]
        ]
        names += [layer for layer, _ in pyogrio.list_layers(path)]
    patterns = [re.sub(r"<\w+>", r"\\w+", name) for name in wanted.split(", ")] if wanted else []
    return all(any(re.fullmatch(pattern, name) for name in names) for pattern in patterns)


def test_it_says_how_fast_people_are_taken_to_move(assessment: tg.Assessment, html: str) -> None:
    text = catalogue("en")
    method = html[html.index(f"<h2>{text('method.title')}") :].split("</section>")[0]
    plain = re.sub(r"<[^>]*>|\u2060", "", method)
    for way in headline.profiles(assessment):
        assert f"{text.named('profile', way)}: {traveller_sentences(assessment, text, way)[0].text}" in plain


def test_no_line_ends_at_the_stroke_of_a_speed(html: str) -> None:
    words = re.sub(r"<[^>]*>", "", html)
    assert len(re.findall(r"\d\u00a0km/\u2060h", words)) > 2
    assert not re.search(r"\skm/h|\sm/s", words)


def test_a_screen_has_a_list_of_chapters_and_paper_has_none(assessment: tg.Assessment, html: str) -> None:
    listed = html[html.index('<nav class="contents"') :].split("</nav>")[0]
    led_to = re.findall(r'href="#([^"]+)"', listed)
    assert led_to == re.findall(r'<section\b[^>]*\bid="([^"]+)"', html)
    assert len(set(led_to)) == len(led_to)
    paper = report_html(assessment, "en", on_screen=False)
    assert '<nav class="contents"' not in paper
    assert "color-scheme" not in paper.split("<style>")[0]


def test_on_a_screen_tables_and_notes_can_be_folded_and_paper_has_all(assessment: tg.Assessment, html: str) -> None:
    folds = re.findall(r'<input type="checkbox" class="fold" id="([^"]+)"[^>]*><label for="([^"]+)">', html)
    assert len(folds) > 10
    assert all(box == label for box, label in folds)
    assert len(set(folds)) == len(folds)
    assert html.count('<div class="folded">') == len(folds)
    assert all(f">{table}</label>" in html for table in re.findall(r"<caption>(Table \d+)\.", html))
    # What folds them is of narrow screens alone: nothing is hidden in print.
    style = html[html.index("<style>") : html.index("</style>")]
    phone = style[style.index("@media screen and (max-width: 40rem)") :]
    assert ".fold:not(:checked)" in phone
    assert ".fold:not(:checked)" not in style.replace(phone, "")
    assert 'class="fold"' not in report_html(assessment, "en", on_screen=False)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_it_leads_to_the_pages_where_their_address_is_known(assessment: tg.Assessment, language: Language) -> None:
    first = assessment.workspace.district.languages[0]
    page = "https://example.org/map/" + ("" if language == first else f"{language}.html")
    told = report_html(assessment, language, address="https://example.org/map")
    assert f'<a href="{page}">{page}</a>' in told[: told.index("<h2>")]
    assert 'class="pages"' not in report_html(assessment, language)


def test_seasons_have_the_colours_of_the_pages(html: str) -> None:
    chart = html[html.index('id="winter"') :].split("</svg>")[0]
    names = [chart.index(f">{catalogue('en')(f'winter.{season}')}<") for season in winter.SEASONS]
    before, after = (re.findall(r'fill="(#\w+)"', chart[:at])[-2] for at in names)
    assert (before, after) == ("#7f7689", "#51127c")


def test_a_value_of_a_table_knows_its_heading_for_a_phone(html: str) -> None:
    for table in re.findall(r"<table>.*?</table>", html, re.DOTALL):
        headings = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table)
        for row in table.split("<tbody>")[1].split("</tr>")[:-1]:
            assert re.findall(r'<td data-label="([^"]*)"', row) == headings[1:]


def test_residents_are_heard_as_the_gate_lets_them(
    assessment: tg.Assessment, publication: Publication, html: str
) -> None:
    text = catalogue("en")
    voices = [row["voices"] for row in publication.tables["by_topic"]]
    chapter = html[html.index(f"<h2>{text('voices.title')}") :].split("<h2>")[1].split(text("respondents.chart"))[0]
    bars = [int(n) for n in re.findall(r">(\d+)</text>", chapter)]
    in_words = [int(n) for n in re.findall(r"<li>(\d+) respondents marked", chapter)]
    assert sorted(bars + in_words) == sorted(voices)
    assert min(voices) >= publication.k
    without = report_html(assessment, "en")
    assert text("voices.title") not in without
    assert text("barriers.title") not in without


class Outline(HTMLParser):
    """Levels of headings, cells with their elements, and pictures without a name."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.headers: list[str | None] = []
        self.nameless: list[str] = []
        self.tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.tables += tag == "table"
        if tag == "th":
            self.headers.append(given.get("scope"))
        told = given.get("aria-labelledby") or given.get("aria-hidden") == "true"
        if (tag == "img" and not given.get("alt")) or (tag == "svg" and not told):
            self.nameless.append(tag)


def test_streets_and_links_that_many_drew_are_a_chapter(publication: Publication, html: str) -> None:
    drawn = publication.features[publication.features["type"].isin(["route", "wished_link"])]
    text, _, end = html.partition('<dl class="listed trace">')
    chapter = text.split(catalogue("en")("drawn.title"))[-1].split("<h2")[0]
    assert 0 < len(drawn) <= 8
    assert chapter.count("<tr") == len(drawn) + 1  # and the headings
    assert "annotations_public.geojson: type, kind, voices_at_least" in end


def test_headings_tables_and_pictures_are_for_everyone(html: str) -> None:
    outline = Outline()
    outline.feed(html)
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert outline.tables == html.count("<caption>") >= 8
    assert set(outline.headers) == {"col", "row"}
    assert outline.nameless == []


@pytest.fixture(scope="module", params=["fi", "sv", "en", "et", "pt"])
def sheets(request: pytest.FixtureRequest, assessment: tg.Assessment, publication: Publication) -> list[Any]:
    """The report as it is laid out on paper."""
    weasyprint = pytest.importorskip("weasyprint")
    pages = weasyprint.HTML(string=report_html(assessment, request.param, publication)).render().pages
    return [page._page_box for page in pages]


def test_no_table_is_wider_than_its_sheet(sheets: list[Any]) -> None:
    boxes = pytest.importorskip("weasyprint.formatting_structure.boxes")
    beyond = []
    for sheet in sheets:
        edge = sheet.content_box_x() + sheet.width
        tables = [box for box in sheet.descendants() if isinstance(box, boxes.TableBox)]
        beyond += [box.position_x + box.width - edge for box in tables]
    assert beyond
    assert max(beyond) < 1.0


def test_the_first_charts_of_a_chapter_stand_on_the_sheet_of_its_heading(sheets: list[Any]) -> None:
    heading, first = -1, {}
    for number, sheet in enumerate(sheets):
        for element in (box.element for box in sheet.descendants() if box.element is not None):
            if element.tag == "h2":
                heading = number
            elif element.get("class") == "charts":
                first.setdefault(element, (heading, number))
    assert len(first) >= 7
    assert [numbers for numbers in first.values() if len(set(numbers)) > 1] == []


def objects(pdf: Path) -> Iterator[bytes]:
    """What a PDF holds, unpacked."""
    content = pdf.read_bytes()
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            yield zlib.decompress(stream[1])
        except zlib.error:
            yield stream[1]


def test_the_pdf_names_its_pictures_and_the_headers_of_its_cells(pdf: Path, html: str) -> None:
    held = b"\n".join(objects(pdf))
    figures = held.count(b"/S /Figure")
    assert figures == html.count("<img ") + html.count('role="img"') > 6
    assert len(re.findall(rb"/Alt [(<]", held)) == figures
    assert held.count(b"/S /TD") == held.count(b"/Headers") > 100
    assert b"/Lang (en)" in held
    assert b"/DisplayDocTitle true" in held
    assert b'pdfuaid:part="1"' in held


@POPPLER
def test_the_pdf_is_tagged_short_and_read_in_order(pdf: Path) -> None:
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged:\s+yes", told)
    assert re.search(r"Title:\s+Report: Länsikeskus", told)
    assert 4 <= pages(told) <= 8
    order = (
        "in different ways", "Travel time by residential area", "Everyday services",
        "Public transport connections", "Living near and living far", "Residents of different ages",
        "Where the minutes go", "What residents told us", "When difficult places are counted in",
        "Which places take most time", "In winter", "How sure the figures are", "The district’s own targets",
        "How the figures were made", "Sources and licences", "What was left out",
    )  # fmt: skip
    for way in ([], ["-raw"]):
        text = subprocess.run(["pdftotext", *way, pdf, "-"], capture_output=True, text=True, check=True).stdout
        lines = [line.strip() for line in text.splitlines()]
        # A title of the first page's findings is that of a chapter, too.
        begun = next(at for at, line in enumerate(lines) if line.endswith(order[0]))
        starts = [next((at for at, line in enumerate(lines[begun:]) if line.endswith(title)), -1) for title in order]
        assert -1 not in starts
        assert starts == sorted(starts)


@POPPLER
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_it_is_as_short_in_every_language(
    assessment: tg.Assessment, publication: Publication, tmp_path: Path, language: Language
) -> None:
    write_report(assessment, tmp_path / "report.pdf", language, publication)
    told = subprocess.run(["pdfinfo", tmp_path / "report.pdf"], capture_output=True, text=True, check=True).stdout
    assert 4 <= pages(told) <= 8


def pages(told: str) -> int:
    return int(re.search(r"Pages:\s+(\d+)", told)[1])  # type: ignore[index]


def test_the_same_bytes_twice(
    assessment: tg.Assessment, publication: Publication, pdf: Path, tmp_path: Path, every_core: Cores
) -> None:
    with every_core():
        write_report(assessment, tmp_path / "again.pdf", "en", publication)
    assert (tmp_path / "again.pdf").read_bytes() == pdf.read_bytes()


def test_another_format_is_refused(assessment: tg.Assessment, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="docx"):
        write_report(assessment, tmp_path / "report.docx")


@pytest.fixture(scope="module")
def opened(pdf: Path) -> Iterator[pikepdf.Pdf]:
    """The report as a screen reader walks it: what PDF/UA-1 (ISO 14289-1) asks of its structure."""
    with pikepdf.open(pdf) as one:
        yield one


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
def read(opened: pikepdf.Pdf) -> list[Any]:
    return list(elements(opened.Root.StructTreeRoot))


def test_it_says_what_it_is_and_in_which_language(opened: pikepdf.Pdf) -> None:
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "en"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    with opened.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"].startswith("Report")


def test_bookmarks_lead_to_every_chapter(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
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


def test_each_header_cell_says_whose_it_is(read: list[Any]) -> None:
    scopes = [str(one.A.Scope) for one in read if kind(one) == "TH"]
    assert set(scopes) == {"/Column", "/Row"}


def test_page_numbers_are_no_content(opened: pikepdf.Pdf) -> None:
    for page in opened.pages:
        drawn = pikepdf.parse_content_stream(page)
        marks = [one.operands for one in drawn if str(one.operator) == "BDC"]
        artifacts = [operands[1] for operands in marks if str(operands[0]) == "/Artifact"]
        assert [str(one.Type) for one in artifacts] == ["/Pagination"]
        numbers = {int(operands[1].MCID) for operands in marks if str(operands[0]) != "/Artifact"}
        parents = list(opened.Root.StructTreeRoot.ParentTree.Nums)
        of_page = next(parents[at + 1] for at in range(0, len(parents), 2) if int(parents[at]) == page.StructParents)
        assert {number for number, parent in enumerate(of_page) if parent is not None} == numbers


def test_every_page_is_tagged_and_walked_in_order(opened: pikepdf.Pdf) -> None:
    assert 4 <= len(opened.pages) <= 8
    assert [number for number, page in enumerate(opened.pages, 1) if "/StructParents" not in page.obj] == []


def test_fonts_are_in_the_file(opened: pikepdf.Pdf) -> None:
    fonts = {font.objgen: font for page in opened.pages for font in page.resources.get("/Font", {}).values()}
    assert fonts
    for font in fonts.values():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())


def test_the_report_says_that_answers_are_made_up(assessment: tg.Assessment, publication: Publication) -> None:
    workspace = assessment.workspace
    real = workspace.model_copy(
        update={
            "district": workspace.district.model_copy(update={"made_up": False}),
            "annotations": tuple(one.model_copy(update={"made_up": True}) for one in workspace.annotations),
        }
    )
    of_real = replace(assessment, inputs=replace(assessment.inputs, workspace=real))
    told = '<p class="made-up" role="note"><strong>The answers are made up.</strong>'
    assert told in report_html(of_real, "en", publication)
    assert told not in report_html(of_real, "en")


def of_site(assessment: tg.Assessment, **site: str) -> tg.Assessment:
    workspace = assessment.workspace.model_copy(update={"site": Site(**site)})
    return replace(assessment, inputs=replace(assessment.inputs, workspace=workspace))


def test_author_and_contact_are_those_of_the_workspace(assessment: tg.Assessment, tmp_path: Path) -> None:
    theirs = of_site(assessment, author="Anna & the planners", contact="maps@city.example")
    html = report_html(theirs, "en")
    assert '<meta name="author" content="Anna &amp; the planners">' in html
    poster = html[html.index('class="poster') : html.index("<h2>")]
    assert "Anna &amp; the planners · " in poster
    assert 'href="mailto:maps@city.example">maps@city.example</a>' in html
    write_report(theirs, tmp_path / "report.pdf", "en")
    with pikepdf.open(tmp_path / "report.pdf") as pdf, pdf.open_metadata() as told:
        assert told["dc:creator"] == ["Anna & the planners"]
    nobody = report_html(of_site(assessment), "en")
    assert 'name="author"' not in nobody
    assert "mailto:" not in nobody

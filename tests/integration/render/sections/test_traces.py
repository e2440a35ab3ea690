"""Every figure leads to where it comes from, and there it is told."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.pages.write import write_site
from tesoma_geo.scenarios.compare import Comparison

#: Text with a figure that needs no mark, by its element or class: ways to other places, tables (which have a link of
#: their own) and the charts and legends whose figures they hold, assumptions and settings with their source beside
#: them, what the plan's file says, and whom to credit.
EXCEPT = {"nav", "table", "data-table", "figure", "svg", "bands", "assumed", "note", "inputs", "prose", "sources"}
#: The map's own words, which change with it, residents' own words, and what is said of data that nobody measured.
EXCEPT |= {"map-frame", "made-up", "quotes"}
#: Pages that tell where figures come from, or how pages are used.
THEMSELVES = ("method", "accessibility", "designers", "embed")
WITHOUT_END = {"br", "hr", "img", "input", "link", "meta", "source"}


class Blocks(HTMLParser):
    """Paragraphs and lists of the main part of a page: what each tells, and whether a mark is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, set[str], int]] = []
        self.told: list[str] = []
        self.marked: set[int] = set()

    def handle_starttag(self, tag, attrs):
        if tag in WITHOUT_END:
            return
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        if "from" in classes:
            self.marked |= {at for *_, at in self.open if at >= 0}
        inside = any(name == "main" for name, *_ in self.open)
        block = -1
        if inside and tag in ("p", "ul", "ol", "dd"):
            self.told.append("")
            block = len(self.told) - 1
        self.open.append((tag, classes, block))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any({tag, *classes} & EXCEPT for tag, classes, _ in self.open):
            return
        at = next((at for *_, at in reversed(self.open) if at >= 0), None)
        if at is not None:
            self.told[at] += data


def unmarked(page: Path) -> list[str]:
    """Blocks of text with a figure that leads nowhere."""
    blocks = Blocks()
    blocks.feed(page.read_text("utf-8"))
    assert blocks.told, page.name
    return [
        " ".join(text.split())
        for at, text in enumerate(blocks.told)
        if at not in blocks.marked and re.search(r"\d", text)
    ]


@pytest.fixture(scope="module")
def site(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("traced")
    write_site(assessment, folder, publication=published(assessment.inputs, who="tests"), stills=False)
    return folder


@pytest.fixture(scope="module")
def planned(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("traced_plan")
    write_site(comparison.before, folder, comparison=comparison, stills=False)
    return folder


@pytest.mark.parametrize("written", ["site", "planned"])
def test_every_mark_of_a_figure_leads_to_its_place_on_the_page_of_the_method(
    written: str, request: pytest.FixtureRequest
) -> None:
    site: Path = request.getfixturevalue(written)
    for language in ("fi", "sv", "en"):
        method = (site / f"method-{language}.html").read_text("utf-8")
        there = set(re.findall(r'id="(from-[^"]+)"', method))
        pages = [site / ("index.html" if language == "fi" else f"{language}.html")]
        pages += [page for page in site.glob(f"*-{language}.html") if page.name != f"embed-{language}.html"]
        for page in pages:
            text = page.read_text("utf-8")
            led = re.findall(rf'href="method-{language}\.html#(from-[^"]+)"', text)
            assert set(led) <= there, page.name
            if page.name.startswith(("index", "en.", "sv.", "by-", "figures-", "voices-", "theme-", "scenarios-")):
                assert led, page.name


@pytest.mark.parametrize(("written", "kinds"), [("site", 2 + 7 + 2), ("planned", 2 + 2 + 1)])
def test_no_figure_of_any_page_stands_without_a_mark(written: str, kinds: int, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(written)
    pages = [page for page in site.glob("*.html") if not page.name.startswith(THEMSELVES)]
    assert len(pages) >= 3 * kinds
    assert {page.name: told for page in pages if (told := unmarked(page))} == {}


def test_what_is_exempt_of_marks_is_found_by_its_place_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<main><p>7 homes</p><p class="note">8</p><ul><li>9</li><li>10 <a class="from"></a></li></ul>'
        '<div class="data-table"><p>11</p></div></main><p>12</p>',
        "utf-8",
    )
    assert unmarked(page) == ["7 homes"]


def test_values_stand_as_the_file_has_them(site: Path, assessment: tg.Assessment) -> None:
    summary = json.loads(json.dumps(assessment.summary))
    for language in ("fi", "sv", "en"):
        method = (site / f"method-{language}.html").read_text("utf-8")
        values = re.findall(r"<li><code>([^<:]+): ([^<]+)</code></li>", method)
        told = dict(values)
        assert len(told) > 60
        for where, plain in values:
            at = summary
            for key in where.split(" › "):
                at = at[key]
            assert str(at) == plain, where
        assert "profiles › walk › population_within › 15" in told
        assert "experience › profiles › walk › mean_added_min" in told


def test_the_answer_leads_to_its_own_value(site: Path) -> None:
    start = (site / "en.html").read_text("utf-8")
    answer = start[start.index('class="card message"') :].split("</div>")[0]
    assert 'href="method-en.html#from-by-walk"' in answer
    method = (site / "method-en.html").read_text("utf-8")
    assert "profiles › walk › population_within › 15" in method[method.index('id="from-by-walk"') :].split("<dt")[0]


def test_a_trace_names_file_layers_and_their_dates(site: Path) -> None:
    method = (site / "method-en.html").read_text("utf-8")
    told = method[method.index('id="from-connections"') :].split("</dd>")[0]
    assert "summary.json: transit" in told
    assert "Public transport (" in told
    sources = method[method.index('id="sources"') : method.index("<details>", method.index('id="sources"'))]
    assert "<strong>Streets</strong>" in sources  # once: every figure of a journey rests on them
    assert "Streets (" not in method[method.index('id="from"') :]
    assert "Streets (" not in told

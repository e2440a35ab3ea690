"""Pages written from right to left, and names of that direction on pages that are not."""

from dataclasses import replace
from pathlib import Path

import pytest
from pseudo_language import write_right_to_left_catalogue
from watched import DESKTOP, PHONE, Watch

import tesoma_geo as tg
from tesoma_geo.render.pages.write import write_site

#: Puts texts into paragraphs of their own and tells, in pixels, where each of the words asked for begins.
PLACED = """(rows) => rows.map(([text, words]) => {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  document.querySelector("main").append(paragraph);
  const node = paragraph.firstChild;
  return words.map((word) => {
    const range = document.createRange(), at = text.indexOf(word);
    range.setStart(node, at);
    range.setEnd(node, at + word.length);
    return range.getBoundingClientRect().left;
  });
})"""


@pytest.fixture(scope="module")
def site(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's pages in English and in a language from right to left."""
    folder = tmp_path_factory.mktemp("right_to_left")
    path = write_right_to_left_catalogue(folder / "he.po")
    workspace = assessment.workspace
    district = workspace.district.model_copy(update={"languages": ("en", "he"), "catalogues": {"he": str(path)}})
    inputs = replace(assessment.inputs, workspace=workspace.model_copy(update={"district": district}))
    write_site(replace(assessment, inputs=inputs), folder / "site", stills=False)
    return folder / "site"


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_a_page_from_right_to_left_is_laid_out_so(site: Path, watch: Watch, viewport: tuple[int, int]) -> None:
    for name in ("he", "by-walk-he", "figures-he"):
        watched = watch(viewport)
        opened = watched.to_tables if name.startswith("figures") else watched.to
        page = opened(site / f"{name}.html")
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        heading = "(() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('h1'));"
        sides = page.evaluate(f"{heading} const b = r.getBoundingClientRect(); return [b.left, b.right]; }})()")
        assert sides[0] + sides[1] > page.evaluate("innerWidth"), name
        assert watched.faults == []


def test_words_of_charts_stand_where_they_are_drawn(site: Path, watch: Watch) -> None:
    boxes = []
    for page in (watch().to(site / "by-walk-he.html"), watch().to_tables(site / "method-he.html")):
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        boxes += page.evaluate(
            "[...document.querySelectorAll('.chart svg text')].filter((one) => one.checkVisibility()).map((one) => {"
            " const box = one.getBBox(), x = Number(one.getAttribute('x'));"
            " return [one.getAttribute('text-anchor') || 'start', x, box.x, box.x + box.width]; })"
        )
    assert {anchor for anchor, *_ in boxes} == {"start", "middle", "end"}
    for anchor, x, left, right in boxes:
        at = {"start": left, "middle": (left + right) / 2, "end": right}[anchor]
        assert abs(at - x) < 2


def test_names_do_not_pull_what_follows_into_their_direction(site: Path, watch: Watch) -> None:
    english = watch().to(site / "index.html")
    filled = "[tesoma.filled('{a}, {b}', {a: 'אבג', b: 'דהו'}), tesoma.filled('{a}, {n} min', {a: 'אבג', n: 25})]"
    two, number = english.evaluate(filled)
    first, second = english.evaluate(PLACED, [[two, ["אבג", "דהו"]], [number, ["אבג", "25"]]])
    assert first[0] < first[1]
    assert second[0] < second[1]
    hebrew = watch().to(site / "he.html")
    two = hebrew.evaluate("tesoma.filled('{a}, {b}', {a: 'Duo', b: 'Westeri'})")
    (places,) = hebrew.evaluate(PLACED, [[two, ["Duo", "Westeri"]]])
    assert places[0] > places[1]


def test_the_scale_is_read_as_it_is_written(site: Path, watch: Watch) -> None:
    page = watch().to(site / "he.html")
    scale = page.locator(".leaflet-control-scale-line").first
    assert scale.evaluate("(one) => getComputedStyle(one).unicodeBidi") == "plaintext"

"""Five things that people come for, done as they would do them; every press is counted and told in docs/pages.md."""

import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from test_embed import Serve, served
from watched import DESKTOP, PATIENCE_S, PHONE, Watch, Watched, until

import tesoma_geo as tg

__all__ = ["served"]

TOLD = Path(__file__).parents[2] / "docs" / "pages.md"
SEARCH = "Street or service"


@dataclass
class Visitor:
    """Somebody before a page, whose presses are counted. Typing is no press; the Enter after it is one."""

    page: Page
    presses: int = 0

    def press(self, what: Locator) -> None:
        what.click()
        self.presses += 1

    def follow(self, link: Locator, address: str) -> None:
        """Follow a link far below by its key: what is laid out meanwhile may move it from under a pointer."""
        with self.page.expect_navigation(url=re.compile(address)):
            link.focus()
            self.page.keyboard.press("Enter")
        self.presses += 1

    def type(self, what: Locator, text: str) -> None:
        """Press into a field and type."""
        self.press(what)
        what.press_sequentially(text)

    def enter(self) -> None:
        self.page.keyboard.press("Enter")
        self.presses += 1


@pytest.fixture
def visitor(site: Path, watch: Watch, request: pytest.FixtureRequest) -> Visitor:
    """Before the English start page, on a phone or at a desk."""
    watched: Watched = watch(getattr(request, "param", PHONE))
    return Visitor(watched.to(site / "en.html"))


@pytest.fixture
def street(assessment: tg.Assessment) -> str:
    """A street whose name no other begins with."""
    names = sorted(set(assessment.streets["name"].dropna()))
    return next(one for one in names if len(one) > 8 and one.isalpha() and sum(one[:7] in name for name in names) == 1)


def counted(task: str) -> int:
    """The presses of a task, as docs/pages.md tells them."""
    row = re.search(rf"^\| {re.escape(task)} \|.*\| (\d+) \|$", TOLD.read_text(encoding="utf-8"), re.MULTILINE)
    assert row, f"docs/pages.md does not tell of {task!r}"
    return int(row[1])


def test_how_long_for_my_mother_with_a_walker(visitor: Visitor, street: str) -> None:
    page = visitor.page
    visitor.type(page.get_by_label(SEARCH), street)
    visitor.press(page.locator(".map-found button").first)
    slowly = page.locator(".answer-way", has_text="Walking slowly")
    slowly.wait_for()
    assert re.search(r" \d+$", slowly.inner_text())
    expect(slowly, "without scrolling").to_be_in_viewport(ratio=1)
    assert visitor.presses == counted("How long for my mother with a walker?") <= 3


def test_which_bus(visitor: Visitor, assessment: tg.Assessment) -> None:
    page = visitor.page
    link = page.locator("main").get_by_role("link", name="Public transport", exact=True)
    visitor.follow(link, r"by-transit-en\.html")
    assert assessment.transit_analysis is not None
    lines = assessment.transit_analysis.stops["direct_lines"].dropna()
    line = next(text for text in lines if text)
    stops = page.locator("table:visible", has=page.locator("th", has_text=re.compile("line", re.IGNORECASE)))
    visitor.press(page.locator("summary").filter(has_text=re.compile("stops", re.IGNORECASE)).first)
    # What is far below is laid out when it comes near, so that the cell is waited for; on a phone a row is a card.
    cell = stops.first.locator("td", has_text=line).first
    cell.scroll_into_view_if_needed()
    cell.wait_for()
    assert line in (cell.text_content() or "")
    assert visitor.presses == counted("Which bus?") <= 3


def test_is_my_street_known(visitor: Visitor, street: str) -> None:
    page = visitor.page
    visitor.type(page.get_by_label(SEARCH), street[:4] + street[5:])  # with a letter forgotten
    until(page, "document.querySelectorAll('.map-found button').length > 0")
    assert any(one.startswith(street) for one in page.locator(".map-found button").all_inner_texts())
    assert visitor.presses == counted("Is my street known?") <= 2


def test_embed_the_wheelchair_map_in_the_dark(
    browser: Browser, served: Serve, site: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = served(site)
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, color_scheme="light")
    request.addfinalizer(context.close)
    context.set_default_timeout(1000 * PATIENCE_S)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor = Visitor(context.new_page())
    visitor.page.goto(f"{address}/en.html")
    visitor.press(visitor.page.get_by_role("navigation").first.get_by_role("link", name="Embed"))
    dark = visitor.page.locator("section", has_text="Dark, one way of getting around")
    visitor.press(dark.get_by_role("button", name="Copy the code"))
    dark.get_by_text("The code has been copied.").wait_for()
    code = visitor.page.evaluate("navigator.clipboard.readText()").replace("https://example.org/map", address)
    article = f'<!DOCTYPE html><html lang="en"><title>article</title><link rel="icon" href="data:,"><h1>News</h1>{code}'
    (tmp_path / "index.html").write_text(article, encoding="utf-8")
    visitor.page.goto(served(tmp_path) + "/index.html")
    visitor.page.locator("iframe").scroll_into_view_if_needed()
    frame = visitor.page.frame_locator("iframe")
    frame.locator(".ready .sheet canvas").first.wait_for(state="attached")
    shown = visitor.page.frames[1]
    assert shown.evaluate("tesoma.current.tesoma.state.profile") == "wheelchair"
    red, green, blue = map(
        int, re.findall(r"\d+", shown.evaluate("getComputedStyle(document.body).backgroundColor"))[:3]
    )
    assert max(red, green, blue) < 60
    assert visitor.presses == counted("Embed the wheelchair map in a news article, in the dark") <= 5


@pytest.mark.parametrize("visitor", [DESKTOP], indirect=True)
def test_print_for_the_notice_board(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    page.evaluate("() => { window.print = () => { window.asked = true; }; }")
    visitor.press(page.get_by_role("button", name="Print"))
    assert page.evaluate("window.asked")
    page.pdf(path=tmp_path / "sheet.pdf", format="A4")
    with pikepdf.open(tmp_path / "sheet.pdf") as sheet:
        assert len(sheet.pages) == 2  # what the sheet's map shows is in test_paper
    assert visitor.presses == counted("Print for the notice board") <= 2

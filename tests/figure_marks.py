"""Texts with a figure on a page, and whether a mark behind them leads to where the figure comes from."""

import re
from html.parser import HTMLParser

#: Text with a figure that needs no mark, by its element or class: ways to other places, tables (which have a link of
#: their own) and the charts and legends whose figures they hold, assumptions and settings with their source beside
#: them, what the plan's file says, and whom to credit.
EXCEPT = {
    "nav",
    "table",
    "data-table",
    "figure",
    "svg",
    "bands",
    "assumed",
    "note",
    "inputs",
    "prose",
    "signs",
    "sources",
}
#: The map's own words, which change with it, residents' own words, what is said of data that nobody measured, and what
#: tells where figures come from.
EXCEPT |= {"map-frame", "made-up", "quotes", "whence"}
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


def unmarked(html: str) -> list[str]:
    """Blocks of text with a figure that leads nowhere."""
    blocks = Blocks()
    blocks.feed(html)
    assert blocks.told, "a page without text"
    return [
        " ".join(text.split())
        for at, text in enumerate(blocks.told)
        if at not in blocks.marked and re.search(r"\d", text)
    ]


def leading_nowhere(html: str) -> list[str]:
    """Marks of a page that lead to a place of its own which is not there."""
    led = set(re.findall(r'class="from" href="#([^"]+)"', html))
    return sorted(led - set(re.findall(r'id="([^"]+)"', html)))

"""Half a day of a charrette, played through real browsers: a host, a wall and five phones.

``python -m benchmarks.half_day WORKSPACE PICTURES`` serves a room of a workspace with three rounds of its own, and does
what people do: the host opens each round; 40 things are said on five phones of 360 px; the host approves them and shows
some; three alternatives are drawn at the wall; phones share their votes; the pages are made. Every wait is timed from
the press to what it brings on the page where it is awaited, the pictures of each stage are written to a folder, and the
table to ``benchmarks/half_day.md``.
"""

import math
import os
import platform
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.arguments import WORKSPACE, arguments
from benchmarks.served_room import chromium, served_room

PHONES, SAID, SHOWN = 5, 8, 10
ROUNDS = """
[workshop]
cost_eur_per_m = { path = 150 }
rounds = [
  { name = "morning", question = { fi = "Mikä hankaloittaa kulkua?", en = "What is in the way?" } },
  { name = "noon", question = { fi = "Mitä teemme?", en = "What shall we do?" } },
  { name = "afternoon", votes = 3 },
]
"""
WORDS = (
    "Talvella mäki on liukas", "Tähän penkki", "Valot puuttuvat", "Crossing is too wide", "Här vill vi leka",
    "Polku on mutainen keväällä", "Pyöräteline tänne", "Rattaat eivät mahdu",
)  # fmt: skip
LOOK_MS = 15
#: Degrees: some 150 m.
SHORTEST_LINK = 0.002


@dataclass
class Day:
    """The pages of everybody, and what was waited for."""

    browser: Browser
    pictures: Path
    waits: dict[str, list[float]] = field(default_factory=dict)

    def page(self, address: str, width: int, height: int) -> Page:
        """A page of a browser of its own, joined."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, has_touch=width < 500)
        page = context.new_page()
        page.set_default_timeout(300_000)
        page.goto(address)
        until(page, "document.body.classList.contains('joined') && window.tesoma.current")
        return page

    def timed(self, what: str, page: Page, act: str, awaited: Page, condition: str, told: object = None) -> None:
        """Milliseconds from an act on one page to a condition on a page."""
        begin = time.perf_counter()
        page.evaluate(act, told)
        until(awaited, condition)
        self.waits.setdefault(what, []).append(1000 * (time.perf_counter() - begin))

    def picture(self, name: str, page: Page) -> None:
        """The page as it is now, in the folder of pictures."""
        page.screenshot(path=self.pictures / f"{name}.png")


def until(page: Page, condition: str) -> None:
    """Until a condition holds, looked at every few milliseconds."""
    while not page.evaluate(f"Boolean({condition})"):
        page.wait_for_timeout(LOOK_MS)


@contextmanager
def served(workspace: Path) -> Iterator[dict[str, str]]:
    """The addresses of a new room with the rounds of the day."""
    with_rounds = workspace.with_name(f"{workspace.stem}_half_day.toml")
    with_rounds.write_text(workspace.read_text(encoding="utf-8") + ROUNDS, encoding="utf-8")
    try:
        with served_room(with_rounds) as addresses:
            yield addresses
    finally:
        with_rounds.unlink()


def open_round(day: Day, host: Page, phones: list[Page], name: str) -> None:
    """Close the open round, open the next, and wait for the phones."""
    if host.evaluate("document.querySelector('[data-round=close]') !== null"):
        host.evaluate("document.querySelector('[data-round=close]').click()")
        until(host, "document.querySelector('[data-round=close]') === null")
    day.timed("a round is opened, the last phone knows", host, "document.querySelector('[data-round=open]').click()",
              phones[-1], f"document.querySelector('[data-place=round]').textContent.includes('{name}')")  # fmt: skip
    for phone in phones:
        until(phone, f"document.querySelector('[data-place=round]').textContent.includes('{name}')")


SAY = """([number, text, shape]) => {
  document.querySelector(`[data-shape=${shape}]`).click();
  const middle = tesoma.current.getCenter(), turn = number * 2.4, far = 0.001 + 0.0002 * (number % 7);
  for (let corner = 0; corner < { point: 1, line: 2, area: 3 }[shape]; corner += 1) {
    const at = turn + corner * 2;
    const place = [middle.lat + far * Math.sin(at) / 2, middle.lng + far * Math.cos(at)];
    tesoma.current.fire('click', { latlng: L.latLng(...place) });
  }
  document.getElementById('say-text').value = text;
  document.getElementById('say-show').checked = true;
  document.querySelector('form.say button.main').click();
}"""


def said(day: Day, phones: list[Page], host: Page, first: int) -> None:
    """Half of what is said in a day: each phone its share, by turns."""
    for number in range(first, first + SAID // 2):
        for row, phone in enumerate(phones):
            shape = ("point", "line", "point", "area")[(number + row) % 4]
            count, words = number + 1, f"{WORDS[number % len(WORDS)]}, sanoo puhelin {'abcde'[row]}"
            day.timed("something is said, its phone is told that it is stored", phone, SAY, phone,
                      f"document.querySelectorAll('[data-place=mine] li').length === {count} && "
                      "document.querySelector('[data-place=sending]').textContent.match(/stored|tallessa|sparat/i)",
                      [number * PHONES + row, words, shape])  # fmt: skip
    until(host, f"document.querySelectorAll('[data-place=waiting] li').length === {(first + SAID // 2) * PHONES}")


def moderated(day: Day, host: Page, wall: Page) -> None:
    """Some are shown in the room, the rest approved."""
    pending = "Array.from(document.querySelectorAll('li.is-pending'), (one) => one.dataset.name)"
    for count, name in enumerate(host.evaluate(pending)[:SHOWN], start=1):
        item = f"document.querySelector('li[data-name=\"{name}\"]')"
        shown = f"document.querySelectorAll('[data-place=others] strong').length >= {count}"
        act = f"{item}.querySelector('[data-act=show]').click()"
        day.timed("something is shown, the wall has it", host, act, wall, shown)
        until(host, f"!{item}.classList.contains('is-pending')")
    for name in host.evaluate(pending):
        item = f"document.querySelector('li[data-name=\"{name}\"]')"
        act = f"{item}.querySelector('[data-act=approve]').click()"
        day.timed("something is approved, the list knows", host, act, host, f"!{item}.classList.contains('is-pending')")


DRAW = """([tool, line]) => {
  const chosen = document.querySelector(`[data-tool=${tool}]`);
  if (chosen.getAttribute('aria-pressed') !== 'true') chosen.click();
  for (const [lng, lat] of line) {
    tesoma.current.fire('click', { latlng: L.latLng(lat, lng) });
  }
  const done = document.querySelector('[data-does=finish]');
  if (!done.disabled) done.click();
}"""


def drawn(day: Day, wall: Page) -> None:
    """An alternative each: two paths between services near each other, new homes, an entrance."""
    services = wall.evaluate("tesoma.room.ask('GET', 'services').then((answer) => answer.told.services)")
    places = [(one["lon"], one["lat"]) for one in services]
    between = sorted((math.dist(a, b), a, b) for a, b in combinations(places, 2) if math.dist(a, b) > SHORTEST_LINK)
    links = iter([list(a), list(b)] for _, a, b in between)
    plans = (
        (2, "path", links),
        (1, "homes", iter([[list(one)] for one in places])),
        (1, "entrance", iter([[list(one)] for one in places])),
    )
    for number, (wanted, tool, tried) in enumerate(plans, start=1):
        wall.evaluate(f"document.querySelector('[data-place=alternatives] button:nth-child({number})').click()")
        until(
            wall, f"document.querySelector('[data-place=alternatives] button:nth-child({number})[aria-pressed=true]')"
        )
        until(wall, "document.querySelectorAll('[data-place=changes] li').length === 0")
        for count in range(1, wanted + 1):
            day.waits.setdefault(f"{tool} is drawn, the wall is painted", []).append(accepted(wall, tool, tried))
            until(wall, f"document.querySelectorAll('[data-place=changes] li').length === {count}")
        day.picture(f"3-wall-{number}", wall)


def accepted(wall: Page, tool: str, tried: Iterator[list[list[float]]]) -> float:
    """Milliseconds of the first of some lines that is not refused."""
    for line in tried:
        wall.evaluate("tesoma.took = null; tesoma.room.problem()")
        wall.evaluate(DRAW, [tool, line])
        until(wall, "tesoma.took !== null || !document.querySelector('[data-place=problem]').hidden")
        took = wall.evaluate("tesoma.took")
        if took is not None:
            return float(took)
    raise SystemExit(f"{tool}: every one was refused")


def voted(day: Day, phones: list[Page]) -> None:
    """Each phone shares three votes between the first two alternatives."""
    for row, phone in enumerate(phones):
        until(phone, "document.querySelectorAll('[data-place=votes] input').length >= 2")
        phone.evaluate(
            """(first) => document.querySelectorAll('[data-place=votes] input').forEach((one, number) => {
                 one.value = number === first ? 2 : number === 1 - first ? 1 : 0; })""",
            row % 2,
        )
        act = "document.querySelector('[data-place=votes] button').click()"
        answered = "document.querySelector('[data-place=votes] [role=status]').textContent"
        day.timed("votes are sent, the phone is told", phone, act, phone, answered)
    day.picture("4-phone-votes", phones[0])


def played(day: Day, addresses: dict[str, str], language: str) -> None:
    """The whole half day."""
    asked = {name: address.replace("#", f"?lang={language}#", 1) for name, address in addresses.items()}
    host, wall = day.page(asked["Moderation"], 1440, 900), day.page(asked["Wall"], 1440, 900)
    phones = [day.page(asked["Phones"], 360, 740) for _ in range(PHONES)]
    until(wall, "tesoma.took > 0 || document.querySelector('[data-place=effect] table')")
    open_round(day, host, phones, "morning")
    day.picture("1-phone", phones[0])
    said(day, phones, host, 0)
    day.picture("1-phone-said", phones[0])
    day.picture("1-moderation", host)
    open_round(day, host, phones, "noon")
    said(day, phones, host, SAID // 2)
    moderated(day, host, wall)
    day.picture("2-moderation", host)
    day.picture("2-wall", wall)
    drawn(day, wall)
    open_round(day, host, phones, "afternoon")
    voted(day, phones)
    host.evaluate("document.querySelector('[data-round=close]').click()")
    until(host, "document.querySelector('[data-round=close]') === null")
    host.evaluate("document.getElementById('decided').value = 'Polku rakennetaan ensin.'")
    day.timed("the pages are made", host, "document.querySelector('[data-does=publish]').click()", host,
              "document.querySelector('[data-place=published] a') !== null")  # fmt: skip
    with host.expect_navigation():
        host.evaluate("document.querySelector('[data-place=published] a').click()")
    day.picture("5-published", host)


def main(workspace: Path, pictures: Path, language: str = "fi") -> None:
    """Play the half day and write the table."""
    pictures.mkdir(parents=True, exist_ok=True)
    begin = time.perf_counter()
    with served(workspace) as addresses, sync_playwright() as playwright:
        day = Day(chromium(playwright), pictures)
        played(day, addresses, language)
    minutes, load = (time.perf_counter() - begin) / 60, os.getloadavg()[0]
    lines = [
        "# Half a day of a charrette",
        "",
        f"Made by `python -m benchmarks.half_day {workspace.name} PICTURES` on {os.cpu_count()} cores that seven pages",
        f"and the server share, Python {platform.python_version()}; load of the machine at the end {load:.1f}.",
        f"A host, a wall and {PHONES} phones of 360 px, three rounds, {PHONES * SAID} things said, three alternatives,",
        f"votes, pages made: {minutes:.1f} minutes in all. Milliseconds from the press to what",
        f"it brings, looked at every {LOOK_MS} ms.",
        "",
        "| what | times | median ms | longest ms |",
        "|---|--:|--:|--:|",
    ]
    for what, waits in day.waits.items():
        lines.append(f"| {what} | {len(waits)} | {statistics.median(waits):.0f} | {max(waits):.0f} |")
    Path("benchmarks/half_day.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    pictures = ("PICTURES", Path, "folder for the pictures of each stage")
    main(*arguments(__doc__, WORKSPACE, pictures, optional=("LANGUAGE", str, "of the phones; fi unless named")))

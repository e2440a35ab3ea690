"""The page of the years: a chart an indicator, what its change is made of, and what changed in the map."""

import datetime
import math
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tesoma_geo.languages import LANGUAGES
from tesoma_geo.render.pages.site_context import Page
from tesoma_geo.render.pages.trend_findings import (
    counts_residents,
    findings,
    indicators_within,
    profiles_of,
    values_of,
)
from tesoma_geo.render.pages.trend_said import barrier_lines, theme_rows
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue, catalogue

if TYPE_CHECKING:
    from tesoma_geo.follow_up.trend_records import Event, IndicatorChange, Step, TrendFigures

#: Size of a chart and its margins, in dots.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 400, 180, 40, 40, 24, 34
#: Labels of dates have so much room each, in dots.
LABEL = 64
#: Letters of an event's name that are shown, and room of one, in dots.
SHOWN, LETTER = 18, 6
#: The share of a way of moving that is shown first, minutes.
FIRST_MIN = 15.0
STYLES = (*assets.STYLES, "styles/site.css")
ICON = "icon.svg"
#: Changes of the map that are listed at most; the file has all.
LISTED = 50

_WITHIN = re.compile(r"(?P<profile>.+?)_within_(?P<n>[\d.]+)_min_share")
_MEDIAN = re.compile(r"(?P<profile>.+?)_median_min")


@dataclass(frozen=True)
class TrendChart:
    """One indicator drawn over the dates.

    Attributes
    ----------
    title
        What it is.
    path
        The line, as SVG.
    points
        x, y and the value in words, a row a run.
    marks
        x and label of the dates.
    events
        x and words of what happened on the way.
    event_names
        x and short name of those that have room on the axis of time.
    parts
        A row the change and each cause of it that is not 0 throughout: its name, and a value a step, in words.
    target
        Height and words of what the workspace wants; None where it wants nothing of it.
    """

    title: str
    path: str
    points: tuple[tuple[float, float, str], ...]
    marks: tuple[tuple[float, str], ...]
    events: tuple[tuple[float, str], ...]
    parts: tuple[tuple[str, ...], ...]
    target: tuple[float, str] | None = None
    event_names: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class ChartGroup:
    """The charts of one way of moving.

    Attributes
    ----------
    title
        The way of moving.
    first
        What is shown first.
    further
        What is shown when it is asked for.
    services
        The same for services.
    """

    title: str
    first: TrendChart
    further: tuple[TrendChart, ...]
    services: tuple[TrendChart, ...] = ()


def write_trend_pages(figures: "TrendFigures", folder: Path) -> None:
    """Write ``trend-<language>.html`` and its styles: pages that ask for nothing from outside.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    folder
        An existing folder.
    """
    for name in STYLES:
        target = folder / "assets" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(assets.asset(name), target)
    shutil.copyfile(assets.asset(ICON), folder / "assets" / ICON)
    for language in LANGUAGES:
        text = catalogue(language)
        body = assets.rendered(
            "pages/trend.html.j2",
            t=text,
            made_up=figures["made_up"],
            groups=chart_groups(figures, text),
            findings=findings(figures, text),
            steps=_step_heads(figures, text),
            width=WIDTH,
            height=HEIGHT,
            left=LEFT,
            right=WIDTH - RIGHT,
            top=TOP,
            ground=HEIGHT - BOTTOM,
            lines=[line for step in figures["steps"] for line in _map_lines(step, text)],
            events=[f"{text.day(event['date'])}: {_event(event, text)}" for event in figures["events"]],
            themes=theme_rows(figures, text),
            barriers=barrier_lines(figures, text),
            languages=[(other, catalogue(other)("language.name"), f"trend-{other}.html") for other in LANGUAGES],
        )
        page = Page("trend", language, f"trend-{language}.html", text("trend.title"), text("trend.description"), body)
        others = [{"language": other, "file": f"trend-{other}.html"} for other in LANGUAGES if other != language]
        document = assets.rendered(
            "document.html.j2", page=page, styles=STYLES, begin=None, scripts=[], frames=False, address="",
            picture=None, picture_size=(0, 0), others=others,
        )  # fmt: skip
        (folder / page.file).write_text(document, encoding="utf-8", newline="\n")


def trend_charts(figures: "TrendFigures", text: Catalogue) -> list[TrendChart]:
    """A chart for each share within minutes, each median and each kind of service.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    text
        The language.

    Returns
    -------
    list of TrendChart
        Those of one way of moving together; what is shown first of it stands before its others.
    """
    return [chart for group in chart_groups(figures, text) for chart in (group.first, *group.further, *group.services)]


def chart_groups(figures: "TrendFigures", text: Catalogue) -> list[ChartGroup]:
    """The charts by way of moving: the share within about a quarter of an hour first, then the others and the median.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    text
        The language.

    Returns
    -------
    list of ChartGroup
        In the order of the indicators.
    """
    groups = []
    for profile in profiles_of(figures):
        charts: list[tuple[float, TrendChart]] = []
        for name in figures["runs"][0]["rerun"]:
            title, values = _title(name, text, profile), values_of(figures, name)
            if title is not None and values is not None:
                charts.append((title[0], _chart(figures, name, title[1], values, text)))
        if charts:
            first = min(range(len(charts)), key=lambda row: abs(charts[row][0] - FIRST_MIN))
            further = tuple(chart for row, (_, chart) in enumerate(charts) if row != first)
            services = tuple(_service_charts(figures, profile, text))
            groups.append(ChartGroup(text.named("profile", profile), charts[first][1], further, services))
    return groups


def _service_charts(figures: "TrendFigures", profile: str, text: Catalogue) -> Iterator[TrendChart]:
    """Residents within minutes of the nearest service of each kind."""
    for one in indicators_within(figures):
        values = values_of(figures, one.name)
        if one.profile == profile and one.kind and values is not None:
            minutes, kind = text.number(one.minutes, 1), text.named("kind", one.kind)
            title = text("trend.service", profile=text.named("profile", profile), kind=kind, n=minutes)
            yield _chart(figures, one.name, title, values, text)


def _step_heads(figures: "TrendFigures", text: Catalogue) -> list[str]:
    """From when to when, as short as tells the steps apart."""
    months = [(_month(step["since"]), _month(step["until"])) for step in figures["steps"]]
    if all(since != until for since, until in months):
        return [f"{since} – {until}" for since, until in months]
    return [f"{text.day(step['since'])} – {text.day(step['until'])}" for step in figures["steps"]]


def _month(date: str) -> str:
    year, month, _ = date.split("-")
    return f"{int(month)}/{year}"


def _title(name: str, text: Catalogue, profile: str) -> tuple[float, str] | None:
    """The minutes of an indicator, ``inf`` for a median, and its words; None where it is none of the profile's."""
    within, median = _WITHIN.fullmatch(name), _MEDIAN.fullmatch(name)
    way = text.named("profile", profile)
    if within and within["profile"] == profile:
        return float(within["n"]), text("trend.within", profile=way, n=text.number(float(within["n"]), 1))
    if median and median["profile"] == profile:
        return math.inf, text("trend.median", profile=way)
    if name == f"{profile}_gini":
        return math.inf, text("trend.gini", profile=way)
    return None


def _chart(figures: "TrendFigures", name: str, title: str, values: Sequence[float], text: Catalogue) -> TrendChart:
    days = [datetime.date.fromisoformat(run["date"]).toordinal() for run in figures["runs"]]
    share, index, residents = name.endswith("_share"), name.endswith("_gini"), counts_residents(name)
    wanted = figures["targets"].get(name.removesuffix("_share")) if share else None
    top = 1.0 if share or index else max(*values, 1.0) * 1.1

    def x(day: float) -> float:
        return round(LEFT + (day - days[0]) / max(days[-1] - days[0], 1) * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(TOP + (1.0 - value / top) * (HEIGHT - TOP - BOTTOM), 1)

    def told(value: float) -> str:
        if index:
            return text.number(value, 2)
        if residents:
            return text.number(value)
        return text.percent(value) if share else text("minutes", n=text.number(value, 1))

    dated = [(datetime.date.fromisoformat(event["date"]).toordinal(), event) for event in figures["events"]]
    happened = [(day, event) for day, event in dated if days[0] <= day <= days[-1]]
    points = tuple((x(day), y(value), told(value)) for day, value in zip(days, values, strict=True))
    return TrendChart(
        title,
        "M" + "L".join(f"{at} {height}" for at, height, _ in points),
        points,
        tuple(_dates([x(day) for day in days], [run["date"] for run in figures["runs"]])),
        tuple((x(day), _event(event, text)) for day, event in happened),
        tuple(_parts(figures, name, text, scale=100.0 if share or index else 1.0, drawn=share)),
        None if wanted is None else (y(wanted["target"]), text("trend.wanted", share=text.percent(wanted["target"]))),
        tuple(_names([(x(day), event["name"]) for day, event in happened])),
    )


def _names(events: Sequence[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """Short names of events that have room beside each other; the list above the charts has them all."""
    last = -math.inf
    for at, name in events:
        shown = name if len(name) <= SHOWN else f"{name[: SHOWN - 1]}…"
        if at - last >= LETTER * len(shown) + LETTER:
            yield at, shown
            last = at + LETTER * len(shown)


def _dates(at: Sequence[float], dates: Sequence[str]) -> Iterator[tuple[float, str]]:
    """Month and year below the points that have room for them; the day too where two are of one month."""
    alike = len({date[:7] for date in dates}) < len(dates)
    last = -math.inf
    for place, date in zip(at, dates, strict=True):
        if place - last >= LABEL * (1.4 if alike else 1.0):
            year, month, day = date.split("-")
            yield place, f"{int(day)}.{int(month)}.{year}" if alike else _month(date)
            last = place


def _parts(
    figures: "TrendFigures", name: str, text: Catalogue, *, scale: float, drawn: bool
) -> Iterator[tuple[str, ...]]:
    """The change of each step with its interval, and each cause that changed something."""
    rows = [step["indicators"].get(name) for step in figures["steps"]]
    if not any(rows):
        return
    digits = 0 if counts_residents(name) else 1
    nothing = text.number(0.0, digits)

    def told(value: float | None) -> str:
        if value is None:
            return "–"
        number = text.number(abs(scale * value), digits)
        return number if number == nothing else f"{'+' if value > 0 else '−'}{number}"

    def change(row: "IndicatorChange | None") -> str:
        if row is None or row["low"] is None or row["high"] is None or not drawn:
            return told(None if row is None else row["change"])
        return f"{told(row['change'])} ({told(row['low'])} … {told(row['high'])})"

    yield (text("trend.change"), *map(change, rows))
    for cause in (*_causes(figures), "software"):
        parts = [
            None if row is None else row["software"] if cause == "software" else row["parts"].get(cause, 0.0)
            for row in rows
        ]
        words = [told(part) for part in parts]
        if any(word not in ("–", nothing) for word in words):
            yield (text(f"trend.cause.{cause}"), *words)


def _causes(figures: "TrendFigures") -> list[str]:
    return list(dict.fromkeys(cause for step in figures["steps"] for cause in step["causes"]))


def _event(event: "Event", text: Catalogue) -> str:
    return text(f"trend.{event['what']}", name=event["name"])


def _map_lines(step: "Step", text: Catalogue) -> list[str]:
    """What changed in the map, corrections first."""
    rows = sorted(step["map"], key=lambda row: ("correction", "real", "unknown").index(row["verdict"]))
    lines = []
    for row in rows[:LISTED]:
        change = text(f"trend.map.{row['change']}")
        name = text.named("kind", row["kind"]) if text.knows(f"kind.{row['kind']}") else row["object"]
        what = f"{name} ({change}: {row['tags']})" if row["tags"] else f"{name} ({change})"
        lines.append(text(f"trend.verdict.{row['verdict']}", what=what))
    return [*lines, text("trend.more", n=text.number(len(rows) - LISTED))] if len(rows) > LISTED else lines

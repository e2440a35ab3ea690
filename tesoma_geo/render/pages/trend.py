"""The page of the years: a chart an indicator, what its change is made of, and what changed in the map."""

import datetime
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tesoma_geo.languages import LANGUAGES
from tesoma_geo.render.pages.site_context import Page
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue, catalogue

if TYPE_CHECKING:
    from tesoma_geo.follow_up.trend_records import Event, Step, TrendFigures

#: Size of a chart and its margins, in dots.
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 560, 180, 64, 12, 34
STYLES = (*assets.STYLES, "styles/site.css")
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
        x and name of what happened on the way.
    parts
        A row a step: from, to, the change, and its parts, in words.
    """

    title: str
    path: str
    points: tuple[tuple[float, float, str], ...]
    marks: tuple[tuple[float, str], ...]
    events: tuple[tuple[float, str], ...]
    parts: tuple[tuple[str, ...], ...]


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
    for language in LANGUAGES:
        text = catalogue(language)
        body = assets.rendered(
            "pages/trend.html.j2",
            t=text,
            made_up=figures["made_up"],
            charts=trend_charts(figures, text),
            causes=[text(f"trend.cause.{cause}") for cause in _causes(figures)],
            lines=[line for step in figures["steps"] for line in _map_lines(step, text)],
            events=[f"{event['date']}: {_event(event, text)}" for event in figures["events"]],
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
    """A chart for each share within minutes and each median.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    text
        The language.

    Returns
    -------
    list of TrendChart
        In the order of the indicators.
    """
    names = list(figures["runs"][0]["rerun"])
    charts = []
    for name in names:
        title = _title(name, text, {profile for profile in names if profile.endswith("_unreachable")})
        values = [run["rerun"].get(name) for run in figures["runs"]]
        if title is None or any(value is None for value in values):
            continue
        share = name.endswith("_share")
        charts.append(_chart(figures, name, title, [value or 0.0 for value in values], text, share=share))
    return charts


def _title(name: str, text: Catalogue, unreachable: set[str]) -> str | None:
    profiles = {one.removesuffix("_unreachable") for one in unreachable}
    within, median = _WITHIN.fullmatch(name), _MEDIAN.fullmatch(name)
    if within and within["profile"] in profiles:
        profile = text.named("profile", within["profile"])
        return text("trend.within", profile=profile, n=text.number(float(within["n"]), 1))
    if median and median["profile"] in profiles:
        return text("trend.median", profile=text.named("profile", median["profile"]))
    return None


def _chart(
    figures: "TrendFigures", name: str, title: str, values: Sequence[float], text: Catalogue, *, share: bool
) -> TrendChart:
    days = [datetime.date.fromisoformat(run["date"]).toordinal() for run in figures["runs"]]
    top = 1.0 if share else max(*values, 1.0) * 1.1

    def x(day: float) -> float:
        return round(LEFT + (day - days[0]) / max(days[-1] - days[0], 1) * (WIDTH - LEFT - 24), 1)

    def y(value: float) -> float:
        return round(TOP + (1.0 - value / top) * (HEIGHT - TOP - BOTTOM), 1)

    def told(value: float) -> str:
        return text.percent(value) if share else text("minutes", n=text.number(value, 1))

    points = tuple((x(day), y(value), told(value)) for day, value in zip(days, values, strict=True))
    causes = _causes(figures)
    parts = []
    for step in figures["steps"]:
        row = step["indicators"].get(name)
        if row is None:
            continue
        scale = 100.0 if share else 1.0
        numbers = [row["change"], *(row["parts"].get(cause, 0.0) for cause in causes), row["software"]]
        parts.append((step["since"], step["until"], *(text.number(scale * number, 2) for number in numbers)))
    return TrendChart(
        title,
        "M" + "L".join(f"{at} {height}" for at, height, _ in points),
        points,
        tuple((x(day), run["date"]) for day, run in zip(days, figures["runs"], strict=True)),
        tuple(
            (x(datetime.date.fromisoformat(event["date"]).toordinal()), _event(event, text))
            for event in figures["events"]
        ),
        tuple(parts),
    )


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
        what = f"{row['object']} ({change}: {row['tags']})" if row["tags"] else f"{row['object']} ({change})"
        lines.append(text(f"trend.verdict.{row['verdict']}", what=what))
    return [*lines, text("trend.more", n=text.number(len(rows) - LISTED))] if len(rows) > LISTED else lines

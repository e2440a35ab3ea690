"""The charts of the years: each says in its heading what changed; the most changed come first."""

import datetime
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tesoma_geo.render.pages.trend_findings import (
    LEAST_SHARE,
    WithinMinutes,
    indicators_within,
    is_uncertain,
    map_more,
    profiles_of,
    shares_of,
    values_of,
)
from tesoma_geo.render.pages.trend_messages import gini_message, median_message, within_message
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.follow_up.trend_records import Event, IndicatorChange, TrendFigures

#: Size of a chart and its margins, in dots.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 400, 200, 76, 30, 24, 34
#: Labels of dates have so much room each, in dots.
LABEL = 64
#: An axis of shares is of one half where all that is drawn lies in it, so far from the other: small changes are seen.
HALF, APART = 0.5, 0.05
#: Letters of an event's name that are shown, and room of one, in dots.
SHOWN, LETTER = 18, 6
#: So many charts are open at most; the others are folded.
LEADING = 4
#: The share of a way of moving that is shown where nothing changed, minutes.
FIRST_MIN = 15.0


@dataclass(frozen=True)
class TrendChart:
    """One indicator drawn over the dates.

    Attributes
    ----------
    message
        What it says.
    title
        What it shows.
    path
        The line, as SVG.
    points
        x, y and the value in words, a row a run.
    axis
        y and words of the least value and the greatest of the chart.
    band
        Between what the line most likely lies, as SVG; empty where that is not known.
    marks
        x and label of the dates.
    events
        x and words of what happened on the way.
    event_names
        x and short name of those that have room on the axis of time.
    cut
        From where to where the axis of shares reaches, in words; empty where it is of all.
    parts
        A row the change and each cause of it that is not 0 throughout: its name, and a value a step, in words.
    unit
        In what ``parts`` are: ``points`` (per cent), ``minutes`` or ``gini`` (hundredths of it).
    target
        Height and words of what the workspace wants; None where it wants nothing of it.
    """

    message: str
    title: str
    path: str
    points: tuple[tuple[float, float, str], ...]
    axis: tuple[tuple[float, str], ...]
    band: str
    marks: tuple[tuple[float, str], ...]
    events: tuple[tuple[float, str], ...]
    parts: tuple[tuple[str, ...], ...]
    unit: str
    target: tuple[float, str] | None = None
    event_names: tuple[tuple[float, str], ...] = ()
    cut: str = ""

    @property
    def with_intervals(self) -> bool:
        """Whether a change has between what it lies in brackets."""
        return any("(" in value for value in self.parts[0][1:]) if self.parts else False

    @property
    def one_cause(self) -> tuple[str, str] | None:
        """The only cause of a change in percentage points, and the change of the steps that have any; else None."""
        if len(self.parts) != 2 or self.unit != "points":
            return None
        (_, *changes), (cause, *parts) = self.parts
        moved = [change for change, part in zip(changes, parts, strict=True) if part[:1] in "+−"]
        return cause[:1].lower() + cause[1:], ", ".join(moved)


@dataclass(frozen=True)
class ChartGroup:
    """The charts of one way of moving that are shown when they are asked for.

    Attributes
    ----------
    title
        The way of moving.
    charts
        Of the way to the hub.
    services
        Of the ways to services.
    """

    title: str
    charts: tuple[TrendChart, ...]
    services: tuple[TrendChart, ...] = ()


@dataclass(frozen=True)
class _ChartOfChange:
    """A chart, where it leads to, and how large a share of the residents it moved."""

    chart: TrendChart
    profile: str
    kind: str
    minutes: float
    moved: float


def chart_groups(figures: "TrendFigures", text: Catalogue) -> tuple[list[TrendChart], list[ChartGroup]]:
    """The charts that are open, and the others by way of moving.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    text
        The language.

    Returns
    -------
    leading : list of TrendChart
        Of the hub and each kind of service the way of moving and the limit for which the share of residents changed
        most, the largest first, four at most; where nothing changed the first way of moving within a quarter of an
        hour.
    groups : list of ChartGroup
        All others: of each way of moving the largest change first.
    """
    drawn = [*_hub_charts(figures, text), *_service_charts(figures, text)]
    by_change = sorted(drawn, key=lambda one: -one.moved)
    largest: dict[str, _ChartOfChange] = {}
    for one in by_change:
        if one.moved >= LEAST_SHARE:
            largest.setdefault(one.kind, one)
    unchanged = sorted(drawn, key=lambda one: abs(one.minutes - FIRST_MIN))[:1]
    leading = [one.chart for one in [*largest.values()][:LEADING] or unchanged]
    groups = []
    for profile in profiles_of(figures):
        further = [one for one in by_change if one.profile == profile and one.chart not in leading]
        hub, services = (tuple(one.chart for one in further if bool(one.kind) is kind) for kind in (False, True))
        if further:
            groups.append(ChartGroup(text.named("profile", profile), hub, services))
    return leading, groups


def _hub_charts(figures: "TrendFigures", text: Catalogue) -> Iterator[_ChartOfChange]:
    """Shares within minutes of the hub, medians, and how unequal the minutes are."""
    limits = {f"{one.name}_share": one for one in indicators_within(figures) if not one.kind}
    for profile in profiles_of(figures):
        way = text.named("profile", profile).lower()
        for name in figures["runs"][0]["rerun"]:
            values = values_of(figures, name)
            if values is None:
                continue
            if name in limits and limits[name].profile == profile:
                one = limits[name]
                title = text("trend.within", profile=way, n=text.number(one.minutes, 1))
                message, moved = _heading(figures, one, title, text), abs(values[-1] - values[0])
                yield _ChartOfChange(
                    _chart(figures, name, (message, title), values, text), profile, "", one.minutes, moved
                )
            elif name in (f"{profile}_median_min", f"{profile}_gini"):
                median = name.endswith("_min")
                words = (median_message if median else gini_message)(profile, values[0], values[-1], text)
                titles = (words, text("trend.median" if median else "trend.gini", profile=way))
                yield _ChartOfChange(_chart(figures, name, titles, values, text), profile, "", math.inf, 0.0)


def _service_charts(figures: "TrendFigures", text: Catalogue) -> Iterator[_ChartOfChange]:
    """Shares within minutes of the nearest service of each kind."""
    for one in indicators_within(figures):
        near, residents = values_of(figures, one.name), values_of(figures, "residents")
        if one.kind and near is not None and residents is not None:
            values = [number / max(whole, 1.0) for number, whole in zip(near, residents, strict=True)]
            minutes, kind = text.number(one.minutes, 1), text.named("kind", one.kind)
            title = text("trend.service", profile=text.named("profile", one.profile).lower(), kind=kind, n=minutes)
            chart = _chart(figures, f"{one.name}_share", (_heading(figures, one, title, text), title), values, text)
            yield _ChartOfChange(chart, one.profile, one.kind, one.minutes, _moved(figures, one))


def _heading(figures: "TrendFigures", one: WithinMinutes, title: str, text: Catalogue) -> str:
    """What changed; what the chart shows where that may be nothing."""
    return title if is_uncertain(figures, one) else within_message(figures, one, text)


def _moved(figures: "TrendFigures", one: WithinMinutes) -> float:
    before, after = shares_of(figures, one.name) or (0.0, 0.0)
    return abs(after - before)


def month(date: str) -> str:
    """Month and year of a date.

    Parameters
    ----------
    date
        As ISO 8601 writes it.

    Returns
    -------
    str
    """
    year, number, _ = date.split("-")
    return f"{int(number)}/{year}"


def event(one: "Event", text: Catalogue) -> str:
    """What happened, in words.

    Parameters
    ----------
    one
        A trial that began or ended, or a cohort that closed.
    text
        The language.

    Returns
    -------
    str
    """
    return text(f"trend.{one['what']}", name=one["name"])


def _chart(
    figures: "TrendFigures", name: str, titles: tuple[str, str], values: Sequence[float], text: Catalogue
) -> TrendChart:
    days = [datetime.date.fromisoformat(run["date"]).toordinal() for run in figures["runs"]]
    share, index = name.endswith("_share"), name.endswith("_gini")
    wanted = figures["targets"].get(name.removesuffix("_share")) if share else None
    limits = [one for pair in _limits(figures, name, values) for one in pair if not math.isnan(one)]
    least, top = 0.0, 1.0 if index else max(*values, 1.0) * 1.1
    if share:
        least, top = _share_axis([*values, *limits, *([wanted["target"]] if wanted else [])])

    def x(day: float) -> float:
        return round(LEFT + (day - days[0]) / max(days[-1] - days[0], 1) * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(TOP + (top - max(value, least)) / (top - least) * (HEIGHT - TOP - BOTTOM), 1)

    def told(value: float) -> str:
        if index:
            return text.number(value, 2)
        return text.percent(value) if share else text("minutes", n=text.number(value, 1))

    dated = [(datetime.date.fromisoformat(one["date"]).toordinal(), one) for one in figures["events"]]
    happened = [(day, one) for day, one in dated if days[0] <= day <= days[-1]]
    points = tuple((x(day), y(value), told(value)) for day, value in zip(days, values, strict=True))
    return TrendChart(
        *titles,
        "M" + "L".join(f"{at} {height}" for at, height, _ in points),
        points,
        ((y(least), told(least)), *([(y(top), told(top))] if share else [])),
        "".join(_band(figures, name, values, [at for at, *_ in points], y)) if share else "",
        tuple(_dates([x(day) for day in days], [run["date"] for run in figures["runs"]])),
        tuple((x(day), event(one, text)) for day, one in happened),
        tuple(_parts(figures, name, text, scale=100.0 if share or index else 1.0, drawn=share)),
        "points" if share else "gini" if index else "minutes",
        None if wanted is None else (y(wanted["target"]), text("trend.wanted", share=text.percent(wanted["target"]))),
        tuple(_names([(x(day), one["name"]) for day, one in happened])),
        text("trend.axis", low=told(least), high=told(top)) if share and top - least < 1.0 else "",
    )


def _share_axis(drawn: Sequence[float]) -> tuple[float, float]:
    """The least and the greatest share of an axis on which all that is drawn has room."""
    if min(drawn) >= HALF + APART:
        return HALF, 1.0
    return 0.0, HALF if max(drawn) <= HALF - APART else 1.0


def _limits(figures: "TrendFigures", name: str, values: Sequence[float]) -> list[tuple[float, float]]:
    """For each run after the first: between what its share most likely lies, seen from the one before; both NaN where
    that is not known.
    """
    found = []
    for step, before in zip(figures["steps"], values, strict=False):
        row = step["indicators"].get(name)
        if row is None or row["low"] is None or row["high"] is None:
            found.append((math.nan, math.nan))
        else:
            found.append((min(max(before + row["low"], 0.0), 1.0), min(max(before + row["high"], 0.0), 1.0)))
    return found


def _band(
    figures: "TrendFigures", name: str, values: Sequence[float], at: Sequence[float], y: Callable[[float], float]
) -> Iterator[str]:
    """From each run to the next: between what the share of the next most likely lies, seen from the one before."""
    for (low, high), before, (since, until) in zip(_limits(figures, name, values), values, pairwise(at), strict=False):
        if not math.isnan(low):
            yield f"M{since} {y(before)}L{until} {y(high)}V{y(low)}Z"


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
            year, number, day = date.split("-")
            yield place, f"{int(day)}.{int(number)}.{year}" if alike else month(date)
            last = place


def _parts(
    figures: "TrendFigures", name: str, text: Catalogue, *, scale: float, drawn: bool
) -> Iterator[tuple[str, ...]]:
    """The change of each step with its interval, and each cause that changed something."""
    rows = [step["indicators"].get(name) for step in figures["steps"]]
    if not any(rows):
        return
    nothing = text.number(0.0, 1, fixed=True)
    doubtful = any(
        map_more(figures, one) for one in indicators_within(figures) if one.kind and f"{one.name}_share" == name
    )

    def told(value: float | None) -> str:
        if value is None:
            return "–"
        number = text.number(abs(scale * value), 1, fixed=True)
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
            told_cause = "services_map" if cause == "services" and doubtful else cause
            yield (text(f"trend.cause.{told_cause}"), *words)


def _causes(figures: "TrendFigures") -> list[str]:
    return list(dict.fromkeys(cause for step in figures["steps"] for cause in step["causes"]))

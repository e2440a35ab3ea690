"""What the minutes to the hub are made of, averaged over residents: parts that add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures.home_cells import explained_of
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.page_tables import Column, Row, Table, Value, count, share
from tesoma_geo.render.sections.section import Section
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


#: Parts that are less on the mean go into the sum, but are not shown.
LEAST_MIN = 0.05


@dataclass(frozen=True)
class Part:
    """A part of the way: mean minutes over the residents who get there, and for how many of them it costs most."""

    key: str
    mean_min: float
    largest_for: int


def why(assessment: "Assessment", text: Catalogue, profile: str) -> Section | None:
    """What is added to the straight line, part by part; None where that is not known or nobody gets there."""
    parts = parts_of(assessment, profile)
    if not parts:
        return None
    straight, beside = parts[0], max(parts[1:], key=lambda part: part.mean_min, default=None)
    name, total = text.named("profile", profile), sum(part.mean_min for part in parts)
    how = "_ride" if profile in TIMETABLE_PROFILES else ""
    told = [text(f"why.order{how}")]
    if beside is not None and beside.mean_min > 0:
        told.insert(0, text("why.largest", part=text(f"part.{beside.key}"), time=_minutes(text, beside.mean_min)))
    shown = [part for part in parts if abs(part.mean_min) >= LEAST_MIN]
    named = [(text(f"part.{part.key}"), part.mean_min) for part in shown]
    return Section(
        "why",
        text("why.title"),
        text(f"why.short{how}", profile=name, total=_minutes(text, total), first=_minutes(text, straight.mean_min)),
        tuple(told),
        charts=(Bars(text("why.chart", profile=name), _steps(text, named, total)),),
        tables=(_table(assessment, text, profile, shown, total),),
    )


def trip(assessment: "Assessment", text: Catalogue, profile: str) -> Section | None:
    """How a trip by timetable is spent; None without a timetable, or where nobody gets there."""
    transit = assessment.summary.get("transit")
    if transit is None or transit["trip_min"] is None:
        return None
    spent: Mapping[str, Any] = transit["trip_min"]
    legs = [(text(f"leg.{key}"), mean_min) for key, mean_min in spent.items()]
    name, total = text.named("profile", profile), sum(spent.values())
    return Section(
        "trip",
        text("trip.title"),
        text("trip.short", profile=name, total=_minutes(text, total), walked=_minutes(text, spent["walking"])),
        (text("trip.mean"),),
        charts=(Bars(text("why.chart", profile=name), _steps(text, legs, total)),),
        tables=(
            Table(
                "trip",
                text("trip.caption", hub=text.of(assessment.workspace.hub.name), profile=name),
                _columns(text),
                tuple(
                    Row((Value(label), *_minutes_and_share(text, mean_min, total)))
                    for label, mean_min in (*legs, (text("why.sum"), total))
                ),
                "summary.json: transit › trip_min",
                folded=text("table.open"),
            ),
        ),
    )


def parts_of(assessment: "Assessment", profile: str) -> list[Part]:
    """The parts beside the straight line, in the order in which they come; none for a profile not explained."""
    explained = explained_of(assessment, profile)
    if explained is None:
        return []
    seconds = explained.filter(like="_s").drop(columns="total_s")
    return _means(assessment, seconds, explained["largest"].to_numpy(object))


def _means(assessment: "Assessment", seconds: pd.DataFrame, largest: NDArray[np.object_]) -> list[Part]:
    """Means over the residents who get there; parts that are nothing for everyone are left out."""
    residents = assessment.origins["population"].to_numpy(float)
    there = np.isfinite(seconds.to_numpy(float)).all(axis=1)
    if residents[there].sum() == 0:
        return []
    mean_min = np.average(seconds.to_numpy(float)[there], axis=0, weights=residents[there]) / 60
    keys = seconds.columns.str.removesuffix("_s")
    return [
        Part(str(key), float(value), int(residents[there & (largest == key)].sum()))
        for key, value in zip(keys, mean_min, strict=True)
        if value
    ]


def _steps(text: Catalogue, parts: Sequence[tuple[str, float]], total: float) -> tuple[Bar, ...]:
    """Bars of named minutes that begin where the one before ended, and below them the whole."""
    sums = np.cumsum([0.0, *(mean_min for _, mean_min in parts)])
    longest = max(sums.max(), total, 1e-9)
    ends = np.maximum(sums / longest, 0.0).round(4).tolist()
    bars = [
        Bar(label, min(start, end), max(start, end), _minutes(text, mean_min), falls=mean_min < 0)
        for (label, mean_min), start, end in zip(parts, ends, ends[1:], strict=False)
    ]
    return (*bars, Bar(text("why.sum"), 0.0, round(total / longest, 4), _minutes(text, total)))


def _table(assessment: "Assessment", text: Catalogue, profile: str, parts: list[Part], total: float) -> Table:
    nobody = Value("–", "")
    rows = [
        (
            Value(text(f"part.{part.key}"), beside=(text(f"part.{part.key}.told"),)),
            *_minutes_and_share(text, part.mean_min, total),
            nobody if part.key == "straight" else count(text, part.largest_for),
        )
        for part in parts
    ]
    return Table(
        "why",
        text("why.caption", hub=text.of(assessment.workspace.hub.name), profile=text.named("profile", profile)),
        (*_columns(text), Column("largest_for", text("why.largest_for"))),
        tuple(map(Row, [*rows, (Value(text("why.sum")), *_minutes_and_share(text, total, total), nobody)])),
        f"cells.gpkg: population, {profile}_<part>_min, {profile}_largest_part",
    )


def _columns(text: Catalogue) -> tuple[Column, ...]:
    return (
        Column("part", text("why.part"), number=False),
        Column("mean_min", text("why.minutes")),
        Column("share", text("why.share")),
    )


def _minutes_and_share(text: Catalogue, mean_min: float, total: float) -> tuple[Value, Value]:
    return Value(_minutes(text, mean_min), round(mean_min, 2)), share(text, mean_min / total)


def _minutes(text: Catalogue, value: float) -> str:
    return text("minutes", n=text.number(value, 1))

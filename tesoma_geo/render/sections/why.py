"""What the minutes to the hub are made of, averaged over residents: parts that add up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.render.charts import Bar, Bars
from tesoma_geo.render.i18n import Words
from tesoma_geo.render.page_tables import Column, Row, Table, Value, count, share
from tesoma_geo.render.sections.section import Section

if TYPE_CHECKING:
    from tesoma_geo.access.assess import Assessment


#: Parts of a trip by public transport as ``transit_study.parts_s`` has them.
TRIP_PARTS = ("walking", "waiting", "riding", "transfer")


@dataclass(frozen=True)
class Part:
    """A part of the way: mean minutes over the residents who get there, and for how many of them it costs most."""

    key: str
    mean_min: float
    largest_for: int


def why(assessment: "Assessment", text: Words, profile: str) -> Section | None:
    """What is added to the straight line, part by part; None where that is not known or nobody gets there."""
    parts = parts_of(assessment, profile)
    if not parts:
        return None
    straight, beside = parts[0], max(parts[1:], key=lambda part: part.mean_min, default=None)
    name, total = text.named("profile", profile), _total(parts)
    told = [text("why.order")]
    if beside is not None and beside.mean_min > 0:
        told.insert(0, text("why.largest", part=text(f"part.{beside.key}"), time=_minutes(text, beside.mean_min)))
    return Section(
        "why",
        text("why.title"),
        text("why.short", profile=name, total=_minutes(text, total), first=_minutes(text, straight.mean_min)),
        tuple(told),
        charts=(Bars(text("why.chart", profile=name), _steps(text, parts)),),
        tables=(_table(assessment, text, "why", profile, parts),),
    )


def trip(assessment: "Assessment", text: Words, profile: str) -> Section | None:
    """How a trip by timetable is spent; None without a timetable, or where nobody gets there."""
    timed = assessment.transit_study
    if timed is None:
        return None
    seconds = timed.parts_s[[f"{key}_s" for key in TRIP_PARTS]]
    largest = np.array(TRIP_PARTS, object)[seconds.fillna(0.0).to_numpy().argmax(axis=1)]
    parts = _means(assessment, seconds, largest)
    if not parts:
        return None
    name = text.named("profile", profile)
    walked = sum(part.mean_min for part in parts if part.key == "walking")
    return Section(
        "trip",
        text("trip.title"),
        text("trip.short", profile=name, total=_minutes(text, _total(parts)), walked=_minutes(text, walked)),
        (text("trip.mean"),),
        charts=(Bars(text("why.chart", profile=name), _steps(text, parts)),),
        tables=(_table(assessment, text, "trip", profile, parts),),
    )


def parts_of(assessment: "Assessment", profile: str) -> list[Part]:
    """The parts beside the straight line, in the order in which they come; none for a profile not explained."""
    explained = assessment.street_study.explained.get(profile)
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


def _total(parts: list[Part]) -> float:
    return sum(part.mean_min for part in parts)


def _steps(text: Words, parts: list[Part]) -> tuple[Bar, ...]:
    """Bars that begin where the one before ended, and the sum below them."""
    ends = np.cumsum([part.mean_min for part in parts]) / max(np.cumsum([part.mean_min for part in parts]))
    starts = np.concatenate([[0.0], ends[:-1]])
    bars = [
        Bar(
            text(f"part.{part.key}"),
            round(max(float(min(start, end)), 0.0), 4),
            round(float(max(start, end)), 4),
            _minutes(text, part.mean_min),
            falls=part.mean_min < 0,
        )
        for part, start, end in zip(parts, starts, ends, strict=True)
    ]
    return (*bars, Bar(text("why.sum"), 0.0, round(float(ends[-1]), 4), _minutes(text, _total(parts))))


def _table(assessment: "Assessment", text: Words, key: str, profile: str, parts: list[Part]) -> Table:
    total = _total(parts)

    def row(label: str, beside: tuple[str, ...], mean_min: float, largest: Value) -> Row:
        minutes = Value(_minutes(text, mean_min), round(mean_min, 2))
        return Row((Value(label, beside=beside), minutes, share(text, mean_min / total), largest))

    rows = [
        row(
            text(f"part.{part.key}"),
            (text(f"part.{part.key}.told"),),
            part.mean_min,
            Value("–", "") if part.key == "straight" else count(text, part.largest_for),
        )
        for part in parts
    ]
    return Table(
        key,
        text("why.caption", hub=text.of(assessment.workspace.hub.name), profile=text.named("profile", profile)),
        (
            Column("part", text("why.part"), number=False),
            Column("mean_min", text("why.minutes")),
            Column("share", text("why.share")),
            Column("largest_for", text("why.largest_for")),
        ),
        (*rows, row(text("why.sum"), (), total, Value("–", ""))),
        f"cells.gpkg: population, {profile}_<part>_min, {profile}_largest_part",
    )


def _minutes(text: Words, value: float) -> str:
    return text("minutes", n=text.number(value, 1))

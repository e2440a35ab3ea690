"""What the minutes to the hub are made of, averaged over residents: parts that add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.columns import LARGEST_PART, PART_MIN
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures.home_cells import explained_of
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.section import FoldedNotes, PageSection
from tesoma_geo.render.sections.table import NOTHING, PageTable, TableColumn, TableRow, TableValue, count, share
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText
from tesoma_geo.render.text.place_names import hub_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


#: Parts that are less on the mean go into the sum, but are not shown.
LEAST_MIN = 0.05
#: Parts that a sentence names; the chart has all.
MOST_NAMED = 3
#: Digits behind the point that minutes are shown with.
DIGITS = 1


@dataclass(frozen=True)
class MinutesPart:
    """A part of the way: mean minutes over the residents who get there, and for how many of them it costs most.

    Attributes
    ----------
    key
        Its name, the same in every language.
    mean_min
        Mean minutes over the residents who get there.
    largest_for
        Residents whom it costs most.
    """

    key: str
    mean_min: float
    largest_for: int


def why(assessment: "Assessment", catalogue: Catalogue, profile: str) -> PageSection | None:
    """What is added to the straight line, or by timetable how the trip is spent; None where that is not known.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profile
        A way of moving that was assessed.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    if profile in TIMETABLE_PROFILES:
        return _trip(assessment, catalogue, profile)
    parts = parts_of(assessment, profile)
    if not parts:
        return None
    name, total = catalogue.named("profile", profile), sum(part.mean_min for part in parts)
    shown = [part for part in parts if abs(part.mean_min) >= LEAST_MIN]
    named = [(catalogue(f"part.{part.key}"), part.mean_min) for part in shown]
    return PageSection(
        "why",
        catalogue("why.title"),
        catalogue(
            "why.short",
            profile=name,
            total=_minutes(catalogue, total),
            first=_minutes(catalogue, parts[0].mean_min),
        ),
        (*_beside_the_straight(catalogue, shown), *_rounded(catalogue, named, total)),
        charts=(Bars(catalogue("why.chart", profile=name), _steps(catalogue, named, total)),),
        tables=(_table(assessment, catalogue, profile, shown, total),),
        notes=FoldedNotes(catalogue("why.how"), (LocalizedText(catalogue("why.order"), catalogue.language),)),
    )


def _beside_the_straight(catalogue: Catalogue, parts: Sequence[MinutesPart]) -> list[str]:
    """The parts that take longest besides the straight line in one sentence, and one for each that saves some."""
    beside = [part for part in parts if part.key != "straight"]
    longest = sorted((part for part in beside if part.mean_min > 0), key=lambda part: -part.mean_min)[:MOST_NAMED]
    names = [f"{_lower(catalogue(f'part.{part.key}'))} {_minutes(catalogue, part.mean_min)}" for part in longest]
    return [
        *([catalogue("why.adds", parts=", ".join(names))] if names else []),
        *(_saved(catalogue, part) for part in beside if part.mean_min < 0),
    ]


def _rounded(catalogue: Catalogue, parts: Sequence[tuple[str, float]], total: float) -> list[str]:
    """That parts do not add up to the whole, where they do not as they are shown."""
    shown = sum(round(mean_min, DIGITS) for _, mean_min in parts)
    return [] if round(shown, DIGITS) == round(total, DIGITS) else [catalogue("why.rounded")]


def _saved(catalogue: Catalogue, part: MinutesPart) -> str:
    key = f"why.below.{part.key}"
    time = _minutes(catalogue, -part.mean_min)
    if catalogue.knows(key):
        return catalogue(key, time=time)
    return catalogue("why.below.other", part=catalogue(f"part.{part.key}"), time=time)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _trip(assessment: "Assessment", catalogue: Catalogue, profile: str) -> PageSection | None:
    """How a trip by timetable is spent; None where nobody gets there."""
    transit = assessment.summary.get("transit")
    if transit is None or transit["trip_min"] is None:
        return None
    spent: Mapping[str, Any] = transit["trip_min"]
    legs = [(catalogue(f"leg.{key}"), mean_min) for key, mean_min in spent.items()]
    drawn = [leg for leg in legs if leg[1] >= LEAST_MIN]
    name, total = catalogue.named("profile", profile), sum(spent.values())
    caption = catalogue("trip.caption", hub=hub_name(assessment.workspace, catalogue), profile=name)
    return PageSection(
        "trip",
        catalogue("why.title"),
        catalogue(
            "trip.short", profile=name, total=_minutes(catalogue, total), walked=_minutes(catalogue, spent["walking"])
        ),
        tuple(_rounded(catalogue, drawn, total)),
        charts=(Bars(catalogue("why.chart", profile=name), _steps(catalogue, drawn, total)),),
        tables=(
            PageTable(
                "trip",
                f"{caption}. {catalogue('trip.mean')}",
                _columns(catalogue),
                tuple(
                    TableRow((TableValue(label), *_minutes_and_share(catalogue, mean_min, total)))
                    for label, mean_min in (*legs, (catalogue("why.sum"), total))
                ),
                "summary.json: transit › trip_min",
                folded=catalogue("table.open"),
            ),
            *_beside_the_straight_line(assessment, catalogue, profile),
        ),
    )


def _beside_the_straight_line(assessment: "Assessment", catalogue: Catalogue, profile: str) -> list[PageTable]:
    """What a ride adds to and takes from the straight line, folded: its journey is another average."""
    parts = parts_of(assessment, profile)
    if not parts:
        return []
    shown = [part for part in parts if abs(part.mean_min) >= LEAST_MIN]
    table = _table(assessment, catalogue, profile, shown, sum(part.mean_min for part in parts))
    caption = f"{table.caption}. {catalogue('why.order_ride')}"
    return [replace(table, caption=caption, folded=catalogue("why.beside_walking"))]


def parts_of(assessment: "Assessment", profile: str) -> list[MinutesPart]:
    """The parts beside the straight line, in the order in which they come; none for a profile not explained.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.

    Returns
    -------
    list of MinutesPart
        In the order in which they come; none where they are not known.
    """
    explained = explained_of(assessment, profile)
    if explained is None:
        return []
    seconds = explained.filter(like="_s").drop(columns="total_s")
    return _means(assessment, seconds, explained["largest"].to_numpy(object))


def _means(assessment: "Assessment", seconds: pd.DataFrame, largest: NDArray[np.object_]) -> list[MinutesPart]:
    """Means over the residents who get there; parts that are nothing for everyone are left out."""
    residents = assessment.origins["population"].to_numpy(float)
    there = np.isfinite(seconds.to_numpy(float)).all(axis=1)
    if residents[there].sum() == 0:
        return []
    mean_min = np.average(seconds.to_numpy(float)[there], axis=0, weights=residents[there]) / 60
    keys = seconds.columns.str.removesuffix("_s")
    return [
        MinutesPart(str(key), float(value), int(residents[there & (largest == key)].sum()))
        for key, value in zip(keys, mean_min, strict=True)
        if value
    ]


def _steps(catalogue: Catalogue, parts: Sequence[tuple[str, float]], total: float) -> tuple[Bar, ...]:
    """Bars of named minutes that begin where the one before ended, and below them the whole."""
    sums = np.cumsum([0.0, *(mean_min for _, mean_min in parts)])
    longest = max(sums.max(), total, 1e-9)
    ends = np.maximum(sums / longest, 0.0).round(4).tolist()
    bars = [
        Bar(label, min(start, end), max(start, end), _minutes(catalogue, mean_min), falls=mean_min < 0)
        for (label, mean_min), start, end in zip(parts, ends, ends[1:], strict=False)
    ]
    return (*bars, Bar(catalogue("why.sum"), 0.0, round(total / longest, 4), _minutes(catalogue, total)))


def _table(
    assessment: "Assessment", catalogue: Catalogue, profile: str, parts: list[MinutesPart], total: float
) -> PageTable:
    rows = [
        (
            TableValue(catalogue(f"part.{part.key}"), beside=(catalogue(f"part.{part.key}.told"),)),
            *_minutes_and_share(catalogue, part.mean_min, total),
            NOTHING if part.key == "straight" else count(catalogue, part.largest_for),
        )
        for part in parts
    ]
    return PageTable(
        "why",
        catalogue(
            "why.caption", hub=hub_name(assessment.workspace, catalogue), profile=catalogue.named("profile", profile)
        ),
        (*_columns(catalogue), TableColumn("largest_for", catalogue("why.largest_for"))),
        tuple(
            map(
                TableRow,
                [*rows, (TableValue(catalogue("why.sum")), *_minutes_and_share(catalogue, total, total), NOTHING)],
            )
        ),
        f"cells.gpkg: population, {PART_MIN.of(profile, '<part>')}, {LARGEST_PART.of(profile)}",
        folded=catalogue("table.open"),
    )


def _columns(catalogue: Catalogue) -> tuple[TableColumn, ...]:
    return (
        TableColumn("part", catalogue("why.part"), number=False),
        TableColumn("mean_min", catalogue("why.minutes")),
        TableColumn("share", catalogue("why.share")),
    )


def _minutes_and_share(catalogue: Catalogue, mean_min: float, total: float) -> tuple[TableValue, TableValue]:
    return TableValue(_minutes(catalogue, mean_min), round(mean_min, 2)), share(catalogue, mean_min / total)


def _minutes(catalogue: Catalogue, value: float) -> str:
    return catalogue("minutes", n=catalogue.number(value, DIGITS))

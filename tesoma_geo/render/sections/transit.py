"""What only a timetable can tell: how often there is a connection, by which lines and stops, and how the day goes."""

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from tesoma_geo.assessment.lift_effects import LiftEffects
from tesoma_geo.assessment.summary_records import TransitFigures
from tesoma_geo.assessment.transit_analysis import DAY_STEP_MIN, LINE_WALK_MIN, TransitAnalysis
from tesoma_geo.crs import to_wgs84
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.charts import Bars, Curves, share_bar, share_curves
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import (
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    minutes,
    share,
    within_columns,
)
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import HubName, hub_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: The interval of the one sentence.
OFTEN_MIN = "10"

#: Hours of the day of which headways are shown, beside the window's first.
HOURS = (12, 20)


def connections(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """How often residents have a connection, the first and the last, and the lines; None without a timetable.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    transit = assessment.transit_analysis
    if transit is None:
        return None
    figures = assessment.summary["transit"]
    residents = max(int(assessment.summary["population_total"]), 1)
    connected = {key: n / residents for key, n in transit.residents_connected.items()}
    hub = hub_name(assessment.workspace, catalogue)
    return PageSection(
        "connections",
        catalogue("connections.title"),
        catalogue("connections.short", hub=hub, n=OFTEN_MIN, share=catalogue.percent(connected[OFTEN_MIN])),
        (
            *_none(catalogue, transit),
            *(
                [catalogue("connections.lines", lines=catalogue.joined(transit.lines["line"]))]
                if len(transit.lines)
                else []
            ),
            *([_hours(catalogue, transit, figures)] if figures["first_connection"] else []),
            *_for_riders(catalogue, transit, figures, hub),
        ),
        connected[OFTEN_MIN],
        (
            Bars(
                catalogue("connections.chart", hub=hub, **_window(catalogue, transit)),
                tuple(share_bar(catalogue, how_often(catalogue, key), part) for key, part in connected.items()),
            ),
        ),
        (
            _connected(catalogue, transit, residents, hub),
            _lines(catalogue, transit, hub),
            *_lines_of_day(catalogue, transit),
        ),
    )


def through_the_day(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """Residents within each cutoff, departure by departure; None without a timetable.

    Where the timetable ends before the day does, departures that need rides after its end are in the table alone.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    transit = assessment.transit_analysis
    if transit is None or transit.day.empty:
        return None
    residents = max(int(assessment.summary["population_total"]), 1)
    cutoffs = assessment.workspace.access.cutoffs_min
    cutoff, day = headline.headline_cutoff(assessment), _known(transit, max(cutoffs))
    within = day[f"within_{cutoff:g}"]
    worst, best = int(within.argmin()), int(within.argmax())
    short = catalogue(
        "day.short",
        since=catalogue.clock(day["clock"].iloc[0]),
        until=catalogue("day.midnight") if (end := day["clock"].iloc[-1]) == "24:00" else catalogue.clock(end),
        n=catalogue.number(cutoff, 1),
        worst=catalogue.clock(day["clock"].iloc[worst]),
        least=catalogue.percent(within.iloc[worst] / residents),
        best=catalogue.clock(day["clock"].iloc[best]),
        most=catalogue.percent(within.iloc[best] / residents),
    )
    return PageSection(
        "day",
        catalogue("day.title"),
        short,
        _left_out(catalogue, transit, len(day)),
        charts=(_day_curves(catalogue, day, cutoffs, residents),),
        tables=(_day(catalogue, transit, cutoffs),),
    )


def connections_and_stops(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """The connections, and the district's stops that have one; None without a timetable.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    section, transit = connections(assessment, catalogue), assessment.transit_analysis
    if section is None or transit is None:
        return None
    near = transit.stops[transit.stops.within(assessment.district.geometry.union_all())]
    if near.empty:
        return section
    hub = hub_name(assessment.workspace, catalogue)
    told = catalogue("stops.short", hub=hub, n=catalogue.number(len(near)), **_window(catalogue, transit))
    return replace(section, tables=(*section.tables, _stops(catalogue, near, told)))


def _known(transit: TransitAnalysis, longest_min: float) -> pd.DataFrame:
    """The departures whose rides are all in the timetable; all of them where it has none such, or covers the day."""
    # A quarter is the median of its departures: the last of them has its rides too.
    needed_min = DAY_STEP_MIN - 1 + longest_min
    known = transit.day["clock"].map(_minute) + needed_min <= _minute(transit.hours[1])
    return transit.day if transit.covers_day or not known.any() else transit.day[known]


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return 60 * int(hour) + int(minute)


def _left_out(catalogue: Catalogue, transit: TransitAnalysis, known: int) -> tuple[str, ...]:
    """From when on departures are in the table alone, and why."""
    if known == len(transit.day):
        return ()
    since, to = (catalogue.clock(clock) for clock in (transit.departure_clocks[known], transit.hours[1]))
    return (catalogue("day.left_out", since=since, to=to),)


def _none(catalogue: Catalogue, transit: TransitAnalysis) -> list[str]:
    """That public transport is walking, where no vehicle runs in the window or none leads to the hub."""
    if not transit.stops.empty:
        return []
    key = "connections.none_leads" if transit.runs else "connections.none_runs"
    return [catalogue(key, **_window(catalogue, transit), date=catalogue.day(transit.date))]


def _hours(catalogue: Catalogue, transit: TransitAnalysis, figures: TransitFigures) -> str:
    if not transit.covers_day:  # its first and its last ride are not the day's
        since, to = map(catalogue.clock, transit.hours)
        return catalogue("connections.hours_at_hand", since=since, to=to, date=catalogue.day(transit.date))
    return catalogue(
        "connections.hours",
        first=catalogue.clock(figures["first_connection"] or ""),
        last=catalogue.clock(figures["last_connection"] or ""),
        since=catalogue.clock(transit.hours[0]),
        to=catalogue.clock(transit.hours[1]),
        date=catalogue.day(transit.date),
    )


def _for_riders(catalogue: Catalogue, transit: TransitAnalysis, figures: TransitFigures, hub: HubName) -> list[str]:
    """What a missed connection costs, and until when a vehicle leads home."""
    sentences = []
    if figures["next_min"] is not None:
        sentences.append(catalogue("connections.next", n=catalogue.number(figures["next_min"])))
    if transit.last_home and transit.covers_day:
        earliest, latest = (catalogue.clock(clock) for clock in transit.last_home)
        sentences.append(catalogue("connections.home", hub=hub, earliest=earliest, latest=latest))
    if transit.lifts is not None:
        sentences += lifts_told(catalogue, transit.lifts)
    return sentences


def lifts_told(catalogue: Catalogue, effects: LiftEffects) -> list[str]:
    """Which lifts are out of order, and what it does to residents by wheelchair.

    Parameters
    ----------
    catalogue
        The language.
    effects
        What it does.

    Returns
    -------
    list of str
        Sentences, two at least.
    """
    named = zip(effects.lifts, effects.stations, strict=True)
    apart = catalogue.isolated
    lifts = ", ".join(f"{apart(station)} ({apart(one)})" if station else apart(one) for one, station in named)
    sentences = [catalogue("connections.lifts", lifts=lifts)]
    if effects.longer_min is not None:
        longer, minutes_more = catalogue.number(effects.longer), catalogue.number(effects.longer_min)
        sentences.append(catalogue("connections.lifts_longer", longer=longer, n=minutes_more))
    if effects.cut_off:
        sentences.append(catalogue("connections.lifts_cut_off", cut_off=catalogue.number(effects.cut_off)))
    return sentences if len(sentences) > 1 else [*sentences, catalogue("connections.lifts_nobody")]


def _lines_of_day(catalogue: Catalogue, transit: TransitAnalysis) -> list[PageTable]:
    """The lines with their headways in the window's first hour, at noon and in the evening; none without a line."""
    if not transit.lines_of_day:
        return []
    hours = sorted({int(transit.window[0][:2]), *HOURS})
    return [
        PageTable(
            "lines_of_day",
            catalogue("connections.day_caption", n=catalogue.number(LINE_WALK_MIN), date=catalogue.day(transit.date)),
            (
                TableColumn("line", catalogue("connections.line"), number=False),
                TableColumn("residents", catalogue("areas.residents")),
                TableColumn("first", catalogue("stops.first"), number=False),
                TableColumn("last", catalogue("stops.last"), number=False),
                *(
                    TableColumn(f"at_{hour}", catalogue("connections.headway", clock=catalogue.clock(f"{hour:02d}:00")))
                    for hour in hours
                ),
            ),
            tuple(
                TableRow(
                    (
                        TableValue(str(row["line"])),
                        count(catalogue, row["residents"]),
                        *(TableValue(catalogue.clock(row[name]), row[name]) for name in ("first", "last")),
                        *(minutes(catalogue, row["headway_min"].get(hour, np.inf)) for hour in hours),
                    )
                )
                for row in transit.lines_of_day
            ),
            "summary.json: transit › lines",
            folded=catalogue("connections.day_folded"),
        )
    ]


def _window(catalogue: Catalogue, transit: TransitAnalysis) -> dict[str, str]:
    return {"since": catalogue.clock(transit.window[0]), "to": catalogue.clock(transit.window[1])}


def how_often(catalogue: Catalogue, key: str) -> str:
    """A key of ``residents_connected`` in words.

    Parameters
    ----------
    catalogue
        The language.
    key
        A key of ``residents_connected``.

    Returns
    -------
    str
        In the language of the page.
    """
    return catalogue("connections.on_foot") if key == "on_foot" else catalogue("connections.every", n=key)


def _connected(catalogue: Catalogue, transit: TransitAnalysis, residents: int, hub: HubName) -> PageTable:
    return PageTable(
        "connections",
        catalogue("connections.chart", hub=hub, **_window(catalogue, transit)),
        (
            TableColumn("connection", catalogue("connections.how_often"), number=False),
            TableColumn("residents", catalogue("areas.residents")),
            TableColumn("share", catalogue("profile.share")),
        ),
        tuple(
            TableRow((TableValue(how_often(catalogue, key)), count(catalogue, n), share(catalogue, n / residents)))
            for key, n in transit.residents_connected.items()
        ),
        "summary.json: transit › residents_connected",
        folded=catalogue("table.open"),
    )


def _lines(catalogue: Catalogue, transit: TransitAnalysis, hub: HubName) -> PageTable:
    return PageTable(
        "lines",
        catalogue("connections.lines_caption", hub=hub, **_window(catalogue, transit)),
        (
            TableColumn("line", catalogue("connections.line"), number=False),
            TableColumn("every_min", catalogue("connections.every_min")),
        ),
        tuple(
            TableRow((TableValue(str(line)), minutes(catalogue, every)))
            for line, every in zip(transit.lines["line"], transit.lines["every_min"], strict=True)
        ),
        "summary.json: transit › lines_to_hub",
        folded=catalogue("connections.lines_folded"),
    )


def _day_curves(catalogue: Catalogue, day: pd.DataFrame, cutoffs: tuple[float, ...], residents: int) -> Curves:
    clocks = day["clock"]
    at = np.arange(len(clocks), dtype=float)
    full_hours = [(float(i), clock.removesuffix(":00")) for i, clock in enumerate(clocks) if clock.endswith(":00")]
    shares = {
        catalogue("band.first", to=catalogue.number(cutoff, 1)): day[f"within_{cutoff:g}"].to_numpy(float) / residents
        for cutoff in cutoffs
    }
    every = -(-len(full_hours) // 7)
    return share_curves(
        catalogue, catalogue("day.chart"), catalogue("day.departure"), at, shares, full_hours[::every], dashed=False
    )


def _day(catalogue: Catalogue, transit: TransitAnalysis, cutoffs: tuple[float, ...]) -> PageTable:
    return PageTable(
        "day",
        catalogue("day.chart"),
        (
            TableColumn("departure", catalogue("day.departure"), number=False),
            *within_columns(catalogue, cutoffs),
            TableColumn("median_min", catalogue("reach.median")),
        ),
        tuple(
            TableRow(
                (
                    TableValue(catalogue.clock(row["clock"]), row["clock"]),
                    *(count(catalogue, row[f"within_{at:g}"]) for at in cutoffs),
                    minutes(catalogue, row["median_min"]),
                )
            )
            for row in transit.day.to_dict("records")
        ),
        "summary.json: transit › day",
        folded=catalogue("table.open"),
    )


def _stops(catalogue: Catalogue, near: gpd.GeoDataFrame, caption: str) -> PageTable:
    lon, lat = to_wgs84(near.geometry.x.to_numpy(), near.geometry.y.to_numpy(), str(near.crs))
    places = [(round(float(x), 6), round(float(y), 6)) for x, y in zip(lon, lat, strict=True)]
    rows = [
        TableRow(
            (
                TableValue(str(stop["name"]) or str(stop["stop_id"])),
                minutes(catalogue, stop["every_min"]),
                minutes(catalogue, stop["fastest_min"]),
                TableValue(str(stop["direct_lines"]) or "–", str(stop["direct_lines"])),
                TableValue(catalogue.clock(stop["first"]) or "–", stop["first"]),
                TableValue(catalogue.clock(stop["last"]) or "–", stop["last"]),
            ),
            place,
        )
        for stop, place in zip(near.to_dict("records"), places, strict=True)
    ]
    return PageTable(
        "stops",
        caption,
        (
            TableColumn("stop", catalogue("stops.stop"), number=False),
            TableColumn("every_min", catalogue("connections.every_min")),
            TableColumn("fastest_min", catalogue("stops.fastest")),
            TableColumn("direct_lines", catalogue("stops.direct"), number=False),
            TableColumn("first", catalogue("stops.first"), number=False),
            TableColumn("last", catalogue("stops.last"), number=False),
        ),
        tuple(sorted(rows, key=lambda row: (row.values[0].shown, row.values[1].plain))),
        "transit_stops.parquet",
        folded=catalogue("stops.folded", n=catalogue.number(len(near))),
    )

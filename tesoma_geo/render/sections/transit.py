"""What only a timetable can tell: how often there is a connection, by which lines and stops, and how the day goes."""

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from tesoma_geo.assessment.summary_records import TransitFigures
from tesoma_geo.assessment.transit_analysis import TransitAnalysis
from tesoma_geo.crs import to_wgs84
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.charts import Bars, Curves, share_bar, share_curves
from tesoma_geo.render.sections.page_tables import Column, Row, Table, Value, count, minutes, share
from tesoma_geo.render.sections.section import Section
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: The interval of the one sentence.
OFTEN_MIN = "10"


def connections(assessment: "Assessment", text: Catalogue) -> Section | None:
    """How often residents have a connection, the first and the last, and the lines; None without a timetable."""
    timed = assessment.transit_analysis
    if timed is None:
        return None
    figures = assessment.summary["transit"]
    residents = max(int(assessment.summary["population_total"]), 1)
    connected = {key: n / residents for key, n in timed.residents_connected.items()}
    return Section(
        "connections",
        text("connections.title"),
        text("connections.short", n=OFTEN_MIN, share=text.percent(connected[OFTEN_MIN])),
        (
            *([text("connections.foot", share=text.percent(connected["on_foot"]))] if connected["on_foot"] else []),
            *([text("connections.lines", lines=", ".join(timed.lines["line"]))] if len(timed.lines) else []),
            *([_hours(text, timed, figures)] if figures["first_connection"] else []),
        ),
        connected[OFTEN_MIN],
        (
            Bars(
                text("connections.chart", **_window(timed)),
                tuple(share_bar(text, how_often(text, key), part) for key, part in connected.items()),
            ),
        ),
        (_connected(text, timed, residents), _lines(text, timed)),
    )


def through_the_day(assessment: "Assessment", text: Catalogue) -> Section | None:
    """Residents within each cutoff, departure by departure; None without a timetable."""
    timed = assessment.transit_analysis
    if timed is None or timed.day.empty:
        return None
    residents = max(int(assessment.summary["population_total"]), 1)
    cutoff, day = headline.headline_cutoff(assessment), timed.day
    within = day[f"within_{cutoff:g}"]
    worst, best = int(within.argmin()), int(within.argmax())
    short = text(
        "day.short",
        n=text.number(cutoff, 1),
        worst=day["clock"][worst],
        least=text.percent(within[worst] / residents),
        best=day["clock"][best],
        most=text.percent(within[best] / residents),
    )
    cutoffs = assessment.workspace.access.cutoffs_min
    return Section(
        "day",
        text("day.title"),
        short,
        charts=(_day_curves(text, timed, cutoffs, residents),),
        tables=(_day(text, timed, cutoffs),),
    )


def stops(assessment: "Assessment", text: Catalogue) -> Section | None:
    """The district's stops with a connection to the hub; None where there are none."""
    timed = assessment.transit_analysis
    if timed is None:
        return None
    near = timed.stops[timed.stops.within(assessment.district.geometry.union_all())]
    if near.empty:
        return None
    short = text("stops.short", n=text.number(len(near)), **_window(timed))
    return Section("stops", text("stops.title"), short, tables=(_stops(text, near, short),))


def _hours(text: Catalogue, timed: TransitAnalysis, figures: TransitFigures) -> str:
    return text(
        "connections.hours",
        first=figures["first_connection"],
        last=figures["last_connection"],
        since=timed.hours[0],
        to=timed.hours[1],
        date=text.day(timed.date),
    )


def _window(timed: TransitAnalysis) -> dict[str, str]:
    return {"since": timed.window[0], "to": timed.window[1]}


def how_often(text: Catalogue, key: str) -> str:
    """A key of ``residents_connected`` in words."""
    return text("connections.on_foot") if key == "on_foot" else text("connections.every", n=key)


def _connected(text: Catalogue, timed: TransitAnalysis, residents: int) -> Table:
    return Table(
        "connections",
        text("connections.chart", **_window(timed)),
        (
            Column("connection", text("connections.how_often"), number=False),
            Column("residents", text("areas.residents")),
            Column("share", text("profile.share")),
        ),
        tuple(
            Row((Value(how_often(text, key)), count(text, n), share(text, n / residents)))
            for key, n in timed.residents_connected.items()
        ),
        "summary.json: transit › residents_connected",
        folded=text("table.open"),
    )


def _lines(text: Catalogue, timed: TransitAnalysis) -> Table:
    return Table(
        "lines",
        text("connections.lines_caption", **_window(timed)),
        (
            Column("line", text("connections.line"), number=False),
            Column("every_min", text("connections.every_min")),
        ),
        tuple(
            Row((Value(str(line)), minutes(text, every)))
            for line, every in zip(timed.lines["line"], timed.lines["every_min"], strict=True)
        ),
        "summary.json: transit › lines_to_hub",
        folded=text("connections.lines_folded"),
    )


def _day_curves(text: Catalogue, timed: TransitAnalysis, cutoffs: tuple[float, ...], residents: int) -> Curves:
    clocks = timed.departure_clocks
    at = np.arange(len(clocks), dtype=float)
    full_hours = [(float(i), clock.removesuffix(":00")) for i, clock in enumerate(clocks) if clock.endswith(":00")]
    shares = {
        text("band.first", to=text.number(cutoff, 1)): timed.day[f"within_{cutoff:g}"].to_numpy(float) / residents
        for cutoff in cutoffs
    }
    every = -(-len(full_hours) // 7)
    return share_curves(text, text("day.chart"), text("day.departure"), at, shares, full_hours[::every], dashed=False)


def _day(text: Catalogue, timed: TransitAnalysis, cutoffs: tuple[float, ...]) -> Table:
    return Table(
        "day",
        text("day.chart"),
        (
            Column("departure", text("day.departure"), number=False),
            *(Column(f"within_{at:g}_min", text("reach.within", n=text.number(at, 1))) for at in cutoffs),
            Column("median_min", text("reach.median")),
        ),
        tuple(
            Row(
                (
                    Value(row["clock"]),
                    *(count(text, row[f"within_{at:g}"]) for at in cutoffs),
                    minutes(text, row["median_min"]),
                )
            )
            for row in timed.day.to_dict("records")
        ),
        "summary.json: transit › day",
        folded=text("table.open"),
    )


def _stops(text: Catalogue, near: gpd.GeoDataFrame, caption: str) -> Table:
    lon, lat = to_wgs84(near.geometry.x.to_numpy(), near.geometry.y.to_numpy(), str(near.crs))
    places = [(round(float(x), 6), round(float(y), 6)) for x, y in zip(lon, lat, strict=True)]
    rows = [
        Row(
            (
                Value(str(stop["name"]) or str(stop["stop_id"])),
                minutes(text, stop["every_min"]),
                minutes(text, stop["fastest_min"]),
                Value(str(stop["direct_lines"]) or "–", str(stop["direct_lines"])),
                Value(stop["first"] or "–", stop["first"]),
                Value(stop["last"] or "–", stop["last"]),
            ),
            place,
        )
        for stop, place in zip(near.to_dict("records"), places, strict=True)
    ]
    return Table(
        "stops",
        caption,
        (
            Column("stop", text("stops.stop"), number=False),
            Column("every_min", text("connections.every_min")),
            Column("fastest_min", text("stops.fastest")),
            Column("direct_lines", text("stops.direct"), number=False),
            Column("first", text("stops.first"), number=False),
            Column("last", text("stops.last"), number=False),
        ),
        tuple(sorted(rows, key=lambda row: (row.values[0].shown, row.values[1].plain))),
        "transit_stops.parquet",
        folded=text("stops.folded"),
    )

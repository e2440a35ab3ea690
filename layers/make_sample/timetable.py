"""The timetable: one bus line and one train line, as GTFS with the files and columns of Nysse's feed."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from shapely import LineString
from shapely import Point as Spot

from make_sample import MADE_UP_ON, PLACE
from make_sample.geometry import Point, curve, lonlat, offset
from make_sample.places import HALT
from make_sample.plan import RAIL, ROADS

AGENCY = "MALLI"
_MAIN, _WEST = ROADS[0], ROADS[1]
# The lines go on beyond the streets that are drawn, to a town that is not.
_TOWN_BUS: Point = (3900, 420)
_TOWN_RAIL: Point = (3880, 180)

WEEKDAY, SATURDAY, SUNDAY = "ARKI_2026", "LA_2026", "SU_2026"
_CALENDAR = [
    (WEEKDAY, 1, 1, 1, 1, 1, 0, 0, 20260101, 20261231),
    (SATURDAY, 0, 0, 0, 0, 0, 1, 0, 20260101, 20261231),
    (SUNDAY, 0, 0, 0, 0, 0, 0, 1, 20260101, 20261231),
]
# Public holidays of 2026 that fall on weekdays: the weekday service is off, Sunday's is on.
_HOLIDAYS = [20260101, 20260106, 20260403, 20260406, 20260501, 20260514, 20261225]
_SATURDAY_LIKE = [20260619, 20261224]


@dataclass(frozen=True)
class Stop:
    """A stop of a line: id, name, place, fare zone."""

    stop_id: str
    name: str
    at: Point
    zone: str = "A"


@dataclass(frozen=True)
class Pattern:
    """One direction of a line: its stops, the line it draws, its speed and its wait at stops."""

    route_id: str
    direction: int
    headsign: str
    stops: tuple[Stop, ...]
    line: tuple[Point, ...]
    speed_kmh: float
    dwell_s: int


def _bus_line() -> list[Point]:
    """Down Mallikatu from the north, along Kuvitelmantie to the east, and on to the town."""
    road = LineString(_MAIN.line)
    turn_m = road.project(Spot(_WEST.line[0]))
    eastward = [p for p in _MAIN.line if road.project(Spot(p)) > turn_m + 10]
    return [*reversed(_WEST.line), *eastward, *curve([eastward[-1], (2500, 260), _TOWN_BUS])[1:]]


def _stops_beside(line: Sequence[Point], metres: float, stops: Iterable[tuple[str, str, Point]]) -> list[Stop]:
    beside = LineString(offset(line, metres))
    places = []
    for stop_id, name, near in stops:
        at = beside.interpolate(beside.project(Spot(near)))
        places.append(Stop(stop_id, name, (round(at.x, 1), round(at.y, 1)), "B" if near[0] > 1500 else "A"))
    return places


def _patterns() -> list[Pattern]:
    bus = _bus_line()
    calls = [
        ("Metsäpolku", (-158, 930)),
        ("Niittykatu", (-95, 735)),
        ("Kaislatie", (-66, 520)),
        ("Satukatu", (-190, 140)),
        ("Länsikeskus A (malli)", (-30, -108)),
        ("Mallilan asema", (230, -80)),
        ("Varpukuja", (560, -48)),
        ("Itätie", (900, -15)),
        ("Kaupunki (keksitty)", _TOWN_BUS),
    ]
    inward = _stops_beside(bus, -5.0, [(f"90{i:02d}", name, at) for i, (name, at) in enumerate(calls, 1)])
    outward = _stops_beside(
        bus,
        5.0,
        [(f"91{i:02d}", name.replace(" A ", " B "), at) for i, (name, at) in enumerate(calls, 1)],
    )
    rail = [*RAIL[:-1], *curve([RAIL[-1], (2600, -40), _TOWN_RAIL])]
    halts = (
        Stop("9501", "Kuvitelma", (-1150, -440)),
        Stop("9502", "Mallila", HALT),
        Stop("9503", "Kaupunki, rautatieasema (keksitty)", _TOWN_RAIL, "B"),
    )
    return [
        Pattern("M1", 0, "Kaupunki", tuple(inward), tuple(bus), 32.0, 15),
        Pattern("M1", 1, "Metsäpolku", tuple(reversed(outward)), tuple(reversed(bus)), 32.0, 15),
        Pattern("J2", 0, "Kaupunki", halts, tuple(rail), 75.0, 45),
        Pattern("J2", 1, "Kuvitelma", halts[::-1], tuple(reversed(rail)), 75.0, 45),
    ]


def _departures_min(route_id: str, service: str, direction: int) -> list[int]:
    """Minutes after midnight at the first stop; the last weekday bus runs past 24:00."""
    early, late = (6 * 60 + 4, 23 * 60 + 40) if service == WEEKDAY else (7 * 60 + 4, 22 * 60 + 40)
    if route_id == "J2":
        return list(range(early + 13 + 16 * direction, late, 30 if service == WEEKDAY else 60))
    minutes, now = [], early + 7 * direction
    while now < late:
        minutes.append(now)
        peak = service == WEEKDAY and (7 <= now // 60 < 9 or 15 <= now // 60 < 17)
        now += 10 if peak else 20 if service == WEEKDAY else 30
    return [*minutes, 23 * 60 + 54] if service == WEEKDAY else minutes


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _timed(pattern: Pattern) -> list[tuple[int, int]]:
    """Seconds of arrival and departure at each stop after leaving the first."""
    line = LineString(pattern.line)
    at_m = [line.project(Spot(stop.at)) for stop in pattern.stops]
    times, now = [(0, 0)], 0
    for before, here in pairwise(at_m):
        arrives = now + round((here - before) / (pattern.speed_kmh / 3.6))
        now = arrives + pattern.dwell_s
        times.append((arrives, now))
    arrives, _ = times[-1]
    return [*times[:-1], (arrives, arrives)]


# The files of the feed and their columns, in the order of Nysse's.
_COLUMNS = {
    "calendar_dates.txt": "service_id,date,exception_type",
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone,agency_lang,agency_phone",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,timepoint",
    "routes.txt": "route_id,route_short_name,route_long_name,route_type",
    "fare_attributes.txt": "fare_id,price,currency_type,payment_method,transfers,transfer_duration,agency_id",
    "transfers.txt": "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_route_id,to_route_id",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
    "fare_rules.txt": "fare_id,contains_id",
    "trips.txt": "route_id,service_id,trip_id,trip_headsign,direction_id,block_id,shape_id,wheelchair_accessible",
    "stops.txt": "stop_id,stop_code,stop_name,stop_lat,stop_lon,zone_id",
    "shapes.txt": "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence",
}

Rows = list[Sequence[object]]


def _tables() -> dict[str, Rows]:
    patterns = _patterns()
    stops = {stop.stop_id: stop for pattern in patterns for stop in pattern.stops}
    trips, stop_times = _trips(patterns)
    return {
        "calendar_dates.txt": [
            *((WEEKDAY, day, 2) for day in (*_HOLIDAYS, *_SATURDAY_LIKE)),
            *((SUNDAY, day, 1) for day in _HOLIDAYS),
            *((SATURDAY, day, 1) for day in _SATURDAY_LIKE),
        ],
        "agency.txt": [(AGENCY, "Mallin linjat (keksitty)", "https://example.org/", PLACE.time_zone, "fi", "")],
        "stop_times.txt": stop_times,
        "routes.txt": [
            ("M1", "M1", "Metsäpolku - Länsikeskus - Kaupunki (keksitty)", 3),
            ("J2", "J2", "Kuvitelma - Mallila - Kaupunki (keksitty)", 2),
        ],
        "fare_attributes.txt": [("AB", 3.0, "EUR", 0, "", 5400, AGENCY)],
        "transfers.txt": [
            *((a, b, 2, 240, "", "") for bus in ("9006", "9106") for a, b in ((bus, "9502"), ("9502", bus))),
            ("9005", "9105", 0, "", "", ""),
        ],
        "calendar.txt": [*_CALENDAR],
        "fare_rules.txt": [("AB", "A"), ("AB", "B")],
        "trips.txt": trips,
        "stops.txt": [
            (stop.stop_id, stop.stop_id, PLACE.named(stop.name), *_latlon(stop.at), stop.zone)
            for _, stop in sorted(stops.items())
        ],
        "shapes.txt": [
            (_shape_id(pattern), *_latlon(point), sequence)
            for pattern in patterns
            for sequence, point in enumerate(pattern.line, start=1)
        ],
    }


def _trips(patterns: Sequence[Pattern]) -> tuple[Rows, Rows]:
    trips: Rows = []
    stop_times: Rows = []
    for pattern in patterns:
        times = _timed(pattern)
        for service in (WEEKDAY, SATURDAY, SUNDAY):
            for minute in _departures_min(pattern.route_id, service, pattern.direction):
                trip_id = 9100000001 + len(trips)
                block = f"{_shape_id(pattern) % 100:02d}{len(trips) % 4 + 1:03d}"
                accessible = 1 if pattern.route_id == "J2" else len(trips) % 2
                named = (pattern.route_id, service, trip_id, PLACE.named(pattern.headsign), pattern.direction)
                trips.append((*named, block, _shape_id(pattern), accessible))
                for sequence, (arrives_s, leaves_s) in enumerate(times, start=1):
                    clock = _clock(60 * minute + arrives_s), _clock(60 * minute + leaves_s)
                    ends_here = int(sequence == len(times))
                    stop_id = pattern.stops[sequence - 1].stop_id
                    stop_times.append((trip_id, *clock, stop_id, sequence, ends_here, int(sequence == 1)))
    return trips, stop_times


def _shape_id(pattern: Pattern) -> int:
    return 9000000000000 + 10 * (pattern.route_id == "J2") + pattern.direction + 1


def _latlon(point: Point) -> tuple[str, str]:
    lon, lat = lonlat(point)
    return f"{lat:.5f}", f"{lon:.5f}"


def bus_stops() -> list[Stop]:
    """Bus stops within the streets that are drawn, for the map."""
    stops = {stop.stop_id: stop for p in _patterns() if p.route_id == "M1" for stop in p.stops}
    return [stop for stop in stops.values() if stop.zone == "A"]


def write_timetable(path: Path) -> None:
    """Write the feed as a zip archive whose entries all carry the same date."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, rows in _tables().items():
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows([_COLUMNS[name].split(","), *rows])
            entry = zipfile.ZipInfo(name, MADE_UP_ON.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.getvalue().encode(), compresslevel=9)

"""Changes of a timetable for scenarios: other headways, a stop moved, lines added and taken away.

Each edit is a small description; ``applied`` gives a new timetable and leaves the old one as it is. Feeds
are never written to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.network.transit.timetable import AnyTimetable, Calls, DayTimetable


@dataclass(frozen=True)
class HeadwayChanged:
    """A line that runs every ``headway_min`` minutes between two clock times, in each direction.

    Its trips that leave their first stop in between are replaced. A new trip runs as the old one of its
    direction did that left nearest in time, so running times and variants stay those of the hour.

    Attributes
    ----------
    line
        Name or ``route_id`` of the line.
    headway_min
        Minutes between trips.
    between
        Clock times: from the first, before the second.
    """

    line: str
    headway_min: float
    between: tuple[str, str]

    def applied(self, timetable: AnyTimetable) -> AnyTimetable:
        """The timetable with the line at its new headway.

        Parameters
        ----------
        timetable
            What runs before; it stays as it is.

        Returns
        -------
        DayTimetable
            What runs after, of the same class.

        Raises
        ------
        InputError
            No such line, no trip of it in these hours, or a headway that is none.
        """
        headway_s = _whole_seconds("headway_min", self.headway_min)
        start_s, end_s = _between(timetable, self.between)
        rows = _line_rows(timetable, self.line)
        leaves_s = timetable.calls.departure_s[timetable.first_call[:-1]]
        replaced = timetable.trips["line"].isin(rows).to_numpy() & (leaves_s >= start_s) & (leaves_s < end_s)
        if not replaced.any():
            remedy = "Name hours in which it runs"
            raise InputError(f"line {self.line} has no trip between {self.between[0]} and {self.between[1]}", remedy)
        templates, departures = [], []
        for direction in np.unique(timetable.trips["direction"][replaced]):
            old = np.flatnonzero(replaced & (timetable.trips["direction"] == direction).to_numpy())
            for departure in range(int(leaves_s[old].min()), end_s, headway_s):
                nearest = old[np.argmin(np.abs(leaves_s[old] - departure))]
                templates.append(nearest)
                departures.append(departure)
        copies = _copies(timetable, np.array(templates), np.array(departures))
        return _with_trips(_without_trips(timetable, replaced), *copies)


@dataclass(frozen=True)
class StopMoved:
    """A stop in another place; times of its trips stay.

    Attributes
    ----------
    stop_id
        The stop.
    lon, lat
        Where to, WGS 84.
    """

    stop_id: str
    lon: float
    lat: float

    def applied(self, timetable: AnyTimetable) -> AnyTimetable:
        """The timetable with the stop moved.

        Parameters
        ----------
        timetable
            What runs before; it stays as it is.

        Returns
        -------
        DayTimetable
            What runs after, of the same class.

        Raises
        ------
        InputError
            No such stop, or a place that is none.
        """
        row = stop_row(timetable, self.stop_id)
        _check_place(self.lon, self.lat)
        stops = timetable.stops.copy()
        stops.loc[row, ["lon", "lat"]] = [self.lon, self.lat]
        return replace(timetable, stops=stops)


@dataclass(frozen=True)
class LineRemoved:
    """A line that does not run.

    Attributes
    ----------
    line
        Name or ``route_id``.
    """

    line: str

    def applied(self, timetable: AnyTimetable) -> AnyTimetable:
        """The timetable with the line gone.

        Parameters
        ----------
        timetable
            What runs before; it stays as it is.

        Returns
        -------
        DayTimetable
            What runs after, of the same class.

        Raises
        ------
        InputError
            No such line, or no other one.
        """
        gone = timetable.trips["line"].isin(_line_rows(timetable, self.line)).to_numpy()
        if gone.all():
            raise InputError(f"no line is left without {self.line}", "Keep at least one line")
        return _without_trips(timetable, gone)


@dataclass(frozen=True)
class LineAdded:
    """A new line, both ways, at one headway.

    Attributes
    ----------
    name
        What it is called.
    stops
        Existing stops by ``stop_id``, new ones by longitude and latitude.
    minutes
        Minutes of running between each two of them, one fewer than stops.
    headway_min
        Minutes between trips.
    between
        Clock times of the first departure, and that the last one lies before.
    route_type
        As in GTFS: 0 tram, 2 train, 3 bus.
    both_ways
        Whether it also runs back.
    """

    name: str
    stops: tuple[str | tuple[float, float], ...]
    minutes: tuple[float, ...]
    headway_min: float
    between: tuple[str, str]
    route_type: int = 3
    both_ways: bool = True

    def applied(self, timetable: AnyTimetable) -> AnyTimetable:
        """The timetable with the new line.

        Parameters
        ----------
        timetable
            What runs before; it stays as it is.

        Returns
        -------
        DayTimetable
            What runs after, of the same class.

        Raises
        ------
        InputError
            Stops and running times that do not fit together, no such stop, or a headway that is none.
        """
        if len(self.stops) < 2 or len(self.minutes) != len(self.stops) - 1:
            problem = f"line {self.name} has {len(self.stops)} stops and {len(self.minutes)} running times"
            raise InputError(problem, "Give two stops or more, and a running time between each two")
        running_s = [_whole_seconds("minutes", minutes) for minutes in self.minutes]
        headway_s = _whole_seconds("headway_min", self.headway_min)
        start_s, end_s = _between(timetable, self.between)
        timetable, rows = self._with_stops(timetable)
        line = len(timetable.lines)
        new_line = {"route_id": self.name, "name": self.name, "long_name": "", "type": self.route_type, "feed": -1}
        lines = pd.concat([timetable.lines, pd.DataFrame([new_line])], ignore_index=True)
        ways = [(rows, running_s), (rows[::-1], running_s[::-1])][: 1 + self.both_ways]
        trips, calls = [], []
        for direction, (way, runs_s) in enumerate(ways):
            offsets_s = np.concatenate([[0], np.cumsum(runs_s)])
            for departure in range(start_s, end_s, headway_s):
                trips.append(
                    {
                        "trip_id": f"{self.name}/{direction}/{departure}", "line": line,
                        "headsign": str(timetable.stops["name"].iloc[way[-1]]), "direction": direction,
                        "wheelchair": 1, "shape": -1, "service_day": 0, "vehicle": -1, "leg": 0,
                        "headway": -1, "headway_s": 0, "until_s": 0,
                    }
                )  # fmt: skip
                calls.append((np.array(way), departure + offsets_s, departure + offsets_s))
        added = pd.DataFrame(trips).astype(timetable.trips.dtypes.to_dict())
        return _with_trips(replace(timetable, lines=lines), added, calls)

    def _with_stops(self, timetable: AnyTimetable) -> tuple[AnyTimetable, list[int]]:
        """The timetable with the new stops, and the rows of all stops of the line."""
        rows: list[int] = []
        new: list[dict[str, object]] = []
        for number, stop in enumerate(self.stops, start=1):
            if isinstance(stop, str):
                rows.append(stop_row(timetable, stop))
                continue
            _check_place(*stop)
            rows.append(len(timetable.stops) + len(new))
            named = {"stop_id": f"{self.name}/{number}", "name": f"{self.name} {number}"}
            place = {"lon": stop[0], "lat": stop[1], "zone": "", "wheelchair": 0, "station": "", "feed": -1}
            new.append({**named, **place})
        if not new:
            return timetable, rows
        stops = pd.concat([timetable.stops, pd.DataFrame(new)], ignore_index=True)
        return replace(timetable, stops=stops.astype(timetable.stops.dtypes.to_dict())), rows


_Whole = NDArray[np.int32] | NDArray[np.int64]
_Added = Sequence[tuple[_Whole, _Whole, _Whole]]


def _copies(
    timetable: DayTimetable, templates: NDArray[np.int64], departures: NDArray[np.int64]
) -> tuple[pd.DataFrame, _Added]:
    """Trips that run as others do, leaving at other times."""
    calls = timetable.calls
    trips = timetable.trips.iloc[templates].reset_index(drop=True)
    trips["trip_id"] = [f"{trip}@{departure}" for trip, departure in zip(trips["trip_id"], departures, strict=True)]
    trips["vehicle"] = np.int32(-1)  # nobody knows what else it runs
    trips["headway"] = np.int32(-1)
    added = []
    for template, departure in zip(templates, departures, strict=True):
        rows = slice(timetable.first_call[template], timetable.first_call[template + 1])
        later = departure - calls.departure_s[rows][0]
        added.append((calls.stop[rows], calls.arrival_s[rows] + later, calls.departure_s[rows] + later))
    return trips, added


def _without_trips(timetable: AnyTimetable, gone: NDArray[np.bool_]) -> AnyTimetable:
    kept = ~gone[timetable.calls.trip]
    number = np.cumsum(~gone) - 1
    calls = timetable.calls.at(kept)
    calls = calls._replace(trip=number[calls.trip].astype(np.int32))
    return replace(timetable, trips=timetable.trips[~gone].reset_index(drop=True), calls=calls)


def _with_trips(timetable: AnyTimetable, trips: pd.DataFrame, added: _Added) -> AnyTimetable:
    """The timetable with more trips; passengers may board and alight at all their stops."""
    first = len(timetable.trips)
    stop, arrival_s, departure_s = (np.concatenate(column).astype(np.int32) for column in zip(*added, strict=True))
    trip = np.repeat(np.arange(first, first + len(added)), [len(calls[0]) for calls in added]).astype(np.int32)
    anywhere = np.ones(len(trip), bool)
    new = Calls(trip, stop, arrival_s, departure_s, anywhere, anywhere)
    joined = pd.concat([timetable.trips, trips], ignore_index=True)
    return replace(timetable, trips=joined, calls=Calls.joined([timetable.calls, new]))


def _line_rows(timetable: DayTimetable, line: str) -> NDArray[np.intp]:
    lines = timetable.lines
    rows = np.flatnonzero((lines["route_id"] == line) | (lines["name"] == line))
    if not len(rows):
        names = ", ".join(sorted(map(str, lines["name"]))[:12])
        raise InputError(f"the timetable has no line {line!r}", f"Name one of its lines: {names} …")
    return rows


def stop_row(timetable: DayTimetable, stop_id: str) -> int:
    """The row of a stop by its id.

    Parameters
    ----------
    timetable
        What runs.
    stop_id
        As ``stops.txt`` has it; where several feeds use one id for stops of their own, with the number of the feed,
        from 1, before it: ``"2:0815"``.

    Returns
    -------
    int
        Row of the timetable's stops.

    Raises
    ------
    InputError
        No stop, or several.
    """
    stops = timetable.stops
    rows = np.flatnonzero(stops["stop_id"] == stop_id)
    number, mark, rest = stop_id.partition(":")
    if not len(rows) and mark and number.isdecimal():
        rows = np.flatnonzero((stops["stop_id"] == rest) & (stops["feed"] == int(number) - 1))
    if len(rows) != 1:
        count = "no stop" if not len(rows) else f"{len(rows)} stops"
        feeds = " and ".join(repr(f"{feed + 1}:{stop_id}") for feed in stops["feed"].iloc[rows])
        remedy = f"Name the feed too: {feeds}" if len(rows) else "Name one stop_id of stops.txt"
        raise InputError(f"the timetable has {count} {stop_id!r}", remedy)
    return int(rows[0])


def _between(timetable: DayTimetable, between: tuple[str, str]) -> tuple[int, int]:
    start_s, end_s = (timetable.seconds(clock) for clock in between)
    if end_s <= start_s:
        raise InputError(f"{between[0]} to {between[1]} ends before it begins", "Name the earlier time first")
    return start_s, end_s


def _whole_seconds(name: str, minutes: float) -> int:
    if not 0 < minutes <= 24 * 60:
        raise InputError(f"{name} is {minutes}", "Give minutes, more than 0 and at most a day")
    return max(1, round(60 * minutes))


def _check_place(lon: float, lat: float) -> None:
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise InputError(f"{lon}, {lat} is no longitude and latitude", "Give degrees of WGS 84, longitude first")

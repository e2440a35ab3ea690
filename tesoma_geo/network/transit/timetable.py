"""A timetable: every call of every trip on one day, as a plain record.

Times are seconds from noon minus twelve hours of the day, as in GTFS: on a day when clocks change they
still tell the time that passes, and trips of the service days before and after are on the same scale.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, Protocol, Self, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo._given import instance, number, several
from tesoma_geo.errors import InputError
from tesoma_geo.tables import LeftOut

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")

#: A timetable of any class: an edit gives back the class that it was given.
AnyTimetable = TypeVar("AnyTimetable", bound="DayTimetable")


class Calls(NamedTuple):
    """Calls of trips at stops, trip after trip, each in the order of the trip.

    Attributes
    ----------
    trip, stop
        Rows of the trips and the stops, shape (k,).
    arrival_s, departure_s
        Seconds on the scale of the timetable, shape (k,).
    boards, alights
        Whether passengers may get on, and off, shape (k,).
    """

    trip: NDArray[np.int32]
    stop: NDArray[np.int32]
    arrival_s: NDArray[np.int32]
    departure_s: NDArray[np.int32]
    boards: NDArray[np.bool_]
    alights: NDArray[np.bool_]

    def at(self, rows: NDArray[np.bool_]) -> "Calls":
        """Some of the calls, in their order.

        Parameters
        ----------
        rows
            Whether each call is wanted, shape (k,).

        Returns
        -------
        Calls
            Those wanted; trips and stops keep their numbers.
        """
        return Calls(
            self.trip[rows], self.stop[rows], self.arrival_s[rows], self.departure_s[rows], self.boards[rows],
            self.alights[rows],
        )  # fmt: skip

    @classmethod
    def joined(cls, parts: "Sequence[Calls]") -> "Calls":
        """Calls of several tables, one after the other.

        Parameters
        ----------
        parts
            The tables; trips and stops are numbered alike in all of them.

        Returns
        -------
        Calls
            All their calls.
        """
        return cls(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


class Shapes(NamedTuple):
    """Lines that vehicles follow; shape ``i`` is the points ``offsets[i]`` to ``offsets[i + 1]``.

    Attributes
    ----------
    offsets
        Where the points of each shape begin, and one past the last, shape (shapes + 1,).
    lon, lat
        Degrees of WGS 84, shape (points,).
    """

    offsets: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]


class TimetableEdit(Protocol):
    """A change of a timetable; see :mod:`tesoma_geo.network.transit.edits`."""

    def applied(self, timetable: AnyTimetable) -> AnyTimetable:
        """The timetable after the edit; the one given stays as it is.

        Parameters
        ----------
        timetable
            What runs before.

        Returns
        -------
        DayTimetable
            What runs after, of the same class.

        Raises
        ------
        InputError
            The edit names a line or a stop that is not there, or has impossible values.
        """


def no_pathways() -> pd.DataFrame:
    """A table of ways within stations that has none.

    Returns
    -------
    DataFrame
        See :class:`DayTimetable`.
    """
    return pd.DataFrame({name: np.empty(0, np.int32) for name in ("from_stop", "to_stop", "walk_s", "step_free_s")})


def no_entrances() -> pd.DataFrame:
    """A table of entrances of stations that has none.

    Returns
    -------
    DataFrame
        See :class:`DayTimetable`.
    """
    inside = ("in_s", "out_s", "step_free_in_s", "step_free_out_s")
    columns = {"stop": np.int32, "lon": np.float64, "lat": np.float64} | dict.fromkeys(inside, np.int32)
    return pd.DataFrame({name: np.empty(0, kind) for name, kind in columns.items()})


def no_trip_rules() -> pd.DataFrame:
    """A table of rules of single trips and lines that has none.

    Returns
    -------
    DataFrame
        See :class:`DayTimetable`.
    """
    columns: dict[str, type] = {"from_stop": np.int32, "to_stop": np.int32}
    columns |= dict.fromkeys(("from_trip", "to_trip", "from_route", "to_route"), object)
    columns |= {"forbidden": bool, "min_s": np.int32, "timed": bool, "rank": np.int32, "feed": np.int32}
    return pd.DataFrame({name: np.empty(0, kind) for name, kind in columns.items()})


@dataclass(frozen=True, eq=False)
class LiftsOut:
    """Lifts out of order, and what of a timetable would be otherwise if they worked.

    Attributes
    ----------
    ids
        As they were named: pathways or stops of the feeds.
    names
        The name of the station or stop of each; empty where it has none.
    wheelchair
        ``wheelchair`` of the stops of the feeds, shape (stops,).
    pathways, entrances
        As in :class:`DayTimetable`.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    wheelchair: NDArray[np.int8]
    pathways: pd.DataFrame
    entrances: pd.DataFrame


@dataclass(frozen=True, eq=False)
class DayTimetable:
    """What runs on one day: the record that every part of a transit router works on.

    :class:`~tesoma_geo.network.transit.Timetable` is the same and can be read from feeds.

    Attributes
    ----------
    date
        The day.
    timezone
        Zone of the clock times.
    stops
        A row a stop: ``stop_id``, ``name``, ``lon``, ``lat``, ``zone``, ``wheelchair`` (0 unknown, 1 yes,
        2 no), ``station`` (its id or empty), ``feed``.
    lines
        A row a route: ``route_id``, ``name``, ``long_name``, ``type`` (GTFS route type), ``feed``.
    trips
        A row a trip: ``trip_id``, ``line`` (row), ``headsign``, ``direction``, ``wheelchair``, ``shape``
        (number or -1), ``service_day`` (-1 the day before, 0, 1 the day after), ``vehicle`` (its number where
        passengers stay aboard from trip to trip, or -1) and ``leg`` (which of its trips). Of trips by headway whose
        phase the feed does not tell ``headway`` (trips with one number move together; else -1), ``headway_s`` and
        ``until_s`` (they leave before it).
    calls
        When trips call at stops.
    transfers
        A row a rule: ``from_stop``, ``to_stop`` (rows), ``forbidden``, ``min_s`` (-1 none), ``timed``.
    shapes
        Lines of the trips.
    fares
        A row a fare and rule: ``fare_id``, ``price``, ``currency``, ``transfers`` (-1 any number),
        ``duration_s`` (-1 any), ``route_id``, ``origin``, ``destination``, ``contains``, ``feed``.
    notes
        What was assumed of the feeds.
    left_out
        What of the feeds is not here.
    pathways
        Ways within stations, a row a pair of stops: ``from_stop``, ``to_stop`` (rows), ``walk_s``, and
        ``step_free_s`` without stairs and escalators (-1 none).
    trip_rules
        Rules of changes between single trips or lines: ``from_stop``, ``to_stop`` (rows), ``from_trip``, ``to_trip``,
        ``from_route``, ``to_route`` (ids, or empty), ``forbidden``, ``min_s`` (-1 none), ``timed``, ``rank`` (the
        greatest that holds counts), ``feed``.
    entrances
        Ways between streets and platforms, a row an entrance and platform: ``stop`` (row), ``lon``, ``lat`` of the
        entrance, ``in_s`` and ``out_s`` from it to the platform and back, ``step_free_in_s`` and ``step_free_out_s``
        without stairs and escalators (-1 none).
    lifts
        Lifts out of order; None where all work.
    """

    date: dt.date
    timezone: str
    stops: pd.DataFrame
    lines: pd.DataFrame
    trips: pd.DataFrame
    calls: Calls
    transfers: pd.DataFrame
    shapes: Shapes
    fares: pd.DataFrame
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    pathways: pd.DataFrame = field(default_factory=no_pathways)
    trip_rules: pd.DataFrame = field(default_factory=no_trip_rules)
    entrances: pd.DataFrame = field(default_factory=no_entrances)
    lifts: LiftsOut | None = None

    def with_edits(self, edits: Sequence[TimetableEdit]) -> Self:
        """The timetable after edits, in their order; see :mod:`tesoma_geo.network.transit.edits`.

        Parameters
        ----------
        edits
            The edits.

        Returns
        -------
        DayTimetable
            A new timetable of the same class.

        Raises
        ------
        InputError
            An edit names a line or a stop that is not there, or has impossible values.
        """
        timetable = self
        remedy = "Give edits of tesoma_geo.network.transit.edits in a list"
        for edit in several("edits", edits, remedy):
            if not hasattr(edit, "applied"):
                raise InputError(f"an edit of edits is {edit!r:.60}", remedy)
            timetable = edit.applied(timetable)
        return timetable

    def with_working_lifts(self) -> Self:
        """The timetable as it is when no lift is out of order.

        Returns
        -------
        DayTimetable
            A new timetable of the same class, or this one.
        """
        if self.lifts is None:
            return self
        wheelchair = self.stops["wheelchair"].to_numpy(np.int8).copy()
        # Stops of edits stand behind those of the feeds.
        wheelchair[: len(self.lifts.wheelchair)] = self.lifts.wheelchair
        return replace(
            self,
            stops=self.stops.assign(wheelchair=wheelchair),
            pathways=self.lifts.pathways,
            entrances=self.lifts.entrances,
            lifts=None,
        )

    @cached_property
    def first_call(self) -> NDArray[np.int64]:
        """Where the calls of each trip begin, and one past the last, shape (trips + 1,)."""
        return np.searchsorted(self.calls.trip, np.arange(len(self.trips) + 1))

    @cached_property
    def is_first(self) -> NDArray[np.bool_]:
        """Calls that begin a trip."""
        trip = self.calls.trip
        return np.r_[True, trip[1:] != trip[:-1]] if len(trip) else np.empty(0, bool)

    @cached_property
    def is_last(self) -> NDArray[np.bool_]:
        """Calls that end a trip."""
        return np.r_[self.is_first[1:], True] if len(self.is_first) else np.empty(0, bool)

    @cached_property
    def served(self) -> NDArray[np.bool_]:
        """Stops that a trip calls at, shape (stops,)."""
        served = np.zeros(len(self.stops), bool)
        served[self.calls.stop] = True
        return served

    def seconds(self, clock: str) -> int:
        """Seconds on the timetable's scale of a clock time of the day.

        Parameters
        ----------
        clock
            Such as ``"07:00"`` or ``"25:10:30"``, which is ten past one in the night after.

        Returns
        -------
        int
            Seconds from noon minus twelve hours.

        Raises
        ------
        InputError
            Not a clock time.
        """
        match = _CLOCK.fullmatch(instance("a clock time", clock, str, "Write it as 07:00 or 07:00:30"))
        if match is None:
            raise InputError(f"{clock!r} is no clock time", "Write it as 07:00 or 07:00:30")
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        days, hour = divmod(hours, 24)
        day = self.date + dt.timedelta(days)
        local = dt.datetime.combine(day, dt.time(hour, minutes, seconds), ZoneInfo(self.timezone))
        return round(local.timestamp() - day_start(self.date, self.timezone))

    def clock(self, seconds: int) -> str:
        """The clock time of seconds on the timetable's scale.

        Parameters
        ----------
        seconds
            From noon minus twelve hours.

        Returns
        -------
        str
            ``"HH:MM:SS"``; hours of 24 and more on the next day.

        Raises
        ------
        InputError
            What is no number.
        """
        number("seconds", seconds, "Give seconds from noon minus twelve hours")
        moment = dt.datetime.fromtimestamp(day_start(self.date, self.timezone) + int(seconds), ZoneInfo(self.timezone))
        days = (moment.date() - self.date).days
        return f"{moment.hour + 24 * days:02d}:{moment:%M:%S}"


def day_start(day: dt.date, timezone: str) -> int:
    """Noon minus twelve hours of a day, where GTFS counts from, in seconds of Unix time.

    Parameters
    ----------
    day
        The day.
    timezone
        Name of the zone, such as ``"Europe/Helsinki"``.

    Returns
    -------
    int
        Seconds since 1970-01-01 UTC.
    """
    noon = dt.datetime.combine(day, dt.time(12), ZoneInfo(timezone))
    return round(noon.timestamp()) - 12 * 3600

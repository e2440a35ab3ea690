"""The door to public transport: a timetable from feeds, a router from a timetable, their arguments checked."""

import datetime as dt
import os
from collections.abc import Sequence
from math import inf
from typing import Literal, Self, TypedDict

from tesoma_geo._given import instance, number, path, several
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.transit.departures import Departures, TripLimits
from tesoma_geo.network.transit.events import Boarding
from tesoma_geo.network.transit.router import TransitRouter
from tesoma_geo.network.transit.sweep import RIDE
from tesoma_geo.network.transit.timetable import DayTimetable
from tesoma_geo.network.transit.timetable_cache import cached_timetable

#: Seconds at the stop before a vehicle leaves: as R5 (Conveyal) has it.
BOARDING_SLACK_S = 60

#: Minutes of walking in a trip: the usual limit of Conveyal Analysis, there for each walk.
MAX_WALK_MIN = 20.0

#: Minutes that a trip may take: the usual limit of r5r.
MAX_TRIP_MIN = 120.0

#: Draws of the phases of lines by headway: of a line every 10 minutes one falls into each half-minute.
HEADWAY_DRAWS = 20

#: Caps above this are none: no trip of a city has as many rides.
MOST_RIDES = 12

#: A GTFS zip file or folder, or several.
Sources = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


class Timetable(DayTimetable):
    """What runs on one day, read from GTFS feeds; see :class:`~tesoma_geo.network.transit.timetable.DayTimetable`."""

    @classmethod
    def from_gtfs(cls, sources: Sources, date: str | dt.date, lifts_out_of_order: Sequence[str] = ()) -> Self:
        """Read what runs on a day, or what was kept of it when it was read before.

        Parameters
        ----------
        sources
            A GTFS zip file or folder, or several.
        date
            The day, as a date or ``"2022-01-18"``. Trips of the service day before that run past midnight
            are included, and those of the morning after.
        lifts_out_of_order
            Lifts that nobody can take: ids of pathways of mode 5 (``pathways.txt``), or of stops, for the lifts that
            end there (of a station: all of its lifts). A platform or a station without lifts in the feed is closed to
            wheelchairs.

        Returns
        -------
        Timetable
            Every call of every trip of the day.

        Raises
        ------
        SourceError
            A feed has faults: all of them, with file, line and column. Ids that name no lift.
        InputError
            No service on the date; the message names the days that the feed covers.
        """
        remedy = "Name a zip file or a folder, or several"
        named = [sources] if isinstance(sources, str | os.PathLike) else several("sources", sources, remedy)
        paths = [path("a feed of sources", one, remedy) for one in named]
        lifts = several("lifts_out_of_order", lifts_out_of_order, "Give the ids of pathways or stops in a list")
        for lift in lifts:
            instance("a lift of lifts_out_of_order", lift, str, "Give the ids of pathways or stops in a list")
        if not paths:
            raise InputError("no GTFS feed is named", "Name a zip file or a folder")
        read = cached_timetable(paths, _day(date), lifts)
        return cls(
            read.date, read.timezone, read.stops, read.lines, read.trips, read.calls, read.transfers, read.shapes,
            read.fares, read.notes, read.left_out, read.pathways, read.trip_rules,
            read.entrances, read.lifts,
        )  # fmt: skip


class TripOptions(TypedDict, total=False):
    """Further keywords of :func:`transit_router`, for functions that hand them on.

    Attributes
    ----------
    arrive_by, step_min, max_walk_min, max_walk_per, max_trip_min, boarding_slack_s, boarding
        As described there.
    headway_draws, max_rides, max_direct_walk_min
        As described there.
    """

    arrive_by: bool
    step_min: float
    max_walk_min: float
    max_walk_per: Literal["trip", "leg"]
    max_trip_min: float
    boarding_slack_s: int
    boarding: Boarding | None
    headway_draws: int
    max_rides: int | None
    max_direct_walk_min: float | None


def transit_router(
    walk: StreetSearch,
    timetable: DayTimetable,
    window: tuple[str, str] = ("07:00", "09:00"),
    *,
    street: StreetSearch | None = None,
    arrive_by: bool = False,
    step_min: float = 1.0,
    max_walk_min: float = MAX_WALK_MIN,
    max_walk_per: Literal["trip", "leg"] = "trip",
    max_trip_min: float = MAX_TRIP_MIN,
    boarding_slack_s: int = BOARDING_SLACK_S,
    boarding: Boarding | None = None,
    headway_draws: int = HEADWAY_DRAWS,
    max_rides: int | None = None,
    max_direct_walk_min: float | None = None,
) -> TransitRouter:
    """A router of a timetable and a way of walking.

    Parameters
    ----------
    walk
        Streets on foot or in a wheelchair.
    timetable
        What runs.
    window
        First departure, and a clock time that the last one lies before; ``"25:00"`` is the night after.
    street
        Another way to the first stop, a bicycle for example, that is parked there.
    arrive_by
        Ask for the latest departure that meets each of these times instead.
    step_min
        Minutes between departures.
    max_walk_min
        Minutes outside vehicles, not counting waits: of the whole trip, to and from stops and between them.
        Walking all the way is always possible.
    max_walk_per
        ``"leg"`` where the minutes are the limit of each single walk instead.
    max_trip_min
        Minutes that a trip may take, from the last departure of the window that catches it to the arrival (or
        from its departure to the first deadline that it meets). Who leaves before may have to wait longer.
    boarding_slack_s
        Seconds to be at the stop before the vehicle leaves.
    boarding
        ``"any"`` vehicle; ``"not_inaccessible"`` leaves out vehicles and stops said to be inaccessible;
        ``"accessible"`` boards only vehicles said to be accessible, as the wheelchair's profile does unless
        told otherwise.
    headway_draws
        How often the phases of lines by headway are drawn where the feed does not tell them (``exact_times`` 0), for
        percentiles over departures and phases; 1 takes them to leave at the start of their hours.
    max_rides
        Most rides of a trip, those in one vehicle that goes on as another trip being one; None for any number.
    max_direct_walk_min
        Minutes that walking all the way may take, as other routers limit it; None for any number. Where no vehicle
        leads there either, there is then no trip.

    Returns
    -------
    TransitRouter
        Ready to ask; the timetable is prepared at the first question.

    Raises
    ------
    InputError
        A window or a limit that is none.
    """
    if len(several("window", window, 'Give the first and the last time: ("07:00", "09:00")')) != 2:
        raise InputError(f"window is {window!r:.60}", 'Give the first and the last time: ("07:00", "09:00")')
    start_s, end_s = (timetable.seconds(clock) for clock in window)
    if end_s <= start_s:
        remedy = "Name an earlier time first; 24:00 and more are the next day"
        raise InputError(f"the window {window[0]} to {window[1]} ends before it begins", remedy)
    for name, minutes in (("step_min", step_min), ("max_walk_min", max_walk_min), ("max_trip_min", max_trip_min)):
        if not 0 < number(name, minutes, "Give minutes, more than 0 and at most a day") <= 24 * 60:
            raise InputError(f"{name} is {minutes}", "Give minutes, more than 0 and at most a day")
    if not 0 <= boarding_slack_s <= 3600:
        raise InputError(f"boarding_slack_s is {boarding_slack_s}", "Give seconds from 0 to an hour")
    if max_walk_per not in ("trip", "leg"):
        raise InputError(f"max_walk_per is {max_walk_per!r}", 'Say "trip" or "leg"')
    leg_s = round(60 * max_walk_min)
    limits = TripLimits(
        leg_s=leg_s,
        walk_s=leg_s if max_walk_per == "trip" else RIDE - 1,
        trip_s=round(60 * max_trip_min),
        boarding_slack_s=int(boarding_slack_s),
        max_rides=max_rides,
        direct_s=inf if max_direct_walk_min is None else 60 * max_direct_walk_min,
        boarding=boarding or ("accessible" if walk.profile.wheelchair_tags else "any"),
    )
    if max_direct_walk_min is not None and not 0 <= max_direct_walk_min <= 24 * 60:
        raise InputError(
            f"max_direct_walk_min is {max_direct_walk_min}", "Give minutes, at most a day, or leave it out"
        )
    if not 1 <= headway_draws <= 10_000:
        raise InputError(f"headway_draws is {headway_draws}", "Draw once or more")
    if max_rides is not None and not 1 <= max_rides <= MOST_RIDES:
        raise InputError(f"max_rides is {max_rides}", f"Give a whole number from 1 to {MOST_RIDES}, or leave it out")
    step_s = max(1, round(60 * step_min))
    departures = Departures(start_s, end_s, step_s, arrive_by)
    return TransitRouter(timetable, walk, street or walk, departures, limits, headway_draws)


def _day(date: str | dt.date) -> dt.date:
    if isinstance(date, str):
        try:
            return dt.date.fromisoformat(date)
        except ValueError:
            raise InputError(f"{date!r} is no date", "Write it as 2022-01-18") from None
    return instance("date", date, dt.date, 'Give a date, or write it as "2022-01-18"')

"""What only a timetable can say: how often there is a connection, the first and the last."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.snap import Points
from tesoma_geo.network.transit.places import Places
from tesoma_geo.network.transit.router import TransitRouter
from tesoma_geo.network.transit.sweep import NONE, RIDE, TIME, WALK_BITS
from tesoma_geo.network.transit.timetable import DayTimetable

#: A feed tells a day's first and last connection if its trips begin before the one and go on after the other.
MORNING_S, EVENING_S = 9 * 3600, 20 * 3600

#: The day's departures begin at a multiple of this.
HOURS_BEGIN_S = 15 * 60


def hours(timetable: DayTimetable) -> tuple[int, int]:
    """First departure and last arrival of the day's own trips.

    On a day without any of its own they are those of the trips of the night before, from midnight on.

    Parameters
    ----------
    timetable
        What runs.

    Returns
    -------
    tuple of int
        Seconds on the timetable's scale.

    Raises
    ------
    InputError
        No trip at all.
    """
    calls, service_day = timetable.calls, timetable.trips["service_day"].to_numpy()[timetable.calls.trip]
    own = service_day == 0
    if not own.any():
        own = service_day < 0
    if not own.any():
        own = service_day > 0  # all of the day's own trips are left out
    if not own.any():
        raise InputError(f"no trip on {timetable.date}", "Choose a day with service")
    return max(int(calls.departure_s[own].min()), 0), int(calls.arrival_s[own].max())


def covers_day(timetable: DayTimetable) -> bool:
    """Whether the first and the last trip of the timetable can be those of the day.

    A feed that was cut to some hours has others before and after them.

    Parameters
    ----------
    timetable
        What runs.

    Returns
    -------
    bool
        Whether its own trips begin by 9 in the morning and go on until 20 or later.
    """
    own = (timetable.trips["service_day"] == 0).to_numpy()
    if not own[timetable.calls.trip].any():
        return False
    start_s, end_s = hours(timetable)
    return start_s <= MORNING_S and end_s >= EVENING_S


def leaving(timetable: DayTimetable, start_s: int, end_s: int) -> NDArray[np.bool_]:
    """Calls at which a vehicle is boarded within some hours.

    Parameters
    ----------
    timetable
        What runs.
    start_s, end_s
        First second, and one past the last, on the timetable's scale.

    Returns
    -------
    bool array of shape (calls,).
    """
    calls = timetable.calls
    return calls.boards & ~timetable.is_last & (calls.departure_s >= start_s) & (calls.departure_s < end_s)


def all_day(router: TransitRouter, step_min: float = 5.0) -> TransitRouter:
    """The router for departures over all hours that the feed covers.

    Parameters
    ----------
    router
        Of any window.
    step_min
        Minutes between departures; the first is a multiple of it.

    Returns
    -------
    TransitRouter
        With the same streets and limits.

    Raises
    ------
    InputError
        No trip at all.
    """
    start_s, end_s = hours(router.timetable)
    step_s = max(1, round(60 * step_min))
    departures = replace(router.departures, start_s=start_s - start_s % step_s, end_s=end_s, step_s=step_s)
    return replace(router, departures=departures)


def early_enough(router: TransitRouter) -> TransitRouter:
    """The router with departures from before its first, as early as the walk to the first vehicle may take.

    Parameters
    ----------
    router
        For departures of all hours of a feed.

    Returns
    -------
    TransitRouter
        The first departure is at a quarter of an hour.
    """
    limits, departures = router.limits, router.departures
    before_s = departures.start_s - limits.leg_s - limits.boarding_slack_s
    return replace(router, departures=replace(departures, start_s=max(0, before_s - before_s % HOURS_BEGIN_S)))


def stop_connections(router: TransitRouter, hub: Points | Places) -> pd.DataFrame:
    """How each stop is connected to the hub within the window.

    A connection is a departure at the stop such that no later one arrives as early at the hub.

    Parameters
    ----------
    router
        Of the window.
    hub
        One point or several; connections are to the nearest.

    Returns
    -------
    DataFrame
        A row a stop with a connection, by its row in the timetable: ``stop_id``, ``name``, ``lon``, ``lat``,
        ``connections`` in the window, ``every_min`` (window over connections), ``fastest_min``,
        ``direct_lines`` (lines that need no transfer, by name), ``first`` and ``last`` (clock times of the first
        and the last connection).
    """
    timetable = router.timetable
    departures = _at_stops(router, hub)
    by_stop = departures.groupby("stop")
    count = by_stop.size()
    direct = departures.loc[departures["line"] != "", ["stop", "line"]].drop_duplicates().sort_values(["stop", "line"])
    summary = pd.DataFrame(
        {
            "connections": count,
            "every_min": router.departures.window_min / count,
            "fastest_min": by_stop["seconds"].min() / 60,
            "direct_lines": direct.groupby("stop")["line"].agg(", ".join).reindex(count.index, fill_value=""),
            "first": _clocks(timetable, by_stop["leaves_s"].min()),
            "last": _clocks(timetable, by_stop["leaves_s"].max()),
        }
    )
    return timetable.stops[["stop_id", "name", "lon", "lat"]].join(summary, how="inner")


def _clocks(timetable: DayTimetable, seconds: pd.Series) -> pd.Series:
    return pd.Series([timetable.clock(second) for second in seconds], index=seconds.index, dtype=object)


def lines_to(router: TransitRouter, hub: Points | Places) -> pd.DataFrame:
    """The lines that go to the hub without a transfer, and how often within the window.

    Parameters
    ----------
    router
        Of the window.
    hub
        One point or several; connections are to the nearest.

    Returns
    -------
    DataFrame
        A row a line, oftenest first: ``line`` (name), ``connections`` at the stop that has most of the line's,
        ``every_min`` (window over connections).
    """
    departures = _at_stops(router, hub)
    at_stops = departures[departures["line"] != ""].groupby(["line", "stop"]).size()
    count = at_stops.groupby("line").max().rename("connections").reset_index()
    count["every_min"] = router.departures.window_min / count["connections"]
    return count.sort_values(["every_min", "line"], ignore_index=True)


def _at_stops(router: TransitRouter, hub: Points | Places) -> pd.DataFrame:
    """The connections of the window: row of the ``stop``, ``leaves_s``, ``seconds``, ``line`` if it is direct."""
    search, timetable, departures = router.search, router.timetable, router.departures
    sweep, prepared = search.sweep(router.snap(hub, "hub"), "to", None), search.prepared
    boardings = sweep.boardings
    leaves_s = boardings.time_s + prepared.start_s
    arrives_s = boardings.value // TIME + prepared.start_s
    good = (
        (leaves_s >= departures.start_s) & (leaves_s < departures.end_s)
        & (arrives_s - leaves_s <= router.limits.trip_s) & (boardings.value % RIDE <= router.limits.walk_s)
    )  # fmt: skip
    stop = np.repeat(np.arange(prepared.stops), np.diff(boardings.first))
    good &= stop < len(timetable.stops)
    direct = (boardings.value % TIME) >> WALK_BITS == 1
    trip = timetable.calls.trip[prepared.call[sweep.swept.board[boardings.step]]]
    line = timetable.lines["name"].to_numpy()[timetable.trips["line"].to_numpy()[trip]]
    table = pd.DataFrame(
        {
            "stop": stop,
            "leaves_s": leaves_s,
            "seconds": arrives_s - leaves_s,
            "line": np.where(direct, line, ""),
        }
    )
    return table[good]


def connections(router: TransitRouter, origins: Points | Places, hub: Points | Places) -> pd.DataFrame:
    """How often each origin has a connection to the hub within the window.

    Parameters
    ----------
    router
        Of the window.
    origins
        The places.
    hub
        One point or several; connections are to the nearest.

    Returns
    -------
    DataFrame
        A row an origin: ``connections`` (different best trips of the window's departures), ``every_min``
        (window over connections, ``inf`` without one), ``longest_gap_min`` (longest time within the window in
        which nobody sets out), ``first`` and ``last`` (seconds of the timetable at which they set out, -1
        without one) and ``on_foot`` (walking all the way is as fast for every departure, so none is needed).
    """
    places, at_hub = router.snap(origins, "origins"), router.snap(hub, "hub")
    best = router.search.best(places.legs_to, router.access.direct_s(places, at_hub).min(axis=1), at_hub, "to")
    prepared, departures = router.search.prepared, router.departures
    end_s = departures.end_s
    rides = (best.step != NONE) & (best.seconds < best.direct_s[:, None])
    step = best.step[rides]
    walked_s = best.value[rides] % RIDE - best.swept.value[step] % RIDE
    boards_s = prepared.to.events.time_s[best.swept.board[step]] + prepared.start_s
    leaves_s = np.full(rides.shape, end_s, np.int64)
    leaves_s[rides] = boards_s - router.limits.boarding_slack_s - walked_s
    sets_out_s = np.sort(np.minimum(leaves_s, end_s), axis=1)
    bounded_s = np.pad(sets_out_s, ((0, 0), (1, 1)), constant_values=((0, 0), (departures.start_s, end_s)))
    gaps_s = np.diff(bounded_s, axis=1)
    different = np.c_[np.ones(len(sets_out_s), bool), gaps_s[:, 1:-1] > 0] & (sets_out_s < end_s)
    count = different.sum(axis=1)
    with np.errstate(divide="ignore"):
        every_min = router.departures.window_min / count
    return pd.DataFrame(
        {
            "connections": count,
            "every_min": every_min,
            "longest_gap_min": gaps_s.max(axis=1) / 60,
            "first": np.where(count > 0, sets_out_s[:, 0], -1),
            "last": np.where(sets_out_s < end_s, sets_out_s, -1).max(axis=1),
            "on_foot": ~rides.any(axis=1) & np.isfinite(best.direct_s),
        }
    )


def residents_connected(
    table: pd.DataFrame, residents: ArrayLike, every_min: Sequence[float] = (10.0, 20.0, 30.0)
) -> dict[str, int]:
    """Residents whose origin has a connection at least so often on the mean, and those who walk.

    Parameters
    ----------
    table
        What :func:`connections` says of the origins.
    residents
        At each of them.
    every_min
        Minutes between connections.

    Returns
    -------
    dict
        ``"10"`` → residents with a connection every 10 minutes or oftener …, ``"on_foot"`` → residents for
        whom walking is as fast whenever they leave, who are in none of the others.
    """
    count = np.asarray(residents)
    within = {f"{limit:g}": int(count[table["every_min"].to_numpy() <= limit].sum()) for limit in every_min}
    return {**within, "on_foot": int(count[table["on_foot"].to_numpy()].sum())}

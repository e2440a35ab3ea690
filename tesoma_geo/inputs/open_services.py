"""Services that are open when one gets there: ``[services] open_at = "window"``.

A trip begins at some time of the departure window, any alike, and ends so many seconds later. A service counts for
trips of a length at whose end it is open for half of these departures or more: as a median over the window says of
minutes.
Hours that nobody told, or that cannot be read, leave a service open; both are counted.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo._arrays import Float64
from tesoma_geo.countries import country_of
from tesoma_geo.errors import Doubt
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace import Workspace

#: Hours are looked at for trips up to so long; longer ones are taken for the longest.
LONGEST_S = 4 * 3600.0
UNTOLD = "nobody told them, so the service counts as open"
UNREAD = "they could not be read, so the service counts as open"
CLOSED = "closed at the end of every trip"
_Spans = tuple[tuple[float, float], ...]


class ServiceGroup(NamedTuple):
    """Services of one kind that are open for the same trips.

    Attributes
    ----------
    kind
        Of all of them.
    open_from_s, open_until_s
        Seconds of the shortest and of the longest trip that they are open for.
    """

    kind: str
    open_from_s: float
    open_until_s: float


def with_open_trips(
    services: gpd.GeoDataFrame, workspace: Workspace
) -> tuple[gpd.GeoDataFrame, tuple[LeftOut, ...], tuple[Doubt, ...]]:
    """Services with the trips that each is open for, if the workspace asks for it.

    Parameters
    ----------
    services
        ``tables.SERVICES``, with ``opening_hours``.
    workspace
        Its ``[services] open_at``, and the day and window of its timetable.

    Returns
    -------
    services : GeoDataFrame
        With ``open_from_s`` and ``open_until_s``: ``inf`` and 0 where it is never open. Of one that opens twice the
        first time counts. 0 and ``inf`` for all where the workspace does not ask.
    left_out : tuple of LeftOut
        Services that count for no trip, and hours that nobody told or that cannot be read.
    doubts : tuple of Doubt
        Kinds of which nothing is open, and the share of services whose hours are unknown.
    """
    section = workspace.transit
    if workspace.services.open_at is None or section is None or services.empty:
        return services.assign(open_from_s=0.0, open_until_s=np.inf), (), ()
    begin, end = (_seconds(clock) for clock in section.window)
    place = services.geometry.iloc[[0]].to_crs("EPSG:4326").iloc[0]
    country = workspace.district.country or country_of(str(services.crs), place.x, place.y) or None
    start = dt.datetime.combine(section.date, dt.time()) + dt.timedelta(seconds=begin)
    texts = services.get("opening_hours")
    hours = [None] * len(services) if texts is None else [None if pd.isna(one) else one for one in texts]
    spans = [None if text is None else _open_spans(str(text).strip(), start, country) for text in hours]
    trips = [(0.0, np.inf) if one is None else open_trips(one, end - begin) for one in spans]
    timed = services.assign(open_from_s=[one for one, _ in trips], open_until_s=[one for _, one in trips])
    names = services["name"].fillna("").astype(str)
    labels = names.where(names != "", services["service_id"]).to_numpy(object)
    untold = np.array([text is None for text in hours], bool)
    unread = np.array([text is not None and one is None for text, one in zip(hours, spans, strict=True)], bool)
    closed = np.isinf(timed["open_from_s"].to_numpy(float))
    left_out = tuple(
        LeftOut(what, reason, int(rows.sum()), tuple(map(str, labels[rows][:3])))
        for what, reason, rows in (
            ("opening hours", UNTOLD, untold), ("opening hours", UNREAD, unread), ("services", CLOSED, closed),
        ) if rows.any()
    )  # fmt: skip
    window = f"{section.window[0]}–{section.window[1]} on {section.date}"
    return timed, left_out, tuple(_doubts(services["kind"].to_numpy(object), untold | unread, closed, window))


def open_trips(spans: Sequence[tuple[float, float]], window_s: float) -> tuple[float, float]:
    """The trips at whose end a place is open for half of the departures or more.

    Parameters
    ----------
    spans
        When it opens and closes, seconds from the begin of the window, in order.
    window_s
        How long people leave for.

    Returns
    -------
    tuple of float
        Seconds of the shortest and of the longest trip; (``inf``, 0) for none. The first of several stretches counts.
    """
    at = np.array([bound - away for span in spans for bound in span for away in (0.0, window_s)])
    knots = np.unique(np.clip(np.concatenate([[0.0, LONGEST_S], at]), 0.0, LONGEST_S))
    opens, closes = np.array(spans, float).reshape(-1, 2).T[:, None]
    open_s = np.clip(np.minimum(closes, knots[:, None] + window_s) - np.maximum(opens, knots[:, None]), 0.0, None)
    over_s = open_s.sum(axis=1) - window_s / 2.0  # between the knots a straight line
    enough = over_s >= 0.0
    if not enough.any():
        return np.inf, 0.0
    first = int(np.argmax(enough))
    ended = np.flatnonzero(~enough[first:])
    begin_s = 0.0 if first == 0 else _zero(knots, over_s, first - 1)
    return begin_s, np.inf if not len(ended) else _zero(knots, over_s, first + int(ended[0]) - 1)


def while_open(seconds: NDArray[np.floating[Any]], services: gpd.GeoDataFrame) -> NDArray[np.floating[Any]]:
    """Seconds to services, ``inf`` where the service is closed at the end of the trip.

    Parameters
    ----------
    seconds
        Shape (…, services).
    services
        ``tables.SERVICES``.

    Returns
    -------
    array of the same shape
        The same array where no service has hours that count.
    """
    if "open_from_s" not in services:
        return seconds
    from_s, until_s = _trips_of(services)
    if not from_s.any() and np.isinf(until_s).all():
        return seconds
    closed = (seconds < from_s) | (seconds > until_s)
    return np.where(closed, np.inf, seconds).astype(seconds.dtype)


def service_groups(services: gpd.GeoDataFrame) -> dict[ServiceGroup, NDArray[np.intp]]:
    """Which services are of one kind and open for the same trips.

    Parameters
    ----------
    services
        ``tables.SERVICES``.

    Returns
    -------
    dict
        Group → numbers of its rows; in the order of the kinds' names.
    """
    if "open_from_s" in services:
        from_s, until_s = _trips_of(services)
    else:
        from_s, until_s = np.zeros(len(services)), np.full(len(services), np.inf)
    of = [
        ServiceGroup(str(kind), float(begin), float(end))
        for kind, begin, end in zip(services["kind"], from_s, until_s, strict=True)
    ]
    return {group: np.flatnonzero([one == group for one in of]) for group in sorted(set(of))}


def nearest_open(to_group_s: Mapping[ServiceGroup, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """Seconds to the nearest service of each kind that is open at the end of the trip.

    Parameters
    ----------
    to_group_s
        Group → seconds to the nearest of its services, of one shape.

    Returns
    -------
    dict
        Kind → the least seconds; ``inf`` where none is open.
    """
    nearest: dict[str, NDArray[np.float32]] = {}
    for group, seconds in to_group_s.items():
        closed = (seconds < group.open_from_s) | (seconds > group.open_until_s)
        counted = np.where(closed, np.float32(np.inf), seconds)
        nearest[group.kind] = np.minimum(nearest[group.kind], counted) if group.kind in nearest else counted
    return nearest


def _trips_of(services: gpd.GeoDataFrame) -> tuple[Float64, Float64]:
    """A service that a plan adds has no hours: it is open."""
    return services["open_from_s"].fillna(0.0).to_numpy(float), services["open_until_s"].fillna(np.inf).to_numpy(float)


def _zero(knots: Float64, over_s: Float64, left: int) -> float:
    """Where a straight line between two knots is 0."""
    share = over_s[left] / (over_s[left] - over_s[left + 1])
    return float(knots[left] + share * (knots[left + 1] - knots[left]))


def _seconds(clock: str) -> int:
    hours, minutes = clock.split(":")[:2]
    return int(hours) * 3600 + int(minutes) * 60


@cache
def _open_spans(text: str, start: dt.datetime, country: str | None) -> _Spans | None:
    """When hours open and close, in seconds from a moment; None for what is none. What may be open is open."""
    import opening_hours

    if not opening_hours.validate(text):
        return None
    end = start + dt.timedelta(days=2)  # a window and a trip are shorter
    try:
        hours = opening_hours.OpeningHours(text, country=country)
    except Exception as error:
        if type(error).__name__ != "UnknownCountryError":  # the library's types do not name it
            raise
        hours = opening_hours.OpeningHours(text)
    spans: list[tuple[float, float]] = []
    for begin, until, state, _ in hours.intervals(start, end):
        if state != opening_hours.State.CLOSED:
            span = (begin - start).total_seconds(), (min(until or end, end) - start).total_seconds()
            spans = [*spans[:-1], (spans[-1][0], span[1])] if spans and spans[-1][1] == span[0] else [*spans, span]
    return tuple(spans)


def _doubts(
    kinds: NDArray[np.object_], unknown: NDArray[np.bool_], closed: NDArray[np.bool_], window: str
) -> list[Doubt]:
    doubts, many = list[Doubt](), list[str]()
    for kind in sorted(set(kinds.tolist())):
        rows = kinds == kind
        n, n_unknown = int(rows.sum()), int(unknown[rows].sum())
        many += [f"{kind} {n_unknown} of {n}"] if n_unknown else []
        if closed[rows].all():
            problem = f"none of {n} is open at the end of a trip begun at {window}"
            doubts.append(Doubt(f"services.{kind}", problem, "Widen transit.window, or leave open_at out", str(n)))
    if many:
        without_hours = int(unknown.sum())
        problem = f"{without_hours / len(kinds):.0%} of the services have no hours that can be read ({', '.join(many)})"
        remedy = "These count as open at all hours: add their hours, or read the figures so"
        doubts.append(Doubt("services.open_at", problem, remedy, str(without_hours)))
    return doubts

"""Why a place reaches the hub by timetable as it does: the minutes over a straight-line walk, in parts that add up.

The rule: the trip explained is the one behind the median travel time, of the first departure of the window
that takes as long. Its walks to the first stop and from the last are split as those of streets are, see
:mod:`tesoma_geo.analysis.explain_streets`, barrier after barrier in the same order, between the same stops. Against the
straight line on foot stand the seconds aboard and the straight lines of these walks: that part, ``riding``, is
below 0 where riding is faster than walking. Waiting before the first ride and all that passes between
vehicles are parts of their own. Then winter is switched on, then residents' barriers, and travellers take the
best trip each time: these parts are what the median grows by. Who walks all the way at that departure has
the parts of the streets.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.analysis.explain_streets import (
    PARTS,
    Array,
    Explanation,
    as_table,
    differences,
    stages,
    straight_line,
    with_profile,
)
from tesoma_geo.analysis.largest_delays import route_between, worst_place
from tesoma_geo.crs import WGS84, to_metric
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.seasons import TAG as WINTER
from tesoma_geo.network.streets.snap import Points, metric_points
from tesoma_geo.network.transit import TransitRouter
from tesoma_geo.network.transit.itineraries import Itinerary
from tesoma_geo.network.transit.last_way_home import LastWayHome, last_way_home
from tesoma_geo.network.transit.median_trip import MedianTrips, median_trips
from tesoma_geo.network.transit.missed_changes import MissedChange, missed_changes, whole_day
from tesoma_geo.network.transit.places import Places

#: The parts that only a timetable has, and what each means.
TIMETABLE_PARTS = {
    "riding": "aboard, against the part of the straight line that is not walked; below 0 where that is faster",
    "waiting": "before the first ride, from the departure asked for; with the seconds by which walks are rounded up",
    "transfers": "between vehicles, waiting and walking",
}

#: The parts in their order: those of the mapped trip, then what the season and residents' barriers add.
LAST = ("winter", "barriers")
TRANSIT_PARTS = {
    "straight": PARTS["straight"],
    "riding": TIMETABLE_PARTS["riding"],
    **{part: meaning for part, meaning in PARTS.items() if part not in ("straight", *LAST)},
    "waiting": TIMETABLE_PARTS["waiting"],
    "transfers": TIMETABLE_PARTS["transfers"],
    **{part: PARTS[part] for part in LAST},
}


@dataclass(frozen=True, eq=False)
class TransitExplanation(Explanation):
    """Why one place reaches the hub as it does by public transport.

    ``parts_s`` are by part of ``TRANSIT_PARTS``; ``worst_place`` is the wait, the change (``kind`` is
    ``"waiting"`` or ``"transfer"``, ``name`` the stop's) or the place of a walk that loses most; ``lines`` are
    the trip's legs (``kind`` ``"walk"`` or ``"ride"``) and the straight line.

    Attributes
    ----------
    itinerary
        The trip behind the median; None where there is no way.
    missed_changes
        What it costs to miss the next vehicle at each of its changes.
    last_way_home
        The last trip from the hub to the place; None where no vehicle is worth taking.
    """

    itinerary: Itinerary | None
    missed_changes: tuple[MissedChange, ...]
    last_way_home: LastWayHome | None


def explained_transit(
    router: TransitRouter,
    origins: Points,
    hub: Points,
    barriers: Edits | None = None,
    *,
    at: tuple[Places, Places] | None = None,
) -> pd.DataFrame:
    """Explain the trips of the median from every origin to the hub.

    Parameters
    ----------
    router
        A timetable with walking; on streets in winter for that part.
    origins, hub, barriers
        As for :func:`~tesoma_geo.analysis.explain_streets.explained`.
    at
        Origins and entrances with their ways to the stops, as the router snaps them, if that is known.

    Returns
    -------
    A row an origin: ``<part>_s`` for each of ``TRANSIT_PARTS``, ``total_s``, ``largest``. Where there is no way,
    the part of the streets that closes it is ``inf`` and those after it are 0.

    Raises
    ------
    InputError
        The first stop is not walked to, or the router is asked for deadlines.
    """
    if router.street is not router.walk:
        raise InputError(f"the first stop is reached by {router.street.profile.name}", "Explain trips that walk there")
    mapped, snowy, lived = _cases(router, barriers)
    known = at if mapped is router else None
    at_origins, at_hub = known or (mapped.snap(origins), mapped.snap(hub))
    trips = median_trips(mapped, at_origins, at_hub)
    parts = _mapped_parts(mapped, _straight(mapped, origins, hub, trips), at_origins, at_hub, trips)
    reached, last_s = {"mapped": trips.seconds}, trips.seconds
    for part, case, before in zip(LAST, (snowy, lived), (mapped, snowy), strict=True):
        if case is not before:
            last_s = median_trips(case, case.snap(origins), case.snap(hub)).seconds
        reached[part] = last_s
    added = differences(reached)
    return as_table(parts | {part: added[part] for part in LAST}, reached["barriers"])


def explain_transit(
    router: TransitRouter, place: Points, hub: Points, barriers: Edits | None = None
) -> TransitExplanation:
    """Explain the trip of the median from one place to the hub, with its legs beside the straight line.

    Parameters
    ----------
    router, hub, barriers
        As for :func:`explained_transit`.
    place
        One point: a GeoDataFrame, or a longitude and a latitude of shape (1, 2).

    Returns
    -------
    TransitExplanation
        Seconds by part, and the legs in the network's CRS.

    Raises
    ------
    InputError
        More than one place.
    """
    crs = router.walk.network.crs
    _, ends, straight = straight_line(place, hub, crs)
    row = explained_transit(router, place, hub, barriers).iloc[0]
    *_, real = _cases(router, barriers)
    at_place, at_hub = real.snap(place), real.snap(hub)
    trip = median_trips(real, at_place, at_hub)
    itinerary = _itinerary(real, at_place, ends, trip)
    drawn = [leg for leg in (itinerary.legs if itinerary else ()) if leg.geometry is not None]
    lines = gpd.GeoSeries([leg.geometry for leg in drawn], crs=WGS84).to_crs(crs)
    whole = whole_day(real) if len(real.timetable.calls.trip) else real
    return TransitExplanation(
        parts_s={part: float(row[f"{part}_s"]) for part in TRANSIT_PARTS},
        total_s=float(row["total_s"]),
        largest=str(row["largest"]),
        worst_place=_worst_place(real, at_place, at_hub, trip, itinerary),
        lines=gpd.GeoDataFrame(
            {"kind": [*(leg.kind for leg in drawn), "straight"]}, geometry=[*lines, straight], crs=crs
        ),
        itinerary=itinerary,
        missed_changes=missed_changes(whole, itinerary, at_hub, int(trip.draw[0])) if itinerary else (),
        last_way_home=last_way_home(whole, at_hub, at_place),
    )


def _cases(router: TransitRouter, barriers: Edits | None) -> tuple[TransitRouter, TransitRouter, TransitRouter]:
    """The router without winter, with it, and with barriers too; where nothing changes it is the one before."""
    walk = router.walk
    mapped = router
    if WINTER in walk.profile.factors:
        factors = {tag: factor for tag, factor in walk.profile.factors.items() if tag != WINTER}
        mapped = on_streets(router, with_profile(walk, walk.profile.model_copy(update={"factors": factors})))
    lived = router if barriers is None else on_streets(router, walk.with_edits(barriers))
    return mapped, router, lived


def on_streets(router: TransitRouter, walk: StreetSearch) -> TransitRouter:
    """The same timetable with other streets to walk on.

    Parameters
    ----------
    router
        The timetable.
    walk
        The streets to walk on.

    Returns
    -------
    TransitRouter
        For the same departures.
    """
    return replace(router, walk=walk, street=walk)


def _mapped_parts(
    router: TransitRouter, straight: tuple[Array, Array], at_origins: Places, at_hub: Places, trips: MedianTrips
) -> dict[str, Array]:
    """The parts of the trips of the median, without winter, in their order."""
    straight_s, walked_straight_s = straight
    walked = {"straight": walked_straight_s}
    for part, stage in stages(router.walk):
        if part not in LAST:
            walked[part] = _walked(router, stage, at_origins, at_hub, trips)
    rounded_up_s = trips.access_s + trips.egress_s - walked["parking"]
    parts = differences(walked) | {
        "straight": straight_s,
        "riding": trips.riding_s + walked_straight_s - straight_s,
        "waiting": np.where(trips.rides, trips.wait_s + rounded_up_s, 0.0),
        "transfers": trips.transfer_s,
    }
    return {part: parts[part] for part in TRANSIT_PARTS if part not in LAST}


def _straight(router: TransitRouter, origins: Points, hub: Points, trips: MedianTrips) -> tuple[Array, Array]:
    """Seconds on foot along the straight line to the hub, and along those of the walks to and from the stops."""
    crs = router.walk.network.crs
    stops = router.timetable.stops
    start, end = metric_points(origins, crs), metric_points(hub, crs)
    at = np.column_stack(to_metric(stops["lon"].to_numpy(), stops["lat"].to_numpy(), crs))
    to_hub_m = _nearest_m(start, end)
    walked_m = np.hypot(*(start - at[trips.boards]).T) + _nearest_m(at[trips.alights], end)
    speed_ms = router.walk.profile.speed_kmh / 3.6
    return to_hub_m / speed_ms, np.where(trips.rides, walked_m, to_hub_m) / speed_ms


def _nearest_m(start: Array, end: Array) -> Array:
    metres: Array = np.hypot(*(start[:, None] - end).transpose(2, 0, 1)).min(axis=1)
    return metres


def _walked(
    router: TransitRouter, stage: StreetSearch, at_origins: Places, at_hub: Places, trips: MedianTrips
) -> Array:
    """Seconds of the walks on the streets of a stage: to and from the stops, or all the way."""
    rows = np.flatnonzero(trips.rides)
    seconds: Array = stage.times_between(at_origins.walk, at_hub.walk).min(axis=1).astype(np.float64)
    stops, column = np.unique(np.r_[trips.boards[rows], trips.alights[rows]], return_inverse=True)
    boards, alights = column[: len(rows)], column[len(rows) :]
    at_stops = router.access.stops.take(stops)
    to_stops = stage.times_between(at_origins.walk.take(rows), at_stops)
    from_stops = stage.times_between(at_stops, at_hub.walk).min(axis=1)
    seconds[rows] = to_stops[np.arange(len(rows)), boards].astype(np.float64) + from_stops[alights]
    return seconds


def _itinerary(router: TransitRouter, at_place: Places, ends: Array, trip: MedianTrips) -> Itinerary | None:
    """The legs of the trip, to the entrance that it goes to."""
    if not np.isfinite(trip.seconds[0]):
        return None
    clock = router.timetable.clock(int(router.asked_s[trip.slot[0]]))
    entrances = gpd.GeoSeries(shapely.points(ends), crs=router.walk.network.crs).to_frame("geometry")
    itineraries = [
        itinerary
        for row in range(len(ends))
        for itinerary in router.itineraries(at_place, entrances.iloc[[row]], clock, int(trip.draw[0]))
    ]
    return min(itineraries, key=lambda itinerary: abs(itinerary.seconds - trip.seconds[0]))


def _worst_place(
    router: TransitRouter, at_place: Places, at_hub: Places, trip: MedianTrips, itinerary: Itinerary | None
) -> dict[str, Any]:
    """The wait, the change or the place of a walk that loses most seconds; empty where nothing is lost."""
    if itinerary is None:
        return {}
    walk, at_stops = router.walk, router.access.stops
    places: list[dict[str, Any]] = []
    if trip.rides[0]:
        boards, alights = at_stops.take(trip.boards), at_stops.take(trip.alights)
        walks = [(at_place.walk, boards), (alights, at_hub.walk)]
        places += _stops_where_time_is_lost(router, trip, itinerary)
    else:
        walks = [(at_place.walk, at_hub.walk)]
    for begin, end in walks:
        entrance = int(walk.times_between(begin, end)[0].argmin())
        places.append(worst_place(walk, *route_between(walk, begin, end, entrance)))
    return max(places, key=lambda place: float(place.get("delay_s", 0.0)))


def _stops_where_time_is_lost(router: TransitRouter, trip: MedianTrips, itinerary: Itinerary) -> list[dict[str, Any]]:
    """The wait for the first ride and every change, each at the stop where it ends."""
    rides = [leg for leg in itinerary.legs if leg.kind == "ride"]
    lost = [("waiting", float(trip.wait_s[0]), rides[0])]
    lost += [
        ("transfer", float(later.starts_s - leg.ends_s), later) for leg, later in pairwise(rides) if not later.stays
    ]
    stops = router.timetable.stops
    places = []
    for kind, delay_s, leg in lost:
        if leg.stops is not None:
            stop = stops.iloc[leg.boards_at]
            at = {"lon": float(stop["lon"]), "lat": float(stop["lat"])}
            places.append({"kind": kind, "name": leg.from_stop, "delay_s": delay_s, **at})
    return places

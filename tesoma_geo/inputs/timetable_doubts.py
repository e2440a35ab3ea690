"""Whether a timetable suits a workspace: the window, the hub and the streets that it is used with."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.crs import to_metric
from tesoma_geo.errors import TesomaError
from tesoma_geo.inputs.plausibility.letters import misread_doubts
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit.lifts import closed_stops
from tesoma_geo.network.transit.service import hours, leaving
from tesoma_geo.network.transit.timetable import DayTimetable
from tesoma_geo.workspace import Workspace

#: Stops lie on streets: in Tampere 1 of 100 lies farther than this from one. Of stops that are shifted by 100 m
#: or more, a third or more do.
FAR_M, FAR_SHARE = 20.0, 0.2

#: Fewer stops than these are too few to tell a shift by.
FEW_STOPS = 5

#: A bus on a motorway; of rides between stops a few may be faster where times are wrong.
BUS, FASTEST_BUS_KMH, FAST_SHARE = 3, 110.0, 0.01

#: Trips of a line that run at the same minutes: relief vehicles are a few of a hundred.
DOUBLE_SHARE = 0.1

#: Stops that are named of those closed to wheelchairs.
SHOWN_STOPS = 10

#: Farther than this from the hub's entrances nobody walks from a stop: 20 minutes at 5 km/h.
WALK_M = 1670.0


def timetable_doubts(
    timetable: DayTimetable,
    workspace: Workspace,
    study_area: shapely.Geometry,
    network: StreetNetwork | None,
    hub: gpd.GeoDataFrame | None,
) -> Iterator[tuple[str, str]]:
    """What makes public transport no better than walking, or the stops of a feed look misplaced.

    Parameters
    ----------
    timetable
        What runs.
    workspace
        With the departure window.
    study_area
        As far as routes may go, in the workspace's CRS.
    network, hub
        The streets and the hub's entrances; None where they could not be read.

    Yields
    ------
    tuple of str
        Problem and remedy.
    """
    yield from _of_hours(timetable, workspace)
    yield from _of_lifts(timetable)
    crs = workspace.district.crs
    stops = timetable.stops[timetable.served]
    if stops.empty:
        return
    at = shapely.points(*to_metric(stops["lon"].to_numpy(float), stops["lat"].to_numpy(float), crs))
    if len(stops) >= 3 and len(stops[["lon", "lat"]].drop_duplicates()) == 1:
        yield f"all {len(stops)} stops lie at one spot", "Look at stop_lat and stop_lon in stops.txt"
    for doubt in misread_doubts("transit.gtfs", stops.get("name", ())):
        yield doubt.problem, doubt.remedy
    yield from _of_trips(timetable, crs)
    within = np.asarray(shapely.contains(study_area, at))
    if not within.any():
        yield _elsewhere(timetable, stops["lon"].to_numpy(float), stops["lat"].to_numpy(float), study_area, crs)
        return
    if network is not None and within.sum() >= FEW_STOPS:
        yield from _off_the_streets(at[within], network)
    if hub is not None:
        near = np.zeros(len(timetable.stops), bool)
        near[np.flatnonzero(timetable.served)] = shapely.distance(at, hub.geometry.union_all()) <= WALK_M
        calls = timetable.calls
        if not (near[calls.stop] & calls.alights & ~timetable.is_first).any():
            yield (
                f"nobody may alight at a stop within {WALK_M:.0f} m of the hub: all the way to it is walked",
                "Compare hub.entrances and stops.txt with a map",
            )


def lift_notes(timetable: DayTimetable) -> Iterator[str]:
    """What lifts out of order close in a wheelchair.

    Parameters
    ----------
    timetable
        What runs.

    Yields
    ------
    str
        One of the lifts, one of the stops; nothing where all lifts work.
    """
    if timetable.lifts is None:
        return
    named = zip(timetable.lifts.ids, timetable.lifts.names, strict=True)
    yield f"lifts out of order: {', '.join(f'{one} ({name})' if name else one for one, name in named)}"
    closed = timetable.stops[closed_stops(timetable) & timetable.served]
    if len(closed):
        stops = [f"{stop} ({name})" if name else stop for stop, name in closed[["stop_id", "name"]].to_numpy()]
        more = f" and {len(stops) - SHOWN_STOPS} more" if len(stops) > SHOWN_STOPS else ""
        yield f"in a wheelchair no way leads there any more: {', '.join(stops[:SHOWN_STOPS])}{more}"


def _of_lifts(timetable: DayTimetable) -> Iterator[tuple[str, str]]:
    """Lifts out of order that change nothing."""
    lifts = timetable.lifts
    if lifts is None:
        return
    working = timetable.with_working_lifts()
    same = (timetable.stops["wheelchair"] == working.stops["wheelchair"]).all() and all(
        getattr(timetable, name).equals(getattr(working, name)) for name in ("pathways", "entrances")
    )
    if same:
        problem = f"lifts out of order change no way: {', '.join(lifts.ids)}"
        yield problem, "Another way is as short, or their stops are in none of the trips: look at lifts_out_of_order"
    untold = float((timetable.trips["wheelchair"] == 0).mean())
    if untold > 0:
        problem = (
            f"lifts are out of order: of {untold:.0%} of the trips the feed does not say whether a wheelchair may board"
        )
        yield problem, "In a wheelchair nobody boards these in any case: look at wheelchair_accessible in trips.txt"


def _of_hours(timetable: DayTimetable, workspace: Workspace) -> Iterator[tuple[str, str]]:
    section = workspace.transit
    if section is None:
        return
    window = f"{section.window[0]}–{section.window[1]} on {timetable.date}"
    walked = "public transport is walking there"
    try:
        covered = "–".join(timetable.clock(second)[:5] for second in hours(timetable))
    except TesomaError:
        yield f"no vehicle runs on {timetable.date}: {walked}", "Name another transit.date"
        return
    start_s, end_s = (timetable.seconds(clock) for clock in section.window)
    calls = timetable.calls
    under_way = (calls.departure_s >= start_s) & (calls.departure_s < end_s) & ~timetable.is_last
    if not under_way.any():
        problem = (
            f"no vehicle leaves a stop at {window}: {walked}, but for a ride waited for; vehicles run at {covered}"
        )
        yield problem, "Name other hours in transit.window"
    elif not leaving(timetable, start_s, end_s).any():
        yield f"nobody may board a vehicle at {window}: {walked}", "Look at pickup_type in stop_times.txt"
    elif not (calls.alights & ~timetable.is_first & (calls.arrival_s >= start_s)).any():
        problem = f"nobody may alight from a vehicle from {section.window[0]} on {timetable.date} on: {walked}"
        yield problem, "Look at drop_off_type in stop_times.txt"


def _of_trips(timetable: DayTimetable, crs: str) -> Iterator[tuple[str, str]]:
    """Trips that are there twice, and vehicles that are faster than any."""
    calls, n_trips = timetable.calls, len(timetable.trips)
    line = timetable.trips["line"].to_numpy()
    stop_times = pd.DataFrame({"trip": calls.trip, "stop": calls.stop, "at": calls.departure_s})
    keys = pd.util.hash_pandas_object(stop_times[["stop", "at"]], index=False).groupby(stop_times["trip"]).agg(tuple)
    alike = pd.DataFrame({"line": line[keys.index.to_numpy()], "calls": keys.to_numpy()}).duplicated().sum()
    if alike > DOUBLE_SHARE * n_trips:
        problem = f"{alike} of {n_trips} trips run at the same minutes as another of their line"
        yield problem, "Is a feed or a service in it twice? Leave one out"
    x, y = to_metric(timetable.stops["lon"].to_numpy(float), timetable.stops["lat"].to_numpy(float), crs)
    rides = (calls.trip[1:] == calls.trip[:-1]) & (timetable.lines["type"].to_numpy()[line[calls.trip[1:]]] == BUS)
    far_m = np.hypot(np.diff(x[calls.stop]), np.diff(y[calls.stop]))
    took_s = np.maximum(calls.arrival_s[1:] - calls.departure_s[:-1], 60)  # times are rounded to minutes
    fast = rides & (far_m / took_s * 3.6 > FASTEST_BUS_KMH)
    if rides.any() and fast.sum() > FAST_SHARE * rides.sum():
        problem = (
            f"{fast.sum()} of {rides.sum()} bus rides from stop to stop are faster than {FASTEST_BUS_KMH:.0f} km/h"
        )
        yield problem, "Are stops misplaced, or the times of another day's hours?"


def _elsewhere(
    timetable: DayTimetable, lon: NDArray[np.float64], lat: NDArray[np.float64], study_area: shapely.Geometry, crs: str
) -> tuple[str, str]:
    no_stop = f"none of its {timetable.served.sum()} stops lies in the study area: public transport is walking there"
    possible = np.abs(lon) <= 90
    swapped = shapely.points(*to_metric(lat[possible], lon[possible], crs))
    there = int(np.count_nonzero(shapely.contains(study_area, swapped)))
    if there:
        problem = f"{no_stop}; with stop_lat and stop_lon exchanged {there} do"
        return problem, "They look swapped in stops.txt: swap them back"
    return no_stop, "Is it the feed of another place, or are its stops misplaced? Compare stops.txt with a map"


def _off_the_streets(at: NDArray[np.object_], network: StreetNetwork) -> Iterator[tuple[str, str]]:
    streets = shapely.STRtree(shapely.linestrings(_segments(network)))
    near = np.unique(streets.query(at, predicate="dwithin", distance=FAR_M)[0])
    far = 1 - len(near) / len(at)
    if far >= FAR_SHARE:
        yield (
            f"{far:.0%} of the {len(at)} stops in the study area lie more than {FAR_M:.0f} m from a street: "
            "they look shifted",
            "Compare stops.txt with a map",
        )


def _segments(network: StreetNetwork) -> NDArray[np.float64]:
    xy = np.column_stack([network.x, network.y])
    return np.stack([xy[network.tail], xy[network.head]], axis=1)

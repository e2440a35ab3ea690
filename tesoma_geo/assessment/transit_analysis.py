"""What only a timetable can tell of the hub: how often there is a connection, how the day goes, and why."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from tesoma_geo.analysis.explain_transit import explained_transit
from tesoma_geo.analysis.trip_legs import trip_legs
from tesoma_geo.assessment.lift_effects import LiftEffects, lift_effects
from tesoma_geo.crs import WGS84
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.profiles import profiles_with
from tesoma_geo.network.transit import TransitRouter, transit_router
from tesoma_geo.network.transit.last_way_home import last_departures_home
from tesoma_geo.network.transit.line_headways import line_headways, residents_along
from tesoma_geo.network.transit.median_trip import MedianTrips, fares, median_trips
from tesoma_geo.network.transit.places import Places
from tesoma_geo.network.transit.ridden_lines import ridden_stops
from tesoma_geo.network.transit.service import (
    all_day,
    connections,
    covers_day,
    early_enough,
    leaving,
    lines_to,
    residents_connected,
    stop_connections,
)
from tesoma_geo.network.transit.timetable import DayTimetable
from tesoma_geo.network.transit.trips import Trips, percentiles_of

#: The profile that walks to, between and from the stops.
WALKING = "walk"
#: Minutes between the departures that are told of the whole day.
DAY_STEP_MIN = 15
#: Minutes on foot to a stop within which a line serves those who live there.
LINE_WALK_MIN = 10.0
#: Minutes between those that the first and the last connection are found among.
SEARCH_STEP_MIN = 1


@dataclass(frozen=True, eq=False)
class TransitAnalysis:
    """What is asked of the timetable once the travel times are known; clock times are ``"HH:MM"``.

    Attributes
    ----------
    date
        The day, ISO 8601.
    window
        The workspace's departures: the first, and the time that the last one lies before.
    hours
        First departure and last arrival of the feed on that day.
    covers_day
        Whether the feed's first and last trip can be the day's.
    runs
        Whether a vehicle leaves a stop in the window.
    stops
        A row a stop with a connection to the hub in the window: ``stop_id``, ``name``, ``connections``,
        ``every_min``, ``fastest_min``, ``direct_lines``, ``first`` and ``last`` (of the feed's whole day), and
        a point in the workspace's CRS; see :func:`~tesoma_geo.network.transit.service.stop_connections`.
    lines
        A row a line to the hub without a change in the window: ``line``, ``connections``, ``every_min``.
    connections
        A row an origin: ``connections``, ``every_min``, ``longest_gap_min``, ``on_foot`` in the window,
        ``first`` and ``last`` of the whole day (empty without one); see
        :func:`~tesoma_geo.network.transit.service.connections`.
    residents_connected
        Residents with a connection at least every so many minutes of the window, and ``"on_foot"``.
    day
        A row a quarter of an hour through the feed's hours: ``clock``, ``median_min`` (``inf`` where half of the
        residents cannot get there), ``within_<cutoff>`` residents.
    departure_s
        Median seconds to the hub of the departures from each of these to the next, ``inf`` where there is no way,
        shape (origins, departures): one departure a quarter would meet a line that runs every 15 or 30 minutes always
        as late or as early.
    parts_s
        A row an origin: means over the window's departures of ``walking_s``, ``waiting_s``, ``riding_s``,
        ``transfer_s`` and ``rides``, NaN where no departure gets there.
    explained
        The parts of the median seconds, a row an origin; see
        :func:`~tesoma_geo.analysis.explain_transit.explained_transit`.
    legs
        The walks and rides of the trip behind the median, a tuple an origin of lines in the network's CRS; see
        :func:`~tesoma_geo.analysis.trip_legs.trip_legs`.
    boarded
        What that trip boards where, a tuple an origin; see
        :func:`~tesoma_geo.network.transit.ridden_lines.ridden_stops`.
    walked_s
        Seconds of the walk to that trip's first stop and from its last, shape (origins, 2); 0 where nobody rides.
    fare
        Price of the trip behind the median, shape (origins,): 0 on foot, NaN where there is no way or no fare.
    currency
        Of the fares, ISO 4217; empty where the feed has none, or fares of several currencies.
    lines_of_day
        One a line that residents may board within a walk of ``LINE_WALK_MIN``: ``line``, ``trips``, ``first``,
        ``last``, ``headway_min`` (hour → minutes) and ``residents``; see
        :func:`~tesoma_geo.network.transit.line_headways.line_headways`.
    last_home
        Clock times of the last departures from the hub with a vehicle home, the earliest and the latest of all
        residents who have one; empty where nobody has.
    lifts
        What lifts out of order do to residents by wheelchair; None where all work.
    """

    date: str
    window: tuple[str, str]
    hours: tuple[str, str]
    covers_day: bool
    runs: bool
    stops: gpd.GeoDataFrame
    lines: pd.DataFrame
    connections: pd.DataFrame
    residents_connected: Mapping[str, int]
    day: pd.DataFrame
    departure_s: NDArray[np.float32]
    parts_s: pd.DataFrame
    explained: pd.DataFrame
    legs: NDArray[np.object_]
    boarded: NDArray[np.object_]
    walked_s: NDArray[np.float64]
    fare: NDArray[np.float64]
    currency: str
    lines_of_day: tuple[dict[Hashable, Any], ...]
    last_home: tuple[str, ...]
    lifts: LiftEffects | None

    @property
    def departure_clocks(self) -> tuple[str, ...]:
        """The departures of ``departure_s``."""
        return tuple(self.day["clock"])


def timetable_router(inputs: Inputs, walk: StreetRouter | None = None) -> TransitRouter:
    """The timetable of a workspace with walking, for its departure window.

    Parameters
    ----------
    inputs
        The layers.
    walk
        The streets on foot; those of the profile ``WALKING`` without.

    Returns
    -------
    TransitRouter
        For every minute of the window.

    Raises
    ------
    InputError
        The workspace has no timetable, or asks for no profile that needs it.
    """
    workspace = inputs.workspace
    if inputs.timetable is None or workspace.transit is None:
        raise InputError("no timetable is read", 'Add [transit] with gtfs and date, and "transit" to access.profiles')
    if walk is None:
        profile = profiles_with(workspace.profiles)[WALKING]
        walk = StreetRouter.build(inputs.network, profile, workspace.network.max_snap_m)
    return transit_router(walk, inputs.timetable, workspace.transit.window)


def transit_analysis(inputs: Inputs, router: TransitRouter, at: tuple[Places, Places] | None = None) -> TransitAnalysis:
    """Study the timetable of an assessment.

    Parameters
    ----------
    inputs
        The layers.
    router
        Of the workspace's departure window.
    at
        Origins and entrances with their ways to the stops, as the router snaps them, if that is known.

    Returns
    -------
    TransitAnalysis
        Connections, the hours of the day, and why.
    """
    timetable, residents = router.timetable, inputs.origins["population"].to_numpy()
    # Where nothing runs at all, the window is the whole day: everybody walks in it.
    whole = all_day(router, DAY_STEP_MIN) if len(timetable.calls.trip) else router
    hours = _span(whole)
    day = replace(whole.departures, step_s=60 * SEARCH_STEP_MIN)
    whole = replace(whole, departures=day)
    if whole.timetable.served.any():
        whole = early_enough(whole)  # who walks to the first vehicle sets out before it leaves
    early = (day.start_s - whole.departures.start_s) // day.step_s
    at_origins, at_hub = at or (router.snap(inputs.origins), router.snap(inputs.hub))
    in_window, in_day = (connections(one, at_origins, at_hub) for one in (router, whole))
    of_origins = in_window.assign(**{name: _clocks(timetable, in_day[name]) for name in ("first", "last")})
    every = DAY_STEP_MIN // SEARCH_STEP_MIN
    departure_s = quarters(whole.trips_to(at_origins, at_hub).seconds, len(whole.asked_s), every)[:, early // every :]
    clocks = _clocks(timetable, whole.asked_s[early::every])
    trips = median_trips(router, at_origins, at_hub)
    fare, currency = _fares(timetable, trips)
    return TransitAnalysis(
        date=timetable.date.isoformat(),
        window=_span(router),
        hours=hours,
        covers_day=covers_day(timetable),
        runs=bool(leaving(timetable, router.departures.start_s, router.departures.end_s).any()),
        stops=_stops(router, whole, at_hub, inputs.workspace.district.crs),
        lines=lines_to(router, at_hub),
        connections=of_origins,
        residents_connected=residents_connected(of_origins, residents),
        day=through_the_day(clocks, departure_s, residents, inputs.workspace.access.cutoffs_min),
        departure_s=departure_s,
        parts_s=_means(router.trips_to(at_origins, at_hub)),
        explained=explained_transit(router, inputs.origins, inputs.hub, at=(at_origins, at_hub)),
        legs=trip_legs(router, at_origins, at_hub, trips),
        boarded=ridden_stops(timetable, trips),
        walked_s=np.column_stack([trips.access_s, trips.egress_s]),
        fare=fare,
        currency=currency,
        lines_of_day=tuple(lines_of_residents(timetable, at_origins, residents).to_dict("records")),
        last_home=_last_home(whole, at_hub, at_origins, residents > 0),
        lifts=lift_effects(inputs),
    )


def lines_of_residents(
    timetable: DayTimetable, at_origins: Places, residents: NDArray[np.int64], walk_min: float = LINE_WALK_MIN
) -> pd.DataFrame:
    """The lines that residents may board on the day, with headways by hour and how many they are.

    Parameters
    ----------
    timetable
        What runs.
    at_origins
        Where residents live, with their ways to the stops.
    residents
        At each place.
    walk_min
        Most minutes of the walk to a stop.

    Returns
    -------
    DataFrame
        As :func:`~tesoma_geo.network.transit.line_headways.line_headways` tells, with ``residents``.
    """
    table = line_headways(timetable)
    rows = table.pop("row").to_numpy()
    served = residents_along(timetable, at_origins.legs_to, residents, rows, 60 * walk_min)
    return table.assign(residents=served)[served > 0].reset_index(drop=True)


def _last_home(
    whole: TransitRouter, at_hub: Places, at_origins: Places, lived: NDArray[np.bool_]
) -> tuple[str, ...]:  # fmt: skip
    """The earliest and the latest of the last departures home of places where somebody lives."""
    last = last_departures_home(whole, at_hub, at_origins)
    last = last[lived & (last >= 0)]
    return tuple(_clocks(whole.timetable, (int(last.min()), int(last.max())))) if len(last) else ()


def quarters(seconds: NDArray[np.float32], departures: int, every: int) -> NDArray[np.float32]:
    """Medians of departures that follow one another.

    Parameters
    ----------
    seconds
        Of each place and departure, those of several draws one after the other, shape (n, draws × departures).
    departures
        How many a draw has.
    every
        How many one median is of; the last may be of fewer.

    Returns
    -------
    float32 array of shape (n, medians).
    """
    by_draw = seconds.reshape(len(seconds), -1, departures)
    parts = [by_draw[:, :, begin : begin + every] for begin in range(0, departures, every)]
    medians = [percentiles_of(part.reshape(len(seconds), -1), (50.0,))[0] for part in parts]
    return np.ascontiguousarray(np.stack(medians, axis=1))


def through_the_day(
    clocks: Sequence[str], seconds: NDArray[np.float32], residents: ArrayLike, cutoffs_min: Sequence[float]
) -> pd.DataFrame:
    """How many residents reach the hub within cutoffs, departure by departure; for a chart or a time slider.

    Parameters
    ----------
    clocks
        Clock times of the departures.
    seconds
        From each origin at each of them, shape (origins, departures).
    residents
        Of each origin.
    cutoffs_min
        The cutoffs.

    Returns
    -------
    DataFrame
        A row a departure: ``clock``, ``median_min`` of all residents, and ``within_<cutoff>`` residents.
    """
    count = np.asarray(residents)
    table = pd.DataFrame({"clock": clocks})
    table["median_min"] = [weighted_quantile(column / 60.0, count, 0.5) for column in seconds.T]
    for cutoff in cutoffs_min:
        table[f"within_{cutoff:g}"] = (count @ (seconds <= 60.0 * cutoff)).astype(np.int64)
    return table


def _stops(router: TransitRouter, whole: TransitRouter, at_hub: Places, crs: str) -> gpd.GeoDataFrame:
    """Stops with a connection in the window, and the first and the last of the whole day."""
    in_window, day = stop_connections(router, at_hub), stop_connections(whole, at_hub)
    points = gpd.GeoSeries.from_xy(in_window["lon"], in_window["lat"], crs=WGS84).to_crs(crs)
    # The window may reach beyond the hours of the day's own trips.
    of_day = {name: day[name].reindex(in_window.index).fillna(in_window[name]).str[:5] for name in ("first", "last")}
    table = gpd.GeoDataFrame(
        in_window.drop(columns=["lon", "lat"]).assign(**of_day), geometry=points.to_numpy(), crs=crs
    )
    return table.reset_index(drop=True)


def _means(trips: Trips) -> pd.DataFrame:
    """Means over the departures that get there."""
    there = np.isfinite(trips.seconds)
    count = there.sum(axis=1)
    parts = {name: getattr(trips, name) for name in ("walking_s", "waiting_s", "riding_s", "transfer_s", "rides")}
    sums = {name: np.where(there, part, 0).sum(axis=1, dtype=float) for name, part in parts.items()}
    unknown = np.full(len(count), np.nan)
    return pd.DataFrame(
        {name: np.divide(each, count, out=unknown.copy(), where=count > 0) for name, each in sums.items()}
    )


def _fares(timetable: DayTimetable, trips: MedianTrips) -> tuple[NDArray[np.float64], str]:
    """Prices in the one currency of the fares, and that."""
    prices = fares(timetable, trips)
    currencies = {fare.currency for fare in prices if fare is not None} - {""}
    if len(currencies) != 1:
        return np.full(len(prices), np.nan), ""
    return np.array([np.nan if fare is None else fare.price for fare in prices]), currencies.pop()


def _span(router: TransitRouter) -> tuple[str, str]:
    first, last = _clocks(router.timetable, (router.departures.start_s, router.departures.end_s))
    return first, last


def _clocks(timetable: DayTimetable, seconds: Iterable[int]) -> list[str]:
    """Clock times to the minute; empty for seconds below 0."""
    return ["" if second < 0 else timetable.clock(second)[:5] for second in seconds]

"""What only a timetable can say: how often there is a connection, the first and the last, through the day."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.network.snap import Points
from tesoma_geo.network.transit.places import Places
from tesoma_geo.network.transit.router import TransitRouter
from tesoma_geo.network.transit.sweep import NONE, RIDE, TIME, WALK_BITS
from tesoma_geo.network.transit.timetable import Timetable


def hours(timetable: Timetable) -> tuple[int, int]:
    """First departure and last arrival of the day's own trips, in seconds of the timetable."""
    own = (timetable.trips["service_day"] == 0).to_numpy()[timetable.calls.trip]
    if not own.any():
        raise InputError(f"no trip of {timetable.date} itself", "Choose a day with service")
    return int(timetable.calls.departure_s[own].min()), int(timetable.calls.arrival_s[own].max())


def all_day(router: TransitRouter, step_min: float = 5.0) -> TransitRouter:
    """The router for departures over all hours that the feed covers, so many minutes apart."""
    start_s, end_s = hours(router.timetable)
    step_s = max(1, round(60 * step_min))
    return replace(router, start_s=start_s - start_s % step_s, end_s=end_s, step_s=step_s)


def stop_connections(router: TransitRouter, hub: Points | Places) -> pd.DataFrame:
    """How each stop is connected to the hub within the window.

    A connection is a departure at the stop such that no later one arrives as early at the hub.

    Returns
    -------
    DataFrame
        A row a stop with a connection: ``stop_id``, ``name``, ``lon``, ``lat``, ``connections`` in the
        window, ``every_min`` (window over connections), ``fastest_min``, ``direct_lines`` (lines that need no
        change, by name), ``first`` and ``last`` (clock times of the first and the last connection).
    """
    sweep, board, timetable = router.sweep(router.snap(hub, "hub"), "to", None), router.board, router.timetable
    found = sweep.boardings
    stop = np.repeat(np.arange(board.stops), np.diff(found.first))
    leaves_s = found.time_s + board.start_s
    arrives_s = found.value // TIME + board.start_s
    good = (
        (leaves_s >= router.start_s) & (leaves_s < router.end_s) & (arrives_s - leaves_s <= router.limits.trip_s)
        & (found.value % RIDE <= router.limits.walk_s)
    )  # fmt: skip
    direct = (found.value % TIME) >> WALK_BITS == 1
    trip = board.to.events.trip[sweep.swept.board[found.step]]
    table = pd.DataFrame(
        {
            "stop": stop, "leaves_s": leaves_s, "seconds": arrives_s - leaves_s,
            "line": np.where(direct, timetable.lines["name"].to_numpy()[timetable.trips["line"].to_numpy()[trip]], ""),
        }
    )[good]  # fmt: skip
    by_stop = table.groupby("stop")
    lines = by_stop["line"].agg(lambda names: ", ".join(sorted({str(name) for name in names if name})))
    rows = lines.index.to_numpy()
    count = by_stop.size()
    summary = pd.DataFrame(
        {
            "connections": count.to_numpy(),
            "every_min": (router.end_s - router.start_s) / 60 / count.to_numpy(),
            "fastest_min": by_stop["seconds"].min().to_numpy() / 60,
            "direct_lines": lines.to_numpy(),
            "first": [timetable.clock(second) for second in by_stop["leaves_s"].min()],
            "last": [timetable.clock(second) for second in by_stop["leaves_s"].max()],
        }
    )
    stops = timetable.stops[["stop_id", "name", "lon", "lat"]].iloc[rows].reset_index(drop=True)
    return pd.concat([stops, summary], axis=1)


def connections(router: TransitRouter, origins: Points | Places, hub: Points | Places) -> pd.DataFrame:
    """How often each origin has a connection to the hub within the window.

    Returns
    -------
    DataFrame
        A row an origin: ``connections`` (different best trips of the window's departures), ``every_min``
        (window over connections, ``inf`` without one), ``longest_gap_min`` (longest time within the window in
        which nobody sets out), ``first`` and ``last`` (seconds of the timetable at which they set out, -1
        without one) and ``on_foot`` (walking all the way is as fast for every departure, so none is needed).
    """
    places, at_hub = router.snap(origins, "origins"), router.snap(hub, "hub")
    best = router.best(places.legs_to, router.direct_s(places, at_hub).min(axis=1), at_hub, "to")
    events, start_s = router.board.to.events, router.board.start_s
    step = np.maximum(best.step, 0)
    walked_s = best.value % RIDE - best.swept.value[step] % RIDE
    leaves_s = events.time_s[best.swept.board[step]] + start_s - router.limits.boarding_slack_s - walked_s
    rides = (best.step != NONE) & (best.seconds < best.direct_s[:, None])
    rows = []
    for leaving_s, riding in zip(leaves_s, rides, strict=True):
        sets_out = np.unique(leaving_s[riding])
        sets_out = sets_out[sets_out < router.end_s]
        gaps = np.diff(np.concatenate([[router.start_s], sets_out, [router.end_s]]))
        first, last = (sets_out[0], sets_out[-1]) if len(sets_out) else (-1, -1)
        rows.append((len(sets_out), gaps.max() / 60, first, last))
    table = pd.DataFrame(rows, columns=["connections", "longest_gap_min", "first", "last"])
    with np.errstate(divide="ignore"):
        table.insert(1, "every_min", (router.end_s - router.start_s) / 60 / table["connections"].to_numpy(float))
    table["on_foot"] = ~rides.any(axis=1) & np.isfinite(best.direct_s)
    return table


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
    found = {f"{limit:g}": int(count[table["every_min"].to_numpy() <= limit].sum()) for limit in every_min}
    return {**found, "on_foot": int(count[table["on_foot"].to_numpy()].sum())}


def through_the_day(
    router: TransitRouter,
    origins: Points | Places,
    hub: Points | Places,
    residents: ArrayLike,
    cutoffs_min: Sequence[float] = (15.0, 30.0, 45.0),
) -> pd.DataFrame:
    """How many residents reach the hub within cutoffs, departure by departure; for a chart or a time slider.

    Use :func:`all_day` to get a router for all hours.

    Returns
    -------
    DataFrame
        A row a departure: ``clock``, ``median_min`` (of residents who can get there), and
        ``within_<cutoff>`` residents.
    """
    seconds = router.trips_to(origins, hub).seconds
    count = np.asarray(residents, float)
    table = pd.DataFrame({"clock": [router.timetable.clock(second)[:5] for second in router.asked_s]})
    table["median_min"] = [_weighted_median(column, count) / 60 for column in seconds.T]
    for cutoff in cutoffs_min:
        table[f"within_{cutoff:g}"] = (count @ (seconds <= 60 * cutoff)).astype(np.int64)
    return table


def _weighted_median(seconds: NDArray[np.float32], weights: NDArray[np.float64]) -> float:
    there = np.isfinite(seconds) & (weights > 0)
    if not there.any():
        return float("nan")
    order = np.argsort(seconds[there], kind="stable")
    reached = np.cumsum(weights[there][order])
    return float(seconds[there][order][np.searchsorted(reached, reached[-1] / 2)])

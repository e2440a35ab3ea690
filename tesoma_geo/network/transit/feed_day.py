"""What each feed adds to the timetable of a day, and all of it as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import pandas as pd

from tesoma_geo.network.transit.timetable import Calls, Shapes
from tesoma_geo.tables import LeftOut


@dataclass(frozen=True, eq=False)
class FeedDay:
    """What one feed adds to a timetable; rows count from 0 within it.

    Attributes
    ----------
    stops, lines, trips, calls, transfers, shapes, fares, left_out, pathways, trip_rules, entrances
        As in :class:`~tesoma_geo.network.transit.timetable.DayTimetable`.
    """

    stops: pd.DataFrame
    lines: pd.DataFrame
    trips: pd.DataFrame
    calls: Calls
    transfers: pd.DataFrame
    shapes: Shapes
    fares: pd.DataFrame
    left_out: tuple[LeftOut, ...]
    pathways: pd.DataFrame
    trip_rules: pd.DataFrame
    entrances: pd.DataFrame


def joined(
    parts: Sequence[FeedDay],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, Calls, pd.DataFrame, Shapes, pd.DataFrame]:
    """Tables of all feeds, their row numbers moved behind one another.

    Parameters
    ----------
    parts
        What each feed adds.

    Returns
    -------
    tuple
        Stops, lines, trips, calls, transfers, shapes and fares.
    """
    stops, lines, trips, calls, transfers, fares = [], [], [], [], [], []
    offsets, lon, lat = [np.zeros(1, np.int64)], [], []
    n_stops = n_lines = n_trips = n_shapes = n_points = n_headways = 0
    for part in parts:
        stops.append(part.stops)
        lines.append(part.lines)
        shape = part.trips["shape"]
        shape = shape.where(shape < 0, shape + n_shapes).astype(np.int32)
        vehicle = part.trips["vehicle"]
        vehicle = vehicle.where(vehicle < 0, vehicle + n_trips).astype(np.int32)
        headway = part.trips["headway"]
        moved_headway = headway.where(headway < 0, headway + n_headways).astype(np.int32)
        n_headways += max(int(headway.max()) + 1, 0) if len(headway) else 0
        line = (part.trips["line"] + n_lines).astype(np.int32)
        trips.append(part.trips.assign(line=line, shape=shape, vehicle=vehicle, headway=moved_headway))
        moved = part.calls._replace(trip=part.calls.trip + np.int32(n_trips), stop=part.calls.stop + np.int32(n_stops))
        calls.append(moved)
        transfers.append(_moved(part.transfers, n_stops))
        fares.append(part.fares)
        offsets.append(part.shapes.offsets[1:] + n_points)
        lon.append(part.shapes.lon)
        lat.append(part.shapes.lat)
        n_stops, n_lines, n_trips = n_stops + len(part.stops), n_lines + len(part.lines), n_trips + len(part.trips)
        n_shapes, n_points = n_shapes + len(part.shapes.offsets) - 1, n_points + len(part.shapes.lon)
    return (
        _table(stops),
        _table(lines),
        _table(trips),
        Calls.joined(calls),
        _table(transfers),
        Shapes(np.concatenate(offsets), np.concatenate(lon), np.concatenate(lat)),
        _table(fares),
    )


def joined_pairs(parts: Sequence[FeedDay]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Ways within the stations of all feeds, rules of their single trips and lines, and their entrances.

    Parameters
    ----------
    parts
        What each feed adds.

    Returns
    -------
    tuple of DataFrame
        ``pathways``, ``trip_rules`` and ``entrances`` of :class:`~tesoma_geo.network.transit.timetable.DayTimetable`.
    """
    before = [0, *accumulate(len(part.stops) for part in parts)]
    pathways = [_moved(part.pathways, n_stops) for part, n_stops in zip(parts, before, strict=False)]
    rules = [_moved(part.trip_rules, n_stops) for part, n_stops in zip(parts, before, strict=False)]
    entrances = [
        part.entrances.assign(stop=part.entrances["stop"] + np.int32(n_stops))
        for part, n_stops in zip(parts, before, strict=False)
    ]
    return _table(pathways), _table(rules), _table(entrances)


def _moved(pairs: pd.DataFrame, n_stops: int) -> pd.DataFrame:
    """Pairs of stops with the rows of all feeds' stops."""
    return pairs.assign(**{name: pairs[name] + np.int32(n_stops) for name in ("from_stop", "to_stop")})


def _table(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Rows of all feeds, texts of one type, as they are when they are read back from disk."""
    joined: pd.DataFrame = pd.concat(parts, ignore_index=True).infer_objects()
    return joined

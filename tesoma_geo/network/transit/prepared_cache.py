"""Prepared timetables kept on disk by the calls and the transfers that they were made of."""

import hashlib
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd

from tesoma_geo._cache import cached_entry, load_arrays, save_arrays
from tesoma_geo.network.transit.events import Boarding
from tesoma_geo.network.transit.patterns import Patterns
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.sweep import EventGraph, Events, EventTransfers
from tesoma_geo.network.transit.timetable import DayTimetable
from tesoma_geo.network.transit.vehicles import vehicles_of

#: Changes whenever what is made of the same calls and transfers would be another, or lie in other files.
FORMAT = 4


def cached_prepared_timetable(
    timetable: DayTimetable,
    stop_transfers: pd.DataFrame,
    start_s: int,
    end_s: int,
    boarding: Boarding,
    rules: pd.DataFrame | None = None,
) -> PreparedTimetable:
    """Some hours of a timetable prepared, from disk where the same calls and transfers were prepared before.

    Parameters
    ----------
    timetable
        What runs.
    stop_transfers
        The transfers between stops; see :func:`~tesoma_geo.network.transit.legs.stop_transfers`.
    start_s, end_s
        First second, and one past the last, on the timetable's scale.
    boarding
        Which vehicles and stops serve.
    rules
        What changes between single trips or lines take; see
        :func:`~tesoma_geo.network.transit.trip_rules.rules_in_seconds`.

    Returns
    -------
    PreparedTimetable
        As :meth:`PreparedTimetable.of` makes it.
    """
    key = hashlib.sha256(f"{FORMAT} {start_s} {end_s} {boarding} {len(timetable.stops)}".encode())
    wheelchair = [timetable.stops["wheelchair"].to_numpy(np.int8), timetable.trips["wheelchair"].to_numpy(np.int8)]
    for array in (*timetable.calls, *wheelchair, *vehicles_of(timetable), stop_transfers.to_numpy(np.int32)):
        key.update(array.tobytes())
    if rules is not None and not rules.empty:
        ids = "\n".join([*timetable.trips["trip_id"], *timetable.lines["route_id"]])
        key.update(f"{rules.to_csv(index=False)}{ids}".encode())
    return cached_entry(
        "board",
        key.digest(),
        lambda folder: _read(folder, timetable, start_s, end_s),
        lambda: PreparedTimetable.of(timetable, stop_transfers, start_s, end_s, boarding, rules),
        _write,
    )


def _write(folder: Path, prepared: PreparedTimetable) -> None:
    events, transfers = prepared.to.events._asdict(), prepared.to.transfers._asdict()
    save_arrays(
        folder,
        {"call": prepared.call}
        | {f"events_{name}": array for name, array in events.items()}
        | {f"transfers_{name}": array for name, array in transfers.items()}
        | {f"patterns_{field.name}": getattr(prepared.patterns, field.name) for field in fields(Patterns)},
    )


def _read(folder: Path, timetable: DayTimetable, start_s: int, end_s: int) -> PreparedTimetable:
    arrays = load_arrays(folder)
    events = Events(*(arrays[f"events_{name}"] for name in Events._fields))
    transfers = EventTransfers(*(arrays[f"transfers_{name}"] for name in EventTransfers._fields))
    patterns = Patterns(*(arrays[f"patterns_{field.name}"] for field in fields(Patterns)))
    stops, trips = len(timetable.stops), len(timetable.trips)
    graph = EventGraph(events, transfers)
    return PreparedTimetable.both_ways(graph, arrays["call"], patterns, start_s, end_s, stops, trips)

"""Timetables kept on disk by the feeds and the day that they were read from, and boards by what they are made of."""

import datetime as dt
import hashlib
import os
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.feather as feather

from tesoma_geo._cache import cached_entry, load_arrays, save_arrays
from tesoma_geo._files import sha256
from tesoma_geo.network.transit.events import Boarding
from tesoma_geo.network.transit.patterns import Patterns
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.service_day import timetable_of
from tesoma_geo.network.transit.sweep import Changes, Events, Side
from tesoma_geo.network.transit.timetable import Calls, Shapes, Timetable
from tesoma_geo.sources.gtfs import read_feed
from tesoma_geo.tables import load_left_out, save_left_out

#: Changes whenever a timetable read from the same feeds would be another one.
FORMAT = 2

#: Changes whenever a board made of the same calls and transfers would be another one.
BOARD_FORMAT = 2

TABLES = ("stops", "lines", "trips", "transfers", "fares")


def cached_timetable(paths: Sequence[str | os.PathLike[str]], day: dt.date) -> Timetable:
    """The timetable of a day, from disk where it was read before. Folders are always read."""
    files = [Path(path) for path in paths]
    if not all(file.is_file() for file in files):
        return timetable_of([read_feed(file) for file in files], day)
    key = hashlib.sha256(f"{FORMAT} {day} {[(file.name, sha256(file)) for file in files]}".encode())
    return cached_entry(
        "timetable",
        key.digest(),
        lambda folder: _read_timetable(folder, day),
        lambda: timetable_of([read_feed(file) for file in files], day),
        _write_timetable,
    )


def cached_prepared_timetable(
    timetable: Timetable, transfers: pd.DataFrame, start_s: int, end_s: int, boarding: Boarding
) -> PreparedTimetable:
    """The board of some hours, from disk where one of the same calls and transfers was made before."""
    key = hashlib.sha256(f"{BOARD_FORMAT} {start_s} {end_s} {boarding} {len(timetable.stops)}".encode())
    wheelchair = [timetable.stops["wheelchair"].to_numpy(np.int8), timetable.trips["wheelchair"].to_numpy(np.int8)]
    for array in (*timetable.calls, *wheelchair, transfers.to_numpy(np.int32)):
        key.update(array.tobytes())
    return cached_entry(
        "board",
        key.digest(),
        lambda folder: _read_board(folder, timetable, start_s, end_s),
        lambda: PreparedTimetable.of(timetable, transfers, start_s, end_s, boarding),
        _write_board,
    )


def _write_board(folder: Path, board: PreparedTimetable) -> None:
    events, changes = board.to.events._asdict(), board.to.changes._asdict()
    save_arrays(
        folder,
        {"call": board.call}
        | {f"events_{name}": array for name, array in events.items()}
        | {f"changes_{name}": array for name, array in changes.items()}
        | {f"patterns_{field.name}": getattr(board.patterns, field.name) for field in fields(Patterns)},
    )


def _read_board(folder: Path, timetable: Timetable, start_s: int, end_s: int) -> PreparedTimetable:
    arrays = load_arrays(folder)
    events = Events(*(arrays[f"events_{name}"] for name in Events._fields))
    changes = Changes(*(arrays[f"changes_{name}"] for name in Changes._fields))
    patterns = Patterns(*(arrays[f"patterns_{field.name}"] for field in fields(Patterns)))
    stops, trips = len(timetable.stops), len(timetable.trips)
    side = Side(events, changes)
    return PreparedTimetable.seen_both_ways(side, arrays["call"], patterns, start_s, end_s, stops, trips)


def _write_timetable(folder: Path, timetable: Timetable) -> None:
    save_arrays(folder, timetable.calls._asdict() | timetable.shapes._asdict())
    for name in TABLES:
        feather.write_feather(getattr(timetable, name), folder / f"{name}.arrow", compression="uncompressed")
    (folder / "notes.txt").write_text("\n".join([timetable.timezone, *timetable.notes]), encoding="utf-8")
    save_left_out(folder / "left_out.json", timetable.left_out)


def _read_timetable(folder: Path, day: dt.date) -> Timetable:
    arrays = load_arrays(folder)
    timezone, *notes = (folder / "notes.txt").read_text(encoding="utf-8").split("\n")
    return Timetable(
        date=day,
        timezone=timezone,
        calls=Calls(*(arrays[name] for name in Calls._fields)),
        shapes=Shapes(*(arrays[name] for name in Shapes._fields)),
        notes=tuple(notes),
        left_out=load_left_out(folder / "left_out.json"),
        **{name: feather.read_feather(folder / f"{name}.arrow") for name in TABLES},
    )

"""Timetables kept on disk by the feeds and the day that they were read from, and boards by what they are made of."""

import datetime as dt
import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pandas as pd
import pyarrow.feather as feather

from tesoma_geo._files import cache_folder, sha256, written_file, written_folder
from tesoma_geo.errors import OutputError
from tesoma_geo.network.transit.events import Boarding
from tesoma_geo.network.transit.patterns import Patterns
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.service_day import timetable_of
from tesoma_geo.network.transit.sweep import Changes, Events, Side
from tesoma_geo.network.transit.timetable import Calls, Shapes, Timetable
from tesoma_geo.sources.gtfs import read_feed
from tesoma_geo.tables import LeftOut

#: Changes whenever a timetable read from the same feeds would be another one.
FORMAT = 1

#: Changes whenever a board made of the same calls and transfers would be another one.
BOARD_FORMAT = 1

#: What reading a file raises that was cut short or is of another kind.
UNREADABLE = (OSError, EOFError, ValueError, KeyError, BadZipFile)

TABLES = ("stops", "lines", "trips", "transfers", "fares")


def cached_timetable(paths: Sequence[str | os.PathLike[str]], day: dt.date) -> Timetable:
    """The timetable of a day, from disk where it was read before. Folders are always read."""
    files = [Path(path) for path in paths]
    if not all(file.is_file() for file in files):
        return timetable_of([read_feed(file) for file in files], day)
    key = hashlib.sha256(f"{FORMAT} {day} {[(file.name, sha256(file)) for file in files]}".encode()).hexdigest()
    folder = cache_folder() / f"timetable-{key[:32]}"
    with suppress(*UNREADABLE):
        return _loaded(folder, day)
    timetable = timetable_of([read_feed(file) for file in files], day)
    with suppress(OutputError, OSError), written_folder(folder) as draft:  # without a cache it only takes longer
        np.savez(draft / "arrays.npz", **timetable.calls._asdict(), **timetable.shapes._asdict())
        for name in TABLES:
            feather.write_feather(getattr(timetable, name), draft / f"{name}.arrow", compression="uncompressed")
        told = [timetable.timezone, *timetable.notes]
        (draft / "notes.txt").write_text("\n".join(told), encoding="utf-8")
        left_out = [
            f"{left.count}\t{left.what}\t{left.reason}\t{'|'.join(left.examples)}" for left in timetable.left_out
        ]
        (draft / "left_out.tsv").write_text("\n".join(left_out), encoding="utf-8")
    return timetable


def cached_prepared_timetable(
    timetable: Timetable, transfers: pd.DataFrame, start_s: int, end_s: int, boarding: Boarding
) -> PreparedTimetable:
    """The board of some hours, from disk where one of the same calls and transfers was made before."""
    key = hashlib.sha256(f"{BOARD_FORMAT} {start_s} {end_s} {boarding} {len(timetable.stops)}".encode())
    wheelchair = [timetable.stops["wheelchair"].to_numpy(np.int8), timetable.trips["wheelchair"].to_numpy(np.int8)]
    for array in (*timetable.calls, *wheelchair, transfers.to_numpy(np.int32)):
        key.update(array.tobytes())
    path = cache_folder() / f"board-{key.hexdigest()[:32]}.npz"
    with suppress(*UNREADABLE):
        return _loaded_board(path, timetable, start_s, end_s)
    board = PreparedTimetable.of(timetable, transfers, start_s, end_s, boarding)
    with suppress(OutputError, OSError), written_file(path, overwrite=True) as draft, draft.open("wb") as file:
        events, changes = board.to.events._asdict(), board.to.changes._asdict()
        np.savez(
            file, call=board.call,
            **{f"events_{name}": array for name, array in events.items()},
            **{f"changes_{name}": array for name, array in changes.items()},
            **{f"patterns_{field.name}": getattr(board.patterns, field.name) for field in fields(Patterns)},
        )  # fmt: skip
    return board


def _loaded_board(path: Path, timetable: Timetable, start_s: int, end_s: int) -> PreparedTimetable:
    with np.load(path, allow_pickle=False) as stored:
        events = Events(*(stored[f"events_{name}"] for name in Events._fields))
        changes = Changes(*(stored[f"changes_{name}"] for name in Changes._fields))
        patterns = Patterns(*(stored[f"patterns_{field.name}"] for field in fields(Patterns)))
        call = stored["call"]
    stops, trips = len(timetable.stops), len(timetable.trips)
    return PreparedTimetable.seen_both_ways(Side(events, changes), call, patterns, start_s, end_s, stops, trips)


def _loaded(folder: Path, day: dt.date) -> Timetable:
    with np.load(folder / "arrays.npz", allow_pickle=False) as stored:
        calls = Calls(*(stored[name] for name in Calls._fields))
        shapes = Shapes(*(stored[name] for name in Shapes._fields))
    tables = {name: feather.read_feather(folder / f"{name}.arrow") for name in TABLES}
    timezone, *notes = (folder / "notes.txt").read_text(encoding="utf-8").split("\n")
    lines = (folder / "left_out.tsv").read_text(encoding="utf-8").splitlines()
    left_out = [line.split("\t") for line in lines]
    return Timetable(
        date=day,
        timezone=timezone,
        calls=calls,
        shapes=shapes,
        notes=tuple(notes),
        left_out=tuple(
            LeftOut(what, reason, int(count), tuple(filter(None, examples.split("|"))))
            for count, what, reason, examples in left_out
        ),
        **tables,
    )

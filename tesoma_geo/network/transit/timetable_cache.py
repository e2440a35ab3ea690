"""Timetables kept on disk by the feeds and the day that they were read from."""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.feather as feather
from numpy.typing import NDArray

from tesoma_geo._cache import cached_entry, load_arrays, save_arrays
from tesoma_geo._files import sha256
from tesoma_geo.network.transit.lifts import lifts_out, without_lifts
from tesoma_geo.network.transit.service_day import timetable_of
from tesoma_geo.network.transit.timetable import Calls, DayTimetable, LiftsOut, Shapes
from tesoma_geo.sources.gtfs import read_feed
from tesoma_geo.tables import load_left_out, save_left_out

#: Changes whenever a timetable read from the same feeds would be another one.
FORMAT = 9

#: Tables that would be others if all lifts worked.
WORKING = ("pathways", "entrances")

TABLES = ("stops", "lines", "trips", "transfers", "fares", "pathways", "trip_rules", "entrances")


def cached_timetable(
    paths: Sequence[str | os.PathLike[str]], day: dt.date, lifts_out_of_order: Sequence[str] = ()
) -> DayTimetable:
    """The timetable of a day, from disk where it was read before. Folders are always read.

    Parameters
    ----------
    paths
        GTFS zip files or folders.
    day
        The day.
    lifts_out_of_order
        Ids of pathways or stops; see :mod:`tesoma_geo.network.transit.lifts`.

    Returns
    -------
    DayTimetable
        What runs on the day.

    Raises
    ------
    SourceError
        A feed has faults, or no lift of some id.
    InputError
        No service on the day.
    """
    files, lifts = [Path(path) for path in paths], tuple(dict.fromkeys(lifts_out_of_order))
    if not all(file.is_file() for file in files):
        return _from_feeds(files, day, lifts)
    key = hashlib.sha256(f"{FORMAT} {day} {[(file.name, sha256(file)) for file in files]} {lifts}".encode())
    return cached_entry(
        "timetable", key.digest(), lambda folder: _read(folder, day), lambda: _from_feeds(files, day, lifts), _write
    )


def _from_feeds(files: Sequence[Path], day: dt.date, lifts: Sequence[str]) -> DayTimetable:
    feeds = [read_feed(file) for file in files]
    working = timetable_of(feeds, day)
    if not lifts:
        return working
    out = timetable_of(without_lifts(feeds, lifts), day)
    return replace(out, lifts=lifts_out(feeds, lifts, working))


def _write(folder: Path, timetable: DayTimetable) -> None:
    lifts = timetable.lifts
    arrays = {} if lifts is None else {"working_wheelchair": lifts.wheelchair}
    save_arrays(folder, timetable.calls._asdict() | timetable.shapes._asdict() | arrays)
    if lifts is not None:
        for name in WORKING:
            feather.write_feather(getattr(lifts, name), folder / f"working_{name}.arrow", compression="uncompressed")
        (folder / "lifts.json").write_text(json.dumps([lifts.ids, lifts.names]), encoding="utf-8")
    for name in TABLES:
        feather.write_feather(getattr(timetable, name), folder / f"{name}.arrow", compression="uncompressed")
    (folder / "notes.txt").write_text("\n".join([timetable.timezone, *timetable.notes]), encoding="utf-8")
    save_left_out(folder / "left_out.json", timetable.left_out)


def _read(folder: Path, day: dt.date) -> DayTimetable:
    arrays = load_arrays(folder)
    timezone, *notes = (folder / "notes.txt").read_text(encoding="utf-8").split("\n")
    return DayTimetable(
        date=day,
        timezone=timezone,
        calls=Calls(*(arrays[name] for name in Calls._fields)),
        shapes=Shapes(*(arrays[name] for name in Shapes._fields)),
        notes=tuple(notes),
        left_out=load_left_out(folder / "left_out.json"),
        lifts=_read_lifts(folder, arrays),
        **{name: feather.read_feather(folder / f"{name}.arrow") for name in TABLES},
    )


def _read_lifts(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> LiftsOut | None:
    if not (folder / "lifts.json").exists():
        return None
    ids, names = json.loads((folder / "lifts.json").read_text(encoding="utf-8"))
    tables = {name: feather.read_feather(folder / f"working_{name}.arrow") for name in WORKING}
    return LiftsOut(tuple(ids), tuple(names), arrays["working_wheelchair"].astype(np.int8), **tables)

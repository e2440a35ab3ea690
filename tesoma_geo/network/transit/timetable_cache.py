"""Timetables kept on disk by the feeds and the day that they were read from."""

import datetime as dt
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import pyarrow.feather as feather

from tesoma_geo._cache import cached_entry, load_arrays, save_arrays
from tesoma_geo._files import sha256
from tesoma_geo.network.transit.service_day import timetable_of
from tesoma_geo.network.transit.timetable import Calls, DayTimetable, Shapes
from tesoma_geo.sources.gtfs import read_feed
from tesoma_geo.tables import load_left_out, save_left_out

#: Changes whenever a timetable read from the same feeds would be another one.
FORMAT = 7

TABLES = ("stops", "lines", "trips", "transfers", "fares", "pathways", "trip_rules", "entrances")


def cached_timetable(paths: Sequence[str | os.PathLike[str]], day: dt.date) -> DayTimetable:
    """The timetable of a day, from disk where it was read before. Folders are always read.

    Parameters
    ----------
    paths
        GTFS zip files or folders.
    day
        The day.

    Returns
    -------
    DayTimetable
        What runs on the day.

    Raises
    ------
    SourceError
        A feed has faults.
    InputError
        No service on the day.
    """
    files = [Path(path) for path in paths]
    if not all(file.is_file() for file in files):
        return _from_feeds(files, day)
    key = hashlib.sha256(f"{FORMAT} {day} {[(file.name, sha256(file)) for file in files]}".encode())
    return cached_entry(
        "timetable", key.digest(), lambda folder: _read(folder, day), lambda: _from_feeds(files, day), _write
    )


def _from_feeds(files: Sequence[Path], day: dt.date) -> DayTimetable:
    return timetable_of([read_feed(file) for file in files], day)


def _write(folder: Path, timetable: DayTimetable) -> None:
    save_arrays(folder, timetable.calls._asdict() | timetable.shapes._asdict())
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
        **{name: feather.read_feather(folder / f"{name}.arrow") for name in TABLES},
    )

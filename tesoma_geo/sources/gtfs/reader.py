"""A GTFS feed, as a zip file or a folder, to checked tables."""

import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.gtfs.checks import check
from tesoma_geo.sources.gtfs.delimited import Faults, Text, read_table
from tesoma_geo.sources.gtfs.schema import IGNORED, SCHEMA

#: No single file of a feed is larger than this when unpacked: a larger one is no timetable of a city.
MOST_BYTES = 2_000_000_000


@dataclass(frozen=True, eq=False)
class Feed:
    """A GTFS feed, checked.

    Attributes
    ----------
    name
        The file or folder, as messages name it.
    tables
        File name without ``.txt`` → its rows, columns as declared in ``schema.SCHEMA``. Files that the feed
        does not have are missing here.
    timezone
        Name of the zone that its times are in.
    notes
        What was not read or was assumed.
    """

    name: str
    tables: Mapping[str, pd.DataFrame]
    timezone: str
    notes: tuple[str, ...] = ()


def read_feed(path: str | os.PathLike[str]) -> Feed:
    """Read a GTFS feed.

    Parameters
    ----------
    path
        A ``.zip`` file, or a folder with the ``.txt`` files.

    Returns
    -------
    Feed
        Its tables, checked.

    Raises
    ------
    SourceError
        With every fault of the feed: file, line, column, value and remedy.
    """
    file = Path(path)
    contents = _contents(file)
    texts = {name: Text(f"{file.name}/{name}.txt", content) for name, content in contents.items()}
    faults = Faults()
    for name, table in SCHEMA.items():
        if table.required and name not in texts:
            faults.whole(f"{file.name}/{name}.txt", "is missing", "Export the feed again; GTFS requires the file")
    if not {"calendar", "calendar_dates"} & set(texts):
        faults.whole(
            f"{file.name}/calendar.txt", "is missing, and so is calendar_dates.txt", "Add one of them: trips need days"
        )
    tables = {}
    for name in SCHEMA:
        if name in texts:
            frame = read_table(texts[name], SCHEMA[name], faults)
            if frame is not None:
                tables[name] = frame
    if all(name in tables for name, table in SCHEMA.items() if table.required):
        check(tables, texts, faults)
    zones = sorted(set(tables["agency"]["agency_timezone"])) if "agency" in tables else []
    if len(zones) > 1 and not faults.found:
        faults.whole(
            texts["agency"].name, f"has several time zones: {', '.join(zones)}", "Use one; GTFS allows no second"
        )
    if "agency" in tables and tables["agency"].empty:
        faults.whole(texts["agency"].name, "has no row", "Add the agency and its time zone")
    if faults.found:
        raise SourceError(faults.found)
    return Feed(file.name, tables, zones[0], _notes(file.name, texts, tables))


def _contents(file: Path) -> dict[str, bytes]:
    """File name without ``.txt`` → bytes, of the files that are read."""
    remedy = "Name a GTFS zip file or a folder with its .txt files"
    known = {f"{name}.txt": name for name in (*SCHEMA, *IGNORED)}
    try:
        if file.is_dir():
            return {known[item.name]: item.read_bytes() for item in sorted(file.iterdir()) if item.name in known}
        with zipfile.ZipFile(file) as archive:
            contents: dict[str, bytes] = {}
            for item in archive.infolist():
                name = known.get(item.filename.rpartition("/")[2])
                if name is None or item.filename.startswith("__MACOSX"):
                    continue
                if name in contents:
                    raise SourceError(f"{file} holds {name}.txt twice", "Keep one feed in a file")
                if item.file_size > MOST_BYTES:
                    raise SourceError(f"{file}: {item.filename} is larger than {MOST_BYTES:,} bytes", remedy)
                contents[name] = archive.read(item)
            return contents
    except FileNotFoundError:
        raise SourceError(f"{file}: no such file", remedy) from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{file} is not a zip file that can be read ({error})", remedy) from None
    except OSError as error:
        raise SourceError(f"{file} cannot be read ({error.strerror or error})", remedy) from None


def _notes(name: str, texts: Mapping[str, Text], tables: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    notes = [f"{name}: {ignored}.txt is not read: {why}" for ignored, why in IGNORED.items() if ignored in texts]
    stop_times = tables["stop_times"]
    on_demand = int(((stop_times["pickup_type"] >= 2) | (stop_times["drop_off_type"] >= 2)).sum())
    if on_demand:
        notes.append(f"{name}: {on_demand} calls on request (by phone or signal) are taken as served")
    if "frequencies" in tables and (tables["frequencies"]["exact_times"] == 0).any():
        notes.append(f"{name}: trips by headway are taken to leave at start_time and every headway_secs after it")
    if "transfers" in tables:
        of_trips = _specific(tables["transfers"]).sum()
        if of_trips:
            notes.append(f"{name}: {of_trips} transfers of single routes or trips, or in the seat, are not used")
    return tuple(notes)


def _specific(transfers: pd.DataFrame) -> pd.Series:
    """Rows about single routes or trips, or about staying on the vehicle."""
    columns = ("from_route_id", "to_route_id", "from_trip_id", "to_trip_id")
    named = pd.concat([transfers[column].astype(object) != "" for column in columns], axis=1).any(axis=1)
    return named | (transfers["transfer_type"] >= 4)


def general_transfers(feed: Feed) -> pd.DataFrame:
    """Transfers that hold for all trips between two stops.

    Parameters
    ----------
    feed
        A feed, checked.

    Returns
    -------
    DataFrame
        ``from_stop_id``, ``to_stop_id``, ``transfer_type``, ``min_transfer_time`` (seconds).
    """
    if "transfers" not in feed.tables:
        return pd.DataFrame({"from_stop_id": [], "to_stop_id": [], "transfer_type": [], "min_transfer_time": []})
    transfers = feed.tables["transfers"]
    named = (transfers["from_stop_id"].astype(object) != "") & (transfers["to_stop_id"].astype(object) != "")
    return transfers[named & ~_specific(transfers)]

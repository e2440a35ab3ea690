"""A GTFS feed, as a zip file or a folder, to checked tables."""

import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tesoma_geo._reading import guarded
from tesoma_geo.errors import SourceError
from tesoma_geo.sources._zipped import require_moderate
from tesoma_geo.sources.gtfs.checks import Cleaning, clean
from tesoma_geo.sources.gtfs.delimited import Faults, Text, read_table
from tesoma_geo.sources.gtfs.schema import BESIDE, IGNORED, SCHEMA
from tesoma_geo.tables import LeftOut

#: No single file of a feed is larger than this when unpacked: a larger one is no timetable of a city.
MOST_BYTES = 2_000_000_000

#: The file that draws zones of services on demand.
ZONES = "locations.geojson"

#: ``transfer_type`` from here on is about staying on the vehicle.
IN_SEAT = 4


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
    left_out
        What of it cannot be used.
    """

    name: str
    tables: Mapping[str, pd.DataFrame]
    timezone: str
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@guarded("a GTFS feed", "Download or export the feed again")
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
        It cannot be used, or too many of its rows cannot: every fault with file, line, column, value and remedy.
    """
    file = Path(path)
    contents = _contents(file)
    zones = contents.pop(ZONES, None)
    texts = {name: Text(f"{file.name}/{name}.txt", content) for name, content in contents.items()}
    faults, notes = Faults(), [*_not_read(file.name, texts)]
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
            frame = _read(name, texts[name], faults, notes)
            if frame is not None:
                tables[name] = frame
    unread_rules = "fare_rules" in texts and "fare_rules" not in tables and bool(texts["fare_rules"].content.strip())
    if unread_rules and tables.pop("fare_attributes", None) is not None:  # without rules they would hold everywhere
        notes.append(f"{file.name}: no fare is read, since nothing tells where they hold")
    if "agency" in tables and not set(tables["agency"]["agency_timezone"]) - {""}:
        faults.whole(texts["agency"].name, "has no row with a time zone", "Add the agency and its time zone")
    cleaning = Cleaning(tables, {name: texts[name] for name in tables}, faults)
    if all(name in tables for name, table in SCHEMA.items() if table.required):
        clean(file.name, cleaning, zones)
    named = sorted(set(tables["agency"]["agency_timezone"]) - {""}) if "agency" in tables else []
    if len(named) > 1:
        faults.whole(
            texts["agency"].name, f"has several time zones: {', '.join(named)}", "Use one; GTFS allows no second"
        )
    if faults.fatal:
        raise SourceError(faults.found)
    notes += [*cleaning.notes, *_assumed(file.name, tables)]
    return Feed(file.name, tables, named[0], tuple(notes), tuple(cleaning.left_out))


def _read(name: str, text: Text, faults: Faults, notes: list[str]) -> pd.DataFrame | None:
    """The rows of a file; of one that no trip needs nothing where it cannot be read."""
    table = SCHEMA[name]
    if not table.required and not text.content.strip(b"\xef\xbb\xbf \r\n\t"):
        notes.append(f"{text.name} is empty")
        return None
    if name not in BESIDE:
        return read_table(text, table, faults)
    aside = Faults()
    frame = read_table(text, table, aside)
    if aside.fatal:
        problems = []
        for fault in aside.found[:3]:
            place = fault.where.removeprefix(text.name).lstrip(", ")
            problems.append(f"{fault.problem} ({place})" if place else fault.problem)
        notes.append(f"{text.name} is not read: {'; '.join(problems)}")
        return None
    faults.found += aside.found
    faults.bad.update(aside.bad)
    faults.ragged.update(aside.ragged)
    faults.unread.update(aside.unread)
    return frame


def _contents(file: Path) -> dict[str, bytes]:
    """File name without ``.txt`` → bytes, of the files that are read."""
    remedy = "Name a GTFS zip file or a folder with its .txt files"
    known = {f"{name}.txt": name for name in (*SCHEMA, *IGNORED)} | {ZONES: ZONES}
    try:
        if file.is_dir():
            items = [(known.get(item.name.lower()), item) for item in sorted(file.iterdir())]
            return {name: item.read_bytes() for name, item in items if name is not None}
        with zipfile.ZipFile(file) as archive:
            require_moderate(file, archive)
            contents: dict[str, bytes] = {}
            for item in archive.infolist():
                path = item.filename.replace("\\", "/")
                name = known.get(path.rpartition("/")[2].lower())
                if name is None or path.startswith("__MACOSX"):
                    continue
                if name in contents:
                    raise SourceError(f"{file} holds {name}.txt twice", "Keep one feed in a file")
                if item.file_size > MOST_BYTES:
                    raise SourceError(f"{file}: {item.filename} is larger than {MOST_BYTES:,} bytes", remedy)
                contents[name] = _unpacked(file, archive, item)
            if not contents:
                raise _no_feed(file, [item.filename for item in archive.infolist()])
            return contents
    except FileNotFoundError:
        raise SourceError(f"{file}: no such file", remedy) from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{file} is not a zip file that can be read ({error})", remedy) from None
    except OSError as error:
        raise SourceError(f"{file} cannot be read ({error.strerror or error})", remedy) from None


def _no_feed(file: Path, names: Sequence[str]) -> SourceError:
    """What is wrong with a zip file that holds no file of a feed."""
    within = [name for name in names if name.lower().endswith(".zip")]
    if within:
        return SourceError(f"{file} holds another zip file ({', '.join(within[:3])})", "Unpack it, and name that one")
    held = f"it holds {', '.join(names[:3])}" if names else "it is empty"
    return SourceError(f"{file} holds no file of a GTFS feed; {held}", "Name a GTFS zip file, with stops.txt in it")


def _unpacked(file: Path, archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(item)
    except (zlib.error, lzma.LZMAError, zipfile.BadZipFile, EOFError, ValueError, OSError) as error:
        remedy = "Download or export the feed again"
        raise SourceError(f"{file}: {item.filename} is damaged and cannot be unpacked ({error})", remedy) from None


def _not_read(name: str, texts: Mapping[str, Text]) -> Iterator[str]:
    for ignored, why in IGNORED.items():
        if ignored in texts:
            yield f"{name}: {ignored}.txt is not read: {why}"


def _assumed(name: str, tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """What is taken for granted where a feed does not say."""
    stop_times = tables["stop_times"]
    on_demand = int(((stop_times["pickup_type"] >= 2) | (stop_times["drop_off_type"] >= 2)).sum())
    if on_demand:
        yield f"{name}: {on_demand} calls on request (by phone or signal) are taken as served"
    if "transfers" in tables:
        changes = tables["transfers"][tables["transfers"]["transfer_type"] < IN_SEAT]
        placeless = ((changes["from_stop_id"] == "") | (changes["to_stop_id"] == "")).sum()
        if placeless:
            yield f"{name}: {placeless} transfers name no two stops, and are not used"
        seats = tables["transfers"][tables["transfers"]["transfer_type"] >= IN_SEAT]
        nameless = ((seats["from_trip_id"] == "") | (seats["to_trip_id"] == "")).sum()
        if nameless:
            yield f"{name}: {nameless} transfers in the seat (types 4 and 5) name no trips, and are not used"
    if "frequencies" in tables:
        spans = tables["frequencies"].sort_values(["trip_id", "start_time"])
        same = spans["trip_id"].astype(object).eq(spans["trip_id"].astype(object).shift())
        overlapping = int((same & (spans["start_time"] < spans["end_time"].shift())).sum())
        if overlapping:
            yield f"{name}: {overlapping} hours of frequencies.txt overlap others of their trip: vehicles of both run"
    shapes = set(tables["shapes"]["shape_id"]) if "shapes" in tables else set()
    drawn = tables["trips"]["shape_id"].astype(object)
    undrawn = int(((drawn != "") & ~drawn.isin(shapes)).sum())
    if undrawn:
        yield f"{name}: {undrawn} trips name a shape that shapes.txt does not have; they are drawn from stop to stop"


def _specific(transfers: pd.DataFrame) -> pd.Series:
    """Rows about single routes or trips, or about staying on the vehicle."""
    columns = ("from_route_id", "to_route_id", "from_trip_id", "to_trip_id")
    named = pd.concat([transfers[column].astype(object) != "" for column in columns], axis=1).any(axis=1)
    return named | (transfers["transfer_type"] >= IN_SEAT)


def specific_transfers(feed: Feed) -> pd.DataFrame:
    """Transfers between two stops that hold for single trips or lines, but those in the seat.

    Parameters
    ----------
    feed
        A feed, checked.

    Returns
    -------
    DataFrame
        Columns as the reference has them: stops, routes, trips, ``transfer_type``, ``min_transfer_time`` (seconds).
    """
    if "transfers" not in feed.tables:
        return pd.DataFrame({name: [] for name in SCHEMA["transfers"].columns})
    transfers = feed.tables["transfers"]
    named = (transfers["from_stop_id"].astype(object) != "") & (transfers["to_stop_id"].astype(object) != "")
    return transfers[named & _specific(transfers) & (transfers["transfer_type"] < IN_SEAT)]


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

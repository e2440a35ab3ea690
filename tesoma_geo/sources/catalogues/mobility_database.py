"""Timetables from the Mobility Database: one CSV of feeds, version 2. https://mobilitydatabase.org."""

import csv
from collections.abc import Mapping
from pathlib import Path

from tesoma_geo._http import download
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.catalogues.records import Bounds, LayerCatalogue, LayerEntry, Question
from tesoma_geo.workspace.addresses import is_address, source_path

#: Of a feed, in the order of a box.
_BOX = tuple(
    f"location.bounding_box.{side}"
    for side in ("minimum_longitude", "minimum_latitude", "maximum_longitude", "maximum_latitude")
)
_NEEDED = {"id", "data_type", "status", "urls.latest", *_BOX}
#: Feeds that are not kept up any more, are tried out alone, or are not in force yet.
_UNUSABLE = frozenset({"deprecated", "inactive", "development", "future"})
_MAX_BYTES = 100_000_000
#: So many feeds are taken of those that serve a place; the ones with the smallest box are its own.
_MOST = 5


def _find(question: Question) -> LayerEntry | None:
    """The feeds whose box meets the place, those of the smallest area first."""
    address = f"{question.base.rstrip('/')}/feeds_v2.csv"
    path = source_path(question.folder / "tesoma.toml", address)
    download(address, path, refresh=question.refresh, max_bytes=_MAX_BYTES, progress=question.progress)
    try:
        feeds = _feeds_in(path, address, _served(question))
    except FetchError:
        path.unlink(missing_ok=True)  # it is asked again next time
        raise
    if not feeds:
        return None
    taken = [row for _, _, row in feeds[:_MOST]]
    return LayerEntry(
        {"gtfs": [row["urls.latest"] for row in taken]},
        "; ".join(dict.fromkeys(_credit(row) for row in taken)),
        notes=(
            *(f"{row['id']}: {row.get('provider', '')} {row.get('name', '')}".rstrip() for row in taken),
            *(f"Not taken: {row['id']} {row.get('provider', '')}" for _, _, row in feeds[_MOST:]),
        ),
    )


def _feeds_in(path: Path, address: str, box: Bounds) -> list[tuple[float, str, dict[str, str]]]:
    """The size, id and row of each feed that serves a place, smallest first."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.DictReader(file)
        try:
            if not set(rows.fieldnames or ()) >= _NEEDED:
                remedy = "Check the address of mobility_database"
                raise FetchError(f"{address}: this is no list of feeds of version 2", remedy)
            return sorted((size, row["id"], row) for row in rows if (size := _size(row, box)))
        except csv.Error:
            raise FetchError(f"{address}: this is no table of feeds", "Try again later") from None


def _served(question: Question) -> Bounds:
    """West, south, east, north of the district itself: a feed that serves its surroundings alone is not asked for."""
    outline = question.place.outline
    if outline is None:
        return question.around
    west, south, east, north = outline.bounds
    return west, south, east, north


def _size(row: Mapping[str, str], box: Bounds) -> float:
    """How large the box of a usable feed is, square degrees; 0 for a feed that does not serve the place."""
    if (
        row["data_type"] != "gtfs"
        or (row["status"] or "").casefold() in _UNUSABLE
        or not is_address(row["urls.latest"])
    ):
        return 0.0
    try:
        west, south, east, north = (float(row[name]) for name in _BOX)
    except (TypeError, ValueError):
        return 0.0
    if west > box[2] or east < box[0] or south > box[3] or north < box[1]:
        return 0.0
    return max((east - west) * (north - south), 1e-9)


def _credit(row: Mapping[str, str]) -> str:
    terms = row.get("urls.license") or ""
    return f"{row.get('provider') or row['id']}" + (f" ({terms})" if terms else " (licence not told)")


CATALOGUE = LayerCatalogue(
    name="mobility_database", title="the Mobility Database", serves="transit", base="https://files.mobilitydatabase.org",
    licence="each feed's own", coverage="the world, where agencies publish GTFS",
    look="https://mobilitydatabase.org", find=_find, compared="2026-11-26",
)  # fmt: skip

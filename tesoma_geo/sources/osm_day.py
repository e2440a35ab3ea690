"""What an OpenStreetMap file says of the day of its data."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import osmium


def replication_day(path: Path) -> str | None:
    """The day up to which the file holds every change, as its header states it.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str or None
        ISO 8601; None where the header states none, or the file cannot be read.
    """
    with suppress(RuntimeError, OSError, ValueError), osmium.io.Reader(str(path), osmium.osm.NOTHING) as reader:
        return date.fromisoformat(reader.header().get("osmosis_replication_timestamp", "")[:10]).isoformat()
    return None

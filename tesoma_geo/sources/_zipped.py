"""Zip files of strangers: small ones can hold more than any machine, and are refused before they are unpacked."""

import zipfile
from pathlib import Path

from tesoma_geo.errors import SourceError

#: All that a zip file holds, unpacked, bytes: the timetables of a country are smaller.
MOST_BYTES = 4_000_000_000
#: Tables are packed to a tenth, at the most to a fiftieth; more than this, in files that are large, is no table.
MOST_RATIO, LARGE_BYTES = 200.0, 100_000_000
#: So many files no feed and no workbook has.
MOST_FILES = 10_000


def require_moderate(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse a zip file that would fill the machine.

    Parameters
    ----------
    path
        The file, for messages.
    archive
        The same, opened.

    Raises
    ------
    SourceError
        It holds too much, too tightly packed, or too many files.
    """
    items = archive.infolist()
    total, packed = sum(item.file_size for item in items), max(sum(item.compress_size for item in items), 1)
    remedy = "Export it again; a file of this kind is made to fill a disk"
    if len(items) > MOST_FILES:
        raise SourceError(f"{path} holds {len(items):,} files", remedy)
    if total > MOST_BYTES or (total > LARGE_BYTES and total > MOST_RATIO * packed):
        raise SourceError(f"{path} of {packed / 1e6:.1f} MB holds {total / 1e6:,.0f} MB when unpacked", remedy)

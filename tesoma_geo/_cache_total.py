"""How much a large cache holds, as counted last and with what was kept since: counting it takes half a second.

A file ``.total`` in the cache folder: when all entries were counted and their bytes, then a line with the bytes of
each one kept since. Other processes add their lines too. What is dropped in between is not taken off, so that the total
is rather too large, and all are counted again when it comes to the limit, and after a day in any case.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

TOTAL = ".total"
#: After so many seconds all entries are counted again, whoever may have added some without a word.
VALID_S = 24 * 3600


def leaves_room(folder: Path, limit: int) -> bool:
    """Whether the remembered total is within the limit.

    Parameters
    ----------
    folder
        The cache folder.
    limit
        Bytes that all entries may take.

    Returns
    -------
    bool
        False as well where no total is remembered, or one that nobody can read or is too old.
    """
    try:
        first, *more = (folder / TOTAL).read_text(encoding="ascii").splitlines()
        counted, total = map(int, first.split())
        total += sum(map(int, more))
    except (OSError, ValueError):
        return False
    return 0 <= time.time() - counted < VALID_S and total <= limit


def remember_total(folder: Path, total: int) -> None:
    """Write down what was counted.

    Parameters
    ----------
    folder
        The cache folder; where it cannot be written, nothing is remembered.
    total
        Bytes of all entries.
    """
    draft = folder / f"{TOTAL}.{os.getpid()}"
    with suppress(OSError):
        draft.write_text(f"{int(time.time())} {total}\n", encoding="ascii")
        draft.replace(folder / TOTAL)


def forget_total(folder: Path) -> None:
    """Remember no total: there are few entries, which are counted each time.

    Parameters
    ----------
    folder
        The cache folder.
    """
    with suppress(OSError):
        (folder / TOTAL).unlink()


def count_more(folder: Path, size: int) -> None:
    """Add an entry to the total, where one is remembered.

    Parameters
    ----------
    folder
        The cache folder.
    size
        Bytes of the entry.
    """
    with suppress(OSError):
        file = os.open(folder / TOTAL, os.O_WRONLY | os.O_APPEND)  # one that is there: none is begun here
        try:
            os.write(file, f"{size}\n".encode("ascii"))
        finally:
            os.close(file)

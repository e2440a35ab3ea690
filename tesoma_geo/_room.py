"""Whether there was room for what was written: libraries in C say so in words of their own, or not at all."""

import errno
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tesoma_geo.errors import OutputError, TesomaError, causes

#: With less than this on the disk, bytes, a writing that failed is taken to have failed for it.
LEAST_BYTES = 32_000_000
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


@contextmanager
def room_for(draft: Path, path: Path) -> Iterator[None]:
    """Within the block, what fails for lack of room is one clear error.

    Parameters
    ----------
    draft
        The folder that is written into.
    path
        What it is called by the person.

    Yields
    ------
    None

    Raises
    ------
    OutputError
        The disk is full, or files may not become as large (``ulimit -f``, a quota).
    """
    try:
        yield
    except TesomaError:
        raise
    except Exception as error:
        if not _is_full(draft, error):
            raise
        raise OutputError(
            f"{path} cannot be written: there is no room ({' '.join(str(error).split())[:120]})",
            "Make room on the disk, raise the limit of the size of files, or name another place with --out",
        ) from error


def _is_full(draft: Path, error: BaseException) -> bool:
    if any(isinstance(cause, OSError) and cause.errno in _FULL for cause in causes(error)):
        return True
    return shutil.disk_usage(draft).free < LEAST_BYTES or _at_limit(draft)


def _at_limit(draft: Path) -> bool:
    """Whether a file has come near the size that files may have here: a library takes back its last step."""
    if sys.platform == "win32":
        return False
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    if limit == resource.RLIM_INFINITY:
        return False
    return any(2 * path.stat().st_size >= limit for path in draft.rglob("*") if path.is_file())

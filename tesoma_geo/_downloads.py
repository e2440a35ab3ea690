"""Downloaded files and the records beside them: where each came from, when, and that nobody changed it since."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tesoma_geo._files import sha256, write_json, written_file
from tesoma_geo._redaction import without_secrets
from tesoma_geo.errors import OutputError

_ELSEWHERE = "Move it elsewhere, then fetch again; or name it in the workspace instead of the address"


@dataclass(frozen=True)
class Fetched:
    """A downloaded file and where it came from.

    Attributes
    ----------
    path
        The file.
    url
        Where it was asked for.
    date
        When it was downloaded, ISO 8601 in UTC.
    sha256
        Hash of its bytes.
    etag, last_modified
        What the server said of its version.
    replaces
        Hash of the file before it: where the program ends before the new one has its name, that one is there.
    is_new
        Whether this call downloaded it, rather than an earlier one.
    """

    path: Path
    url: str
    date: str
    sha256: str
    etag: str | None = None
    last_modified: str | None = None
    replaces: str | None = None
    is_new: bool = True


def record_of(path: Path) -> Fetched | None:
    """What is known of a downloaded file.

    Parameters
    ----------
    path
        The file, with its record ``<path>.json`` beside it.

    Returns
    -------
    Where it came from, or None when nothing is there, or only what the next download may replace.

    Raises
    ------
    OutputError
        A file is there that was not downloaded, or that was changed afterwards: it is somebody's own.
    """
    beside = _record_path(path)
    known: Fetched | None = None
    if beside.exists() or beside.is_symlink():
        try:
            record = json.loads(beside.read_text(encoding="utf-8"))
            known = Fetched(**{**record, "path": path, "is_new": False})
        except (OSError, ValueError, TypeError, RecursionError):
            raise OutputError(f"{beside} was not written by tesoma-geo fetch, or is damaged", _ELSEWHERE) from None
    if not (path.exists() or path.is_symlink()):
        return None
    present = sha256(path) if path.is_file() else ""
    if known is None or present not in (known.sha256, known.replaces):
        raise OutputError(f"{path} is not as tesoma-geo fetch downloaded it, and is left as it is", _ELSEWHERE)
    return known if present == known.sha256 else None


def keep(
    path: Path, url: str, write: Callable[[Path], None], *, etag: str | None = None, last_modified: str | None = None
) -> Fetched:
    """Put a downloaded file in its place, with a record beside it of where it came from, and when.

    The record is there before the file, so that a file of our own is known as such whenever the program ends.

    Parameters
    ----------
    path
        Where the file goes; only one that was downloaded is replaced.
    url
        Where it was asked for.
    write
        Writes the file to the path that it is given.
    etag, last_modified
        What the server said of its version.

    Returns
    -------
    What was written.

    Raises
    ------
    OutputError
        A file is there that was not downloaded, that was changed afterwards, or that somebody else is writing.
    """
    record_of(path)
    with written_file(path, overwrite=True) as draft:
        former = sha256(path) if path.is_file() else None
        write(draft)
        record_of(path)  # nobody changed it meanwhile
        now = datetime.now(UTC).isoformat(timespec="seconds")
        fetched = Fetched(path, without_secrets(url), now, sha256(draft), etag, last_modified, former)
        record = {name: value for name, value in asdict(fetched).items() if name not in ("path", "is_new")}
        with written_file(_record_path(path), overwrite=True) as beside:
            write_json(beside, {name: value for name, value in record.items() if name != "replaces" or value})
    return replace(fetched, replaces=None)


def _record_path(path: Path) -> Path:
    return path.with_name(path.name + ".json")

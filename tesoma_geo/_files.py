"""Writing so that a reader sees the old file or the new one, never half of either."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tesoma_geo._drafts import appeared, draft_folder, exchange, exchange_file, put_in_place, state_of, uninterrupted
from tesoma_geo._result_mark import MANIFEST, marked, refuse_within_result, require_ours
from tesoma_geo._room import room_for
from tesoma_geo.errors import OutputError


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    64 hex digits.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cache_folder() -> Path:
    """The user's folder for things that can be computed again.

    Returns
    -------
    What ``TESOMA_GEO_CACHE`` names, otherwise ``$XDG_CACHE_HOME/tesoma_geo`` or ``~/.cache/tesoma_geo``; it may
    not exist yet.
    """
    named = os.environ.get("TESOMA_GEO_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tesoma_geo"


def require_free(path: Path, *, overwrite: bool = False, protected: Iterable[Path] = ()) -> Path:
    """Refuse a place where no file may be written, before any work is done for it.

    Parameters
    ----------
    path, overwrite, protected
        As :func:`written_file` takes them.

    Returns
    -------
    Path
        The place itself, where ``path`` is a symbolic link.

    Raises
    ------
    OutputError
        Something is there that may not be replaced.
    """
    path = _followed(path)
    if path.is_dir():
        raise OutputError(f"{path} is a folder", "Name a file with --out")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is no file but a device or a pipe", "Name a file with --out")
    kept = next((file for file in protected if _same(file, path)), None)
    if kept is not None:
        raise OutputError(f"{path} is a file that the workspace reads or keeps", "Name another file with --out")
    refuse_within_result(path)
    _refuse_existing(path, overwrite)
    return path


@contextmanager
def written_file(path: Path, *, overwrite: bool = False, protected: Iterable[Path] = ()) -> Iterator[Path]:
    """Give a temporary path beside ``path``, which takes its name only when the block succeeds.

    Parameters
    ----------
    path
        The file to be written; its folder is made where it is not there. A symbolic link is followed.
    overwrite
        Replace a file that is there, as it is when the block begins.
    protected
        Files that are never replaced: inputs, stores and keys.

    Yields
    ------
    The path to write to, in a folder of its own.

    Raises
    ------
    OutputError
        ``path`` exists and ``overwrite`` is not asked for, it came into being or changed while the block worked,
        another process writes it, it is no file (a folder, a device) or one of ``protected``, it lies inside a result
        that is replaced as a whole, or its folder cannot be written.
    """
    path = require_free(path, overwrite=overwrite, protected=protected)
    with draft_folder(path) as folder:
        former = state_of(path)
        draft = folder / "new" / path.name
        draft.parent.mkdir()
        with room_for(folder, path):
            yield draft
        with uninterrupted():
            if former is None:
                put_in_place(draft, path)
            elif overwrite:
                exchange_file(draft, path, former)
            else:
                raise appeared(path)


def require_free_folder(
    path: Path, *, overwrite: bool = False, protected: Iterable[Path] = (), command: str | None = None
) -> Path:
    """Refuse a place where no folder may be written, before any work is done for it.

    Parameters
    ----------
    path, overwrite, protected, command
        As :func:`written_folder` takes them.

    Returns
    -------
    Path
        The place itself, where ``path`` is a symbolic link.

    Raises
    ------
    OutputError
        Something is there that may not be replaced.
    """
    path = _followed(path)
    inside = next((file for file in protected if file.resolve().is_relative_to(path)), None)
    if inside is not None:
        raise OutputError(
            f"{inside} would lie inside {path}, where results are replaced", "Name another folder with --out"
        )
    refuse_within_result(path)
    if not path.is_dir() or any(path.iterdir()):
        _refuse_existing(path, overwrite)
    if path.exists():
        _require_replaceable(path, path, command)
    return path


@contextmanager
def written_folder(
    path: Path,
    *,
    overwrite: bool = False,
    protected: Iterable[Path] = (),
    manifest: str = MANIFEST,
    command: str | None = None,
) -> Iterator[Path]:
    """Give a temporary folder beside ``path``, which takes its name only when the block succeeds.

    An existing folder is replaced whole with ``overwrite``, and only where it holds nothing but a result of the same
    command as it was written (``_result_mark``), or nothing at all: what anybody put or changed there is never removed.

    Parameters
    ----------
    path
        The folder to be written; its parent is made where it is not there. A symbolic link is followed.
    overwrite
        Replace a folder that the same command made.
    protected
        Files that may not lie in the folder: inputs, stores and keys.
    manifest
        The name of the file that tells what the folder holds, of ``_result_mark``.
    command
        Of the program, as it is called: what writes here, and alone may replace it; None where every one may.

    Yields
    ------
    An empty folder to write into.

    Raises
    ------
    OutputError
        ``path`` holds something already, or by the end, another process writes it, one of ``protected`` belongs
        into it, it lies inside another result, or its parent cannot be written.
    """
    path = require_free_folder(path, overwrite=overwrite, protected=protected, command=command)
    with draft_folder(path) as folder:
        draft = folder / "new"
        draft.mkdir()
        draft.chmod(0o755)
        with room_for(folder, path):
            yield draft
            marked(draft, manifest, command)
        if overwrite and path.is_dir() and any(path.iterdir()):
            _require_replaceable(path, path, command)
            exchange(draft, path, lambda aside: _require_replaceable(aside, path, command))
        else:
            with uninterrupted():
                put_in_place(draft, path)


def write_json(path: Path, content: Any) -> None:
    """Write JSON for people and machines alike: indented, sorted as given, UTF-8, no NaN.

    Parameters
    ----------
    path
        The file; what it held is lost.
    content
        What :mod:`json` can write.

    Raises
    ------
    ValueError
        A number is NaN or infinite.
    """
    path.write_bytes(json_bytes(content))


def json_bytes(content: Any) -> bytes:
    """JSON as :func:`write_json` writes it.

    Parameters
    ----------
    content
        What :mod:`json` can write.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        A number is NaN or infinite.
    """
    return (json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _refuse_existing(path: Path, overwrite: bool) -> None:
    if (path.exists() or path.is_symlink()) and not overwrite:
        raise OutputError(f"{path} exists already", "Add --overwrite or name another place with --out")


def _require_replaceable(path: Path, named: Path, command: str | None) -> None:
    if not path.is_dir():
        raise OutputError(f"{path} is a file, not a folder", "Name another place with --out")
    if any(path.iterdir()):
        require_ours(path, named, command)


def _followed(path: Path) -> Path:
    """The place itself: a symbolic link leads to it, and it is what is written."""
    if not str(path).isprintable():  # libraries that write GeoPackage and rasters cannot
        raise OutputError(f"{str(path)!r} has letters that cannot be printed", "Name another place with --out")
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise OutputError(f"{path} is a symbolic link that leads nowhere", "Name another place with --out") from error


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other

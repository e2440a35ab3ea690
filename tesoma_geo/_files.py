"""Writing so that a reader sees the old file or the new one, never half of either."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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


@contextmanager
def written_file(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a temporary path beside ``path``, which takes its name only when the block succeeds.

    Parameters
    ----------
    path
        The file to be written; its folder is made where it is not there.
    overwrite
        Replace a file that is there.

    Yields
    ------
    The path to write to, in a folder of its own.

    Raises
    ------
    OutputError
        ``path`` exists and ``overwrite`` is not asked for, or its folder cannot be written.
    """
    _refuse_existing(path, overwrite)
    scratch = _scratch_folder(path)
    try:
        draft = scratch / path.name
        yield draft
        os.replace(draft, path)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def written_folder(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a temporary folder beside ``path``, which takes its name only when the block succeeds.

    An existing folder is replaced whole with ``overwrite``, and only if this program made it
    (it holds a ``manifest.json``) or it is empty: a planner's own files are never removed.

    Parameters
    ----------
    path
        The folder to be written; its parent is made where it is not there.
    overwrite
        Replace a folder that this program made.

    Yields
    ------
    An empty folder to write into.

    Raises
    ------
    OutputError
        ``path`` holds something already, or its parent cannot be written.
    """
    if path.is_dir() and not any(path.iterdir()):
        overwrite = True
    elif path.exists() and overwrite and not (path / "manifest.json").is_file():
        raise OutputError(
            f"{path} exists and holds no manifest.json, so it was not made by this command",
            "Name another folder with --out",
        )
    _refuse_existing(path, overwrite)
    scratch = _scratch_folder(path)
    try:
        draft = scratch / "new"
        draft.mkdir()
        draft.chmod(0o755)
        yield draft
        if path.exists():
            os.replace(path, scratch / "old")
        os.replace(draft, path)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


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
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def _refuse_existing(path: Path, overwrite: bool) -> None:
    if path.exists() and not overwrite:
        raise OutputError(f"{path} exists already", "Add --overwrite or name another place with --out")


def _scratch_folder(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    except OSError as error:
        raise OutputError(
            f"{path.parent} cannot be written ({error.strerror})", "Name another place with --out"
        ) from error

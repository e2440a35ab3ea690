"""The mark of a result: which files of a folder are this program's own, and as it wrote them.

It stands in ``manifest.json`` (``_manifest.json`` where other programs read the whole folder as one table) under
``result``: the name and the version of the program, the command, and each file with its hash.
A folder is replaced only where the same command wrote it and everything in it stands there unchanged; what anybody
put or changed there stops it, and so does the result of another command.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tesoma_geo.errors import OutputError

MANIFEST, KEY, NAME = "manifest.json", "result", "tesoma_geo"
#: The manifest of a folder that is one table: readers of tables leave alone what begins so.
UNREAD = f"_{MANIFEST}"

#: Of the manifest itself, what differs between two runs on the same inputs.
_MOMENTS = ("made_at",)
_SHOWN = 3
_COMMAND = "command"
#: The one command whose results have the manifest ``UNREAD``.
TABLE = "matrix"
_NAME_A_RESULT = "Name the folder of a result, such as tesoma-geo run writes"


def moment() -> str:
    """Now, as a manifest tells when a result was made.

    Returns
    -------
    str
        ISO 8601 in UTC, to the second.
    """
    return datetime.now(UTC).isoformat(timespec="seconds")


def made_again(folder: Path) -> None:
    """Give the copy of a result the present moment; it is marked anew when it is complete.

    Parameters
    ----------
    folder
        A copy of a whole result.
    """
    manifest = folder / MANIFEST
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content.pop(KEY, None)
    content |= dict.fromkeys(_MOMENTS, moment())
    manifest.write_text(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def marked(folder: Path, name: str = MANIFEST, command: str | None = None) -> None:
    """Write into the manifest of a folder what the folder holds.

    Parameters
    ----------
    folder
        A result, whole; its manifest is made where there is none.
    name
        Of the manifest: ``MANIFEST`` or ``UNREAD``.
    command
        Of the program, which alone may replace the folder; None where every one may.
    """
    manifest = folder / name
    content = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
    content[KEY] = {
        "made_by": NAME,
        "version": _version(),
        **({} if command is None else {_COMMAND: command}),
        "manifest": _hash_of(content),
        "files": {file: _hash(folder / file) for file in _names(folder) if file != name},
    }
    manifest.write_text(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def mark_of(folder: Path) -> str:
    """What tells a result from every other: the same for the same files and the same manifest but for its moment.

    Parameters
    ----------
    folder
        A result, whole and unchanged.

    Returns
    -------
    str
        64 hex digits.

    Raises
    ------
    OutputError
        There is no such folder, it is no result of this program, or somebody changed it.
    """
    if not folder.is_dir():
        raise OutputError(f"there is no folder {folder}", _NAME_A_RESULT)
    mark, _ = _mark_of_unchanged(folder, folder, (_NAME_A_RESULT, "Do the command that wrote it once more"))
    return hashlib.sha256(json.dumps([mark["manifest"], mark["files"]], sort_keys=True).encode()).hexdigest()


def require_ours(folder: Path, named: Path, command: str | None = None) -> None:
    """Refuse to replace a folder that holds anything but an unchanged result of the same command.

    Parameters
    ----------
    folder
        What would be replaced.
    named
        What it is called, for the error.
    command
        What would write there; None where a result of every command may go. Versions before commands were written down
        told a table from all else by the name of its manifest alone.

    Raises
    ------
    OutputError
        It has no mark, another command wrote it, or it holds a file that the mark does not name or that was changed:
        each is named.
    """
    elsewhere = "Name another folder with --out, or remove this one yourself"
    remedies = elsewhere, "Move it elsewhere, or name another folder with --out"
    mark, manifest = _mark_of_unchanged(folder, named, remedies)
    wrote = mark.get(_COMMAND, TABLE if manifest == UNREAD else None)
    if command is not None and wrote != command and (wrote is not None or command == TABLE):
        raise OutputError(
            f"{named} is a result of {_called(wrote)}, which {_called(command)} does not replace", elsewhere
        )


def _mark_of_unchanged(folder: Path, named: Path, remedies: tuple[str, str]) -> tuple[dict[str, Any], str]:
    """The mark of a result and the file that it is in; what to do where it is no result, or no longer as it was."""
    manifest = MANIFEST if (folder / MANIFEST).exists() or not (folder / UNREAD).exists() else UNREAD
    try:
        content = json.loads((folder / manifest).read_text(encoding="utf-8"))
        mark: dict[str, Any] = content[KEY]
        listed = {str(name): str(digest) for name, digest in mark["files"].items()}
        ours = mark["made_by"] == NAME
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        mark, listed, ours, content = {}, {}, False, {}
    if not ours:
        raise OutputError(
            f"{named} is no result of this version of tesoma-geo: its {manifest} does not say so", remedies[0]
        )
    names = _names(folder)
    strange = [name for name in names if name != manifest and name not in listed]
    if strange:
        raise OutputError(f"{named} holds {_told(strange)}, which tesoma-geo did not write", remedies[1])
    changed = [name for name in names if name != manifest and _hash(folder / name) != listed[name]]
    if mark.get("manifest") != _hash_of(content):
        changed.append(manifest)
    if changed:
        raise OutputError(
            f"{named} holds {_told(changed)}, which somebody changed after tesoma-geo wrote it", remedies[1]
        )
    return mark, manifest


def refuse_within_result(path: Path) -> None:
    """Refuse a place inside a finished result: the result is replaced whole, and would be no longer.

    Parameters
    ----------
    path
        Where something is to be written, with no links in it.

    Raises
    ------
    OutputError
        A folder above it is a result of this program.
    """
    for folder in path.parents:
        if _is_marked(folder):
            raise OutputError(
                f"{path} would lie inside {folder}, a result that is replaced as a whole", "Name a place beside it"
            )


def _is_marked(folder: Path) -> bool:
    for manifest in (MANIFEST, UNREAD):
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            if json.loads((folder / manifest).read_text(encoding="utf-8"))[KEY]["made_by"] == NAME:
                return True
    return False


def _names(folder: Path) -> list[str]:
    """Everything in a folder: files, links, and folders in which nothing is, by their paths within it."""
    names = []
    for place, folders, files in os.walk(folder):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        if not folders and not files and here != folder:
            names.append(f"{here.relative_to(folder).as_posix()}/")
        names += [(here / name).relative_to(folder).as_posix() for name in (*files, *links)]
    return sorted(names)


def _hash(path: Path) -> str:
    """SHA-256 of a file; of anything else what no file has."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the manifest without its mark and its moment."""
    rest = {key: value for key, value in content.items() if key not in (KEY, *_MOMENTS)}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _called(command: str | None) -> str:
    return "another command" if command is None else f"tesoma-geo {command}"


def _told(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _version() -> str:
    try:
        return version("tesoma-geo")
    except PackageNotFoundError:  # a checkout that is not installed
        return "unknown"

"""A session of a workshop: its folder and the keys of its room, kept so that phones stay in it over a restart."""

import json
import os
import re
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from tesoma_geo.annotations.store_path import store_path
from tesoma_geo.errors import InputError, OutputError, SourceError
from tesoma_geo.workshop.room_code import new_code
from tesoma_geo.workspace import Workspace

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_FILE = "room.json"


@dataclass(frozen=True)
class RoomKeys:
    """What lets people into a room.

    Attributes
    ----------
    host
        Opens moderation, and everything else.
    wall
        Opens the wall.
    room
        The words that phones join by.
    """

    host: str
    wall: str
    room: str


@dataclass(frozen=True)
class Session:
    """One workshop.

    Attributes
    ----------
    name
        Small letters, digits and hyphens.
    folder
        Where its scenario files and its keys are.
    keys
        Of its room.
    """

    name: str
    folder: Path
    keys: RoomKeys

    @property
    def source(self) -> str:
        """What the store files its annotations under."""
        return f"workshop-{self.name}"


def checked_name(name: str, what: str = "session") -> str:
    """A name that can be the name of a file.

    Parameters
    ----------
    name
        As it was given.
    what
        What it is of, for the message.

    Returns
    -------
    str

    Raises
    ------
    InputError
        It holds anything but small letters, digits and hyphens.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f"the {what}'s name is {name[:40]!r}", "Use small letters a-z, digits and hyphens, 32 of them at most"
        )
    return name


def open_session(workspace: Workspace, name: str) -> Session:
    """A session of a workspace; a new one, with its keys, where there is none of the name.

    Parameters
    ----------
    workspace
        Whose annotations it adds to; the session's folder lies beside their store.
    name
        Small letters, digits and hyphens.

    Returns
    -------
    Session

    Raises
    ------
    InputError
        The name cannot be that of a folder.
    OutputError
        The folder cannot be written.
    SourceError
        The file of the keys is damaged.
    """
    database = "://" in workspace.moderation.store
    beside = workspace.path.parent if database else store_path(workspace).parent
    folder = beside / "workshop" / checked_name(name)
    path = folder / _FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write(path, RoomKeys(secrets.token_urlsafe(24), secrets.token_urlsafe(24), new_code()))
    except OSError as error:
        problem = f"{folder} cannot be written ({error.strerror})"
        raise OutputError(problem, "Name a place that can with moderation.store") from None
    try:
        keys = RoomKeys(**json.loads(path.read_text(encoding="utf-8")))
        sound = all(isinstance(value, str) and len(value) >= 8 for value in asdict(keys).values())
    except (OSError, ValueError, TypeError):
        sound = False
    if not sound:
        raise SourceError(f"{path} cannot be read as the keys of a room", "Remove it: the room gets new keys")
    return Session(name, folder, keys)


def _write(path: Path, keys: RoomKeys) -> None:
    """Write the keys whole, for their owner alone; those of another process that was faster count."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(asdict(keys), indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)

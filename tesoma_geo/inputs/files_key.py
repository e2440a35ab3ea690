"""What names the content of a workspace's files, found without reading a layer."""

import datetime
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tesoma_geo._files import sha256
from tesoma_geo._plugins import PLATFORMS, find_plugins
from tesoma_geo._program import program
from tesoma_geo.annotations.store_path import in_database
from tesoma_geo.inputs.plausibility.names import doubtful_names
from tesoma_geo.inputs.protected import answer_files, register_file
from tesoma_geo.workspace import Workspace, stated
from tesoma_geo.workspace.addresses import source_path
from tesoma_geo.workspace.faults import named_sources
from tesoma_geo.workspace.licences import marks_of

#: Sections that no layer is read by and nothing is computed from but what is told of them: words in pages that are
#: kept without them, and a few figures of homes whose minutes are kept.
TOLD_ALONE = ("targets", "workshop", "site")


@dataclass(frozen=True)
class RunKeys:
    """What a run follows from, in three digests.

    Attributes
    ----------
    whole
        Of the content of all files, this program and the day.
    but_for_words
        Of the same, the workspace file by its settings without those of :data:`TOLD_ALONE`, and with marks in place of
        licences (:mod:`tesoma_geo.workspace.licences`).
    but_for_retold
        Of the same, without licences and the name of the hub.
    """

    whole: bytes
    but_for_words: bytes
    but_for_retold: bytes


def files_key(workspace: Workspace) -> bytes | None:
    """What names the content of all files that a run follows from, this program and the day.

    Parameters
    ----------
    workspace
        The workspace, checked.

    Returns
    -------
    bytes or None
        None where the result follows from more than files, or a file cannot be read: then the layers are to be read.
    """
    keys = run_keys(workspace)
    return None if keys is None else keys.whole


def run_keys(workspace: Workspace) -> RunKeys | None:
    """What names all that a run follows from, and all but what its pages say of the site and of targets.

    Parameters
    ----------
    workspace
        The workspace, checked.

    Returns
    -------
    RunKeys or None
        As of :func:`files_key`.
    """
    files = file_digests(workspace)
    if files is None:
        return None
    day = datetime.datetime.now(datetime.UTC).astimezone().date().isoformat()  # rounds of answers have days
    told = [program(), str(workspace.path), str(workspace.path.resolve()), day]
    try:
        of_workspace = sha256(workspace.path)
    except OSError:
        return None
    computed = {name: section for name, section in stated(workspace).items() if name not in (*TOLD_ALONE, "path")}
    named = list(computed.items())
    keys = of_workspace, [named, marks_of(workspace)], list(_without_hub_name(computed, workspace).items())
    return RunKeys(*(_digest([told, files, further]) for further in keys))


def file_digests(workspace: Workspace) -> list[tuple[str, str, list[tuple[str, str]]]] | None:
    """The content of all files that a workspace names.

    Parameters
    ----------
    workspace
        The workspace, checked.

    Returns
    -------
    list of tuple or None
        Key in the workspace file, path, and of each file that belongs to it its path and hash; None as of
        :func:`files_key`.
    """
    further = (*answer_files(workspace), register_file(workspace))
    if in_database(workspace) or any(path.exists() for path in further) or find_plugins(PLATFORMS):
        return None
    content = workspace.model_dump(mode="json", exclude={"path"}, exclude_none=True)
    content["district"]["catalogues"] = dict(workspace.district.catalogues)  # which no result tells
    named = [("network", workspace.osm_path)]
    named += [(key, source_path(workspace.path, source)) for key, source in named_sources(content)]
    try:
        return [
            (key, str(path), [(str(file), sha256(file)) for file in _belonging(path)])
            for key, path in dict(named).items()
        ]
    except OSError:
        return None


def _without_hub_name(computed: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    """Settings without the name of the hub, where it is told alone: it is the one hub, and the name has no doubts."""
    doubts = [doubt for doubt in doubtful_names(workspace) if doubt.where.startswith("hub.")]
    if workspace.hubs or doubts:
        return computed
    return {**computed, "hub": {name: value for name, value in computed["hub"].items() if name != "name"}}


def _digest(content: object) -> bytes:
    return hashlib.blake2b(json.dumps(content, default=repr).encode(), digest_size=16).digest()


def _belonging(path: Path) -> Iterator[Path]:
    """The files of a layer: all of a folder; of a file also those that have its name with another ending."""
    if path.is_dir():
        yield from sorted(Path(folder) / name for folder, _, names in os.walk(path) for name in names)
        return
    stem = f"{path.stem}."
    yield from sorted(other for other in path.parent.iterdir() if other.name.startswith(stem) and other.is_file())

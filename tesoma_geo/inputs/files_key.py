"""What names the content of a workspace's files, found without reading a layer."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tesoma_geo._files import sha256
from tesoma_geo._plugins import PLATFORMS, find_plugins
from tesoma_geo._program import program
from tesoma_geo.annotations.store_path import store_path
from tesoma_geo.annotations.store_state import state_of_store
from tesoma_geo.inputs.plausibility.names import doubtful_names
from tesoma_geo.inputs.register_files import register_files
from tesoma_geo.workspace import Workspace, stated
from tesoma_geo.workspace.addresses import source_path
from tesoma_geo.workspace.faults import named_sources
from tesoma_geo.workspace.licences import licences_by_table, marks_of

#: Sections that no layer is read by and nothing is computed from but what is told of them: words in pages that are
#: kept without them, and a few figures of homes whose minutes are kept.
TOLD_ALONE = ("targets", "workshop", "site")
#: Key of a workspace file → path, and of each file that belongs to it its path and hash.
Digests = list[tuple[str, str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class RunKeys:
    """What a run follows from, in digests.

    Attributes
    ----------
    whole
        Of the content of all files, this program, and what :attr:`beside` is of.
    but_for_words
        Of the same, the workspace file by its settings without those of :data:`TOLD_ALONE`, and with marks in place of
        licences (:mod:`tesoma_geo.workspace.licences`).
    but_for_retold
        Of the same, without licences and the name of the hub.
    beside
        As of :func:`beside_layers`.
    """

    whole: bytes
    but_for_words: bytes
    but_for_retold: bytes
    beside: bytes


def told_parts(workspace: Workspace) -> dict[str, str]:
    """What a result tells but for what is computed: its sections and licences, each with a digest.

    Parameters
    ----------
    workspace
        The workspace, checked.

    Returns
    -------
    dict
        ``[site]`` or ``licence of services.files.0`` → hex digits.
    """
    sections = stated(workspace)
    parts: dict[str, object] = {f"[{name}]": sections.get(name) for name in TOLD_ALONE}
    parts |= {f"licence of {table}": licence for table, licence in licences_by_table(workspace)}
    return {name: _digest(value).hex() for name, value in parts.items()}


def files_key(workspace: Workspace) -> bytes | None:
    """What names the content of all files that a run follows from, and this program.

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
    files, beside = file_digests(workspace), beside_layers(workspace)
    if files is None or beside is None or find_plugins(PLATFORMS):
        return None
    told = [program(), str(workspace.path), str(workspace.path.resolve()), beside.hex()]
    try:
        of_workspace = sha256(workspace.path)
    except OSError:
        return None
    computed = {name: section for name, section in stated(workspace).items() if name not in (*TOLD_ALONE, "path")}
    named = list(computed.items())
    but_for_words = [named, marks_of(workspace)]
    but_for_retold = list(_without_hub_name(computed, workspace).items())
    whole, alike, retold = (_digest([told, files, of]) for of in (of_workspace, but_for_words, but_for_retold))
    return RunKeys(whole, alike, retold, beside)


def beside_layers(workspace: Workspace) -> bytes | None:
    """What names all that a run follows from beside its settings and layers, and may change while it is done.

    That is the store of residents' answers, of which nothing leaves that could be tried without its key
    (:mod:`tesoma_geo.annotations.store_state`), the register of trials with the plans that it names, and how many
    cohorts' days have come.

    Parameters
    ----------
    workspace
        The workspace, checked.

    Returns
    -------
    bytes or None
        None where it cannot be told.
    """
    answers, registered = state_of_store(workspace), register_files(workspace)
    if answers is None or registered is None:
        return None
    closes = workspace.publish.cohort_closes
    today = date.today()  # as in what publishes
    come = sum(day <= today for day in (closes.values() if isinstance(closes, Mapping) else closes))
    try:
        trials = _with_hashes(("", path) for path in registered)
    except OSError:
        return None
    return _digest([str(store_path(workspace)), answers, trials, come])


def file_digests(workspace: Workspace, *, answers: bool = True) -> Digests | None:
    """The content of all files that a workspace names.

    Parameters
    ----------
    workspace
        The workspace, checked.
    answers
        Whether those of ``[[annotations]]`` are among them.

    Returns
    -------
    list of tuple
        Key in the workspace file, path, and of each file that belongs to it its path and hash; None where one cannot
        be read.
    """
    content = workspace.model_dump(mode="json", exclude={"path"}, exclude_none=True)
    content["district"]["catalogues"] = dict(workspace.district.catalogues)  # which no result tells
    named = [("network", workspace.osm_path)]
    named += [
        (key, source_path(workspace.path, source))
        for key, source in named_sources(content)
        if answers or key.split(".")[0] != "annotations"
    ]
    try:
        return _with_hashes(dict(named).items())
    except OSError:
        return None


def _with_hashes(named: Iterable[tuple[str, Path]]) -> Digests:
    return [(key, str(path), [(str(file), sha256(file)) for file in _belonging(path)]) for key, path in named]


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

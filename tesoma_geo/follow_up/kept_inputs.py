"""What a run was made from, kept by its content: so that a dated run can be assessed again, years later.

Files lie in a folder that many runs share, each once, under the hash of its content. What residents said is not kept.
"""

import datetime
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tesoma_geo._files import sha256, write_json, written_file
from tesoma_geo.errors import InputError
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.addresses import source_path
from tesoma_geo.workspace.faults import named_sources

#: The folder of kept files, beside the folders of runs; and the file in a run's folder that tells which are its own.
STORE, KEPT = "kept_inputs", "kept_inputs.json"
#: Sections that are not kept: what residents said is nobody's input, and a workshop's rounds are none either.
NEVER = ("annotations", "publish", "moderation", "experience", "workshop")


@dataclass(frozen=True)
class KeptInputs:
    """A dated run with all that it was made from.

    Attributes
    ----------
    folder
        The run's.
    date
        The day that the run is of, ISO 8601.
    software
        The version that made it.
    workspace
        Its workspace, with the kept files as sources.
    hashes
        Key of the workspace file → SHA-256 of the file that it named.
    """

    folder: Path
    date: str
    software: str
    workspace: Workspace
    hashes: dict[str, str]


def keep_inputs(workspace: Workspace, folder: Path, store: Path, beside: Path, date: str) -> int:
    """Keep what a run is made from, and tell in its folder what that is.

    Parameters
    ----------
    workspace
        Of the run.
    folder
        Of the run; gets ``kept_inputs.json``.
    store
        Where files are kept; made when it is not there. A file that it has already is not copied again.
    beside
        Where the folder of the run will be: the store is told relative to it.
    date
        The day that the run is of, ISO 8601.

    Returns
    -------
    int
        How many files were new to the store.
    """
    content = workspace.model_dump(mode="json", exclude={"path", *NEVER}, exclude_defaults=True)
    kept, hashes, new = dict[str, str](), dict[str, str](), 0
    for key, source in named_sources(content):
        path = source_path(workspace.path, source)
        if not path.is_file():
            continue
        hashes[key] = sha256(path)
        name = f"{hashes[key]}/{path.name}"
        target = store / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with written_file(target) as draft:
                shutil.copyfile(path, draft)
            new += 1
        kept[key] = name
    write_json(
        folder / KEPT,
        {
            "date": date,
            "software": version("tesoma-geo"),
            "store": os.path.relpath(store.absolute(), beside.absolute()).replace(os.sep, "/"),
            "files": [{"key": key, "file": kept[key], "sha256": hashes[key]} for key in sorted(kept)],
            "workspace": _named_anew(content, kept.get),
        },
    )
    return new


def kept_run(folder: Path) -> KeptInputs:
    """A dated run whose inputs were kept; every file is checked by its content.

    Parameters
    ----------
    folder
        Of the run.

    Returns
    -------
    KeptInputs

    Raises
    ------
    InputError
        The folder has no kept inputs, they cannot be read, or a file is gone or changed.
    """
    file = folder / KEPT
    if not file.is_file():
        raise InputError(f"{folder} has no kept inputs", "Make it again: tesoma-geo run --keep-inputs")
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        store = (folder / content["store"]).resolve()
        files = {str(row["key"]): (str(row["file"]), str(row["sha256"])) for row in content["files"]}
        date, software, named = str(content["date"]), str(content["software"]), content["workspace"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{file} is no list of kept inputs: {error}", "Make the run again") from None
    for name, wanted in files.values():
        path = store / name
        if not path.is_file():
            raise InputError(f"the kept file {path} is gone", "Bring the folder of kept inputs back")
        if sha256(path) != wanted:
            raise InputError(f"the kept file {path} was changed", "Bring the folder of kept inputs back")
    whole = _named_anew(named, lambda key, value: str(store / files[key][0]) if key in files else value)
    try:
        workspace = Workspace.model_validate({**whole, "path": folder.absolute() / "tesoma.toml"})
    except ValueError as error:
        raise InputError(f"{file} holds no workspace of this version: {error}", "Make the run again") from None
    return KeptInputs(folder, date, software, workspace, {key: wanted for key, (_, wanted) in files.items()})


def day_of(as_of: datetime.datetime | None) -> str:
    """The day of a run.

    Parameters
    ----------
    as_of
        As it was told; None for the day by the machine's clock.

    Returns
    -------
    str
        ISO 8601.
    """
    return (as_of or datetime.datetime.now(datetime.UTC).astimezone()).date().isoformat()


def _named_anew(content: Any, rename: Callable[[str, str], str], key: str = "") -> Any:
    """The content with other sources; what an address stands for is a file from then on."""
    if isinstance(content, list | tuple):
        return [_one(item, rename, f"{key}.{number}") for number, item in enumerate(content)]
    if not isinstance(content, dict):
        return content
    anew = {name: _one(value, rename, f"{key}.{name}" if key else name) for name, value in content.items()}
    if key == "network" and anew.get("overpass") != content.get("overpass"):
        anew["osm"] = anew.pop("overpass")
    if "wfs_layer" in anew and anew.get("source") != content.get("source"):
        anew.pop("wfs_layer")
    return anew


def _one(value: Any, rename: Callable[[str, str], str], key: str) -> Any:
    return rename(key, value) if isinstance(value, str) else _named_anew(value, rename, key)


def runs_in(folder: Path) -> Iterator[Path]:
    """The folders of runs with kept inputs in a folder.

    Parameters
    ----------
    folder
        Of a series.

    Yields
    ------
    Path
        By name.
    """
    yield from (path.parent for path in sorted(folder.glob(f"*/{KEPT}")))

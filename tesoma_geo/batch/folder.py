"""The folder of a batch: known by its own mark, of one call at a time, and nothing of anybody else in it is touched."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

import geopandas as gpd

from tesoma_geo._drafts import draft_folder
from tesoma_geo._files import sha256, write_json
from tesoma_geo._result_mark import refuse_within_result
from tesoma_geo.batch.work import DRAFTS, RECORDS, cells_file, record_file
from tesoma_geo.errors import OutputError

MARK, SUMMARY, PAGE = "batch.json", "summary", "page"
_NAME, _WHAT, _FILES = "tesoma_geo", "batch", "files"
_RECORD_KEYS = {"key", "district", "name", "reason", "figures"}
_SUMMARIES = (f"{SUMMARY}.csv", f"{SUMMARY}.parquet")
_REMEDY = "Name another place with --out"


@contextmanager
def batch_folder(out: Path) -> Iterator[None]:
    """Within the block the folder is this call's alone; it is made, or made sure to be a batch's.

    What a killed call left half written goes.

    Parameters
    ----------
    out
        The folder: new, empty, or of an earlier call.

    Yields
    ------
    None

    Raises
    ------
    OutputError
        The folder holds something else or a table that somebody changed, another call is at work on it, or it cannot
        be written.
    """
    place = out.resolve()
    refuse_within_result(place)
    if out.exists():
        _require_batch(out)
    with draft_folder(place):
        try:
            out.mkdir(parents=True, exist_ok=True)
            if not (out / MARK).is_file():
                write_json(out / MARK, {_NAME: _WHAT, _FILES: {}})
        except OSError as error:
            raise OutputError(f"{out} cannot be written ({error.strerror})", _REMEDY) from None
        shutil.rmtree(out / DRAFTS, ignore_errors=True)
        yield


def drop_others(out: Path, districts: set[str]) -> None:
    """Remove what the batch wrote of districts that are no longer in it; nothing else.

    Parameters
    ----------
    out
        The folder of the batch.
    districts
        Those that are in it.
    """
    for path in sorted((out / RECORDS).glob("*.json")):
        district = _district_of(path)
        if district is None or district in districts or record_file(out, district) != path:
            continue
        path.unlink()
        part = cells_file(out, district)
        with suppress(OSError):
            part.unlink()
            part.parent.rmdir()
    shutil.rmtree(out / DRAFTS, ignore_errors=True)


def write_summary(table: gpd.GeoDataFrame, out: Path, pages: Mapping[str, bytes] | None = None) -> None:
    """Write the table of a batch and its pages, and into its mark how the files are.

    Parameters
    ----------
    table
        ``command_columns.BATCH``, a row a district.
    out
        The folder of the batch.
    pages
        File below ``page/`` → bytes; those of an earlier call that are not among them go.

    Raises
    ------
    OutputError
        Somebody put or changed a file of that name meanwhile.
    """
    drafts = out / DRAFTS / SUMMARY
    drafts.mkdir(parents=True, exist_ok=True)
    table.to_parquet(drafts / f"{SUMMARY}.parquet", index=False)
    table.drop(columns="geometry").to_csv(drafts / f"{SUMMARY}.csv", index=False, lineterminator="\n")
    for name, content in (pages or {}).items():
        (drafts / PAGE / name).parent.mkdir(parents=True, exist_ok=True)
        (drafts / PAGE / name).write_bytes(content)
    new = sorted(path.relative_to(drafts).as_posix() for path in drafts.rglob("*") if path.is_file())
    _require_batch(out, new)
    # The mark goes first and knows the former files too: whenever the process ends, what is there is known.
    known = _listed(out) or {}
    _put_mark(out, known | {name: [*known.get(name, [])[-1:], sha256(drafts / name)] for name in new})
    for name in new:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(drafts / name, out / name)
    for name in sorted(known.keys() - set(new)):
        (out / name).unlink(missing_ok=True)
        with suppress(OSError):
            (out / name).parent.rmdir()
    _put_mark(out, {name: hashes[-1:] for name, hashes in (_listed(out) or {}).items() if name in new})
    shutil.rmtree(out / DRAFTS, ignore_errors=True)


def _put_mark(out: Path, files: dict[str, list[str]]) -> None:
    folder = out / DRAFTS / "mark"
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / MARK, {_NAME: _WHAT, _FILES: files})
    os.replace(folder / MARK, out / MARK)


def _require_batch(out: Path, new: Iterable[str] = ()) -> None:
    """Refuse a folder of something else, and one where a file that is the batch's, or is to be, is somebody's."""
    if not out.is_dir():
        raise OutputError(f"{out} is a file, not a folder", _REMEDY)
    if not any(out.iterdir()):
        return
    listed = _listed(out)
    if listed is None:
        raise OutputError(f"{out} exists already and holds no batch", _REMEDY)
    for name in sorted({*_SUMMARIES, *listed, *new}):
        path = out / name
        if not path.resolve().is_relative_to(out.resolve()):
            raise OutputError(f"{path} is a link that leads out of {out}", _REMEDY)
        if path.exists() and not (path.is_file() and sha256(path) in listed.get(name, ())):
            raise OutputError(
                f"{out} holds {name}, which tesoma-geo did not write so", "Move it elsewhere, or name another folder"
            )


def _listed(out: Path) -> dict[str, list[str]] | None:
    """The files that the mark of a batch names, with their hashes; None where the folder has no such mark."""
    content = _json(out / MARK)
    if not isinstance(content, dict) or content.get(_NAME) != _WHAT:
        return None
    files = content.get(_FILES)
    if not isinstance(files, dict):
        return {}
    return {
        str(name): [str(one) for one in hashes]
        for name, hashes in files.items()
        if isinstance(hashes, list) and _may_be_ours(str(name))
    }


def _may_be_ours(name: str) -> bool:
    """Whether a batch writes files of such a name: a mark from elsewhere could name any."""
    parts = PurePosixPath(name).parts
    return name in _SUMMARIES or (parts[:1] == (PAGE,) and len(parts) > 1 and ".." not in parts and "\\" not in name)


def _district_of(path: Path) -> str | None:
    """Whose record a file is; None where it is no record."""
    content = _json(path)
    return str(content["district"]) if isinstance(content, dict) and content.keys() == _RECORD_KEYS else None


def _json(path: Path) -> Any:
    with suppress(OSError, ValueError, RecursionError):
        return json.loads(path.read_text(encoding="utf-8"))
    return None

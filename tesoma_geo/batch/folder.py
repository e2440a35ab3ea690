"""The place of a batch's results: known by its own mark, and nothing of anybody else in it is touched."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import geopandas as gpd

from tesoma_geo._files import json_bytes
from tesoma_geo.batch.result_place import ResultPlace
from tesoma_geo.batch.results import REMEDY
from tesoma_geo.batch.work import RECORDS, cells_name, record_name
from tesoma_geo.errors import OutputError

MARK, SUMMARY, PAGE = "batch.json", "summary", "page"
_NAME, _WHAT, _FILES = "tesoma_geo", "batch", "files"
_RECORD_KEYS = {"key", "district", "name", "reason", "figures"}
_SUMMARIES = (f"{SUMMARY}.csv", f"{SUMMARY}.parquet")


@contextmanager
def batch_folder(out: ResultPlace) -> Iterator[str | None]:
    """Within the block the place is this call's alone where it can be locked; it is made, or made sure to be a batch's.

    What a killed call left half written goes.

    Parameters
    ----------
    out
        The place of the results: new, empty, or of an earlier call.

    Yields
    ------
    str or None
        The version of the mark that was found, for :func:`write_summary`.

    Raises
    ------
    OutputError
        The place holds something else or a table that somebody changed, another call is at work on it, or it cannot
        be written.
    """
    _require_batch(out)
    with out.alone():
        mark = out.read(MARK) or _mark({})
        if not out.has(MARK):
            try:
                out.put(MARK, mark)
            except OSError as error:
                raise OutputError(f"{out} cannot be written ({error.strerror})", REMEDY) from None
        out.require_exchange(MARK, mark)  # known before hours of work
        out.tidy()
        yield out.version(MARK)


def drop_others(out: ResultPlace, districts: set[str]) -> None:
    """Remove what the batch wrote of districts that are no longer in it; nothing else.

    Parameters
    ----------
    out
        The place of the results.
    districts
        Those that are in it.
    """
    kept = {record_name(district) for district in districts}
    for name in out.names(RECORDS):
        district = None if name in kept else _district_of(out, name)
        if district is None or record_name(district) != name:
            continue
        out.remove(name)
        out.remove(cells_name(district))


def write_summary(
    table: gpd.GeoDataFrame, out: ResultPlace, pages: Mapping[str, bytes] | None = None, found: str | None = None
) -> None:
    """Write the table of a batch and its pages, and into its mark how the files are.

    Parameters
    ----------
    table
        ``command_columns.BATCH``, a row a district.
    out
        The place of the results.
    pages
        File below ``page/`` → bytes; those of an earlier call that are not among them go.
    found
        The version of the mark that this call began with, where nothing keeps others away.

    Raises
    ------
    OutputError
        Somebody put or changed a file of that name meanwhile.
    """
    parquet = BytesIO()
    table.to_parquet(parquet, index=False)
    csv = table.drop(columns="geometry").to_csv(index=False, lineterminator="\n")
    new = {f"{SUMMARY}.parquet": parquet.getvalue(), f"{SUMMARY}.csv": csv.encode()}
    new |= {f"{PAGE}/{name}": content for name, content in (pages or {}).items()}
    _require_batch(out, new)
    # The mark goes first and knows the former files too: whenever the process ends, what is there is known.
    known = _listed(out) or {}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in new.items()}
    out.put(MARK, _mark(known | {name: [*known.get(name, [])[-1:], digests[name]] for name in sorted(new)}), found)
    for name in sorted(new):
        out.put(name, new[name])
    for name in sorted(known.keys() - new.keys()):
        out.remove(name)
    out.put(MARK, _mark({name: [digests[name]] for name in sorted(new)}))
    out.tidy()


def _mark(files: Mapping[str, Sequence[str]]) -> bytes:
    return json_bytes({_NAME: _WHAT, _FILES: files})


def _require_batch(out: ResultPlace, new: Iterable[str] = ()) -> None:
    """Refuse a place of something else, and one where a file that is the batch's, or is to be, is somebody's."""
    if out.is_empty():
        return
    listed = _listed(out)
    if listed is None:
        raise OutputError(f"{out} exists already and holds no batch", REMEDY)
    for name in sorted({*_SUMMARIES, *listed, *new}):
        if out.leads_out(name):
            raise OutputError(f"{out.shown(name)} is a link that leads out of {out}", REMEDY)
        content = out.read(name)
        ours = content is not None and hashlib.sha256(content).hexdigest() in listed.get(name, ())
        if not ours and (content is not None or out.is_taken(name)):
            raise OutputError(
                f"{out} holds {name}, which tesoma-geo did not write so", "Move it elsewhere, or name another place"
            )


def _listed(out: ResultPlace) -> dict[str, list[str]] | None:
    """The files that the mark of a batch names, with their hashes; None where there is no such mark."""
    content = _json(out.read(MARK))
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


def _district_of(out: ResultPlace, name: str) -> str | None:
    """Whose record a file is; None where it is no record."""
    content = _json(out.read(name)) if name.endswith(".json") else None
    return str(content["district"]) if isinstance(content, dict) and content.keys() == _RECORD_KEYS else None


def _json(content: bytes | None) -> Any:
    with suppress(ValueError, RecursionError):
        return json.loads(content or b"")
    return None

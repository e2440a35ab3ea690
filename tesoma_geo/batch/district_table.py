"""The table of districts that a batch names: where it lies, fetching it, and what its rows are called."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from tesoma_geo._downloads import Fetched
from tesoma_geo.batch.file import Batch
from tesoma_geo.errors import InputError
from tesoma_geo.sources.fetch import fetch, find_fetcher
from tesoma_geo.workspace import Workspace, is_address, source_path
from tesoma_geo.workspace.addresses import database_fault


def table_path(batch: Batch, source: str) -> Path:
    """The file of the table of districts: of an address the one that was fetched beside the batch's file.

    Parameters
    ----------
    batch
        The batch.
    source
        Its ``districts.source``.

    Returns
    -------
    Path
        Absolute.

    Raises
    ------
    InputError
        It is an address that holds a password or names no table, or was not fetched.
    """
    path = _place(batch, source)
    if is_address(source) and not path.exists():
        raise InputError(
            f"districts.source: {source} is not fetched yet", f"Run tesoma-geo fetch --batch {batch.path.name}"
        )
    return path


def fetch_batch(
    batch: Batch, *, refresh: bool = False, progress: Callable[[str], None] = lambda _: None
) -> list[Fetched]:
    """Download what a batch names by address: its table of districts, and what its template names.

    Parameters
    ----------
    batch
        The batch.
    refresh
        Ask for newer versions of what is there already.
    progress
        Told what is being done.

    Returns
    -------
    list of Fetched
        A file each.

    Raises
    ------
    InputError
        It has no template, or its table's address holds a password or names no table.
    FetchError
        A download did not succeed.
    """
    if batch.template is None or batch.districts is None:
        raise InputError(
            f"{batch.path.name} names workspaces", "Fetch for each of them: tesoma-geo fetch --workspace FILE"
        )
    source, fetched = batch.districts.source, []
    if source is not None and is_address(source):
        path = _place(batch, source)
        fetched.append(find_fetcher(source)(source, path, refresh=refresh, progress=progress))
    template = Workspace.load(batch.path.parent / batch.template, fetched=False, answers=False)
    return [*fetched, *fetch(template, refresh=refresh, progress=progress)]


def _place(batch: Batch, source: str) -> Path:
    fault = database_fault(source)
    if fault is not None:
        raise InputError(f"districts.source: {source} {fault[0]}", fault[1])
    return source_path(batch.path, source).absolute()


def name_in(rows: pd.DataFrame, column: str | None, key: str) -> str:
    """What a district or hub of a table is called.

    Parameters
    ----------
    rows
        Its rows.
    column
        Of names; None where there is none.
    key
        What names it in files.

    Returns
    -------
    str
        The first name among its rows; the key where there is none.
    """
    names = [] if column is None else [str(name) for name in rows[column].dropna() if str(name).strip()]
    return names[0] if names else key

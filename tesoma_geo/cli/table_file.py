"""A table as what a command gives: CSV on stdout, or a file."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.local_path import LocalPath

if TYPE_CHECKING:
    import pandas as pd

FORMATS = (".csv", ".parquet")
STDOUT = Path("-")


@dataclass(frozen=True)
class TableFolder:
    """A folder of Parquet files that is one table, as ``--out`` names it: by a ``/`` at its end.

    Attributes
    ----------
    path
        The folder.
    """

    path: Path


class TablePath(LocalPath):
    """A file of a table, or a :class:`TableFolder`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Parameters
        ----------
        value
            What was typed, or a default.
        param
            The option or argument.
        ctx
            What click knows of this call.

        Returns
        -------
        pathlib.Path or TableFolder
        """
        path = super().convert(value, param, ctx)
        return TableFolder(path) if str(value).endswith(("/", os.sep)) else path


table_out_option = click.option(
    "--out",
    metavar="FILE",
    type=LocalPath(allow_dash=True),
    default=STDOUT,
    show_default=True,
    help="A .csv or .parquet file; - is CSV on stdout.",
)
large_table_out_option = click.option(
    "--out",
    metavar="FILE|FOLDER/",
    type=TablePath(allow_dash=True),
    default=STDOUT,
    show_default=True,
    help="A .csv or .parquet file, or a folder of .parquet files (with / at its end); - is CSV on stdout.",
)


def check_table_file(out: Path, overwrite: bool, protected: Iterable[Path] = ()) -> None:
    """Refuse a file of another format, or a place that is taken, before the work is done.

    Parameters
    ----------
    out
        The value of ``--out``.
    overwrite
        Whether a file that is there is replaced.
    protected
        Files that are never replaced: what the table is made from.

    Raises
    ------
    OutputError
        Neither stdout nor a name that ends as one of ``FORMATS``; or something is there that may not be replaced.
    """
    from tesoma_geo._files import require_free
    from tesoma_geo.errors import OutputError

    if out != STDOUT and out.suffix.lower() not in FORMATS:
        raise OutputError(f"{out} is neither .csv nor .parquet", "Name the file so with --out")
    if out != STDOUT:
        require_free(out, overwrite=overwrite, protected=protected)


def write_table(
    table: "pd.DataFrame", out: Path, rows: str, *, overwrite: bool, console: Console, protected: Iterable[Path] = ()
) -> None:
    """Write a table where ``--out`` says.

    Parameters
    ----------
    table
        Written without its index.
    out
        ``-`` for CSV on stdout, or a file that ends in .csv or .parquet.
    rows
        What a row is, for the person: ``"travel times"``.
    overwrite
        Whether a file that is there is replaced.
    console
        Told how many rows were written.
    protected
        Files that are never replaced: what the table was made from.
    """
    write_blocks([table], out, rows, overwrite=overwrite, console=console, protected=protected)


def write_blocks(
    tables: "Iterable[pd.DataFrame]",
    out: Path,
    rows: str,
    *,
    overwrite: bool,
    console: Console,
    protected: Iterable[Path] = (),
) -> None:
    """Write the parts of a table where ``--out`` says, each as soon as it is there.

    Parameters
    ----------
    tables
        At least one, all with the same columns; written without their indexes, in Parquet as row groups.
    out
        ``-`` for CSV on stdout, or a file that ends in .csv or .parquet.
    rows
        What a row is, for the person: ``"travel times"``.
    overwrite
        Whether a file that is there is replaced.
    console
        Told how many rows were written.
    protected
        Files that are never replaced: what the table was made from.
    """
    from tesoma_geo._files import written_file
    from tesoma_geo._row_groups import write_row_groups

    if out == STDOUT:
        for number, table in enumerate(tables):
            click.echo(table.to_csv(index=False, header=number == 0), nl=False)
        return
    with written_file(out, overwrite=overwrite, protected=protected) as draft:
        count = (_write_csv if out.suffix.lower() == ".csv" else write_row_groups)(tables, draft)
    console.info(f"{count:,} {rows} in {out}")


def _write_csv(tables: "Iterable[pd.DataFrame]", path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, table in enumerate(tables):
            table.to_csv(file, index=False, header=number == 0, lineterminator=os.linesep)
            count += len(table)
    return count

"""A table as what a command gives: CSV on stdout, or a file."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.console import Console

if TYPE_CHECKING:
    import pandas as pd

FORMATS = (".csv", ".parquet")
STDOUT = Path("-")

table_out_option = click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    default=STDOUT,
    show_default=True,
    help="A .csv or .parquet file; - is CSV on stdout.",
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
    from tesoma_geo._files import written_file

    if out == STDOUT:
        click.echo(table.to_csv(index=False), nl=False)
        return
    with written_file(out, overwrite=overwrite, protected=protected) as draft:
        if out.suffix.lower() == ".csv":
            table.to_csv(draft, index=False)
        else:
            table.to_parquet(draft, index=False)
    console.info(f"{len(table):,} {rows} in {out}")

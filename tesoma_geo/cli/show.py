"""What a command gives as data: on stdout, for a person as a table, for a program as JSON."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from tesoma_geo._redaction import content_without_secrets
from tesoma_geo.cli.console import plain


def show_json(content: Any, *, as_written: bool = False) -> None:
    """Print JSON for a pipe: indented, UTF-8, without NaN and without secrets of addresses.

    Parameters
    ----------
    content
        What ``json`` can write.
    as_written
        Leave texts as residents wrote them, addresses and all.
    """
    content = content if as_written else content_without_secrets(content)
    click.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table with a line a row; numbers are right-aligned. Not cut where stdout is not a terminal.

    Parameters
    ----------
    columns
        Their titles.
    rows
        A value a column; text is made harmless.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    cells = [list(row) for row in rows]
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for number, column in enumerate(columns):
        numeric = all(isinstance(row[number], int | float) or row[number] in ("", "–") for row in cells)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in cells:
        table.add_row(*(_cell(value) for value in row))
    console = Console(markup=False, highlight=False, emoji=False, width=None if sys.stdout.isatty() else 200)
    with console.capture() as text:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in text.get().splitlines() if line.strip()))


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else plain(value)

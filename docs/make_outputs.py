"""Writes the tables of columns in ``docs/outputs.md``: ``make outputs-docs``; a test holds them to the records."""

import re
from pathlib import Path

from tesoma_geo import columns, command_columns

PAGE = Path(__file__).resolve().parent / "outputs.md"
SECTION = re.compile(r"(<!-- columns: (\S+) -->\n).*?(<!-- end of columns -->)", re.DOTALL)
TABLES = (
    columns.CELLS, columns.TRANSIT_STOPS, columns.ORIGINS, columns.SERVICES, columns.ISOCHRONES, columns.BETWEENNESS,
    columns.BARRIERS, *columns.PROJECT.values(), command_columns.DIFFERENCES, command_columns.CHANGES,
    command_columns.UNKNOWNS, command_columns.BATCH,
    columns.HUB_PLACES, columns.CATCHMENTS, columns.HUB_CHOICES, columns.ANNOTATIONS,
)  # fmt: skip
HEAD = "| column | type | unit | what it is | there for |\n|---|---|---|---|---|\n"


def page(text: str) -> str:
    """The page with its tables as the records have them."""
    return SECTION.sub(lambda found: found[1] + _tables(found[2]) + found[3], text)


def _tables(file: str) -> str:
    """The tables of a file, each below a line on its rows."""
    of_file = [table for table in TABLES if table.file == file]
    if not of_file:
        raise SystemExit(f"no table is of {file}")
    return "\n".join(map(_table, of_file)) + "\n"


def _table(table: columns.OutputTable) -> str:
    layer = f"Layer `{table.layer}`. " if table.layer else ""
    layer = f"A layer for each profile{table.layer.removeprefix('<profile>')}. " if "<profile>" in layer else layer
    return f"{layer}A row: {table.rows}. `geometry`: {table.geometry}.\n\n{HEAD}" + "".join(map(_row, table.columns))


def _row(column: columns.Column) -> str:
    cells = (f"`{column.pattern}`", column.dtype, column.unit, column.meaning, column.there_for)
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|\n"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")

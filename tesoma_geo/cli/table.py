"""``tesoma-geo table``: tables for a memo from a finished run."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.choices import NamedChoice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.local_path import LOCAL_PATH
from tesoma_geo.cli.options import console_options, overwrite_option

if TYPE_CHECKING:
    import pandas as pd

    from tesoma_geo.render.text.catalogue import Catalogue

#: Blanks that languages write within numbers.
_BLANKS = "\xa0\u202f"
#: End of a file's name → format.
FORMATS = {".txt": "text", ".csv": "csv", ".md": "markdown", ".xlsx": "xlsx"}


@click.command("table")
@click.option("--results", metavar="DIR", type=click.Path(path_type=Path), default=Path("maps/results"),
              show_default=True, help="The folder that `run` made.")  # fmt: skip
@click.option("--by", type=NamedChoice(("area", "age", "service")), default="area", show_default=True,
              help="What the rows are.")  # fmt: skip
@click.option("--profile", "profiles", multiple=True, help="Only this way of moving; may be given again.")
@click.option("--within-min", type=click.FloatRange(min=0, min_open=True), metavar="MINUTES",
              help="Minutes of the share; those of the workspace's services unless named.")  # fmt: skip
@click.option("--language", metavar="TAG", help="A language of the pages; the run's first unless named.")
@click.option("--format", "form", type=NamedChoice(("text", "csv", "markdown", "xlsx")),
              help="How it is written; by the end of --out, or text.")  # fmt: skip
@click.option("--out", metavar="FILE", type=LOCAL_PATH,
              help="A .txt, .csv, .md or .xlsx file; stdout unless named.")  # fmt: skip
@click.option("--against", metavar="DIR", type=click.Path(path_type=Path),
              help="Another run, whose figures stand beside these, with what changed.")  # fmt: skip
@overwrite_option
@console_options
def command(
    results: Path,
    by: str,
    profiles: tuple[str, ...],
    within_min: float | None,
    language: str | None,
    form: str | None,
    out: Path | None,
    against: Path | None,
    overwrite: bool,
    console: Console,
) -> None:
    """Print a table of a finished run for a memo.

    A row an area, an age group or a kind of service: residents, and for each way of moving their median
    minutes to the hub (to the nearest service) and the share who need no longer than a limit. Nothing is
    computed anew: the figures are those of the run. With --against any two runs are compared, row by row.

    \b
    Examples:
      tesoma-geo table
      tesoma-geo table --by age --profile walk --profile transit --language sv
      tesoma-geo table --by service --results tampere/results --out services.xlsx
      tesoma-geo table --within-min 10 --format markdown
      tesoma-geo table --results results/2025 --against results/2026 --profile walk
    """
    from dataclasses import replace

    from tesoma_geo._files import require_free, written_file
    from tesoma_geo.errors import InputError
    from tesoma_geo.render.desk.column_names import word
    from tesoma_geo.render.desk.memo_tables import BY, compared_tables, memo_table
    from tesoma_geo.render.desk.results import Results
    from tesoma_geo.render.desk.workbook import Sheet, write_workbook
    from tesoma_geo.render.text.catalogue import catalogue

    end = "" if out is None else out.suffix.lower()
    chosen = form or FORMATS.get(end) or ("text" if out is None else None)
    if chosen is None:
        raise InputError(f"{out} is no .txt, .csv, .md or .xlsx", "Name the file so, or add --format")
    if chosen == "xlsx" and out is None:
        raise InputError("a workbook cannot be printed", "Name a file with --out")
    kept = tuple(results.rglob("*"))
    if out is not None:
        require_free(out, overwrite=overwrite, protected=kept)
    run = Results.read(results)
    words = catalogue(language or run.languages[0])
    rows = next(one for one in BY if one == by)
    table = memo_table(run, rows, words, within_min=within_min, profiles=profiles)
    if against is not None:
        second = replace(Results.read(against), also_named=run.area_names)
        run = replace(run, also_named=second.area_names)
        table = memo_table(run, rows, words, within_min=within_min, profiles=profiles)
        other = memo_table(second, rows, words, within_min=within_min, profiles=profiles)
        table = compared_tables(table, other, words)
    if out is None:
        click.echo(_text(table, chosen, words), nl=False)
        return
    with written_file(out, overwrite=overwrite, protected=kept) as draft:
        if chosen == "xlsx":
            shares = frozenset(str(name) for name in table.columns if "≤" in str(name))
            write_workbook(draft, [Sheet(word(by, words), table, shares=shares)], words)  # fmt: skip
        else:
            draft.write_text(_text(table, chosen, words), encoding="utf-8")
    console.info(f"{len(table)} rows in {out}")


def _text(table: "pd.DataFrame", form: str, words: "Catalogue") -> str:
    """The table as text, CSV or Markdown; for people numbers are written as the language does."""
    if form == "csv":
        return table.to_csv(index=False, lineterminator="\n")
    rows = [[str(name) for name in table.columns]]
    rows += [[_cell(name, value, words) for name, value in zip(table.columns, row, strict=True)]
             for row in table.itertuples(index=False)]  # fmt: skip
    if form == "markdown":
        plain = [[cell.replace("\\", "\\\\").replace("|", "\\|") for cell in row] for row in rows]
        rule = ["---", *["---:"] * (len(rows[0]) - 1)]
        return "".join(f"| {' | '.join(row)} |\n" for row in [plain[0], rule, *plain[1:]])
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) if at == 0 else cell.rjust(width) for at, (cell, width) in
                  enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _cell(name: object, value: object, words: "Catalogue") -> str:
    if isinstance(value, float):
        if value != value:
            return "–"
        return words.percent(value) if "≤" in str(name) else words.number(value, 1)
    text = words.number(value) if isinstance(value, int) else str(value)
    return "".join(letter if letter.isprintable() or letter in _BLANKS else " " for letter in text)

"""What sections on a scenario share: its figures, and how a number before and after is drawn and tabulated."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tesoma_geo.render.sections.charts import Pair, Pairs, share_bar
from tesoma_geo.render.sections.table import PageTable, TableColumn, TableRow, TableValue, count
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.scenarios.compare import Comparison

#: Of a figure before and after, with ``change`` beside them.
SIDES = ("before", "after")


def before_and_after(
    catalogue: Catalogue, title: str, rows: Mapping[str, Mapping[str, int]], population: float
) -> Pairs:
    """A chart of residents before and after, as shares of all.

    Parameters
    ----------
    catalogue
        The language.
    title
        Of the chart.
    rows
        Label → residents by side.
    population
        All residents, more than 0.

    Returns
    -------
    Pairs
    """
    return Pairs(
        title,
        (catalogue("scenario.before"), catalogue("scenario.after")),
        tuple(
            Pair(label, *(share_bar(catalogue, "", row[side] / population) for side in SIDES))
            for label, row in rows.items()
        ),
    )


def change_columns(catalogue: Catalogue) -> tuple[TableColumn, ...]:
    """The columns of a figure before, after, and the change.

    Parameters
    ----------
    catalogue
        The language.

    Returns
    -------
    tuple of TableColumn
    """
    return tuple(TableColumn(side, catalogue(f"scenario.{side}")) for side in (*SIDES, "change"))


def change_values(catalogue: Catalogue, row: Mapping[str, int]) -> tuple[TableValue, ...]:
    """The values of :func:`change_columns`.

    Parameters
    ----------
    catalogue
        The language.
    row
        Residents by side, and ``change``.

    Returns
    -------
    tuple of TableValue
    """
    return tuple(count(catalogue, row[side]) for side in (*SIDES, "change"))


def change_table(
    catalogue: Catalogue,
    key: str,
    caption: str,
    heads: Sequence[TableColumn],
    rows: Iterable[tuple[Sequence[TableValue], Mapping[str, int]]],
    source: str,
) -> PageTable:
    """A folded table of a figure before and after, with the change.

    Parameters
    ----------
    catalogue
        The language.
    key
        Name of the table.
    caption
        Above it.
    heads
        The columns that tell what each row is about.
    rows
        Values of ``heads``, and residents by side with ``change``.
    source
        Where in the results the figures stand.

    Returns
    -------
    PageTable
    """
    return PageTable(
        key,
        caption,
        (*heads, *change_columns(catalogue)),
        tuple(TableRow((*values, *change_values(catalogue, pair))) for values, pair in rows),
        source,
        folded=catalogue("table.open"),
    )


def figures_of(comparison: Comparison) -> Mapping[str, Any]:
    """The figures of a comparison, whose sides, outcomes and measures are asked for by name.

    Parameters
    ----------
    comparison
        The district before and after.

    Returns
    -------
    Mapping
        As in ``comparison.json``.
    """
    return comparison.figures

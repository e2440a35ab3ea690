"""The tables of a batch's page: districts, or places for a hub, in order."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from tesoma_geo import command_columns
from tesoma_geo.crs import WGS84
from tesoma_geo.render.figures.headline import headline_of
from tesoma_geo.render.map.districts import ranks, whole
from tesoma_geo.render.pages.batch_figures import BatchFigures
from tesoma_geo.render.sections.table import (
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    minutes,
    share,
    within_columns,
)
from tesoma_geo.render.text.catalogue import Catalogue

#: Tables with more rows have a height of their own.
TALL_FROM = 12


def batch_tables(figures: BatchFigures, catalogue: Catalogue) -> Iterator[PageTable]:
    """A table a way of moving, the first open.

    Parameters
    ----------
    figures
        Of the batch.
    catalogue
        The language.

    Yields
    ------
    PageTable
    """
    for number, profile in enumerate(figures.profiles):
        table = _table(figures, profile, catalogue)
        yield table if number == 0 else replace(table, folded=catalogue.named("profile", profile))


def _table(figures: BatchFigures, profile: str, catalogue: Catalogue) -> PageTable:
    found = figures.of(profile)
    median = found[command_columns.BATCH_MEDIAN_MIN.of(profile)]
    within = [minutes for minutes in figures.cutoffs if within_column(profile, minutes) in found]
    ranked = len(figures.table) > 1
    # All places for a hub have the residents of one district.
    columns = (
        TableColumn("district", catalogue(f"{figures.words}.district"), number=False),
        *([TableColumn("rank", catalogue("districts.rank"))] if ranked else []),
        *([] if figures.of_hubs else [TableColumn("residents", catalogue("areas.residents"))]),
        TableColumn("median_min", catalogue("reach.median")),
        TableColumn("p90_min", catalogue("reach.p90"), more=True),
        *(
            replace(column, more=limit != headline_of(figures.cutoffs))
            for column, limit in zip(within_columns(catalogue, within), within, strict=True)
        ),
        TableColumn("unreachable", catalogue("reach.unreachable"), more=True),
    )
    points = found.geometry.representative_point().to_crs(WGS84)
    rows = []
    for (_, row), rank, point in zip(found.iterrows(), ranks(median), points, strict=True):
        values = (
            TableValue(str(row["name"])),
            *([count(catalogue, int(rank))] if ranked else []),
            *([] if figures.of_hubs else [count(catalogue, int(whole([row["population"]])[0]))]),
            minutes(catalogue, row[command_columns.BATCH_MEDIAN_MIN.of(profile)]),
            minutes(catalogue, row[command_columns.BATCH_P90_MIN.of(profile)]),
            *(_part(catalogue, row[within_column(profile, limit)]) for limit in within),
            count(catalogue, int(whole([row[command_columns.BATCH_UNREACHABLE.of(profile)]])[0])),
        )
        rows.append(TableRow(values, (round(point.x, 6), round(point.y, 6))))
    # A key is a file's name, and the name of a way of moving is the workspace's text.
    key = f"districts-{figures.profiles.index(profile)}"
    caption = catalogue(f"{figures.words}.caption", profile=catalogue.named("profile", profile))
    return PageTable(key, caption, columns, tuple(rows), "summary.csv", tall=len(rows) > TALL_FROM)


def within_column(profile: str, limit: float) -> str:
    """The column of residents within so many minutes.

    Parameters
    ----------
    profile
        The way of moving.
    limit
        Minutes.

    Returns
    -------
    str
    """
    return command_columns.BATCH_WITHIN_SHARE.of(profile, f"{limit:g}")


def _part(catalogue: Catalogue, value: float) -> TableValue:
    return TableValue("–", "") if pd.isna(value) else share(catalogue, float(value))

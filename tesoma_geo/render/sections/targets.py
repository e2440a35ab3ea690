"""What the district wants of the hub beside what there is, and where pages are told of it.

Pages are made with marks where they tell of targets, and get them when they are written
(:mod:`tesoma_geo.render.pages.target_words`).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import PageTable, TableColumn, TableRow, TableValue, share
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.workspace import parse_target

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Key of the section, and of its table.
TARGETS = "targets"


def place_of_targets(_: "Assessment", catalogue: Catalogue) -> PageSection:
    """Where targets stand among the sections of a page: the section without what follows from them.

    Parameters
    ----------
    catalogue
        The language.

    Returns
    -------
    PageSection
        With its key, its title, and a table without rows.
    """
    return PageSection(TARGETS, catalogue("targets.title"), "", tables=(_table(catalogue, ()),))


def targets(figures: Mapping[str, Mapping[str, Any]], catalogue: Catalogue) -> PageSection | None:
    """The district's own targets beside what there is; None when the workspace names none.

    Parameters
    ----------
    figures
        Section ``targets`` of ``summary.json``.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    if not figures:
        return None
    named = {key: _target_name(catalogue, key) for key in figures}
    met = sum(row["met"] for row in figures.values())
    bars = [
        Bar(named[key], 0.0, row["value"], catalogue.percent(row["value"]), row["target"])
        for key, row in figures.items()
    ]
    rows = [
        TableRow(
            (
                TableValue(named[key]),
                share(catalogue, row["target"]),
                share(catalogue, row["value"]),
                TableValue(catalogue("targets.yes" if row["met"] else "targets.no")),
            )
        )
        for key, row in figures.items()
    ]
    return PageSection(
        TARGETS,
        catalogue("targets.title"),
        catalogue.counted("targets.short", met, all=catalogue.number(len(figures))),
        share=met / len(figures),
        charts=(Bars(catalogue("targets.chart"), tuple(bars)),),
        tables=(_table(catalogue, tuple(rows)),),
    )


def _table(catalogue: Catalogue, rows: tuple[TableRow, ...]) -> PageTable:
    columns = (
        TableColumn("target", catalogue("targets.title"), number=False),
        TableColumn("wanted_share", catalogue("targets.wanted")),
        TableColumn("share", catalogue("targets.value")),
        TableColumn("met", catalogue("targets.met"), number=False),
    )
    return PageTable(TARGETS, catalogue("targets.caption"), columns, rows, "summary.json: targets")


def _target_name(catalogue: Catalogue, key: str) -> str:
    profile, limit = parse_target(key)
    return catalogue("targets.name", profile=catalogue.named("profile", profile), n=catalogue.number(limit, 1))

"""The table of sources."""

from typing import TYPE_CHECKING

from tesoma_geo.render.figures.credits import told_date
from tesoma_geo.render.sections.table import (
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
)
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def source_table(assessment: "Assessment", catalogue: Catalogue) -> PageTable:
    """The layers with file, date and licence.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageTable
        In the language of the page.
    """
    return PageTable(
        "sources",
        catalogue("sources.caption"),
        tuple(
            TableColumn(key, catalogue(f"sources.{key}"), number=False)
            for key in ("layer", "licence", "date", "source")
        ),
        tuple(
            TableRow(
                (
                    TableValue(catalogue.named("section", report.key.split(".")[0])),
                    TableValue(report.licence or catalogue("sources.no_licence"), report.licence or ""),
                    TableValue(told_date(catalogue, report), report.as_of or ""),
                    TableValue(report.path.name),
                )
            )
            for report in assessment.reports
            if report.is_layer
        ),
        "manifest.json: inputs",
    )

"""The sources: each subject with its day and licence, and a table of their files for who checks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tesoma_geo.render.figures.credits import told_date
from tesoma_geo.render.figures.known_buildings import buildings_known
from tesoma_geo.render.sections.table import (
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
)
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.inputs.reports import LayerReport


@dataclass(frozen=True)
class SourceLine:
    """A source as a reader meets it.

    Attributes
    ----------
    subject
        What its data is of.
    date
        Of which day; of which its file is, or that nobody knows.
    licence
        On what terms, with whose name.
    """

    subject: str
    date: str
    licence: str


def source_lines(assessment: "Assessment", catalogue: Catalogue) -> list[SourceLine]:
    """The sources without their files, each once; a place that the workspace states is none.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    list of SourceLine
        In the order of the workspace.
    """
    return list(
        dict.fromkeys(
            SourceLine(
                catalogue.named("section", report.key.split(".")[0]),
                told_date(catalogue, report),
                report.licence or catalogue("credits.no_licence"),
            )
            for report in _sources(assessment)
        )
    )


def few_buildings_line(assessment: "Assessment", catalogue: Catalogue) -> str:
    """That the map shows no buildings, where the street file has a handful of them.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    str
        In the language of the page; empty where they are shown, or there is none.
    """
    buildings = len(assessment.inputs.ground.buildings)
    if not buildings or buildings_known(assessment):
        return ""
    return catalogue("sources.few_buildings", n=catalogue.number(buildings))


def _sources(assessment: "Assessment") -> list["LayerReport"]:
    return [report for report in assessment.reports if report.is_layer and (report.licence or report.sha256)]


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
        folded=catalogue("sources.files"),
    )

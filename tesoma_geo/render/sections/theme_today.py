"""What there is today of a theme that residents spoke of: its services, green areas, connections."""

from dataclasses import replace
from typing import TYPE_CHECKING

from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections import nature, page_tables, transit
from tesoma_geo.render.sections.findings import nobody_near_sentence
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import by_way

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Kinds of services that a theme is about: this project's own reading of the themes.
SERVICES = {
    "youth": ("playground", "sports", "school", "library"),
    "business": ("grocery", "pharmacy", "health"),
    "together": ("library", "sports", "playground"),
    "wellbeing": ("sports", "playground", "health"),
    "local_services": ("grocery", "pharmacy", "health", "library", "school", "kindergarten"),
    "vitality": ("grocery", "pharmacy", "health", "library"),
}
#: Themes of green areas, and of ways and rides.
GREEN, WAYS = ("nature", "wellbeing"), ("routes", "moving")
#: Sentences of the connections that a theme tells.
CONNECTIONS = 2


def kinds_of(code: str) -> tuple[str, ...]:
    """The kinds of services that a theme is about.

    Parameters
    ----------
    code
        Of the theme.

    Returns
    -------
    tuple of str
        Codes of kinds; the theme's own code where this project knows nothing of it.
    """
    return SERVICES.get(code, (code,))


def theme_today(assessment: "Assessment", catalogue: Catalogue, code: str) -> PageSection | None:
    """What there is today, by one theme; a theme whose code is a kind of service is about that kind.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    code
        Of the theme.

    Returns
    -------
    PageSection or None
        In the language of the page; None of themes that no layer tells of.
    """
    parts = [
        *_services(assessment, catalogue, kinds_of(code)),
        *([nature.nature(assessment, catalogue)] if code in GREEN else []),
        *(_connections(assessment, catalogue) if code in WAYS else []),
    ]
    there = [part for part in parts if part is not None]
    if not there:
        return None
    lines = [line for part in there for line in (part.short, *part.sentences)]
    tables = tuple(
        replace(table, folded=table.folded or catalogue("table.open")) for part in there for table in part.tables
    )
    return PageSection("today", catalogue("theme.today"), lines[0], tuple(lines[1:]), tables=tables)


def _connections(assessment: "Assessment", catalogue: Catalogue) -> list[PageSection]:
    """How often one gets to the hub, and by which lines; hours of the day are told by the page of public transport."""
    told = transit.connections(assessment, catalogue)
    return [] if told is None else [replace(told, sentences=told.sentences[:CONNECTIONS], tables=told.tables[:1])]


def _services(assessment: "Assessment", catalogue: Catalogue, kinds: tuple[str, ...]) -> list[PageSection]:
    """How many there are of each kind, and how many residents have one near by the first way of moving."""
    rows = [row for row in headline.kind_reaches(assessment) if row.kind in kinds]
    table = page_tables.kinds(assessment, catalogue, headline.profiles(assessment))
    if not rows or table is None:
        return []
    profile = headline.profiles(assessment)[0]
    residents = max(int(assessment.summary["population_total"]), 1)
    lines = [
        ("" if row.within.get(profile) else nobody_near_sentence(assessment, catalogue, row.kind, profile))
        or catalogue(
            "theme.service",
            kind=catalogue.named("kind", row.kind),
            number=catalogue.number(row.services),
            share=catalogue.percent(row.within.get(profile, 0) / residents),
            n=catalogue.number(assessment.workspace.access.services_within_min, 1),
            by=by_way(catalogue, profile),
        )
        for row in rows
    ]
    names = {catalogue.named("kind", row.kind) for row in rows}
    shown = replace(table, rows=tuple(row for row in table.rows if row.values[0].shown in names))
    return [PageSection("today", "", lines[0], (*lines[1:], catalogue("services.known")), tables=(shown,))]

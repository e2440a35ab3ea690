"""What the report tells, in its order: the sections of the pages as they are printed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections import (
    certainty,
    charts,
    drawn_lines,
    fairness,
    findings,
    hub,
    lived_access,
    page_tables,
    transit,
    why,
    winter,
)
from tesoma_geo.render.sections.annotations import Quote, heard, privacy_note, quotes
from tesoma_geo.render.sections.registry import annotation_sections
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import PageTable
from tesoma_geo.render.sections.voices_told import bars_of_kinds, told_message, told_most
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment

#: A printed table has no more rows than this, and says so; no more quotes are printed than this.
MOST_ROWS, MOST_QUOTES = 8, 6


@dataclass(frozen=True)
class Chapter:
    """A section of the report.

    Attributes
    ----------
    section
        What it tells, draws and tabulates.
    printed
        Those of its tables that are printed; the others are in the results of ``run`` alone.
    quotes
        Residents' own words.
    """

    section: PageSection
    printed: tuple[PageTable, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def sources(self) -> list[str]:
        """Where in the results of ``run`` its figures stand."""
        return list(dict.fromkeys(part for table in self.section.tables for part in table.source.split("; ")))


def poster_findings(
    assessment: "Assessment", publication: "Publication | None", catalogue: Catalogue
) -> list[tuple[str, str]]:
    """The findings of the first page: who is left out, what would help most, and what residents said.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.

    Returns
    -------
    list of tuple
        Heading and sentence, three at most.
    """
    cutoff, hub = headline.headline_cutoff(assessment), hub_name(assessment.workspace, catalogue)
    last = min(headline.reaches(assessment), key=lambda reach: reach.within[cutoff])
    helps = _advice(assessment, publication, catalogue)
    said = told_message(assessment, publication, catalogue) if publication else ""
    return [
        (catalogue("start.left_out"), headline.card(assessment, catalogue, last, hub)),
        *([(catalogue("start.helps"), " ".join(helps))] if helps else []),
        *([(catalogue("start.said"), said)] if said else []),
    ]


def _advice(assessment: "Assessment", publication: "Publication | None", catalogue: Catalogue) -> list[str]:
    """Difficult places put right and wished links; where nobody told of any, what takes most minutes."""
    told = (
        lived_access.barriers(assessment, catalogue) if publication else None,
        drawn_lines.drawn_lines(assessment, publication, catalogue) if publication else None,
    )
    delays = why.why(assessment, catalogue, headline.profiles(assessment)[0])
    largest = [next(iter(delays.sentences), delays.short)] if delays is not None else []
    return [section.short for section in told if section is not None] or largest


def chapters(assessment: "Assessment", publication: "Publication | None", catalogue: Catalogue) -> list[Chapter]:
    """The report from how residents get there to how sure it is; what there is no data for is not there.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.

    Returns
    -------
    list of Chapter
        Those that there is something to tell of.
    """
    profiles = headline.profiles(assessment)
    timed = _with(transit.connections(assessment, catalogue), transit.through_the_day(assessment, catalogue))
    return [
        *_printed(_reach(assessment, catalogue, profiles), catalogue, "reach"),
        *_printed(_areas(assessment, catalogue, profiles), catalogue, "areas"),
        *_printed(_services(assessment, catalogue, profiles), catalogue, "services"),
        *_printed(timed, catalogue),
        *_printed(fairness.fairness(assessment, catalogue), catalogue),
        *_printed(fairness.ages(assessment, catalogue), catalogue, "ages"),
        *_printed(why.why(assessment, catalogue, profiles[0]), catalogue),
        *(_voices(assessment, publication, catalogue) if publication else ()),
        *_printed(winter.winter(assessment, catalogue), catalogue),
        *_printed(certainty.certainty(assessment, catalogue), catalogue),
        *_printed(_in_words(hub.targets(assessment, catalogue)), catalogue, "targets"),
    ]


def _with(section: PageSection | None, other: PageSection | None) -> PageSection | None:
    """A section that tells another one's subject too, to save paper."""
    if section is None or other is None:
        return section
    return replace(
        section,
        sentences=(*section.sentences, other.short, *other.sentences),
        charts=(*section.charts, *other.charts),
        tables=(*section.tables, *other.tables),
        notes=section.notes or other.notes,
    )


def _printed(section: PageSection | None, catalogue: Catalogue, *tables: str) -> Iterator[Chapter]:
    """A section as a chapter with these of its tables, when there is such a section."""
    if section is not None:
        yield Chapter(section, tuple(_short(table, catalogue) for table in section.tables if table.key in tables))


def _short(table: PageTable, catalogue: Catalogue) -> PageTable:
    if len(table.rows) <= MOST_ROWS:
        return table
    caption = catalogue("report.first_rows", caption=table.caption, n=catalogue.number(MOST_ROWS))
    return replace(table, caption=caption, rows=table.rows[:MOST_ROWS])


def _reach(assessment: "Assessment", catalogue: Catalogue, profiles: list[str]) -> PageSection:
    rows, cutoff = headline.reaches(assessment), headline.headline_cutoff(assessment)
    hub, last = hub_name(assessment.workspace, catalogue), min(rows, key=lambda reach: reach.within[cutoff])
    between = [row for row in rows[1:] if row is not last]  # the first page tells the first and the last
    return PageSection(
        "reach",
        catalogue("reach.title", hub=hub),
        findings.ways_sentence(assessment, catalogue, hub) or headline.card(assessment, catalogue, rows[0], hub),
        tuple(headline.card(assessment, catalogue, row, hub) for row in between),
        charts=(charts.reach_curves(assessment, catalogue, profiles),),
        tables=(page_tables.reach(assessment, catalogue),),
    )


def _areas(assessment: "Assessment", catalogue: Catalogue, profiles: list[str]) -> PageSection | None:
    table = page_tables.areas(assessment, catalogue, profiles)
    if table is None:
        return None
    short = findings.areas_sentence(assessment, catalogue, profiles[0]) or table.caption
    return PageSection("areas", catalogue("areas.title"), short, tables=(table,))


def _services(assessment: "Assessment", catalogue: Catalogue, profiles: list[str]) -> PageSection | None:
    table = page_tables.kinds(assessment, catalogue, profiles)
    short = findings.rarest_service_sentence(assessment, catalogue, profiles[0])
    if table is None or short is None:
        return None
    return PageSection("services", catalogue("services.title"), short, (catalogue("services.known"),), tables=(table,))


def _voices(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> Iterator[Chapter]:
    """What residents told, what it does to the way to the hub, and what would help most."""
    by_topic, most = heard(assessment, publication, catalogue), told_most(assessment, publication, catalogue)
    sections = {section.key: section for section in annotation_sections(assessment, publication, catalogue)}
    voices = PageSection(
        "voices",
        catalogue("voices.title"),
        told_message(assessment, publication, catalogue) or catalogue("voices.description"),
        (*((most.short, *most.sentences) if most else ()), privacy_note(publication, catalogue)),
        charts=bars_of_kinds(assessment, publication, catalogue),
        tables=(by_topic,),
    )
    everybody = _with(voices, sections.get("respondents"))
    words = quotes(assessment, publication, catalogue)[:MOST_QUOTES]
    yield Chapter(everybody or voices, quotes=tuple(words))
    yield from _printed(
        _with(_in_words(sections.get("lived")), _in_words(sections.get("sensitivity"))), catalogue, "lived"
    )
    yield from _printed(sections.get("barriers"), catalogue, "barriers")
    yield from _printed(sections.get("drawn"), catalogue, "drawn")


def _in_words(section: PageSection | None) -> PageSection | None:
    """A section without its charts, whose figures its tables have."""
    return replace(section, charts=()) if section is not None else None

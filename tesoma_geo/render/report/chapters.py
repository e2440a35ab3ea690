"""What the report tells, in its order: the sections of the pages as they are printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tesoma_geo.columns import RESIDENT_MIN
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures import headline, hub_cards
from tesoma_geo.render.report.plans import plan_sections, recommendation
from tesoma_geo.render.sections import (
    certainty,
    fairness,
    findings,
    page_tables,
    reach_charts,
    targets,
    transit,
    why,
    winter,
)
from tesoma_geo.render.sections.advice import advice
from tesoma_geo.render.sections.annotations import Quote, heard, privacy_note, quotes
from tesoma_geo.render.sections.registry import annotation_sections
from tesoma_geo.render.sections.section import FoldedNotes, PageSection
from tesoma_geo.render.sections.table import PageTable
from tesoma_geo.render.sections.voices_told import bars_of_kinds, told_alone, told_message, told_with_care
from tesoma_geo.render.sections.voices_where import told_where
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText
from tesoma_geo.render.text.place_names import hub_name

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.scenarios.compare import Comparison

#: A printed table has no more rows than this, and says so; no more quotes are printed than this.
MOST_ROWS, MOST_QUOTES = 8, 6
#: Places where most people said something, before the bars.
MOST_PLACES = 2


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
    assessment: "Assessment",
    publication: "Publication | None",
    catalogue: Catalogue,
    plans: "Sequence[Comparison]" = (),
) -> list[tuple[str, tuple[str, ...]]]:
    """The findings of the first page: who is left out, what is recommended, and what residents said.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.
    plans
        The district before and after each plan that is recommended, the better first: the first page tells of the best.

    Returns
    -------
    list of tuple
        Heading and what is told below it, three at most; of recommendations each.
    """
    cutoff, hub = headline.headline_cutoff(assessment), hub_name(assessment.workspace, catalogue)
    last = min(headline.reaches(assessment), key=lambda reach: reach.within[cutoff])
    helps = [section.short for _, section in advice(assessment, publication, catalogue)]
    if plans:  # what else could help is told by its chapters: the sheet has room for the largest delay
        helps = [" ".join((recommendation(plans[0], catalogue), *helps[-1:]))]
    said = told_message(assessment, publication, catalogue) if publication else ""
    return [
        (catalogue("start.left_out"), (hub_cards.card(assessment, catalogue, last, hub),)),
        *([(catalogue("advice.title"), tuple(helps))] if helps else []),
        *([(catalogue("start.said"), (said,))] if said else []),
    ]


def chapters(
    assessment: "Assessment",
    publication: "Publication | None",
    catalogue: Catalogue,
    plans: "Sequence[Comparison]" = (),
) -> list[Chapter]:
    """The report from how residents get there to how sure it is; what there is no data for is not there.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.
    plans
        The district before and after each plan that is recommended, the better first; a chapter each.

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
        *(Chapter(section) for section in plan_sections(plans, catalogue)),
        *_printed(winter.winter(assessment, catalogue), catalogue),
        *_printed(certainty.certainty(assessment, catalogue), catalogue),
        *_printed(_in_words(targets.targets(assessment.summary["targets"], catalogue)), catalogue, "targets"),
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
    table = page_tables.reach(assessment, catalogue)
    no_interval = f" {catalogue('figures.timetable_sure')}" if TIMETABLE_PROFILES.intersection(profiles) else ""
    between = [row for row in rows[1:] if row is not last]  # the first page tells the first and the last
    return PageSection(
        "reach",
        catalogue("reach.title", hub=hub),
        findings.ways_sentence(assessment, catalogue, hub) or hub_cards.card(assessment, catalogue, rows[0], hub),
        tuple(hub_cards.card(assessment, catalogue, row, hub) for row in between),
        charts=(reach_charts.reach_curves(assessment, catalogue, profiles),),
        tables=(replace(table, caption=f"{table.caption}{no_interval}"),),
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
    more = (*findings.elsewhere_sentences(assessment, catalogue), catalogue("services.known"))
    return PageSection("services", catalogue("services.title"), short, more, tables=(table,))


def _voices(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> Iterator[Chapter]:
    """What residents told, what it does to the way to the hub, and what would help most."""
    sections = {section.key: section for section in annotation_sections(assessment, publication, catalogue)}
    who = sections.get("respondents")
    where = told_where(assessment, publication, catalogue).sentences[:MOST_PLACES]
    with_care = (
        *told_with_care(assessment, publication, catalogue),
        privacy_note(publication, catalogue),
        *(who.sentences if who else ()),
    )
    voices = PageSection(
        "voices",
        catalogue("voices.title"),
        told_message(assessment, publication, catalogue) or catalogue("voices.description"),
        (*told_alone(assessment, publication, catalogue), *where, *((who.short,) if who else ())),
        charts=(*bars_of_kinds(assessment, publication, catalogue), *(who.charts if who else ())),
        tables=(heard(assessment, publication, catalogue), *(who.tables if who else ())),
        notes=FoldedNotes(
            catalogue("report.answers"), tuple(LocalizedText(line, catalogue.language) for line in with_care)
        ),
    )
    yield Chapter(voices, quotes=tuple(quotes(assessment, publication, catalogue)[:MOST_QUOTES]))
    lived = _with(_in_words(sections.get("lived")), _in_words(sections.get("sensitivity")))
    yield from _printed(_noted(lived, catalogue, 1), catalogue, "lived")
    helps = _costly(sections.get("barriers"), catalogue, headline.profiles(assessment))
    yield from _printed(_noted(helps, catalogue, 0), catalogue, "barriers")
    yield from _printed(sections.get("drawn"), catalogue, "drawn")


def _costly(section: PageSection | None, catalogue: Catalogue, profiles: list[str]) -> PageSection | None:
    """Difficult places without those that cost nobody anything, which are counted, unless none does."""
    if section is None:
        return None
    tables, left_out, keys = [], 0, {RESIDENT_MIN.of(profile) for profile in profiles}
    for table in section.tables:
        minutes = [at for at, column in enumerate(table.columns) if column.key in keys]
        costly = tuple(row for row in table.rows if any(row.values[at].plain for at in minutes))
        left_out += len(table.rows) - len(costly or table.rows)
        tables.append(replace(table, rows=costly or table.rows))
    free = [catalogue.counted("barriers.no_effect", left_out)] if left_out else []
    return replace(section, sentences=(*section.sentences, *free), tables=tuple(tables))


def _noted(section: PageSection | None, catalogue: Catalogue, told: int) -> PageSection | None:
    """A section with so many of its sentences; the others are notes at its end."""
    if section is None:
        return None
    meant = [table.note for table in section.tables if table.note]
    lines = tuple(LocalizedText(line, catalogue.language) for line in (*meant, *section.sentences[told:]))
    notes = section.notes or FoldedNotes(catalogue("report.notes"), ())
    return replace(section, sentences=section.sentences[:told], notes=replace(notes, lines=(*lines, *notes.lines)))


def _in_words(section: PageSection | None) -> PageSection | None:
    """A section without its charts, whose figures its tables have."""
    return replace(section, charts=()) if section is not None else None

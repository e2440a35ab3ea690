"""What the report tells, in its order: the sections of the pages as they are printed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tesoma_geo.render.figures import headline
from tesoma_geo.render.pages.annotations import Quote, voices_context
from tesoma_geo.render.sections import certainty, charts, fairness, hub, page_tables, transit, why, winter
from tesoma_geo.render.sections.page_tables import Table
from tesoma_geo.render.sections.section import Section
from tesoma_geo.render.text.catalogue import Catalogue

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
    listed
        Lines below what it tells, side by side.
    quotes
        Residents' own words.
    """

    section: Section
    printed: tuple[Table, ...] = ()
    listed: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def sources(self) -> list[str]:
        """Where in the results of ``run`` its figures stand."""
        return list(dict.fromkeys(part for table in self.section.tables for part in table.source.split("; ")))


def chapters(assessment: "Assessment", publication: "Publication | None", text: Catalogue) -> list[Chapter]:
    """The report from how residents get there to how sure it is; what there is no data for is not there."""
    profiles = headline.profiles(assessment)
    timed = _with(transit.connections(assessment, text), transit.through_the_day(assessment, text))
    return [
        *_printed(_reach(assessment, text, profiles), text, "reach"),
        *_printed(_areas(assessment, text, profiles), text, "areas"),
        *_printed(_services(assessment, text, profiles), text, "services"),
        *_printed(timed, text),
        *_printed(_last_chart(fairness.fairness(assessment, text)), text, "measures"),
        *_printed(fairness.ages(assessment, text, profiles), text, "ages"),
        *_printed(why.why(assessment, text, profiles[0]), text),
        *(_voices(assessment, publication, text) if publication else ()),
        *_printed(winter.winter(assessment, text), text),
        *_printed(certainty.certainty(assessment, text), text),
        *_printed(_in_words(hub.targets(assessment, text)), text, "targets"),
    ]


def _with(section: Section | None, other: Section | None) -> Section | None:
    """A section that tells another one's subject too, to save paper."""
    if section is None or other is None:
        return section
    return replace(
        section,
        told=(*section.told, other.short, *other.told),
        charts=(*section.charts, *other.charts),
        tables=(*section.tables, *other.tables),
        notes=section.notes or other.notes,
    )


def _printed(section: Section | None, text: Catalogue, *tables: str) -> Iterator[Chapter]:
    """A section as a chapter with these of its tables, when there is such a section."""
    if section is not None:
        yield Chapter(section, tuple(_short(table, text) for table in section.tables if table.key in tables))


def _short(table: Table, text: Catalogue) -> Table:
    if len(table.rows) <= MOST_ROWS:
        return table
    caption = text("report.first_rows", caption=table.caption, n=text.number(MOST_ROWS))
    return replace(table, caption=caption, rows=table.rows[:MOST_ROWS])


def _reach(assessment: "Assessment", text: Catalogue, profiles: list[str]) -> Section:
    rows = headline.reaches(assessment)
    hub_name, cutoff_min = text.of(assessment.workspace.hub.name), headline.headline_cutoff(assessment)
    return Section(
        "reach",
        text("reach.title", hub=hub_name),
        headline.card(text, rows[0], hub_name, cutoff_min),
        tuple(headline.card(text, row, hub_name, cutoff_min) for row in rows[1:]),
        charts=(charts.reach_curves(assessment, text, profiles),),
        tables=(page_tables.reach(assessment, text),),
    )


def _areas(assessment: "Assessment", text: Catalogue, profiles: list[str]) -> Section | None:
    table, chart = page_tables.areas(assessment, text, profiles), charts.area_bars(assessment, text, profiles[0])
    if table is None or chart is None:
        return None
    rows = headline.area_reaches(assessment)
    near, far = rows[0], max(rows, key=lambda row: row.median_min[profiles[0]])
    short = text(
        "report.areas",
        near=near.name,
        nearest=text.minutes(near.median_min[profiles[0]]),
        far=far.name,
        farthest=text.minutes(far.median_min[profiles[0]]),
        profile=text.named("profile", profiles[0]),
    )
    return Section("areas", text("areas.title"), short, charts=(chart,), tables=(table,))


def _services(assessment: "Assessment", text: Catalogue, profiles: list[str]) -> Section | None:
    table = page_tables.kinds(assessment, text, profiles)
    if table is None:
        return None
    residents = max(int(assessment.summary["population_total"]), 1)
    shares = {row.kind: row.within.get(profiles[0], 0) / residents for row in headline.kind_reaches(assessment)}
    rarest = min(shares, key=lambda kind: shares[kind])
    short = text(
        "report.services",
        n=text.number(assessment.workspace.access.services_within_min, 1),
        kind=text.named("kind", rarest),
        share=text.percent(shares[rarest]),
        profile=text.named("profile", profiles[0]),
    )
    return Section("services", text("services.title"), short, tables=(table,))


def _voices(assessment: "Assessment", publication: "Publication", text: Catalogue) -> Iterator[Chapter]:
    """What residents told, what it does to the way to the hub, and what would help most."""
    context = voices_context(assessment, publication, text)
    heard, sections = context["heard"], {section.key: section for section in context["sections"]}
    told = (text("voices.description"), text("voices.privacy"))
    voices = Section("voices", text("voices.title"), _most_heard(heard, text), told, tables=(heard,))
    lines = (
        f"{kind.shown} – {topic.shown}: {count.shown}" for kind, topic, count in (row.values for row in heard.rows)
    )
    everybody = _with(voices, sections.get("respondents"))
    yield Chapter(everybody or voices, listed=tuple(lines), quotes=tuple(context["quotes"][:MOST_QUOTES]))
    yield from _printed(_with(_in_words(sections.get("lived")), _in_words(sections.get("sensitivity"))), text, "lived")
    yield from _printed(sections.get("barriers"), text, "barriers")


def _most_heard(heard: Table, text: Catalogue) -> str:
    """The topic that most respondents spoke of, in a sentence."""
    if not heard.rows:
        return text("voices.description")
    kind, topic, voices = max(heard.rows, key=lambda row: float(row.values[2].plain or 0)).values
    return text("report.most_heard", kind=kind.shown, topic=topic.shown, n=voices.shown)


def _in_words(section: Section | None) -> Section | None:
    """A section without its charts, whose figures its tables have."""
    return replace(section, charts=()) if section is not None else None


def _last_chart(section: Section) -> Section:
    """A section with the last of its charts alone."""
    return replace(section, charts=section.charts[-1:])

"""What pages are made of below their map: sections that tell, draw and tabulate one subject each."""

from dataclasses import dataclass

from tesoma_geo.render.sections.charts import Chart
from tesoma_geo.render.sections.page_tables import Table
from tesoma_geo.render.text.catalogue import Line


@dataclass(frozen=True)
class Notes:
    """Lines that stay folded until asked for: sources, assumptions."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """One subject of a page.

    Attributes
    ----------
    key
        Its place in the page's address.
    short
        The one sentence that stands for it among the others at the top of the start page.
    told
        What it tells besides, a sentence each.
    share
        What it says of all residents, 0 to 1; drawn as a bar.
    charts, tables
        Each chart's figures are in a table.
    """

    key: str
    title: str
    short: str
    told: tuple[str, ...] = ()
    share: float | None = None
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: Notes | None = None


@dataclass(frozen=True)
class Glance:
    """A subject in one sentence, and where more of it stands."""

    title: str
    short: str
    href: str
    share: float | None = None

    @classmethod
    def of(cls, section: Section) -> "Glance":
        """The sentence of a section of the same page."""
        return cls(section.title, section.short, f"#{section.key}", section.share)


def found(*sections: Section | None) -> list[Section]:
    """Those that there is something to tell of."""
    return [section for section in sections if section is not None]

"""What pages are made of below their map: sections that tell, draw and tabulate one subject each."""

from dataclasses import dataclass

from tesoma_geo.render.sections.charts import Chart
from tesoma_geo.render.sections.table import PageTable
from tesoma_geo.render.text.catalogue import LocalizedText


@dataclass(frozen=True)
class FoldedNotes:
    """Lines that stay folded until asked for.

    Attributes
    ----------
    title
        What they are: sources, assumptions.
    lines
        In the page's language where there is a translation.
    """

    title: str
    lines: tuple[LocalizedText, ...]


@dataclass(frozen=True)
class PageSection:
    """One subject of a page.

    Attributes
    ----------
    key
        Its place in the page's address.
    title
        Its heading.
    short
        The one sentence that stands for it among the others at the top of the start page.
    sentences
        What it tells besides, a sentence each.
    share
        What it says of all residents, 0 to 1; drawn as a bar.
    charts, tables
        Each chart's figures are in a table.
    notes
        Sources and assumptions below it.
    told_by
        Key of the table of another page that has the figures of its sentences; empty where a table of its own has them.
    minor
        Whether what it tells is too little for a heading of its own on the start page.
    """

    key: str
    title: str
    short: str
    sentences: tuple[str, ...] = ()
    share: float | None = None
    charts: tuple[Chart, ...] = ()
    tables: tuple[PageTable, ...] = ()
    notes: FoldedNotes | None = None
    told_by: str = ""
    minor: bool = False

    @property
    def source(self) -> str | None:
        """Key of the table that has the figures of its sentences; None without tables."""
        return self.tables[0].key if self.tables else self.told_by or None


@dataclass(frozen=True)
class Glance:
    """A subject in one sentence, and where more of it stands.

    Attributes
    ----------
    title, short
        Heading and sentence.
    href
        The address of more.
    share
        What it says of all residents, 0 to 1; drawn as a bar.
    source
        Key of the table that has its figure; None where it has none.
    """

    title: str
    short: str
    href: str
    share: float | None = None
    source: str | None = None

    @classmethod
    def of(cls, section: PageSection, file: str = "") -> "Glance":
        """The sentence of a section.

        Parameters
        ----------
        section
            What stands elsewhere, or further down.
        file
            The page that it stands on; empty for the same one.

        Returns
        -------
        Glance
            Leads to the section.
        """
        return cls(section.title, section.short, f"{file}#{section.key}", section.share, section.source)

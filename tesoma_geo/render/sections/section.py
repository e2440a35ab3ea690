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
    """

    key: str
    title: str
    short: str
    sentences: tuple[str, ...] = ()
    share: float | None = None
    charts: tuple[Chart, ...] = ()
    tables: tuple[PageTable, ...] = ()
    notes: FoldedNotes | None = None


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
    """

    title: str
    short: str
    href: str
    share: float | None = None

    @classmethod
    def of(cls, section: PageSection) -> "Glance":
        """The sentence of a section of the same page.

        Parameters
        ----------
        section
            What stands further down.

        Returns
        -------
        Glance
            Leads to the section.
        """
        return cls(section.title, section.short, f"#{section.key}", section.share)

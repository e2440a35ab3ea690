"""What a table of a page is made of: each value as a reader sees it and as a download has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class TableColumn:
    """A column: its name in downloads, its heading, and whether it holds numbers."""

    key: str
    heading: str
    number: bool = True


@dataclass(frozen=True)
class TableValue:
    """A value: as it is shown, as it is sorted and downloaded (None: as shown), and what is said beside it."""

    shown: str
    plain: float | str | None = None
    beside: tuple[str, ...] = ()


#: Shown as a dash and downloaded as nothing.
NOTHING = TableValue("–", "")


@dataclass(frozen=True)
class TableRow:
    """Values in the order of the columns, and where the thing is (lon, lat) when it is somewhere."""

    values: tuple[TableValue, ...]
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class PageTable:
    """A table of a page.

    Attributes
    ----------
    key
        Its name in the page and in the names of downloads.
    source
        Where in the results of ``run`` its figures stand.
    folded
        How the page names it when it stays folded until asked for; None for one that is open.
    """

    key: str
    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    source: str
    folded: str | None = None

    @property
    def placed(self) -> bool:
        """Whether its rows have places."""
        return any(row.place for row in self.rows)


def count(catalogue: Catalogue, value: float) -> TableValue:
    """A number of things."""
    return TableValue(catalogue.number(value), float(value))


def minutes(catalogue: Catalogue, value: float | None) -> TableValue:
    """Minutes; nothing for never."""
    known = value is not None and np.isfinite(value)
    return TableValue(catalogue.minutes(value), round(float(value), 1) if known and value is not None else "")


def share(catalogue: Catalogue, value: float) -> TableValue:
    """A share of residents, downloaded as 0 to 1."""
    return TableValue(catalogue.percent(value), round(value, 4))


def at_least(catalogue: Catalogue, respondents: int) -> TableValue:
    """A number of respondents that was rounded down."""
    return TableValue(catalogue("voices.at_least", n=catalogue.number(respondents)), respondents)


def within_columns(catalogue: Catalogue, cutoffs: Iterable[float]) -> tuple[TableColumn, ...]:
    """A column for each cutoff (minutes), of the residents within it."""
    return tuple(
        TableColumn(f"within_{at:g}_min", catalogue("reach.within", n=catalogue.number(at, 1))) for at in cutoffs
    )

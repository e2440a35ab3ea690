"""What a table of a page is made of: each value as a reader sees it and as a download has it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.intervals import Interval, between

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class TableColumn:
    """A column: its name in downloads, its heading, and whether it holds numbers.

    Attributes
    ----------
    key
        Its name in downloads.
    heading
        In the page's language.
    number
        Whether it holds numbers.
    more
        Whether its numbers wait to be asked for where a row is a card.
    """

    key: str
    heading: str
    number: bool = True
    more: bool = False


@dataclass(frozen=True)
class TableValue:
    """A value: as it is shown, as it is sorted and downloaded (None: as shown), and what is said beside it.

    Attributes
    ----------
    shown
        As a reader sees it.
    plain
        As it is sorted and downloaded; None: as shown.
    beside
        What is said beside it.
    """

    shown: str
    plain: float | str | None = None
    beside: tuple[str, ...] = ()


#: Shown as a dash and downloaded as nothing.
NOTHING = TableValue("–", "")


@dataclass(frozen=True)
class TableRow:
    """Values in the order of the columns, and where the thing is (lon, lat) when it is somewhere.

    Attributes
    ----------
    values
        In the order of the columns.
    place
        Longitude and latitude; None for what is nowhere.
    """

    values: tuple[TableValue, ...]
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class PageTable:
    """A table of a page.

    Attributes
    ----------
    key
        Its name in the page and in the names of downloads.
    caption
        Above it.
    columns
        From left to right.
    rows
        From top to bottom.
    source
        Where in the results of ``run`` its figures stand.
    folded
        How the page names it when it stays folded until asked for; None for one that is open.
    tall
        Whether it has a height of its own and is scrolled within it.
    note
        What its columns mean, below it: there where the table is.
    """

    key: str
    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    source: str
    folded: str | None = None
    tall: bool = False
    note: str = ""

    @property
    def placed(self) -> bool:
        """Whether its rows have places."""
        return any(row.place for row in self.rows)

    @property
    def has_dash(self) -> bool:
        """Whether a dash stands for "never" in it."""
        return any(value.shown == "–" for row in self.rows for value in row.values)


def count(catalogue: Catalogue, value: float) -> TableValue:
    """A number of things.

    Parameters
    ----------
    catalogue
        The language.
    value
        How many.

    Returns
    -------
    TableValue
        Shown as the language writes numbers.
    """
    return TableValue(catalogue.number(value), float(value))


def minutes(catalogue: Catalogue, value: float | None, interval: Interval | None = None) -> TableValue:
    """Minutes; nothing for never.

    Parameters
    ----------
    catalogue
        The language.
    value
        Minutes; None and inf stand for never.
    interval
        Its two ends, in minutes, which stand beside it where they differ; None where it is not known.

    Returns
    -------
    TableValue
        Whole minutes as shown, tenths as downloaded.
    """
    known = value is not None and np.isfinite(value)
    plain = round(float(value), 1) if known and value is not None else ""
    return TableValue(catalogue.minutes(value), plain, _beside(catalogue, interval))


def minutes_apart(catalogue: Catalogue, near: float, far: float) -> TableValue:
    """The minutes between two that stand beside it; nothing where the farther is never.

    Parameters
    ----------
    catalogue
        The language.
    near, far
        Minutes, as they are given to :func:`minutes`.

    Returns
    -------
    TableValue
        The difference of the whole minutes that are shown, its tenths as downloaded.
    """
    if not np.isfinite(far):
        return minutes(catalogue, None)
    first, last = (round(round(float(value), 1)) for value in (near, far))
    return replace(minutes(catalogue, far - near), shown=catalogue.minutes(last - first))


def _beside(catalogue: Catalogue, interval: Interval | None, times: float = 1.0) -> tuple[str, ...]:
    """The interval of a value, if it is wider than the value's last digit."""
    text = between(catalogue, interval, times)
    return (text,) if text else ()


def share(catalogue: Catalogue, value: float, interval: Interval | None = None) -> TableValue:
    """A share of residents, downloaded as 0 to 1.

    Parameters
    ----------
    catalogue
        The language.
    value
        0 to 1.
    interval
        Its two ends, which stand beside it where they differ; None where it is not known.

    Returns
    -------
    TableValue
        Whole percent as shown, 0 to 1 as downloaded.
    """
    return TableValue(catalogue.percent(value), round(value, 4), _beside(catalogue, interval, 100.0))


def at_least(catalogue: Catalogue, respondents: int) -> TableValue:
    """A number of respondents that was rounded down.

    Parameters
    ----------
    catalogue
        The language.
    respondents
        At least so many.

    Returns
    -------
    TableValue
        Its number alone as downloaded.
    """
    return TableValue(catalogue("voices.at_least", n=catalogue.number(respondents)), respondents)


def about(catalogue: Catalogue, value: float, margin: float) -> TableValue:
    """A number that holds random noise.

    Parameters
    ----------
    catalogue
        The language.
    value
        The number.
    margin
        How far off it may be.

    Returns
    -------
    TableValue
        "about" and how far off beside it; the number alone as downloaded.
    """
    shown = catalogue("voices.about", n=catalogue.number(value))
    return TableValue(shown, float(value), (f"± {catalogue.number(margin)}",))


def respondents_in(catalogue: Catalogue, row: Mapping[Any, Any], column: str) -> TableValue:
    """Respondents of a published row: exact, or about so many.

    Parameters
    ----------
    catalogue
        The language.
    row
        Of ``annotations_tables.json``.
    column
        Of the number.

    Returns
    -------
    TableValue
    """
    return about(catalogue, row[column], row["about"]) if "about" in row else count(catalogue, row[column])


def profile_column(catalogue: Catalogue) -> TableColumn:
    """The column of the ways of moving, which tables by profile begin with.

    Parameters
    ----------
    catalogue
        The language.

    Returns
    -------
    TableColumn
    """
    return TableColumn("profile", catalogue("reach.profile"), number=False)


def within_columns(catalogue: Catalogue, cutoffs: Iterable[float]) -> tuple[TableColumn, ...]:
    """A column for each cutoff (minutes), of the residents within it.

    Parameters
    ----------
    catalogue
        The language.
    cutoffs
        Minutes, from the smallest to the largest.

    Returns
    -------
    tuple
        One for each cutoff.
    """
    return tuple(
        TableColumn(f"within_{at:g}_min", catalogue("reach.within", n=catalogue.number(at, 1))) for at in cutoffs
    )

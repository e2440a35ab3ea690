"""Tags that hold at some times: ``access:conditional = no @ (Nov-Apr)``, opening hours, snow.

Times are read by the library opening-hours-py. The notation is that of
https://wiki.openstreetmap.org/wiki/Conditional_restrictions (read 2026-11).
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.sources.osm_tags import WORDS

#: Conditions of the weather: nobody knows the day's, so they hold in the winter assessment and not in summer.
WEATHER = frozenset({"snow", "ice", "wet"})
#: Conditions on the vehicle that people on foot, on bicycles and in cars do not meet.
_OF_HEAVY_VEHICLES = re.compile(
    r"(max)?(weight|axleload|axles|height|length|width|seats|draught|wheels)(rating)?\s*[<>=]+\s*[\d.]+.*|"
    r"(hgv|trailer|caravan|hazmat|bus|coach|tourist_bus|goods).*"
)
#: A year whose days have the weekdays that are asked for; which one it is does not matter.
_YEAR = 2026
UNREAD = "conditions that were not understood"
#: Years, school holidays, certain days and every other week: the moment has a month, a weekday and an hour.
_OF_SOME_YEARS = re.compile(r"(?<![\d:])(19|20)\d\d(?![\d:])|\bSH\b")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_OF_SOME_DAYS = re.compile(
    rf"\[-?\d|\beaster\b|\bweek\s+\d+(?:-\d+/\d+|(?![\d-]))|"
    rf"(?<![\w-])(?<!-\s){_MONTH}\s+\d{{1,2}}(?![\d:])(?!\s*[-+,])"
)
_OF_THE_SUN = re.compile(r"sunrise|sunset|dawn|dusk")
BY_YEAR = "conditions of certain years or school holidays, taken as not holding"
BY_DAY = "conditions of single days or weeks, taken as not holding"
SEASONS: Mapping[int, str] = {
    12: "winter", 1: "winter", 2: "winter", 3: "spring", 4: "spring", 5: "spring", 6: "summer", 7: "summer",
    8: "summer", 9: "autumn", 10: "autumn", 11: "autumn",
}  # fmt: skip
BY_WEATHER = "conditions of the weather, which hold in the winter assessment"


@dataclass(frozen=True)
class When:
    """The moment for which streets are read.

    Attributes
    ----------
    month
        1 to 12: July for summer, January for winter, unless told.
    weekday
        0 for Monday to 6.
    hour
        0 to 23.
    winter
        Whether it is the assessment in snow and ice.
    place
        Longitude and latitude, for sunrise and sunset; at 7 and 19 o'clock where it is None. No part of what tells
        moments apart.
    """

    month: int = 7
    weekday: int = 1
    hour: int = 12
    winter: bool = False
    place: tuple[float, float] | None = field(default=None, compare=False)

    @classmethod
    def in_winter(cls, weekday: int = 1, hour: int = 12) -> "When":
        """A moment in January, in snow and ice.

        Parameters
        ----------
        weekday
            0 for Monday to 6.
        hour
            0 to 23.

        Returns
        -------
        When
        """
        return cls(month=1, weekday=weekday, hour=hour, winter=True)

    @property
    def moment(self) -> dt.datetime:
        """A day in the middle of the month with the weekday, at half past the hour."""
        middle = dt.date(_YEAR, self.month, 12)
        day = middle + dt.timedelta(days=(self.weekday - middle.weekday()) % 7)
        return dt.datetime.combine(day, dt.time(self.hour, 30))


class UndecidedTag(NamedTuple):
    """A tag that a moment does not decide.

    Attributes
    ----------
    reason
        Why, as in :data:`UNREAD`.
    tag
        The tag as it stands in the file, ``key=value``.
    """

    reason: str
    tag: str


#: A weekday in July at noon: what is read where nobody says when.
SUMMER = When()


def value_now(text: str, when: When, unread: MutableMapping[str, int]) -> str | None:
    """The value that a conditional tag has at a moment; None where no condition holds.

    Of several that hold the last one counts.

    Parameters
    ----------
    text
        For example ``"no @ (Nov-Apr); destination @ (22:00-06:00 AND snow)"``.
    when
        The moment.
    unread
        Reasons why a condition could not be decided by the moment, counted here.

    Returns
    -------
    str or None
    """
    value_that_holds = None
    for statement in _statements(text):
        value, _, condition = statement.partition("@")
        holds = _all_hold(condition, when, unread) if condition.strip() else None
        if holds is None:
            unread[UNREAD] = unread.get(UNREAD, 0) + 1
        elif holds and value.strip():
            value_that_holds = value.strip()
    return value_that_holds


def is_open(hours: str, when: When, unread: MutableMapping[str, int]) -> bool:
    """Whether opening hours include a moment; what cannot be read counts as open, and is counted.

    Parameters
    ----------
    hours
        The value of ``opening_hours``.
    when
        The moment.
    unread
        Counted into, as in :func:`value_now`.

    Returns
    -------
    bool
    """
    if _OF_SOME_YEARS.search(hours):
        unread[BY_YEAR] = unread.get(BY_YEAR, 0) + 1
        if not re.search(r"\bSH\b", hours):
            return True
    if _OF_SOME_DAYS.search(hours):
        unread[BY_DAY] = unread.get(BY_DAY, 0) + 1
    holds = _holds(_of_all_weeks(hours.strip()), when)
    if holds is None:
        unread[UNREAD] = unread.get(UNREAD, 0) + 1
    return holds is not False


def column_now(
    table: pd.DataFrame, key: str, when: When
) -> tuple["pd.Series[str]", NDArray[np.bool_], Counter[UndecidedTag]]:
    """A tag column as it is at a moment, with what its ``:conditional`` says laid over it.

    Parameters
    ----------
    table
        Tag columns, strings or missing.
    key
        The tag without ``:conditional``.
    when
        The moment.

    Returns
    -------
    values : Series
        Missing where neither says anything.
    changed : bool[rows]
        Where a condition decided.
    unread : Counter
        What the moment does not decide → number of rows.
    """
    plain = table[key] if key in table else pd.Series(None, index=table.index, dtype=object)
    conditional = table.get(f"{key}:conditional")
    unread: Counter[UndecidedTag] = Counter()
    if conditional is None or not conditional.notna().any():
        return plain, np.zeros(len(table), bool), unread
    codes, texts = pd.factorize(conditional)
    rows = np.bincount(codes[codes >= 0], minlength=len(texts))
    now: list[str | None] = []
    for text, count in zip(texts, rows, strict=True):
        reasons: Counter[str] = Counter()
        now.append(value_now(str(text), when, reasons))
        for reason in reasons:
            unread[UndecidedTag(reason, f"{key}:conditional={text}")] += int(count)
    if key in WORDS:
        now = [None if value is None else value.lower() for value in now]
    decided = np.array([*now, None], object)[codes]
    changed = np.array([value is not None for value in decided], bool)
    return plain.where(~changed, pd.Series(decided, index=table.index)), changed, unread


def _statements(text: str) -> list[str]:
    """The parts between semicolons that are not within parentheses."""
    parts, depth, begin = [], 0, 0
    for at, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == ";" and depth <= 0:
            parts.append(text[begin:at])
            begin = at + 1
    return [part for part in (*parts, text[begin:]) if part.strip()]


def _all_hold(condition: str, when: When, unread: MutableMapping[str, int]) -> bool | None:
    """Whether all conditions joined by AND hold; None where one was not understood and none is false."""
    plain = _unwrapped(condition)
    answers: list[bool | None] = []
    for part in re.split(r"\s+AND\s+", plain, flags=re.IGNORECASE):
        name = _unwrapped(part)
        if _OF_SOME_YEARS.search(name):
            unread[BY_YEAR] = unread.get(BY_YEAR, 0) + 1
            answers.append(False)
        elif _OF_SOME_DAYS.search(name):
            unread[BY_DAY] = unread.get(BY_DAY, 0) + 1
            answers.append(False)
        elif name.lower() in WEATHER:
            unread[BY_WEATHER] = unread.get(BY_WEATHER, 0) + 1
            answers.append(when.winter)
        elif name.lower() in SEASONS.values() or name.lower() == "fall":
            answers.append(name.lower().replace("fall", "autumn") == ("winter" if when.winter else SEASONS[when.month]))
        elif _OF_HEAVY_VEHICLES.fullmatch(name.lower()):
            answers.append(False)
        else:
            answers.append(_holds(name, when))
    if any(one is False for one in answers):
        return False
    return None if any(one is None for one in answers) else True


def _unwrapped(text: str) -> str:
    """The text without parentheses around all of it."""
    plain = text.strip()
    while plain.startswith("(") and _closing(plain) == len(plain) - 1:
        plain = plain[1:-1].strip()
    return plain


def _closing(text: str) -> int:
    """Where the parenthesis that the text begins with is closed."""
    depth = 0
    for at, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return at
    return len(text) - 1


def _of_all_weeks(hours: str) -> str:
    """Opening hours of every other week as those of every week: what is there in some weeks is counted, not closed."""
    return re.sub(r"(week\s+\d+-\d+)/\d+", r"\1", hours)


def _holds(text: str, when: When) -> bool | None:
    return _time_holds(text, when.moment, when.place if _OF_THE_SUN.search(text) else None)


@cache
def _time_holds(text: str, moment: dt.datetime, place: tuple[float, float] | None) -> bool | None:
    """Whether a text of times includes a moment, at a place where the sun matters; None for what does not tell."""
    import opening_hours

    if not opening_hours.validate(text):
        return None
    if place is None:
        hours = opening_hours.OpeningHours(text)
    else:
        lat_lon = place[1], max(min(place[0], 179.99), -179.99)
        hours = opening_hours.OpeningHours(text, coords=lat_lon, auto_country=False)
    return None if hours.is_unknown(moment) else bool(hours.is_open(moment))

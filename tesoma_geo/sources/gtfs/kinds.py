"""How single values of a GTFS file are read: text in, value out, or what is wrong with it."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

#: Stands for "no time given" and "no number given".
MISSING = -1

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)")
#: Programs that keep whole numbers as fractions write 2.0.
_NO_FRACTION = re.compile(r"(?<=\d)\.0+$")
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")

Parse = Callable[[str], Any]


@dataclass(frozen=True)
class Kind:
    """A kind of value.

    Attributes
    ----------
    parse
        The value of a text that is not empty; raises ``ValueError`` saying what is wrong.
    dtype
        NumPy type of the column; None for identifiers, which become a categorical column.
    empty
        The value where nothing is written.
    remedy
        What to do about a wrong value.
    """

    parse: Parse
    dtype: str | None
    empty: Any
    remedy: str


def _clock(text: str) -> int:
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError("is not a time such as 07:05:00 or 25:10:00")
    hours, minutes, seconds = map(int, match.groups())
    return 3600 * hours + 60 * minutes + seconds


def _day(text: str) -> int:
    match = _DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())).toordinal() if match else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> int:
    raise ValueError("is not a date such as 20220118")


def _whole(text: str, least: int) -> int:
    try:
        number = int(_NO_FRACTION.sub("", text))
    except ValueError:
        number = least - 1
    if number < least:
        raise ValueError(f"is not a whole number of {least} or more")
    return number


def _amount(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise ValueError("is not a number of 0 or more")
    return number


def _degrees(text: str, limit: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not abs(number) <= limit:
        raise ValueError(f"is not degrees between -{limit:g} and {limit:g}")
    return number


def _one_of(text: str, choices: frozenset[int]) -> int:
    code = _NO_FRACTION.sub("", text)
    if not code.isdecimal() or int(code) not in choices:
        shown = ", ".join(map(str, sorted(choices))) if len(choices) < 15 else "the codes of the GTFS reference"
        raise ValueError(f"is not one of {shown}")
    return int(code)


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("is not a time zone such as Europe/Helsinki") from None
    return text


def choice(*codes: int, empty: int = 0) -> Kind:
    """One of a few numbers.

    Parameters
    ----------
    codes
        The numbers.
    empty
        The value where nothing is written.

    Returns
    -------
    Kind
        Refuses other numbers.
    """
    return Kind(partial(_one_of, choices=frozenset(codes)), "int16", empty, "Use a code of the GTFS reference")


def whole(least: int, empty: int = MISSING) -> Kind:
    """A whole number from a least one on.

    Parameters
    ----------
    least
        The smallest that is right.
    empty
        The value where nothing is written.

    Returns
    -------
    Kind
        Refuses smaller numbers.
    """
    return Kind(partial(_whole, least=least), "int64", empty, "Correct the number")


IDENTIFIER = Kind(str, None, "", "Give it an identifier")
TEXT = Kind(str, "object", "", "Write a text")
CLOCK = Kind(_clock, "int32", MISSING, "Write HH:MM:SS, hours of 24 and more for the night after the service day")
DAY = Kind(_day, "int32", MISSING, "Write YYYYMMDD")
AMOUNT = Kind(_amount, "float64", math.nan, "Correct the number")
LATITUDE = Kind(partial(_degrees, limit=90.0), "float64", math.nan, "Write decimal degrees of WGS 84")
LONGITUDE = Kind(partial(_degrees, limit=180.0), "float64", math.nan, "Write decimal degrees of WGS 84")
ZONE = Kind(_zone, "object", "", "Write a name of the IANA time zone database")

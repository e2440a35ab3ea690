"""Quantities with units, as mappers write them: one reader for widths, heights, slopes, speeds and durations.

The notations are those of https://wiki.openstreetmap.org/wiki/Map_features/Units (read 2026-11), of
Key:incline, Key:maxspeed and Key:duration, and the decimal comma that many write. A text that is none of them
is NaN, so that whoever asks can count it; nothing is guessed from its first digits.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.tables import LeftOut

NUMBER = r"([+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+))"
#: Metres in a unit of length.
LENGTHS_M: Mapping[str, float] = {
    "": 1.0, "m": 1.0, "metre": 1.0, "metres": 1.0, "meter": 1.0, "meters": 1.0, "mm": 0.001, "cm": 0.01, "dm": 0.1,
    "km": 1000.0, "mi": 1609.344, "nmi": 1852.0, "yd": 0.9144, "ft": 0.3048, "feet": 0.3048, "foot": 0.3048,
    "'": 0.3048, "in": 0.0254, "inch": 0.0254, "inches": 0.0254, '"': 0.0254,
}  # fmt: skip
#: Kilometres an hour in a unit of speed.
SPEEDS_KMH: Mapping[str, float] = {
    "": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "kmph": 1.0, "mph": 1.609344, "knots": 1.852, "kn": 1.852,
}  # fmt: skip
#: Tonnes in a unit of weight; `st` are short tons, as https://wiki.openstreetmap.org/wiki/Key:maxweight has them.
WEIGHTS_T: Mapping[str, float] = {
    "": 1.0, "t": 1.0, "tonne": 1.0, "tonnes": 1.0, "ton": 1.0, "tons": 1.0, "kg": 0.001, "lb": 0.00045359237,
    "lbs": 0.00045359237, "st": 0.90718474, "lt": 1.0160469088, "cwt": 0.05080234544,
}  # fmt: skip
#: A kerb of more metres than this, without a unit, is meant as centimetres, up to so many: an assumption.
HIGHEST_KERB_M, HIGHEST_KERB_CM = 1.0, 60.0
#: A ladder's slope is no street's: beyond this rise over run a number is a mistake.
STEEPEST = 1.0
#: Values that say on purpose that there is no number.
SAYS_NOTHING = frozenset(
    {
        "up", "down", "yes", "no", "unknown", "none", "variable", "signals", "fixme", "steep", "default",
        "below_default", "no_sign", "no_indications", "unsigned",
    }
)  # fmt: skip

#: So many letters of a tag are shown.
MOST_SHOWN = 80


def length_m(text: str) -> float:
    """Metres: ``1.5``, ``0,9``, ``60 cm``, ``2'``, ``6'4"``, ``3 ft``, ``12 in``; NaN for others.

    Parameters
    ----------
    text
        The value of a tag such as ``width`` or ``kerb:height``.

    Returns
    -------
    float
    """
    plain = _plain(text)
    feet = re.fullmatch(rf"{NUMBER}\s*(?:'|ft|feet)\s*{NUMBER}\s*(?:\"|''|in|inches)?", plain)
    if feet:
        return _float(feet[1]) * LENGTHS_M["ft"] + _float(feet[2]) * LENGTHS_M["in"]
    return _with_unit(plain.replace("''", '"'), LENGTHS_M)


def positive_m(text: str) -> float:
    """Metres above 0, as widths and headrooms are: what is 0 or less is a mistake, NaN as what cannot be read.

    Parameters
    ----------
    text
        The value of a tag such as ``width`` or ``maxheight``.

    Returns
    -------
    float
    """
    value = length_m(text)
    return value if value > 0 else math.nan


def kerb_m(text: str) -> float:
    """Metres of a kerb's edge: a bare number above 1 is meant as centimetres, as nobody climbs a kerb of 15 m.

    Parameters
    ----------
    text
        The value of ``kerb:height``.

    Returns
    -------
    float
        NaN where it cannot be read, or is no height of a kerb.
    """
    value = length_m(text)
    if HIGHEST_KERB_M < value <= HIGHEST_KERB_CM and re.fullmatch(NUMBER, _plain(text)):
        return value / 100.0
    return value if 0.0 <= value <= HIGHEST_KERB_M else math.nan


def weight_t(text: str) -> float:
    """Tonnes: ``3.5``, ``7,5 t``, ``900 kg``, ``10 st``, ``4000 lbs``; NaN for others.

    Parameters
    ----------
    text
        The value of ``maxweight``.

    Returns
    -------
    float
    """
    value = _with_unit(_plain(text), WEIGHTS_T)
    return value if value > 0 else math.nan


def speed_kmh(text: str, implicit_kmh: Mapping[str, float] | None = None) -> float:
    """Kilometres an hour: ``50``, ``30 mph``, ``5 knots``, ``FI:zone30``, or an implicit one such as ``FI:urban``.

    Parameters
    ----------
    text
        The value of a tag such as ``maxspeed``.
    implicit_kmh
        What each country's words stand for, such as ``"FI:urban"``; see :mod:`tesoma_geo.countries`.

    Returns
    -------
    float
        NaN where the text says no speed above 0.
    """
    told = re.sub(r"^[a-z]{2}(?=[:-])", lambda country: country[0].upper(), text.strip())
    known = (implicit_kmh or {}).get(told)
    if known is not None:
        return known
    zone = re.fullmatch(r"(?:([A-Z]{2}):)?zone:?(\d{1,3})", told)
    if zone:
        return float(zone[2]) * (SPEEDS_KMH["mph"] if zone[1] in ("GB", "US") else 1.0)
    value = _with_unit(_plain(text), SPEEDS_KMH)
    return value if value > 0 else math.nan


def grade(text: str) -> float:
    """Rise over run, positive upwards as drawn: ``"12%"``, ``"-3.5 %"``, ``"7°"``, ``"1:8"``; NaN for others.

    A bare number is read as per cent, as most of those tagged are meant. Beyond a rise of 1 in 1 a number is a mistake.

    Parameters
    ----------
    text
        The value of ``incline``.

    Returns
    -------
    float
    """
    plain = _plain(text)
    ratio = re.fullmatch(r"([+-]?)(\d+(?:[.,]\d+)?)\s*[:/]\s*(\d+(?:[.,]\d+)?)", plain)
    if ratio:
        run = _float(ratio[3])
        value = (-1.0 if ratio[1] == "-" else 1.0) * _float(ratio[2]) / run if run else math.nan
    else:
        match = re.fullmatch(rf"{NUMBER}\s*(%|percent|°|deg|degrees|‰)?", plain)
        if not match:
            return math.nan
        number, unit = _float(match[1]), match[2] or "%"
        value = {"°": math.tan(math.radians(number)), "‰": number / 1000.0}.get(unit[:1], number / 100.0)
        if unit in ("deg", "degrees"):
            value = math.tan(math.radians(number))
    return value if abs(value) <= STEEPEST else math.nan


def duration_s(text: str) -> float:
    """Seconds: ``"20"`` (minutes), ``"00:20"``, ``"1:05:00"``, ``"PT1H20M"``, ``"20 min"``; NaN for others.

    Parameters
    ----------
    text
        The value of ``duration``.

    Returns
    -------
    float
    """
    plain = text.strip()
    clock = re.fullmatch(r"(\d+):([0-5]?\d)(?::([0-5]?\d))?", plain)
    if clock:
        return int(clock[1]) * 3600.0 + int(clock[2]) * 60.0 + int(clock[3] or 0)
    iso = re.fullmatch(r"P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", plain)
    if iso and any(iso.groups()):
        days, hours, minutes, seconds = (int(part or 0) for part in iso.groups())
        return days * 86400.0 + hours * 3600.0 + minutes * 60.0 + seconds
    minutes_only = re.fullmatch(rf"{NUMBER}\s*(?:min|minutes?)?", plain)
    value = _float(minutes_only[1]) * 60.0 if minutes_only else math.nan
    return value if value > 0 else math.nan


class Quantity(NamedTuple):
    """The numbers of a tag column, and what of it could not be read.

    Attributes
    ----------
    values
        Shape (rows,); NaN where there is no tag or none that can be read.
    unread
        Value → number of rows.
    """

    values: NDArray[np.float64]
    unread: Mapping[str, int]


def quantity(column: "pd.Series[str]", read: Callable[[str], float]) -> Quantity:
    """The numbers of a tag column, each distinct value read once.

    Parameters
    ----------
    column
        Texts, missing where untagged.
    read
        One of the readers of this module.

    Returns
    -------
    Quantity
    """
    codes, texts = pd.factorize(column)
    numbers = np.array([*(read(str(text)) for text in texts), math.nan])
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    unread = {
        str(text): int(count)
        for text, number, count in zip(texts, numbers, counts, strict=False)
        if math.isnan(number) and str(text).strip() not in SAYS_NOTHING
    }
    return Quantity(numbers[codes], unread)


def left_out_values(key: str, unread: Mapping[str, int]) -> tuple[LeftOut, ...]:
    """The account of values of a tag that were not understood.

    Parameters
    ----------
    key
        The tag.
    unread
        Value → number of rows, as in :class:`Quantity`.

    Returns
    -------
    tuple of LeftOut
        Empty where all were understood.
    """
    if not unread:
        return ()
    examples = most_frequent({f"{key}={value}": count for value, count in unread.items()})
    return (LeftOut(f"values of {key}", "not understood: taken as not tagged", sum(unread.values()), examples),)


def most_frequent(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The three tags that occur most, each with how often where there are several.

    Parameters
    ----------
    counts
        Tag, ``key=value``, → number of rows.

    Returns
    -------
    tuple of str
        Long ones cut.
    """
    most = sorted(counts, key=lambda tag: (-counts[tag], tag))[:3]
    short = [tag if len(tag) <= MOST_SHOWN else f"{tag[: MOST_SHOWN - 1]}…" for tag in most]
    return tuple(
        short if len(counts) == 1 else (f"{tag} × {counts[full]}" for tag, full in zip(short, most, strict=True))
    )


def by_value(column: "pd.Series[str]", number_of: Callable[[str], float], missing: float) -> NDArray[np.float64]:
    """A number for each row of a tag column, worked out once for each distinct value.

    Parameters
    ----------
    column
        A tag's values.
    number_of
        Makes a number of a value.
    missing
        The number where there is no tag.

    Returns
    -------
    float64 array of shape (rows,)
    """
    codes, values = pd.factorize(column)
    return np.array([*(number_of(value) for value in values), missing])[codes]  # code -1, no tag, is the last


def longest(delays: Mapping[str, float], value: str) -> float:
    """The longest delay among the values of a tag such as ``island;traffic_signals`` or ``bollard; cycle_barrier``.

    Parameters
    ----------
    delays
        Seconds by value.
    value
        One value, or several with semicolons.

    Returns
    -------
    float
        0 where none is named.
    """
    return max(delays.get(part.strip(), 0.0) for part in str(value).split(";"))


def _plain(text: str) -> str:
    """The text in one spelling: lower case, typographic primes as straight ones, blanks folded."""
    table = str.maketrans({"\u2032": "'", "\u2019": "'", "\u2033": '"', "\u201d": '"', "\u2212": "-", "\u00a0": " "})
    return " ".join(text.translate(table).lower().split())


def _with_unit(plain: str, units: Mapping[str, float]) -> float:
    match = re.fullmatch(rf"{NUMBER}\s*(.*)", plain)
    factor = units.get(match[2]) if match else None
    return _float(match[1]) * factor if match and factor is not None else math.nan


def _float(text: str) -> float:
    return float(text.replace(",", "."))

"""Rules that ask a moderator to look: personal data, abuse, links, duplicates, places far off, floods.

A flag hides nothing and approves nothing. Texts with a flag of personal data are not published, approved
or not, until they are redacted.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.workspace.annotations import Moderation

#: Flags of data about a person; texts that carry one stay unpublished.
PERSONAL = frozenset({"identity_code", "phone", "email", "address", "name"})
#: Same respondent, same kind, no farther apart than this: one of them is a duplicate.
DUPLICATE_M = 15.0

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])(\d{2})(\d{2})(\d{2})([-+U-Yu-yA-Fa-f])(\d{3})([0-9A-Ya-y])(?![0-9A-Za-z])")
_IDENTITY_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURY = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_GAP = r"[\s\-–.()/]{0,3}"
_PHONE = re.compile(rf"(?<![\w+])(?:(?:\+|00)\d{{1,3}}|0\d){_GAP}\d(?:{_GAP}\d){{4,10}}(?!\w)")
_DATE_OR_TIME = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.(?:20)?\d{2}(?!\d)|(?<!\d)\d{1,2}[.:]\d{2}(?![\d.])")
_EMAIL = re.compile(
    r"[\w.+-]+\s*(?:@|\(at\)|\[at\]|\(ät\)|\[ät\]|\s(?:at|ät)\s)\s*[\w-]+(?:\s*(?:\.|\(dot\)|\(piste\)|\[dot\])\s*[\w-]+)*"
    r"\s*(?:\.|\(dot\)|\(piste\)|\[dot\])\s*[a-z]{2,}",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?|ftp)://|javascript:|data:text|\bwww\.|(?<![@\w.])[\w-]+(?:\.[\w-]+)*\.(?:fi|com|net|org|se|eu|io|info|ru|me|app)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b[A-ZÅÄÖ][\wåäö-]*(?:katu|kadu|tie|polku|polu|kuja|raitti|raiti|väylä|kaari|kaare|rinne|rinte|penger|penkere|"
    r"bulevardi|aukio|tori|puisto|ranta|ranna|mäki|gatan?|vägen|stigen|gränden|gränd)\w{0,5}\s+\d{1,3}(?!\s*(?:m\b|min))",
)
_AT_HOME = re.compile(
    r"\b(?:asu[nmit]\w*|asut\w*|kotini|kotimme|kotona|talomme|talossani|naapuri\w*|bor|bodde|hemma|grannen?|"
    r"i live|we live|my home|my house|neighbou?r\w*)\b",
    re.IGNORECASE,
)
_FLAT = re.compile(r"\d\s*[A-Ha-h]\s?\d{1,3}\b|\bas\.?\s?\d{1,3}\b")
_INTRODUCTION = re.compile(
    r"\b(?:nimeni on|nimi on|olen|terveisin|t\.|yst\.|jag heter|hälsningar|mvh|my name is|i am|regards,?)\s+"
    r"[A-ZÅÄÖ][a-zåäö]+\s+[A-ZÅÄÖ][a-zåäö]+",
    re.IGNORECASE,
)
_CAPITALISED_PAIR = re.compile(r"\b([A-ZÅÄÖ][a-zåäöé-]+)\s+[A-ZÅÄÖ][a-zåäöé-]+")
_MARKUP = re.compile(r"<[a-z!/]|&#|\$\{|\bon\w+\s*=", re.IGNORECASE)


def moderation_flags(
    annotations: gpd.GeoDataFrame, district: shapely.Geometry, settings: Moderation
) -> list[tuple[str, ...]]:
    """The flags of each annotation, in alphabetical order.

    Parameters
    ----------
    annotations
        ``ANNOTATIONS`` in the metric CRS.
    district
        The district in the same CRS.
    settings
        The workspace's ``[moderation]``.

    Returns
    -------
    list of tuple of str
        One an annotation: those of :func:`text_flags`, ``far``, ``flood``, ``duplicate``.
    """
    flags_by_row: list[set[str]] = [set(text_flags(text, settings.words)) for text in annotations["text"].fillna("")]
    shapes = annotations.geometry.to_numpy()
    for row in np.flatnonzero(shapely.distance(shapes, district) > settings.far_m):
        flags_by_row[row].add("far")
    voices = Counter(annotations["respondent"])
    for number, respondent in enumerate(annotations["respondent"]):
        if voices[respondent] > settings.flood:
            flags_by_row[number].add("flood")
    for number in _duplicates(annotations):
        flags_by_row[number].add("duplicate")
    return [tuple(sorted(flags)) for flags in flags_by_row]


def text_flags(text: str, words: Sequence[str] = ()) -> tuple[str, ...]:
    """The flags of one text: those of :data:`PERSONAL`, and ``abuse``, ``link``, ``markup``.

    Parameters
    ----------
    text
        What somebody wrote.
    words
        Abusive words besides those that ship with the package, as beginnings of words.

    Returns
    -------
    tuple of str
        In alphabetical order.
    """
    if not text.strip():
        return ()
    plain = normalised_text(text)
    checks = {
        "identity_code": any(_is_identity_code(match) for match in _IDENTITY.finditer(plain)),
        "phone": _has_phone(plain),
        "email": _EMAIL.search(plain) is not None,
        "link": _LINK.search(plain) is not None,
        "address": _has_address(plain),
        "name": _has_name(plain),
        "abuse": _is_abusive(plain, words),
        "markup": _MARKUP.search(plain) is not None,
    }
    return tuple(sorted(flag for flag, is_there in checks.items() if is_there))


def normalised_text(text: str) -> str:
    """The text as a person reads it: without invisible characters, with look-alikes in their usual form.

    Parameters
    ----------
    text
        What somebody wrote.

    Returns
    -------
    str
        In Unicode's form NFKC, without control and format characters; line breaks and tabs stay.
    """
    normal = unicodedata.normalize("NFKC", text)
    return "".join(character for character in normal if unicodedata.category(character) not in ("Cf", "Cc")
                   or character in "\n\t")  # fmt: skip


def is_identity_code(text: str) -> bool:
    """Whether a text is a Finnish personal identity code: a real date, and the right check character.

    Source of the formula: Digital and Population Data Services Agency, "The personal identity code"; the
    signs of the century as of 2023.

    Parameters
    ----------
    text
        The whole text is looked at.

    Returns
    -------
    bool
    """
    match = _IDENTITY.fullmatch(text)
    return match is not None and _is_identity_code(match)


def _is_identity_code(match: "re.Match[str]") -> bool:
    day, month, year, sign, number, check = match.groups()
    try:
        date(_CENTURY[sign.upper()] + int(year), int(month), int(day))
    except (ValueError, KeyError):
        return False
    return _IDENTITY_CHECK[int(day + month + year + number) % 31] == check.upper()


def _has_phone(text: str) -> bool:
    """A number that begins as one does, and is no date or time of day."""
    matches = _PHONE.finditer(_DATE_OR_TIME.sub(" ; ", text))
    return any(7 <= len(re.sub(r"\D", "", match[0])) <= 14 for match in matches)


def _has_address(text: str) -> bool:
    """A street with a house number, beside a name, a flat or words of living there."""
    return _STREET.search(text) is not None and any(
        (_AT_HOME.search(text), _FLAT.search(text), _has_name(text)),
    )


def _has_name(text: str) -> bool:
    if _INTRODUCTION.search(text) and any(True for _ in _CAPITALISED_PAIR.finditer(text)):
        return True
    names = _word_lists()["first_names"]
    return any(match[1] in names for match in _CAPITALISED_PAIR.finditer(text))


def _is_abusive(text: str, words: Sequence[str]) -> bool:
    lowered = text.casefold()
    stems = [*_word_lists()["abusive"], *(word.casefold() for word in words)]
    return any(re.search(rf"(?<!\w){re.escape(stem)}", lowered) for stem in stems if stem in lowered)


@cache
def _word_lists() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def _duplicates(annotations: gpd.GeoDataFrame) -> list[int]:
    """Rows that say what the same respondent said within a few metres already; the first one is none."""
    shapes = annotations.geometry.to_numpy()
    pair = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=DUPLICATE_M)
    first, second = pair[:, pair[0] < pair[1]]
    same = np.ones(len(first), bool)
    for column in ("respondent", "kind", "category", "themes"):
        codes = annotations[column].astype("category").cat.codes.to_numpy()
        same &= codes[first] == codes[second]
    return sorted(set(second[same].tolist()))

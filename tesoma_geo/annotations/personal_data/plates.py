"""Number plates of Finland, and Swedish ones: with their dash, or beside a word about a vehicle."""

import re
from collections.abc import Iterator

_DASHED = re.compile(r"(?<![\w-])([A-ZÅÄÖ]{2,3})\s?-\s?\d{1,3}(?![\w-]|[.,:]\d)")
_OTHER_SIGN = re.compile(r"(?<![\w-])([A-ZÅÄÖ]{3})[._/]\d{3}(?![\w-]|[.,:]\d)")
#: Mopeds, tractors and what was brought from abroad: ``12-ABC``.
_NUMBER_FIRST = re.compile(r"(?<![\w.,:/-])\d{1,4}[\s-]?([A-ZÅÄÖ]{1,3})(?![\w-])")
_SMALL = re.compile(r"(?<![\w-])([A-ZÅÄÖa-zåäö][a-zåäö]{2})-\d{2,3}(?![\w-]|[.,:]\d)")
_BARE = re.compile(r"(?<![\w-])(?!ABC\s)([A-ZÅÄÖ]{3})\s?\d{2,3}[A-Z]?(?![\w-]|[.,:]\d)")
_FULL = re.compile(r"(?<![\w-])([A-ZÅÄÖ]{3}|[a-zåäö]{3}(?=\d)) ?\d{3}(?![\w-]|[.,:]\d)")
_VEHICLE = re.compile(
    r"\b(?:auto(?:n|lla|ssa|sta)?|rek|rekisteri\w*|rekkari|rek\.?\s?nro|kilv\w+|kilpi|mopo\w*|moottoripyörä\w*|pakettiauto\w*|"
    r"bil(?:en)?|reg\.?\s?nr|registernummer|mopeden?|car|van|plate|licen[cs]e)\b",
    re.IGNORECASE,
)
_SLOW_VEHICLE = re.compile(
    r"\b(?:mopo|mopedi|skootter|mönkijä|traktor|moped|skoter|fyrhjuling|scooter|tractor|quad)\w*", re.I
)
_AFTER_VEHICLE = re.compile(
    rf"{_VEHICLE.pattern}[\s.:,]{{1,3}}(?:on\s|är\s|is\s)?([a-zåäö]{{3}})\s?\d{{2,3}}(?![\w-])", re.IGNORECASE
)
#: Letters before a number that are roads, norms, shops and words in texts of capitals.
_NO_PLATES = frozenset((
    "vt", "kt", "mt", "st", "yt", "eu", "eur", "led", "iso", "sfs", "pdf", "usb", "co", "tkl", "yle", "hsl", "ok",
    "os", "as", "tie", "yli", "max", "min", "ala", "klo", "kpl", "nro", "noin", "bus", "ja", "tai", "on", "ei",
    "för", "och", "ett", "vid", "med", "den", "det", "har", "som", "the", "and", "for", "are", "has", "all", "you",
    "not", "now", "one", "two", "top", "pm", "am", "km", "kg", "cm", "mm", "zon", "bäst", "sen", "mot", "per",
    "kun", "jos", "voi", "nyt", "joo", "jaa", "iän", "ikä", "ovi", "maa", "suu", "puu", "tv", "wc", "wifi", "gps",
    "lte", "din", "ral", "en", "ce", "dn", "pn", "nx", "px", "ry", "oy", "ab", "hkl", "vr", "ktv", "ysi", "kv",
    "ip", "nt", "pp", "kk", "vk", "pv", "vko", "mph",
))  # fmt: skip


def find_plates(text: str) -> Iterator[str]:
    """Pieces of a text that are number plates.

    Parameters
    ----------
    text
        A reading of a text.

    Yields
    ------
    str
    """
    patterns = (
        [_DASHED, _OTHER_SIGN, _SMALL] if text.isupper() and len(text) > 12 else [_DASHED, _OTHER_SIGN, _SMALL, _FULL]
    )
    if _VEHICLE.search(text):
        patterns += [_BARE, _AFTER_VEHICLE]
    if _SLOW_VEHICLE.search(text):
        patterns.append(_NUMBER_FIRST)
    for pattern in patterns:
        yield from (match[0] for match in pattern.finditer(text) if match[1].lower() not in _NO_PLATES)

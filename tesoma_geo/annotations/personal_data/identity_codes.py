"""Personal identity codes of Finland and Sweden, with any dash or none; checked by ``python-stdnum``.

A code with a mistyped character points at its owner nearly as well as a right one, and is a hit where it is written
like one. Source of the form: Digital and Population Data Services Agency, "The personal identity code"; signs of the
century as of 2023.
"""

import re
from collections.abc import Iterator
from datetime import date

from stdnum.ee import ik
from stdnum.fi import hetu
from stdnum.se import personnummer

from tesoma_geo.annotations.personal_data.days import DAY_IN_FULL, TIME_OF_DAY

_CENTURY = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_FINNISH = re.compile(
    r"(?:(?<![0-9A-Za-z])|(?<=hetu)|(?<=sotu)|(?<=tunnus))(\d\d)[./\s-]?(\d\d|"
    r"(?<=\.)\d(?=\.))[./\s-]?(?:19|"
    r"20)??(\d\d)[\s(]{0,2}([-+/_:*=.~U-Yu-yA-Fa-f]?)[\s)-]{0,2}(\d\s?\d\s?\d)[\s-]?([0-9A-Ya-y])(?![0-9A-Za-z])"
)
_SWEDISH = re.compile(r"(?<![\d-])(?:19|20)?(\d\d)(\d\d)(\d\d)\s?[-+]\s?\d{4}(?![\d-])")
#: The same with a space or nothing between, which only the check digit tells from another number.
_SWEDISH_TOGETHER = re.compile(
    r"(?<![\d.,+-])(?:19|20)?(\d\d)[\s.-]?([01]\d)[\s.-]?([0-3]\d)[\s_/-]{0,3}(\d\d\s?\d\d)(?![\d-]|[.,]\d)"
)
_SWEDISH_SAID = re.compile(r"\bpersonn(?:umme)?r\W{1,3}(?:är\s)?(\d{10}|\d{12})(?!\d)", re.I)
#: Signs, dashes in words and the like between the parts of a code.
_BETWEEN = (
    r"(?:[\W_]{0,4}(?:(?:ja|plus|viiva|väli|tavuviiva|alaviiva|miinus|kirjain|sitten|dash|then|and|och|"
    r"streck|letter)[\W_]{1,3}){0,2})"
)
#: A code in which the letter of the century stands apart, or another sign in its place, or the digits do.
_LOOSE = re.compile(
    rf"(?<![^\W_])([0-3])[\W_]?(\d)[\W_]?([01])[\W_]?(\d)[\W_]?\d[\W_]?\d({_BETWEEN})([A-FU-Ya-fu-y]?)({_BETWEEN})"
    r"(\d[\W_]{0,3}\d[\W_]{0,3}\d)([\W_]{0,3})([0-9A-FHJ-NPR-Ya-fhj-npr-y])(?![^\W_])"
)
#: The day of birth, some words, and the end in one piece.
_END_IN_PIECE = re.compile(
    r"(?<![\d.,-])[0-3]\d[01]\d{3}\W{1,3}(?:[^\W\d_]+\W{1,3}){1,3}\d{3}[A-FHJ-NPR-Y](?![^\W_])|"
    r"(?<![^\W_])\d{3}[A-FHJ-NPR-Y]\W{1,3}(?:[^\W\d_]+\W{1,3}){1,3}[0-3]\d[01]\d{3}(?![\d.,-]*\d)"
)
#: The same with the day of birth as dates are written.
_DATE_AND_END = re.compile(
    r"(?<![\d.])[0-3]?\d\.[01]?\d\.(?:19|20)\d\d\W{1,3}(?:[^\W\d_]{1,10}\W{1,3}){0,2}\d{3}\s?[A-FHJ-NPR-Y](?![^\W_])"
)
#: Swedish, with other signs: the year first, and no later than 2009: later days are mostly no day of birth.
_SWEDISH_LOOSE = re.compile(
    r"(?<![\d.,+-])(?:(?:19\d\d|200\d)[\s./-]?(?:0\d|1[0-2])[\s./-]?[0-3]\d|[3-9]\d[-./](?:0\d|1[0-2])[-./][0-3]\d)"
    r"\s?[-+/_:*=.~]\s?\d{4}(?![\d.,-]*\d)"
)
#: The day of birth here, the end there.
_APART = re.compile(
    r"(?<!\d)[0-3]\d[01]\d{3}\D{1,25}(?:loppu\w*|päätty\w*|slut\w*|sista|last|end\w*)\W{1,3}(?:on\s|är\s|"
    r"is\s)?\d{3}[0-9A-Y]\b|"
    r"\bloppu\w*\W{1,3}(?:on\s)?\d{3}[0-9A-Y]\b\D{1,25}[0-3]\d[01]\d{3}(?!\d)|"
    r"\b(?:syntymä|synt\.?|född|born)\w*\W{1,3}[0-3]\d[01]\d{3}\D{1,20}\b\d{3}[0-9A-Y]\b",
    re.I,
)
#: A day and a time of day, which are no code.
_MOMENT = re.compile(rf"(?<![\d+-]){DAY_IN_FULL}[\s,]{{1,3}}(?:klo\.?\s|kl\.?\s|at\s)?{TIME_OF_DAY}(?![\d-])")
_SAID = re.compile(
    r"\b(?:hetu|sotu|henkilötunnu\w*|sosiaaliturvatunnu\w*|personbeteckning\w*|personnummer|tunnuk\w+|soc\b|my id\b)",
    re.I,
)


#: The end alone, beside a word that says whose it is.
_END_SAID = re.compile(
    r"\b(?:hetu|sotu|henkilötunnu|sosiaaliturvatunnu|personbeteckning|personnummer|social security)[\w:]*\W{1,3}"
    r"(?:\w+\W{1,3}){0,3}?\d{3}\s?[0-9A-Y]\b",
    re.I,
)
_ESTONIAN = re.compile(r"(?<!\d)[1-8]\d{10}(?!\d)")
_PASSPORT = re.compile(
    r"\b(?:pass(?:i|in|ini|port|et)?|ajokort\w*|henkilökort\w*|körkort\w*|driving licen[cs]e)"
    r"\W{0,3}(?:(?:on|är|is|no|nro|nr|nummer|numero|number)\b"
    r"\W{0,3}){0,2}([A-Z]{0,2}\s?\d{7,9})(?!\d)",
    re.I,
)


def find_identity_codes(text: str) -> Iterator[str]:
    """Pieces of a text that are personal identity codes.

    Parameters
    ----------
    text
        A reading of a text.

    Yields
    ------
    str
    """
    text = _MOMENT.sub(" ; ", text)
    said = _SAID.search(text) is not None
    for match in _FINNISH.finditer(text):
        if _is_finnish(match, said):
            yield match[0].strip()
    yield from (match[0] for match in _LOOSE.finditer(text) if _is_loose(match))
    for pattern in (_APART, _END_IN_PIECE, _DATE_AND_END, _SWEDISH_LOOSE):
        yield from (match[0] for match in pattern.finditer(text))
    yield from (match[0] for match in _END_SAID.finditer(text))
    yield from (match[1] for match in _SWEDISH_SAID.finditer(text))
    yield from (match[1] for match in _PASSPORT.finditer(text))
    yield from (match[0] for match in _ESTONIAN.finditer(text) if ik.is_valid(match[0]))
    yield from (match[0] for match in _SWEDISH_TOGETHER.finditer(text) if _is_swedish(match))
    for match in _SWEDISH.finditer(text):
        if said or _is_day(match) or personnummer.is_valid(match[0].replace(" ", "")):
            yield match[0]


def _is_loose(match: "re.Match[str]") -> bool:
    """A day and a month that may be, and letters or signs that no other number has."""
    day, month = int(match[1] + match[2]), int(match[3] + match[4])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return False
    before, letter, after, number, gap, check = match[5], match[6], match[7], match[8], match[9], match[10]
    together = re.sub(r"\D", "", number) == number and not gap
    if letter:  # of the century: with a letter at the end, or where no words are between
        return check.isalpha() or (together and not re.search(r"\w", before + after))
    signs = (before + after).strip()
    if not signs and not re.match(r"\d{6}", match[0]):
        return False
    if check.isalpha() and (together or match[0].isascii()):
        upper_or_joined = check.isupper() or not gap
        return upper_or_joined and (bool(signs) or not before + after or _is_right(match, number + check))
    return (
        bool(signs)
        and together
        and check.isdigit()
        and signs in ("_", "*", "=", "~", "|")
        and _is_right(match, number + check)
    )


def _is_right(match: "re.Match[str]", end: str) -> bool:
    """Whether the character at the end is the one that the digits ask for."""
    digits = re.sub(r"\D", "", match[0][: match.start(5) - match.start()] + end[:-1])
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(digits) % 31] == end[-1].upper()


def _is_swedish(match: "re.Match[str]") -> bool:
    return _is_day(match) and bool(personnummer.is_valid("".join(match.groups()).replace(" ", "")))


def _is_day(match: "re.Match[str]") -> bool:
    """Whether a year, a month and a day, in this order, are one."""
    try:
        date(1900 + int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def is_identity_code(text: str) -> bool:
    """Whether a text is a Finnish personal identity code: a real date, and the right check character.

    Parameters
    ----------
    text
        The whole text is looked at.

    Returns
    -------
    bool
    """
    return bool(hetu.is_valid(text, allow_temporary=True)) and text == text.strip()


def _is_finnish(match: "re.Match[str]", said: bool) -> bool:
    """A real date, and the right check character, or a form or a word that leaves no doubt."""
    day, month, year, sign, number, check = match.groups()
    century = _CENTURY.get(sign.upper(), 1900)
    try:
        date(century + int(year), int(month), int(day))
    except ValueError:
        return False
    number = re.sub(r"\s", "", number)
    right = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(day + month + year + number) % 31] == check.upper()
    like_one = sign.upper() in _CENTURY and (match[0][6:7] == sign or (sign in "-+" and check.isalpha()))
    return right or said or (sign != "" and like_one)

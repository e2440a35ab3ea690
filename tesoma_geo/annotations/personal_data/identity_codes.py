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

_CENTURY = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_FINNISH = re.compile(
    r"(?:(?<![0-9A-Za-z])|(?<=hetu)|(?<=sotu)|(?<=tunnus))(\d\d)[./\s-]?(\d\d|(?<=\.)\d(?=\.))[./\s-]?(?:19|20)??(\d\d)[\s(]{0,2}([-+/_:*=.~U-Yu-yA-Fa-f]?)[\s)-]{0,2}(\d\s?\d\s?\d)[\s-]?([0-9A-Ya-y])(?![0-9A-Za-z])"
)
_SWEDISH = re.compile(r"(?<![\d-])(?:19|20)?(\d\d)(\d\d)(\d\d)\s?[-+]\s?\d{4}(?![\d-])")
#: The same with a space or nothing between, which only the check digit tells from another number.
_SWEDISH_TOGETHER = re.compile(
    r"(?<![\d.,+-])(?:19|20)?(\d\d)[\s.-]?([01]\d)[\s.-]?([0-3]\d)[\s_/-]{0,3}(\d\d\s?\d\d)(?![\d-]|[.,]\d)"
)
_SWEDISH_SAID = re.compile(r"\bpersonn(?:umme)?r\W{1,3}(?:är\s)?(\d{10}|\d{12})(?!\d)", re.I)
#: The day of birth here, the end there.
_APART = re.compile(
    r"(?<!\d)[0-3]\d[01]\d{3}\D{1,25}(?:loppu\w*|päätty\w*|slut\w*|sista|last|end\w*)\W{1,3}(?:on\s|är\s|is\s)?\d{3}[0-9A-Y]\b|"
    r"\bloppu\w*\W{1,3}(?:on\s)?\d{3}[0-9A-Y]\b\D{1,25}[0-3]\d[01]\d{3}(?!\d)|"
    r"\b(?:syntymä|synt\.?|född|born)\w*\W{1,3}[0-3]\d[01]\d{3}\D{1,20}\b\d{3}[0-9A-Y]\b",
    re.I,
)
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
    said = _SAID.search(text) is not None
    for match in _FINNISH.finditer(text):
        if _is_finnish(match, said):
            yield match[0].strip()
    yield from (match[0] for match in _APART.finditer(text))
    yield from (match[0] for match in _END_SAID.finditer(text))
    yield from (match[1] for match in _SWEDISH_SAID.finditer(text))
    yield from (match[1] for match in _PASSPORT.finditer(text))
    yield from (match[0] for match in _ESTONIAN.finditer(text) if ik.is_valid(match[0]))
    yield from (match[0] for match in _SWEDISH_TOGETHER.finditer(text) if _is_swedish(match))
    for match in _SWEDISH.finditer(text):
        if said or _is_day(match) or personnummer.is_valid(match[0].replace(" ", "")):
            yield match[0]


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

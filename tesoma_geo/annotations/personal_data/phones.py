"""Telephone numbers: Finnish and Swedish ones as people write them, others with their country's code.

Which numbers exist is asked of ``phonenumbers``, Google's libphonenumber; its own matcher wants the usual spellings,
so that candidates are found here.
"""

import re
from collections.abc import Iterator

import phonenumbers

_GAP = r"[\s\-.()/\[\]]{0,4}"
_LOOSE_GAP = r"[\s\-.,()/\[\]_*:;…=~|]{0,5}"
_NUMBER = re.compile(rf"(?<!\d)(?<!\d[.,])\(?(?:\+\s?|00)?{_GAP}\d(?:{_GAP}\d){{6,14}}(?!\d)")
#: Beginnings of Finnish mobile numbers (Traficom, numbering plan), which allow odd signs between the digits.
_MOBILE = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:(?:\+|00)?{_LOOSE_GAP}358{_LOOSE_GAP}(?:0{_LOOSE_GAP})?|0{_LOOSE_GAP})"
    rf"(?:4|5{_LOOSE_GAP}0)(?:{_LOOSE_GAP}\d){{6,9}}(?!\d)"
)
_SAID = re.compile(
    r"(?:\bpuh(?:elin)?(?:numero\w*)?\b|\bp\.|\btel\b|\bsoit\w+|\bnumero(?:ni|on)?\b|\bgsm|\bwhatsapp|\bkänny\w*|\bkotinumero\w*|"
    r"\bphone|\bcall(?: me)?|\bring\b|\bmobil\w*|\btelefon\w*|\btekstari\w*)"
    r"[\s.:]{0,3}(?:on|är|is|till|at|på)?[\s.:]{0,3}"
    r"(\d(?:[\s-]?\d){5,11})(?![\d,.]*\d)",
    re.IGNORECASE,
)
_DATE_OR_TIME = re.compile(
    r"(?<!\d)\d{1,2}\.\d{1,2}\.(?:(?:19|20)\d{2}|\d{2})?(?![\d.])|(?<![\d.])\d{1,2}[.:][0-5]\d(?![\d.])"
)
_REGIONS = ("FI", "SE")


def find_phones(text: str) -> Iterator[str]:
    """Pieces of a text that are telephone numbers.

    Parameters
    ----------
    text
        A reading of a text.

    Yields
    ------
    str
    """
    timeless = _DATE_OR_TIME.sub(" ; ", text)
    for reading in dict.fromkeys([timeless, text]):
        for match in _MOBILE.finditer(reading):
            yield match[0].strip()
    for match in _NUMBER.finditer(timeless):
        if _is_number(match[0]):
            yield match[0].strip()
    for match in _SAID.finditer(text):
        yield match[1]


def _is_number(written: str) -> bool:
    """Whether digits with their gaps are a number of Finland, Sweden or the country whose code they begin with."""
    digits = re.sub(r"\D", "", written)
    if written.lstrip("( ").startswith("+") or digits.startswith("00"):
        return 8 <= len(digits.removeprefix("00")) <= 15 and _is_valid("+" + digits.removeprefix("00"), None)
    if digits.startswith("358"):
        return _is_valid("+" + digits, None)
    return digits.startswith("0") and any(_is_valid(digits, region) for region in _REGIONS)


def _is_valid(digits: str, region: str | None) -> bool:
    if digits.startswith("+3580"):
        digits = "+358" + digits[5:]
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number) if region is None else phonenumbers.is_valid_number(number)

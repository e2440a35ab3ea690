"""Telephone numbers: Finnish and Swedish ones as people write them, others with their country's code.

Which numbers exist is asked of ``phonenumbers``, Google's libphonenumber; its own matcher wants the usual spellings,
so that candidates are found here.
"""

import re
from collections.abc import Iterator

import phonenumbers

from tesoma_geo.annotations.personal_data.days import DAY_IN_FULL, TIME_OF_DAY

_GAP = r"[\s\-.()/\[\]]{0,4}"
#: Words with which somebody leads from one part of a number to the next.
_LINK_WORD = (
    r"(?:ja|sitten|vielä|eli|niin|loput|loppu|lopuksi|ensin|jatkuu|perään|väli|piste|viiva|väliviiva|plus|"
    r"kauttaviiva|numero|"
    r"och|sen|sedan|mellanslag|streck|and|then|dash|space|hyphen|dot|slash)"
)
_LOOSE_GAP = rf"(?:[\W_x]{{0,6}}|[\W_]{{0,4}}(?:{_LINK_WORD}[\W_]{{0,4}}){{1,3}})"
_NUMBER = re.compile(rf"(?<!\d)(?<!\d[.,])\(?(?:\+\s?|00)?{_GAP}\d(?:{_GAP}\d){{6,14}}(?!\d)")
#: Beginnings of Finnish mobile numbers (Traficom, numbering plan), which allow odd signs between the digits.
_MOBILE = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:(?:\+|00|990)?{_LOOSE_GAP}0?358{_LOOSE_GAP}(?:0{_LOOSE_GAP})?|0{_LOOSE_GAP})"
    rf"(?:4|5{_LOOSE_GAP}0)(?:{_LOOSE_GAP}\d){{6,9}}(?!\d)",
    re.IGNORECASE,
)
#: The beginning here, the rest after some words.
_APART = re.compile(r"(?<![\d.,+-])0(?:4\d{1,2}|50\d?)\b(?!\s?m\b)(?:\D{1,25}\d{1,7}){1,4}(?!\d)")
#: Several numbers with nothing between them.
_TOGETHER = re.compile(r"(?<!\d)(?:0(?:4\d|50)\d{7}){2,}(?!\d)")
_PREFIX = re.compile(
    r"\b(?:suunta(?:numero\w*)?|etunumero\w*|etuliite|eteen|edessä|eessä|alkuun|alussa|riktnummer|riktnr|"
    r"area code|prefix|in front)\b",
    re.I,
)
_SAID = re.compile(
    r"(?:\bpuh(?:elin)?(?:numero\w*)?\b|\bp\.|\btel\b|\bsoit\w+|\bsoitt?ele\w*|\bpirauta|\bnumero(?:ni|"
    r"on)?\b|\bgsm|\bwhatsapp|"
    r"\bwhats?up|\bwa\.me/|\bsignal\b|\bviber|\bkänny\w*|\bluuri\w*|\bmobilepay|\bswish\w*|"
    r"\bkotinumero\w*|\bkotipuhelin\w*|"
    r"\blanka\w*|\bphone=?|\bcall(?: me)?|\btext me(?: at)?|\bring\b|\bmobil\w*|\btelefon\w*|\btfn|"
    r"\btekstar\w*|\bviesti\w*|\bsms)"
    r"[\s.:+]{0,3}(?:on|är|is|till|at|på|numeroon|nr)?[\s.:+]{0,3}"
    r"(\d(?:[\s-]?\d){5,14})(?![\d,.]*\d)",
    re.IGNORECASE,
)
#: A day with its year in full, perhaps with a time of day.
_DAY = (
    rf"(?<![\d+-])(?:{DAY_IN_FULL}|"
    r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19[3-9]\d|20[0-3]\d))"
    rf"(?:[\s,]{{1,3}}(?:klo\.?\s)?{TIME_OF_DAY})?(?![\d-])"
)
_DATE_OR_TIME = re.compile(
    rf"{_DAY}|(?<!\d)\d{{1,2}}\.\d{{1,2}}\.(?:(?:19|20)\d{{2}}|\d{{2}})?(?![\d.])|(?<![\d.])\d{{1,2}}[.:][0-5]\d(?![\d.])"
)
_DAY_ALONE = re.compile(_DAY)
_TIMES = re.compile(r"(?:[01]\d|2[0-4])[.:]?[0-5]\d(?:[\s,-]{1,3}(?:[01]\d|2[0-4])[.:]?[0-5]\d)+")
_RUSSIAN = re.compile(r"(?<!\d)8[\s(-]{1,2}9\d\d[\s)-]{0,2}\d{3}[\s-]?\d\d[\s-]?\d\d(?!\d)")
#: A Finnish mobile number without its zero.
_WITHOUT_ZERO = re.compile(
    r"(?<![\d.,+])(?<!\d[ -])(?:4\d|50)(?:[\s-]{0,2}\d){7}(?![\d.,]*\d|\s?(?:€|e\b|eur|m[23²³]?\b))"
)
#: A word that says that a number follows, some words, and a number however it is parted.
_SAID_BEFORE = re.compile(
    r"\b(?:puh|puhelin\w*|puhelimen|numeroni|numeromme|soit(?:a|ta)\w*|soittaa|tekstar\w*|tekstivies\w*|kännyk\w*|gsm|"
    r"mobil\w*|cell(?:phone)?|phone|call|text me|tel|tfn|telefon\w*|ring|sms|whatsapp)\b"
    r"[^\d\n]{0,30}?((?<![.,])\d(?:[\s\-.()/]{0,3}\d){6,13})(?![\d.,]*\d)",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    r"(?<![\d.,])(\(?\d(?:[\s\-.()/]{0,3}\d){8,13})\W{1,3}(?:\w{1,6}\W){0,2}?"
    r"(?:call|text|phone|soit\w+|puhelin\w*|tekstar\w*|ring|sms|whatsapp\w*)\b",
    re.IGNORECASE,
)
_REGIONS = ("FI", "SE", "GB")


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
    for reading in dict.fromkeys([timeless, _DAY_ALONE.sub(" ; ", text)]):
        for match in _MOBILE.finditer(reading):
            if not _TIMES.fullmatch(match[0].strip()):
                yield match[0].strip()
    for match in _NUMBER.finditer(timeless):
        if _is_number(match[0]) and not _TIMES.fullmatch(match[0].strip()):
            yield match[0].strip()
    yield from (match[1] for match in _SAID.finditer(text))
    yield from (match[0] for pattern in (_RUSSIAN, _TOGETHER) for match in pattern.finditer(text))
    yield from (match[1] for pattern in (_SAID_BEFORE, _SAID_AFTER) for match in pattern.finditer(timeless))
    for match in _WITHOUT_ZERO.finditer(timeless):
        if not match[0].endswith("000") and _is_valid(re.sub(r"\D", "", match[0]), "FI"):
            yield match[0]
    for match in _APART.finditer(timeless):
        if len(re.sub(r"\D", "", match[0])) == 10:
            yield match[0]
    if _PREFIX.search(timeless) and 8 <= len(re.sub(r"\D", "", timeless)) <= 11:
        yield timeless.strip()


def _is_number(written: str) -> bool:
    """Whether digits with their gaps are a number of Finland, Sweden or the country whose code they begin with."""
    digits = re.sub(r"\D", "", written)
    if written.lstrip("( ").startswith("+") or digits.startswith("00"):
        return 8 <= len(digits.removeprefix("00")) <= 15 and _is_valid("+" + digits.removeprefix("00"), None)
    if digits.startswith("358"):
        return _is_valid("+" + digits, None)
    if not digits.startswith("0"):
        return False
    return any(_is_valid(digits, region) for region in _REGIONS) or (
        # a British mobile, also of the ranges that nobody was given; and what is as long as a number, were it misspelt
        (len(digits) == 11 and digits.startswith("07")) or len(digits) in (9, 10)
    )


def _is_valid(digits: str, region: str | None) -> bool:
    if digits.startswith("+3580"):
        digits = "+358" + digits[5:]
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number) if region is None else phonenumbers.is_valid_number(number)

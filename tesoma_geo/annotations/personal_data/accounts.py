"""Bank accounts: IBAN, checked by ``python-stdnum``, those of Finland even mistyped, and the older Finnish form."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from stdnum import iban, luhn

_IBAN = re.compile(r"(?<![A-Za-z\d])[A-Z]{2}[\W_]{0,3}\d{2}(?:[\W_]{0,3}[A-Z\d]){11,30}", re.IGNORECASE)
#: Signs of an account by country, so that one with a mistyped sign is known by its form (SWIFT, IBAN registry).
_LENGTH = MappingProxyType({country: length for length, countries in {
    15: "NO",
    16: "BE",
    18: "DK FI FO GL NL",
    19: "MK SI",
    20: "AT BA EE LT LU XK",
    21: "CH HR LI LV",
    22: "BG DE GB GE IE ME RS",
    23: "GI",
    24: "AD CZ ES MD RO SE SK",
    25: "PT",
    26: "IS TR",
    27: "FR GR IT MC SM",
    28: "AL CY HU PL",
    29: "UA",
    31: "MT",
}.items() for country in countries.split()})  # fmt: skip
_FINNISH = re.compile(
    r"(?<![^\W_])(?:F[\W_]?I|äf+ä?\sii|eff?\seye)[\W_]{0,3}(?:(?:ja|sitten|och|and)\s)?(?:[\dOoIl|][\W_]{0,5}){15}[\dOoIl|](?![\dOoIl|])",
    re.IGNORECASE,
)
_OLD = re.compile(r"(?<![\d-])[1-8]\d{5}-\d{5,8}(?![\d-])")
_OLD_AT_BANK = re.compile(
    r"\b(?:nordea|osuuspankki|danske|s-pankki|aktia|handelsbank|säästöpankki|pop pankki|ålandsbank|op|swedbank|seb)"
    r"\w*\b"
    r"\D{1,25}(\d{6}-?\d{2,8})(?![\d-])",
    re.IGNORECASE,
)
_OLD_SAID = re.compile(
    r"\b(?:tili\w*|konto\w*|account)\W{1,3}(?:\w+\W{1,3}){0,2}?(\d{6}-?\d{2,8})(?!\d)", re.IGNORECASE
)

#: Cards: thirteen to nineteen digits, in groups or not, with the check digit of Luhn.
_CARD = re.compile(r"(?<![\d.,+])[3-6]\d{3}(?:[\s.-]?\d){9,15}(?!\d)")
_SWEDISH = re.compile(
    r"\b(?:bankgiro|plusgiro|postgiro|bg|pg)\W{1,3}(?:nr\W{0,2})?(\d(?:[\s-]?\d){5,7})(?!\d)", re.IGNORECASE
)
_DAYS = re.compile(r"(?<![\d-])[0-3]?\d[./][01]?\d[./](?:19|20)\d\d(?!\d)")
_ACCOUNT_WORD = re.compile(r"\b(?:iban|\w{0,10}tili|\w{0,10}konto|pankki|bank|account)", re.IGNORECASE)
#: The older form with a word about accounts anywhere.
_OLD_SHORT = re.compile(r"(?<![\d-])([1-8]\d{5}-\d{2,8})(?![\d-])", re.IGNORECASE)
#: A word that says it is one, some words, and digits however they are parted.
_SAID = re.compile(
    r"\b(?:\w{0,12}tili(?:ni|lle|llä|numero\w*|nro|n)?|pankkitili\w*|konto(?:t|n|nummer\w*|nr)?|bankkonto\w*|clearing\w*|account)\b"
    r"[^\d\n]{0,25}?(\d(?:[\s\-./,]{0,3}\d){7,17})(?![\d.,]*\d)",
    re.IGNORECASE,
)
#: The digits of a Finnish account apart from their country; in these groups even with a mistyped one.
_GROUPED = re.compile(r"(?<![\d.,-])\d{2}([ .-])\d{4}\1\d{4}\1\d{4}\1\d{2}(?![\d.,-]*\d)")
_APART = re.compile(r"(?<!\d)\d{2}(?:[\s._-]{0,3}\d){14}(?!\d)")


def find_accounts(text: str) -> Iterator[str]:
    """Pieces of a text that are numbers of bank accounts.

    Parameters
    ----------
    text
        A reading of a text.

    Yields
    ------
    str
    """
    for match in _IBAN.finditer(text):
        letters = re.sub(r"[\W_]", "", match[0])
        like_one = len(letters) >= _LENGTH.get(letters[:2].upper(), 99) and _ends_there(match, letters)
        if like_one or any(iban.is_valid(letters[:length]) for length in range(15, len(letters) + 1)):
            yield match[0]
    text = _DAYS.sub(" ; ", text)
    for match in _CARD.finditer(text):
        if luhn.is_valid(re.sub(r"\D", "", match[0])):
            yield match[0]
    for match in _APART.finditer(text):
        if iban.is_valid("FI" + re.sub(r"\D", "", match[0])):
            yield match[0]
    yield from (match[1] for match in _SWEDISH.finditer(text))
    if _ACCOUNT_WORD.search(text):
        yield from (match[0] for match in _OLD_SHORT.finditer(text))
    yield from (match[0] for pattern in (_FINNISH, _OLD, _GROUPED) for match in pattern.finditer(text))
    yield from (match[1] for pattern in (_OLD_SAID, _SAID, _OLD_AT_BANK) for match in pattern.finditer(text))


def _ends_there(match: "re.Match[str]", letters: str) -> bool:
    """Whether a country's number of signs ends where a group of them does: words after it are none of its own."""
    wanted = _LENGTH[letters[:2].upper()]
    ends = [len(re.sub(r"[\W_]", "", match[0][: gap.start()])) for gap in re.finditer(r"[\W_]+|\Z", match[0])]
    return wanted in ends and sum(sign.isdigit() for sign in letters[2:wanted]) >= 10

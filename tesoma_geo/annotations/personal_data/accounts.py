"""Bank accounts: IBAN, checked by ``python-stdnum``, those of Finland even mistyped, and the older Finnish form."""

import re
from collections.abc import Iterator

from stdnum import iban, luhn

_IBAN = re.compile(r"(?<![A-Za-z\d])[A-Z]{2}[\s._/,-]{0,3}\d{2}(?:[\s._/,-]{0,3}[A-Z\d]){11,30}", re.IGNORECASE)
_FINNISH = re.compile(
    r"(?<![A-Za-z\d])F\s?I[\s._/,-]{0,3}(?:[\dOoIl|][\s._/,-]{0,5}){15}[\dOoIl|](?![\dOoIl|])", re.IGNORECASE
)
_OLD = re.compile(r"(?<![\d-])[1-8]\d{5}-\d{5,8}(?![\d-])")
_OLD_SAID = re.compile(
    r"\b(?:tili\w*|konto\w*|account)\W{1,3}(?:\w+\W{1,3}){0,2}?(\d{6}-?\d{2,8})(?!\d)", re.IGNORECASE
)

#: Cards: thirteen to nineteen digits, in groups or not, with the check digit of Luhn.
_CARD = re.compile(r"(?<![\d.,+])[3-6]\d{3}(?:[\s.-]?\d){9,15}(?!\d)")
_SWEDISH = re.compile(
    r"\b(?:bankgiro|plusgiro|postgiro|bg|pg)\W{1,3}(?:nr\W{0,2})?(\d(?:[\s-]?\d){5,7})(?!\d)", re.IGNORECASE
)
#: A word that says it is one, some words, and digits however they are parted.
_SAID = re.compile(
    r"\b(?:\w{0,12}tili(?:ni|lle|llä|numero\w*|nro|n)?|pankkitili\w*|konto(?:t|n|nummer\w*|nr)?|bankkonto\w*|clearing\w*|account)\b"
    r"[^\d\n]{0,25}?(\d(?:[\s\-./]{0,3}\d){7,17})(?![\d.,]*\d)",
    re.IGNORECASE,
)
#: The digits of a Finnish account apart from their country.
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
        if any(iban.is_valid(letters[:length]) for length in range(15, len(letters) + 1)):
            yield match[0]
    for match in _CARD.finditer(text):
        if luhn.is_valid(re.sub(r"\D", "", match[0])):
            yield match[0]
    for match in _APART.finditer(text):
        if iban.is_valid("FI" + re.sub(r"\D", "", match[0])):
            yield match[0]
    yield from (match[1] for match in _SWEDISH.finditer(text))
    yield from (match[0] for pattern in (_FINNISH, _OLD) for match in pattern.finditer(text))
    yield from (match[1] for pattern in (_OLD_SAID, _SAID) for match in pattern.finditer(text))

"""Bank accounts: IBAN, checked by ``python-stdnum``, those of Finland even mistyped, and the older Finnish form."""

import re
from collections.abc import Iterator

from stdnum import iban

_IBAN = re.compile(r"(?<![A-Za-z\d])[A-Z]{2}[\s-]?\d{2}(?:[\s-]?[A-Z\d]){11,30}", re.IGNORECASE)
_FINNISH = re.compile(r"(?<![A-Za-z\d])FI[\s.-]?\d{2}(?:[\s.-]?\d){14}(?!\d)", re.IGNORECASE)
_OLD = re.compile(r"(?<![\d-])\d{6}-\d{6,8}(?![\d-])")
_OLD_SAID = re.compile(r"\b(?:tili\w*|konto\w*|account)\W{1,3}(\d{6}-?\d{2,8})(?!\d)", re.IGNORECASE)


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
        letters = re.sub(r"[\s-]", "", match[0])
        if any(iban.is_valid(letters[:length]) for length in range(15, len(letters) + 1)):
            yield match[0]
    yield from (match[0] for pattern in (_FINNISH, _OLD) for match in pattern.finditer(text))
    yield from (match[1] for match in _OLD_SAID.finditer(text))

"""Addresses of electronic mail, also where the sign or the dots are written in words, in brackets or not at all."""

import re
from collections.abc import Iterator

_UNMISTAKABLE = (
    r"miuku(?:mauku)?|miu?mau|miau|mauku|ättä|ätti|snabel-?\s?a|kissanhäntä|apinanhäntä|at-merkki|ät-merkki|at sign|"
    r"alfakrull"
)
_NAMES = rf"at|a|ät|et|{_UNMISTAKABLE}"
_DOT_WORD = r"\s*[(\[{<*/_'\"~-]\s*(?:dot|piste|punkt|\.)\s*[)\]}>*/_'\"~-]\s*|\s+(?:dot|piste|punkt)\s+"
_DOT = rf"(?:\s*[.,]\s*|{_DOT_WORD})"
_TIGHT_DOT = rf"(?:\.|{_DOT_WORD})"
_OPEN, _CLOSE = r"[(\[{<*/_|'\"~-]", r"[)\]}>*/_|'\"~-]"
_PROVIDERS = (
    r"(?:gmail|hotmail|outlook|luukku|icloud|yahoo|live|suomi24|kolumbus|elisanet|saunalahti|protonmail|proton)"
)
#: Ends of addresses, where a sentence may end as well as one.
_ENDS = r"(?:fi|com|net|org|se|eu|io|info|ee|no|dk|de|uk|ru|ua|me|nu|name|app|ax)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[\w.+-]+@[\w-]{2,}(?:[.,][\w-]+)*",
        rf"(?<![\w/.])[\w.+-]+(?:#|\s(?:at|ät)-)[\w-]+\.{_ENDS}\b",
        rf"[\w.+-]+\s*@\s*[\w-]+(?:{_DOT}[\w-]+)+",
        rf"[\w.+-]+?\s*{_OPEN}\s*(?:{_NAMES}|@)\s*{_CLOSE}\s*[\w-]+?(?:{_DOT}[\w-]+?)*{_DOT}[a-z]{{2,}}\b",
        rf"[\w.+-]+?\s*{_OPEN}\s*(?:{_NAMES}|@)\s*{_CLOSE}\s*{_PROVIDERS}\b",
        rf"(?<![a-zåäö])[\w.+-]+?_(?:at|ät)_[a-z\d]+(?:_[a-z\d]+)*?_{_ENDS}\b",
        rf"[\w.+-]+\s+(?:at|ät|{_UNMISTAKABLE})\s+[\w-]+(?:{_TIGHT_DOT}[\w-]+)*{_TIGHT_DOT}{_ENDS}\b",
        rf"[\w.+-]+\s+(?:ät|{_UNMISTAKABLE})\s+{_PROVIDERS}\b",
        rf"[\w+-]*[\w][._\d+][\w.+-]*\s+{_PROVIDERS}\b(?:{_TIGHT_DOT}[a-z]{{2,}})?",
        rf"\b(?:s-?posti|sähköposti|e-?mail|mail|meili|e-?post)\w*\W{{1,3}}(?:on\s|är\s|is\s)?[\w.+-]+\s+{_PROVIDERS}\b",
    )
)
_SIGN = re.compile(rf"[@#]|{_NAMES}|{_PROVIDERS}", re.IGNORECASE)


def find_emails(text: str) -> Iterator[str]:
    """Pieces of a text that are addresses of mail.

    Parameters
    ----------
    text
        A reading of a text.

    Yields
    ------
    str
    """
    if _SIGN.search(text):
        for pattern in _PATTERNS:
            yield from (match[0].strip() for match in pattern.finditer(text))

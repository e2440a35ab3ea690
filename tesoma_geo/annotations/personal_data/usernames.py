"""Names of accounts on social media, and links."""

import re
from collections.abc import Iterator

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w.@+-])@[a-zåäö_][\w.]{2,}",
        r"(?:facebook|fb|instagram|linkedin|tiktok|twitter|x|snapchat|youtube|threads)\.com/(?!groups/)[\w.@/-]+",
        r"\b\w{3,}#\d{4}(?!\d)",
        r"\bt\.me/\w+",
        r"(?<![\w/])u/\w{3,}",
        r"\b(?:facebook|fb|insta|snap|snäp|tiktok|some)\w*\s(?:nimellä|nimi|med\snamnet|as|named)\s\w{2,}",
        r"\b(?:ig|insta\w*|snap\w*|snäp\w*|tiktok\w*|tele(?:gram)?\w*|discord\w*|twitter\w*|nimimerk\w*|nick\w*|jodel\w*|signatur\w*|käyttäjätunnu\w*|käyttäjänimi\w*|"
        r"användarnamn\w*|username)\W{1,3}(?:on\s|är\s|is\s)?(?=[\w.]*[_.\d]\w)[a-zåäö][\w.]{3,}",
    )
)
_LINK = re.compile(
    r"(?:(?:https?|ftp)://|javascript:|data:text|\bwww\.)\S*|"
    r"(?<![@\w.])[\w-]+(?:\.[\w-]+)*\.(?:fi|com|net|org|se|eu|io|info|ru|me|app|nu|ee)\b\S*",
    re.IGNORECASE,
)


def find_usernames(text: str) -> Iterator[str]:
    """Pieces of a text that are somebody's name on a platform.

    Parameters
    ----------
    text
        A reading of a text.

    Yields
    ------
    str
    """
    for pattern in _PATTERNS:
        yield from (match[0] for match in pattern.finditer(text))


def find_links(text: str) -> Iterator[str]:
    """Pieces of a text that are addresses of pages.

    Parameters
    ----------
    text
        A reading of a text.

    Yields
    ------
    str
    """
    yield from (match[0] for match in _LINK.finditer(text))

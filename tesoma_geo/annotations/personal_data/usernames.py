"""Names of accounts on social media, and links."""

import re
from collections.abc import Iterator

_SERVICE = (
    r"(?:ig|insta(?:gram)?|snap(?:chat)?|snäp(?:pi?|i|chat)?|tik\s?tok|telegram|tele|discord|disc|twitter|twitch|threads|bluesky|mastodon|"
    r"facebook|fb|face|naama|skype|kik|steam|jodel|wechat|line|youtube|linkedin|reddit|github|messenger|minecraft|xbox|psn)"
)
#: A service in the cases of Finnish, or with a word such as "name" after it.
_ON_SERVICE = (
    rf"{_SERVICE}(?:-?(?:nimi|nick|tili|kanava|konto)|ini|ni|issa|ssa|ssä|lla|illa|in|ista|sta)?"
    r"(?:\s(?:nimi|nick|tili|kanava))?"
)
_NAMED = r"(?:nimimerk\w*|nick(?:name|i)?|signatur\w*|käyttäjätunnu\w*|käyttäjänime?\w*|användarnamn\w*|user\s?name)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w.@+-])@[a-zåäö_][\w.]{2,}",
        r"\b(?:facebook|fb|instagram|linkedin|tiktok|twitter|x|snapchat|youtube|threads|reddit|github|twitch)\.com/(?!groups/)[\w.@/-]+",
        r"\b\w{3,}#\d{3,5}(?!\d)",
        r"\b(?:t\.me|telegram\.me|m\.me|wa\.me|linktr\.ee|discord\.gg)/\w+",
        r"\b[\w-]+\.(?:blogspot|wordpress|tumblr|bsky)\.\w+",
        r"(?<![\w/])u/\w{3,}",
        rf"\b{_ON_SERVICE}(?::stä)?\s(?:nimellä|nimi|med\snamnet|as|named)\s\w{{2,}}",
        rf"\b(?:{_ON_SERVICE}|{_NAMED})\s?(?::|=)\s?(?:on\s|är\s|is\s)?@?[a-zåäö][\w.]{{2,}}",
        rf"\b(?:{_ON_SERVICE}|{_NAMED})\W{{1,3}}(?:on\s|är\s|is\s)?(?=[\w.]*[_.\d]\w)[a-zåäö][\w.]{{3,}}",
        rf"\b(?=[\w.]*[a-z]\w*[_\d])[a-zåäö][\w.]{{4,}}\s{_ON_SERVICE}\b",
        rf"\A\W*(?:mun\s|min\s|my\s)?(?:{_ON_SERVICE}|{_NAMED})\s(?:on\s|är\s|is\s)?[a-z]{{4,}}\W*\Z",
        rf"\b{_ON_SERVICE}\W{{1,3}}(?:\w{{2,10}}\W{{1,3}}){{1,3}}@?[a-zåäö][a-zåäö.]{{2,30}}(?:\d{{1,4}}|_\w+)\b(?![.:]\d)",
        r"\b(?:youtube|twitch)-?\w*\s(?!on\b)[A-Za-z]*[a-z][A-Z]\w+",
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

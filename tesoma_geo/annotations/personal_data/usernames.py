"""Names of accounts on social media, and links."""

import re
from collections.abc import Iterator

_SERVICE = (
    r"(?:ig|insta(?:gram)?|snap(?:chat)?|snäp(?:pi?|i|chat)?|tik\s?tok|telegram|tele|discord|disc|twitter|twitch|threads|bluesky|mastodon|"
    r"facebook|fb|face|naama|skype|kik|steam|jodel|wechat|line|youtube|linkedin|reddit|github|messenger|minecraft|xbox|psn)"
)
#: A service in the cases of Finnish, or with a word such as "name" after it.
_ON_SERVICE = (
    rf"{_SERVICE}(?:-?(?:nimi|nick|tili|kanava|konto)|ini|ni|issa|is|iss|s|mi|missa|mis|ssa|ssä|lla|illa|in|ista|sta)?"
    r"(?:\s(?:nimi|nick|tili|kanava))?"
)
_NAMED = r"(?:nimimerk\w*|nick(?:name|i)?|signatur\w*|käyttäjätunnu\w*|käyttäjänime?\w*|användarnamn\w*|user\s?name)"
#: Signs said in words.
_SIGN_WORD = r"(?:piste|punkt|dot|alaviiva|understreck|underscore|risuaita|hashtag|hash|kauttaviiva|slash|viiva|streck)"
#: Words that say that a name follows.
_NAME_FOLLOWS = (
    r"(?:tunnu(?:s|ksella|kseni|ksen)|käyttäjä(?:llä|tunnus|nimi)?|nimellä|nimeni|nickillä|profiili\w*|användare\w*|heter|användarnamn\w*|"
    r"user|handle|account|known as|find me as)"
)
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
        # nobody joins words with this line but for a name
        r"(?<![\w/.@])[a-zåäö][a-zåäö\d]*_\w*[a-zåäö\d](?![\w/@])",
        rf"\b{_ON_SERVICE}\b[^.!?\n]{{0,40}}?(?<![\w.@/])(?!\d)[a-zåäö\d]{{2,}}[._-][a-zåäö\d._-]*[a-zåäö\d](?![\w@/])",
        rf"\b{_NAME_FOLLOWS}\s(?:on\s|är\s|is\s|jag\s)?(?!\d)[a-zåäö\d]{{2,}}[._][a-zåäö\d._]*[a-zåäö\d](?![\w@/])",
        rf"\b{_ON_SERVICE}\b[^.!?\n]{{0,40}}?[a-zåäö\d]{{2,}}[\s(]{{1,2}}{_SIGN_WORD}[\s)]{{1,2}}[a-zåäö\d]{{1,}}",
        rf"\b{_NAME_FOLLOWS}\s(?:on\s|är\s|is\s|jag\s)?[a-zåäö\d.]{{2,}}[\s(]{{1,2}}{_SIGN_WORD}[\s)]{{1,2}}[a-zåäö\d]{{1,}}",
        rf"[a-zåäö\d]{{2,}}[\s(]{{1,2}}{_SIGN_WORD}[\s)]{{1,2}}[a-zåäö\d]{{2,}}[^.!?\n]{{0,20}}\b{_ON_SERVICE}\b",
        rf"\b(?:{_ON_SERVICE}|x(?::ssä)?|on x)\b[^.!?\n]{{0,40}}?@\s[a-zåäö][\wåäö]{{2,}}",
        rf"(?<![\w.@/])(?!\d)[a-zåäö]{{3,}}[._][a-zåäö\d]{{2,}}(?![\w@.])[^.!?\n]{{0,20}}\b{_ON_SERVICE}\b",
        rf"\b(?:ät|at)\s[a-zåäö][\wåäö]{{3,}}[^.!?\n]{{0,20}}\b{_ON_SERVICE}\b|\b{_ON_SERVICE}\b[^.!?\n]{{0,20}}\bät\s[a-zåäö][\wåäö]{{3,}}",
        r"\bx:ssä\s[^.!?\n]{0,40}?[a-zåäö\d]{2,}\s?(?:[._]|alaviiva|underscore)\s?[a-zåäö\d]{2,}",
        rf"\b(?-i:[a-zåäö]{{3,}}[A-ZÅÄÖ][a-zåäö]\w+)\b[^.!?\n]{{0,20}}\b{_ON_SERVICE}\b|\b{_ON_SERVICE}\b[^.!?\n]{{0,20}}\b(?-i:[a-zåäö]{{3,}}[A-ZÅÄÖ][a-zåäö]\w+)\b",
        rf"\b{_ON_SERVICE}\s[a-zåäö]{{4,}}\d{{1,4}}(?!\w|[.:,]\d)",
        r"\b[\w-]{3,}\s?\.\s?bsky\b",
        r"(?<![\w/])u\s(?:/|kauttaviiva|slash)\s\w{3,}",
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

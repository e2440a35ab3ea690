"""Names of people, in the cases of Finnish and the genitive of Swedish and English.

A first name of the list before a surname, a surname before a first name, an initial or a title before a surname, and
what stands after "my name is". First names that are common words count before a surname alone.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_WORD = r"(?:[OD]['’](?=[A-Z]))?[^\W\d_]+(?:-[^\W\d_]+)?"
_WORDS = re.compile(rf"{_WORD}|[^\s\w]+|\d+")
_ENDINGS = (
    *("", "n", "a", "ä", "ta", "tä", "lle", "lla", "llä", "lta", "ltä", "ssa", "ssä", "sta", "stä", "na", "nä", "ksi"),
    *("t", "kin", "kaan", "kään", "s", "in", "an", "än", "en", "on", "un", "yn", "ön", "han", "hän", "nkin", "llekin"),
)
#: Consonant gradation: strong → weak, the longer first.
_GRADES = (
    *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nt", "nn"), ("nk", "ng"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm")),
    *(("t", "d"), ("k", ""), ("p", "v")),
)
_SURNAME = re.compile(
    r"[A-ZÅÄÖ][\wåäö-]*?(?:nen|sen|sella|sellä|selle|selta|seltä|sessa|sessä|sesta|sestä|seen|sena|senä|sia|siä|"
    r"(?:[lkm]a|[lk]ä|mäki|mäe|niemi|nieme|lahti|lahde|salo|ranta|kangas|kankaa|järvi|vuori|virta|vaara|"
    r"saari|koski|maa)(?:n|lla|llä|lle|lta|ltä|sta|stä|ssa|ssä)?|"
    r"(?:qvist|kvist|berg|ström|holm|lund|gren|man|sson|stedt|blom|feldt|roos|fors|ov|ova|ev|eva|enko|ski|"
    r"skaja|ič|ić)(?:s|in|illa|ille|ilta|ista|n|lla|lle|lta|sta)?)",
)
_PARTICLES = ("von", "af", "de", "van", "der", "bin", "al", "el")
_NEN = re.compile(r"(?:nen|sen|sella|sellä|selle|selta|seltä|sesta|sestä)\Z")
#: Ends that surnames have and other words hardly do.
_USUAL_END = re.compile(
    r"(?:nen|sen|sella|sellä|selle|selta|seltä|sesta|sestä|senilta|senille)\Z|"
    r"(?:sson|ström|qvist|kvist|berg|blom|lund|holm|mäki|mäe|niemi|nieme|korpi|korve|nurmi|nurme|harju|"
    r"kallio|järvi|järve|ranta|ranna|"
    r"[^l]l[aä]|pää|aho|maa|virta|virra|lahti|lahde|koski|koske|salo|saari|saare|vaara|vuori|vuore|kangas|"
    r"kankaa|tupa|chuk|enko|ovic|owski|wala)"
    r"(?:n|in|lla|llä|lle|lta|ltä|illa|ille|ilta|s)?\Z"
)
_AFTER_STREETS = re.compile(
    r"(?:tie|katu|kadu|puisto|tori|aukio|koulu|kirkko|kirko|patsas|patsaa|päivä|risteys|risteykse|"
    r"paviljonki|kuja|polku|polu|rinne|mäki|asema|park|street|road)"
    r"(?:n|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|a|ä|ta|tä|on|en|in)?\Z",
    re.IGNORECASE,
)
_FIRST_WORD = r"((?:[OD]['’])?[A-ZÅÄÖ][a-zåäöé-]+|[A-ZÅÄÖ-]{3,})"
_INTRODUCED = re.compile(
    rf"\b(?i:nimeni on|nimi on|minun nimeni on|hra\.?|dr\.?|doctor|"
    rf"jag heter|mitt namn är|my name is|i am called|herra|rouva|neiti|rva|"
    rf"fru|fröken|frk\.?|herr|mr\.?|mrs\.?|ms\.?|miss|olen|t\.|terv\.?|terveisin|yst\.?|hälsningar|mvh|vh|"
    rf"yt|hälsning|ystävällisesti|kiittäen|regards,?|cheers,?|thanks,?|best,?|nimim\.)"
    rf"[\s:,]{{1,3}}{_FIRST_WORD}(?:\s({_WORD}))?"
)
_TITLE = re.compile(
    r"(?i:nimi|heter|namn|name|called|herra|rouva|neiti|rva|fru|frk|fröken|herr|hra|dr|doctor|mr|miss|mrs|ms)"
)
_NEIGHBOUR = re.compile(r"\b(?i:naapuri\w*|perhe|familjen|grannen|family|neighbou?r)\s([A-ZÅÄÖ][\wåäö-]{2,})")
#: Trades and relations before a surname.
_TRADE = re.compile(
    r"\b(?i:tohtori|tri|lääkäri|opettaja|ope|rehtori|isännöitsijä|talkkari|talonmies|huoltomies|pappi|"
    r"pastori|kirkkoherra|"
    r"kauppias|johtaja|isäntä|emäntä|valmentaja|poliisi|vaari|ukki|mummo|setä|täti|doktor|läkare|lärare|"
    r"rektor|kyrkoherde|handlare|"
    r"teacher|landlord|caretaker|pastor|professori?)\s([A-ZÅÄÖ][\wåäö-]{2,})"
)
_FAMILY = re.compile(r"\b([A-ZÅÄÖ][\wåäö-]{3,})\s(?:perhe|pariskun|suvu|suku|veljekse|sisarukse|familj)\w*")
_INITIALS = re.compile(
    r"(?<![\w.-])(?:[A-ZÅÄÖ]\.[\s-]?(?:[A-ZÅÄÖ]\.\s?)?|[A-ZÅÄÖ]\.?-[A-ZÅÄÖ]\.?\s|"
    r"[JAMPTEKHLRVS][PMKALH]\s)([A-ZÅÄÖ][a-zåäö-]{2,})"
)
#: Kin and friends, with a first name alone.
_KIN = re.compile(
    r"\b(?i:vaimo|mie[hs]|puoliso|poika|poja|tytär|tyttäre|isä|äiti|äidi|sisko|velje|veli|lapse|mumm[oi]|"
    r"vaari|ukki|kaveri|kummipoika|"
    r"kummityttö|anoppi|appi)(?i:ni|mme|nsa|nsä)(?i:kin)?,?\s([A-ZÅÄÖ][\wåäö-]{2,})|"
    r"\b(?i:min|mitt|vår|vårt|my|our)\s(?i:fru|man|son|dotter|far|mor|pappa|mamma|bror|syster|barn|mormor|"
    r"farfar|wife|husband|daughter|"
    r"brother|sister|father|mother|mum|dad|grandmother|grandfather)\s([A-ZÅÄÖ][\wåäö-]{2,})"
)
#: Whom somebody speaks of, before a name in small letters.
_ROLE = re.compile(
    r"\b(?:naapuri\w*|talkkari\w*|ope(?:ttaja)?\w*|valmentaja\w*|serkku\w*|kaveri\w*|bestis\w*|kummi\w*|"
    r"isäntä|emäntä|ohjaaja\w*|hoitaja\w*|poliisi|"
    r"mä ja|minä ja|t\.?|terv\.?|terveisin|nimi|nimeni on|mä oon|olen|oon|kompis\w*|granne\w*|lärare\w*|"
    r"jag heter|heter|säg åt|fråga|hälsningar|mvh|"
    r"neighbou?r|teacher|friend|i'?m|i am|ask|tell|name is|regards|cheers|"
    r"thanks)[\s,:]{1,2}([a-zåäöé]{3,}(?:-[a-zåäöé]{3,})?)\s([a-zåäöéš]{4,})(?![\w@.])",
    re.IGNORECASE,
)
#: Born as, now called; a family's name after "al".
_NAMED_ONCE = re.compile(
    r"[^\W\d_]+\s(?:os\.|o\.s\.|ent\.|nyk\.|f\.|née)\s[A-ZÅÄÖ][\wåäö-]+|\b[^\W\d_]{3,}\s(?:al|el)-[^\W\d_]{3,}"
)
_SMALL_INITIALS = re.compile(
    r"(?<![\w.])(?:[a-zåäö]\.\s?){1,2}([a-zåäö]{3,}(?:nen|sson|ström|mäki|roos|berg|lund))(?!\w)"
)
#: Names written together, or with a dot or a line between.
_NICKNAME = re.compile(r"""(?<=\w)\s["'”“»’(][^\W\d][\w-]{1,20}["'”“»’)]\s(?=[^\W\d_])""")
_TOGETHER = re.compile(r"(?<=[a-zåäöé])(?:[._-]|(?=[A-ZÅÄÖ]))(?=[A-ZÅÄÖ][a-zåäöé]{2})")

_CAPITAL = r"[A-ZÅÄÖÕÜŠŽÉÇĐŁ][^\W\d_A-ZÅÄÖ]+(?:[-'’][A-ZÅÄÖ]?[^\W\d_A-ZÅÄÖ]+)?"
#: Two words or three with capitals within a sentence, perhaps an initial between them.
_TWO_CAPITALS = re.compile(
    rf"(?<=[^\W\d_.,;:!?–-][\s,])\s?({_CAPITAL})\s((?:[A-ZÅÄÖ]\.?\s|(?:af|von|de|dos|da|di|van|der|al|el|bin)\s){{0,2}})({_CAPITAL})(?:\s({_CAPITAL}))?(?:\s([^\W\d_]+))?"
)
_TWO_IN_CAPITALS = re.compile(r"(?<=[a-zåäö][\s,])\s?([A-ZÅÄÖ]{3,})\s([A-ZÅÄÖ]{4,})(?![^\W\d_])")
#: A street, a place or a shop, in whatever case, at the end of a word.
_PLACE_ENDING = re.compile(
    r"(?:tie|katu|kadu|kuja|polku|polu|raitti|raiti|tori|aukio|puisto|koulu|kirkko|kirko|talo|keskus|"
    r"keskukse|asema|halli|järvi|järve|kaupunki|kaupungi|"
    r"lahti|lahde|gata|väg|skola|park|kyrka|torg|centrum|center|märket|kauppa|market|baari|kahvila|hanke|"
    r"seura|yhdistys|liitto|"
    r"street|road|lane|avenue|school|library|church|lake|centre)"
    r"(?:n|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|a|ä|ta|tä|on|en|in|een|ille|illa|s)?\Z",
    re.IGNORECASE,
)


def find_names(text: str) -> Iterator[str]:
    """Pieces of a text that name somebody, each once.

    Parameters
    ----------
    text
        A reading of a text.

    Yields
    ------
    str
    """
    yield from dict.fromkeys(_named(text))


def _named(text: str) -> Iterator[str]:
    for reading in dict.fromkeys([text, _TOGETHER.sub(" ", text), _NICKNAME.sub(" ", text)]):
        yield from _pairs(reading)
    for match in _INTRODUCED.finditer(text):
        titled = _TITLE.search(match[0].split(match[1])[0]) is not None
        if (titled and match[1].lower() not in _list("no_surname")) or _is_first(match[1]):
            yield match[0]
    for match in (
        *_INITIALS.finditer(text),
        *_NEIGHBOUR.finditer(text),
        *_TRADE.finditer(text),
        *_FAMILY.finditer(text),
    ):
        if _is_surname(match[1]):
            yield match[0]
    yield from (match[0] for match in _KIN.finditer(text) if _is_first(match[1] or match[2]))
    yield from (match[0] for match in _ROLE.finditer(text) if _is_said_of_somebody(match[1].lower(), match[2].lower()))
    yield from (match[0] for match in _NAMED_ONCE.finditer(text))
    yield from (match[0] for match in _SMALL_INITIALS.finditer(text))
    yield from (match[0].strip() for match in _TWO_CAPITALS.finditer(text) if _may_name_somebody(match))
    yield from (match[0].strip() for match in _TWO_IN_CAPITALS.finditer(text) if _is_first(match[1]))


def _is_said_of_somebody(first: str, last: str) -> bool:
    """A first name in its basic form, and after it no word that often follows one."""
    known = all(part in _list("first") for part in first.split("-")) and first not in _list("common_word")
    return known and last not in _list("follows_a_name")


def _may_name_somebody(match: "re.Match[str]") -> bool:
    """Whether words with capitals are no place, shop or month: the first in its basic form, none a known one."""
    words = [word for word in (match[1], match[3], match[4]) if word]
    if any(_PLACE_ENDING.search(word) or _stem_in(word, _list("capital_word")) for word in words):
        return False
    if match[5] and _PLACE_ENDING.search(match[5]):
        return False
    return not match[1].endswith("n") or _is_first(match[1])


def _pairs(text: str) -> Iterator[str]:
    words = [match[0] for match in _WORDS.finditer(text)]
    for number, word in enumerate(words):
        piece = _pair(word, words[number + 1 : number + 5])
        if piece:
            yield piece


def _pair(word: str, following: list[str]) -> str:
    """A first name and a surname, with an initial or further first names between them, or the other way round."""
    if (
        following[:1]
        and _is_surname(word)
        and _is_first(following[0])
        and word[0].isupper() == following[0][0].isupper()
    ):
        return "" if _names_a_place(following[1:2]) else f"{word} {following[0]}"
    if following[:1] == [","] and word.lower() in _forms("surname") and _is_name_after_comma(following[1:]):
        return f"{word}, {following[1]}"
    initial_follows = "".join(following[1:2]).startswith(".") and len(following[0]) == 1 and following[0].isupper()
    if initial_follows and (_is_surely_a_name(word) or (word[0].isupper() and len(word) > 5 and word.endswith("nen"))):
        return f"{word} {following[0]}."
    if not _is_first(word):
        return ""
    between = 0
    while (
        between < 3
        and between < len(following) - 1
        and (
            (len(following[between]) == 1 and following[between].isupper())
            or (following[between] == "." and between > 0)
            or following[between] in _PARTICLES
        )
    ):
        between += 1
    if between >= len(following) or _names_a_place(following[between + 1 : between + 2]):
        return ""
    last = following[between]
    if word[0].islower() or word.isupper():
        usual = (
            len(last) > 5 and _USUAL_END.search(last.lower()) is not None and word.lower() not in _list("common_word")
        )
        both_first = last.lower() in _list("first") and not {word.lower(), last.lower()} & _list("common_word")
        surname = usual or both_first or last.lower() in _forms("surname")
        return f"{word} {last}" if surname and last[0].isupper() == word[0].isupper() else ""
    if _stem_in(word, _list("common_word")):
        surname = last.lower() in _forms("surname") or _NEN.search(last) is not None
        return f"{word} {last}" if last[:1].isupper() and surname else ""
    named = last[:1].isupper() and len(last) > 2 and not _stem_in(last, _list("no_surname"))
    return f"{word} {last}" if named else ""


def _is_name_after_comma(following: list[str]) -> bool:
    """A capitalised first name that is no common word."""
    return bool(following) and following[0][:1].isupper() and _is_surely_a_name(following[0])


def _is_surely_a_name(word: str) -> bool:
    """A capitalised name of a list that is no common word too."""
    known = _is_first(word) or (word.lower() in _forms("surname") and _NEN.search(word) is not None)
    return known and word[0].isupper() and not word.isupper() and not _stem_in(word, _list("common_word"))


def _names_a_place(after: list[str]) -> bool:
    """Whether what follows makes of the name a street's, a park's or a school's."""
    return bool(after) and _AFTER_STREETS.match(after[0]) is not None


def _stem_in(word: str, names: frozenset[str]) -> bool:
    lowered = word.lower()
    return (
        any(lowered.startswith(name) and len(lowered) - len(name) <= 4 for name in names if len(name) > 3)
        or lowered in names
    )


def _is_first(word: str) -> bool:
    """A first name, or a double one of which both halves are."""
    return len(word) > 1 and all(part in _forms("first") for part in word.lower().split("-"))


def _is_surname(word: str) -> bool:
    known = word.lower() in _forms("surname")
    return known or (word[:1].isupper() and len(word) > 4 and _SURNAME.fullmatch(word) is not None)


@cache
def _list(which: str) -> frozenset[str]:
    """The words of a list of ``names.toml``, in small letters."""
    lists = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
    return frozenset(lists[which].lower().split())


@cache
def _forms(which: str) -> frozenset[str]:
    """Every form of the names of a list, in small letters."""
    return frozenset(
        stem + ending for name in _list(which) for stem in _stems(name) for ending in _ENDINGS if ending or stem == name
    )


def _stems(name: str) -> set[str]:
    """What the endings of Finnish cases follow."""
    stems = {name}
    if name.endswith("nen"):
        return {name, name[:-3] + "se", name[:-3] + "s"}
    if name.endswith("s"):
        stems |= {name[:-1] + "kse", name[:-1] + "a", name[:-1] + "aa", name[:-1] + "ä", name + "i"}
    elif name[-1] not in "aeiouyäöå":
        stems |= {name + "i", name + "e"}
    elif name.endswith("i"):
        stems |= {name[:-1] + "e"}
    elif name.endswith("e"):
        stems |= {name + "e"}
    head, tail = name[:-1], name[-1]
    for strong, weak in _GRADES:
        if head.endswith(strong) and len(head) - len(strong) >= 1:
            stems |= {head[: -len(strong)] + weak + tail} | (
                {head[: -len(strong)] + weak + "e"} if tail == "i" else set()
            )
            break
    return stems

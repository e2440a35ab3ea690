"""Number plates of Finland, and Swedish ones: with their dash, or beside a word about a vehicle."""

import re
from collections.abc import Iterator

_DASHED = re.compile(r"(?<![\w-])([A-ZÅÄÖ]{2,3})\s?-\s?\d{1,3}(?![\w-]|[.,:]\d)")
_OTHER_SIGN = re.compile(r"(?<![\w-])([A-ZÅÄÖ]{3})[._/]\d{3}(?![\w-]|[.,:]\d)")
#: Mopeds, tractors and what was brought from abroad: ``12-ABC``.
_NUMBER_FIRST = re.compile(r"(?<![\w.,:/-])\d{1,4}[\s-]?([A-ZÅÄÖ]{1,3})(?![\w-])")
_SMALL = re.compile(r"(?<![\w-])([A-ZÅÄÖa-zåäö][a-zåäö]{2})-\d{2,3}(?![\w-]|[.,:]\d)")
_BARE = re.compile(r"(?<![\w-])(?!ABC\s)([A-ZÅÄÖ]{3})\s?\d{2,3}[A-Z]?(?![\w-]|[.,:]\d)")
_FULL = re.compile(r"(?<![\w-])([A-ZÅÄÖ]{3}|[a-zåäö]{3}(?=\d)) ?\d{3}(?![\w-]|[.,:]\d)")
#: Three consonants are no word, so that any dash, space or none leaves a plate.
_NO_WORD = re.compile(
    r"(?<![\w-])((?!(?i:[bcdfghjklmnpqrstvwxz]{3}\s?\d{3}\s?\d))[BCDFGHJKLMNPQRSTVWXZ]{3}|[bcdfghjklmnpqrstvwxz]{3})"
    r"[\s._/:–-]{0,3}\d{2}[\dA-Za-z]?(?![\w-]|[.,:]\d|\s\d{3})"
)
_NO_WORD_AFTER = re.compile(
    r"(?<![\w.,:/-])(?:\d{2,3}[\s-]{1,2}|\d{3})([BCDFGHJKLMNPQRSTVWXZ]{3}|[bcdfghjklmnpqrstvwxz]{3})(?![\w-])"
)
_SWEDISH = re.compile(r"(?<![\w-])([A-Z]{3}\s?(?=\d{2}[A-Z])|[a-z]{3}(?=\d{2}[a-z]))\d{2}[A-Za-z](?![\w-])")
#: Letters by their names, in Finnish, Swedish and English, and of the alphabet of wireless operators.
_LETTER_NAMES = (
    r"(?:alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|"
    r"papa|quebec|romeo|"
    r"sierra|tango|uniform|victor|whiskey|x-?ray|yankee|zulu|"
    r"aa|bee|see|dee|ee|äf|äffä|gee|hoo|ii|jii|jiitä|koo|ällä?|äll|ämmä?|ännä?|äl|äm|än|oo|pee|kuu|ärrä?|"
    r"ässä?|är|äs|tee|uu|vee|"
    r"kaksoisvee|äks|äksä|yy|tset|tseta|be|ce|de|ef|ge|hå|ji|kå|el|em|en|pe|ku|er|es|te|ve|dubbelve|ex|zäta|"
    r"aarne|bertta|celsius|daavid|eemeli|faarao|gideon|heikki|iivari|jussi|kalle|lauri|matti|niilo|otto|paavo|risto|sakari|tyyne|urho|"
    r"vihtori|viljo|wiski|yrjö|åke|äiti|öljy|adam|bertil|caesar|cesar|david|erik|filip|gustav|helge|ivar|johan|ludvig|martin|niklas|"
    r"olof|petter|rudolf|sigurd|tore|urban|viktor|wilhelm|yngve|östen|"
    r"[a-zåäö](?![a-zåäö])|bea|cee|eff|jay|kay|ell|tea|vee|double-?u|zed|zee)"
)
_SPELT = re.compile(
    rf"(?<![a-zåäö])(?!det\s)((?:{_LETTER_NAMES}[\s-]?){{2}}{_LETTER_NAMES})(?:\s?-|\sviiva|\sdash|"
    rf"\sstreck)?\s?\d{{1,3}}(?![\w-]|[.,:]\d)",
    re.IGNORECASE,
)
#: What people call a vehicle, and who makes them.
_MAKES = (
    r"audi|bmw|bemari|citro[eë]n|dacia|fiat|ford|golf|hiace|honda|hyundai|kia|lexus|mazda|mersu|mercedes|"
    r"mini|mitsubishi|"
    r"nissan|octavia|opel|passat|peugeot|polestar|porsche|renault|seat|skoda|škoda|subaru|suzuki|tesla|toyota|volvo|vw|"
    r"volkkari|volkswagen|paku|taksi|taxi|rekka|kuorma-auto|farmari|peräkärry|perävaunu|traileri|trailer|släp|släpvagn|virolai|saksalai|"
    r"ruotsalai|puolalai|"
    r"latvialai|liettualai|venäläi|estnisk|tysk|german|estonian|polish|swedish|latvian"
)
_VEHICLE = re.compile(
    rf"\b(?:(?:{_MAKES})\w*|skåpbil|lastbil|lorry|truck|auto(?:n|lla|ssa|sta)?|rek|rekisteri\w*|rekkari|"
    rf"rek\.?\s?nro|kilv\w+|kilpi|mopo\w*|moottoripyörä\w*|pakettiauto\w*|"
    r"bil(?:en)?|reg\.?\s?nr|registernummer|mopeden?|car|van|plate|licen[cs]e)\b",
    re.IGNORECASE,
)
#: After a word that says it is a plate, any that there may be.
_PLATE_SAID = re.compile(
    r"\b(?i:rek(?:isteri|kari)?\w*|rek\.?\s?nro|kilv\w+|kilpi|reg\.?\s?nr|registernummer|plates?|"
    r"moottoripyörä|motorcykel|motorbike)"
    r"[\s.:,]{1,3}(?:on\s|oli\s|är\s|is\s)?([A-ZÅÄÖa-zåäö]{1,3})\s?(?:-|viiva|streck|dash)?\s?\d{1,3}(?![\w-]|[.,:]\d)"
)
#: The same with words between, and between its letters and digits.
_PLATE_SAID_APART = re.compile(
    r"\b(?i:rek(?:isteri|kari)\w*|kilv\w+|kilpi|reg\.?\s?nr|registernummer|registrerad\w*|plates?|skylt\w*)\W{1,3}"
    r"(?:[^\W\d]+\W{1,3}){0,4}?((?-i:[A-ZÅÄÖ]{2,3}))\W{1,3}(?:[^\W\d]+\W{1,3}){0,2}\d{1,3}(?![\w-]|[.,:]\d)"
)
_FILLER = (
    r"(?:ja|sitten|väli|viiva|väliviiva|piste|numero\w*|numerot|luku|och|sen|mellanslag|siffr\w+|and|then|"
    r"space|dash|streck|number\w*)"
)
#: Letters in capitals and digits with signs or such words between that nobody puts between a word and a number.
_APART = re.compile(
    rf"(?<![\w-])([A-ZÅÄÖ]{{3}})(?:[\"'\]\[)(|*=~#_/\s]{{1,5}}|\s?:\s?|\s?·\s?|"
    rf"\W{{1,3}}(?:{_FILLER}\W{{1,3}}){{1,3}})\d{{2,3}}(?![\w-]|[.,:]\d)"
)
_ODD_SIGN = re.compile(
    r"(?<![\w-])([A-ZÅÄÖ]{2,3}|[a-zåäö]{3})(?:\s?[|*=~#]\s?|\]\[|\)\(|\s\.\s|'\s'|\"\s\")\d{1,3}(?![\w-]|[.,:]\d)"
)
_FILLED = re.compile(
    rf"(?<![\w-])([A-ZÅÄÖ]{{3}})\s(?:{_FILLER}\s){{1,3}}\d{{1,3}}(?![\w-]|[.,:]\d)|"
    rf"(?<![\w.,-])\d{{1,3}}\s(?:viiva|väliviiva|streck|dash)\s([A-ZÅÄÖ]{{3}})(?!\w)"
)
#: A sign between all letters: ``J.E.K.914``, ``C-Y-T 6-8-4``, ``715-D-L-N``.
_SIGN_BETWEEN = re.compile(
    r"(?<![\w.-])[A-ZÅÄÖ]([-.*_·])[A-ZÅÄÖ](?:\1[A-ZÅÄÖ])?[\s\-.*_·]{0,3}\d(?:[\s\-.*_·]?\d){1,2}(?![\w-]|[.,:]\d)|"
    r"(?<![\w.-])\d{2,3}([-.*_·])[A-ZÅÄÖ]\2[A-ZÅÄÖ]\2[A-ZÅÄÖ](?!\w)"
)
#: Letters that make no word of ours, and digits said one by one.
_SAID_APART = re.compile(r"(?<![\w-])((?![aeiouyäö]*\s)[a-zåäö]{3})\s\d(?:\s\d{1,2}){1,2}(?![\w-]|[.,:]\d)")
#: Small letters before a dash that stands at the digits, or a dot.
_SMALL_APART = re.compile(r"(?<![\w-])([a-zåäö]{3})(?:\s-|\.)\d{3}(?![\w-]|[.,:]\d)")
#: Beside a word about a vehicle: digits in two parts.
_TWO_PARTS = re.compile(r"(?<![\w-])([a-zåäö]{3})\s\d{1,2}\s\d(?![\w-]|[.,:]\d)", re.IGNORECASE)
#: Quads and mopeds of before, trailers: one letter.
_ONE_LETTER = re.compile(
    r"(?<![\w-])([A-ZÅÄÖ]{1,2}(?=-)|[A-ZÅÄÖ]|[a-zåäö](?=\s?-?\s?\d{4}))\s?-?\s?\d{3,4}(?![\w-]|[.,:]\d)"
)
_ABROAD_AFTER = re.compile(r"(?<![\w.,:/-])\d{2,3}[\s-]([a-zåäö]{3})(?![\w-])")
#: Diplomats, Britons, Germans, Swedes since 2019, Estonians.
_FOREIGN = re.compile(
    r"(?<![\w-])(?:(CD?)-\d{3,4}|([A-Z]{2})\d{2}\s[A-Z]{3}|([A-Z]{1,3})-[A-Z]{1,2}\s\d{1,4}|"
    r"([A-Z]{3})\s\d{2}[A-Z])(?![\w-])"
)
_ESTONIAN = re.compile(r"(?<![\w.,:/-])\d{3}\s?([A-ZÅÄÖ]{3})(?![\w-])")
_BOAT = re.compile(
    r"\b(?i:vene|purjevene|moottorivene|soutuvene|vesijet|vesiskoot|laiva|båt|segelbåt|motorbåt|boat|jetski)\w*"
    r"\W{1,3}(?:\w+\W{1,3}){0,2}?([A-ZÅÄÖ])\s?-?\s?\d{3,6}(?!\d)"
)
_SLOW_VEHICLE = re.compile(
    r"\b(?:mopo|mopedi|kevari|skootter|mönkijä|mönkkäri|mönkkä|kelkka|moottorikelk|traktor|moped|skoter|"
    r"fyrhjuling|scooter|tractor|quad)\w*",
    re.I,
)
_TRAILER = re.compile(r"\b(?:peräkärry|perävaunu|traileri|trailer|släp|släpvagn)\w*", re.IGNORECASE)
_AFTER_VEHICLE = re.compile(
    rf"{_VEHICLE.pattern}[\s.:,]{{1,3}}(?:on\s|är\s|is\s)?([a-zåäö]{{3}})\s?\d{{2,3}}(?![\w-])", re.IGNORECASE
)
#: Letters before a number that are roads, norms, shops and words in texts of capitals.
_NO_PLATES = frozenset((
    "vt", "kt", "mt", "st", "yt", "eu", "eur", "led", "iso", "sfs", "pdf", "usb", "co", "tkl", "yle", "hsl", "ok",
    "os", "as", "tie", "yli", "max", "min", "ala", "klo", "kpl", "nro", "noin", "bus", "ja", "tai", "on", "ei",
    "för", "och", "ett", "vid", "med", "den", "det", "har", "som", "the", "and", "for", "are", "has", "all", "you",
    "not", "now", "one", "two", "top", "pm", "am", "km", "kg", "cm", "mm", "zon", "bäst", "sen", "mot", "per",
    "kun", "jos", "voi", "nyt", "joo", "jaa", "iän", "ikä", "ovi", "maa", "suu", "puu", "tv", "wc", "wifi", "gps",
    "lte", "din", "ral", "en", "ce", "dn", "pn", "nx", "px", "ry", "oy", "ab", "hkl", "vr", "ktv", "ysi", "kv",
    "ip", "nt", "pp", "kk", "vk", "pv", "vko", "mph",
))  # fmt: skip
#: The same of small letters: units and short forms.
_SHORT_FORMS = frozenset((
    "kmh", "krs", "snt", "kwh", "hlö", "kph", "rpm", "jrk", "hpk", "pvä", "vrk", "vkl",
    "sek", "str", "std", "tkm", "tmp",
    "pcs", "pkt", "prs", "krt", "mtr",
))  # fmt: skip


def find_plates(text: str) -> Iterator[str]:
    """Pieces of a text that are number plates.

    Parameters
    ----------
    text
        A reading of a text.

    Yields
    ------
    str
    """
    always = (
        _DASHED,
        _OTHER_SIGN,
        _SMALL,
        _PLATE_SAID,
        _FOREIGN,
        _BOAT,
        _PLATE_SAID_APART,
        _NO_WORD,
        _NO_WORD_AFTER,
        _SWEDISH,
        _SPELT,
        _SIGN_BETWEEN,
        _ODD_SIGN,
        _FILLED,
    )
    patterns = [*always] if text.isupper() and len(text) > 12 else [*always, _FULL, _APART]
    if _VEHICLE.search(text):
        patterns += [_BARE, _AFTER_VEHICLE, _ESTONIAN]
    if _SLOW_VEHICLE.search(text) or _TRAILER.search(text):
        patterns += [_NUMBER_FIRST, _ONE_LETTER]
        yield from (
            match[0]
            for match in _ABROAD_AFTER.finditer(text)
            if _is_no_word(match[1]) and _may_be_one(match, _ABROAD_AFTER)
        )
    small = (_SAID_APART, _SMALL_APART) if _VEHICLE.search(text) is None else (_SAID_APART, _SMALL_APART, _TWO_PARTS)
    for pattern in small:
        no_words = (match for match in pattern.finditer(text) if _is_no_word(match[1].lower()) or pattern is _TWO_PARTS)
        yield from (match[0] for match in no_words if _may_be_one(match, pattern))
    for pattern in patterns:
        yield from (match[0] for match in pattern.finditer(text) if _may_be_one(match, pattern))


def _is_no_word(letters: str) -> bool:
    """Whether three letters are no word of Finnish, Swedish or English, as far as their order tells."""
    return (
        re.search(r"\A[bcdfghjklmnpqrstvwxzå]{3}\Z|[qxzw]|\A[bdfg][^aeouyäöårl]|[aeiouyäö]{3}|\Af", letters) is not None
    )


def _may_be_one(match: "re.Match[str]", pattern: "re.Pattern[str]") -> bool:
    """Whether the letters are no unit, road or other word, or are said to be a plate's."""
    letters = next((group for group in match.groups() if group), "").strip()
    if letters.islower() and letters in _SHORT_FORMS:
        return False
    return letters.lower() not in _NO_PLATES or (pattern is _PLATE_SAID and letters.isupper())

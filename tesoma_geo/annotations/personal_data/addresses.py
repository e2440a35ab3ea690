"""Street addresses with a house number, in Finnish, Swedish and English."""

import re
from collections.abc import Iterator

_NUMBER = (
    r"(?:\s{0,3}|\s?[.,:#(–-]{1,2}\s?(?:#\s?)?)(?:n:?o\.?\s|nro?\.?\s|num(?:mer|ero(?:ssa)?)?\s)?\d{1,3}(?:\s?-\s?\d{1,3})?(?![\d%]|[.,]\d|\s?-\s?luv)"
    r"(?!\s?(?:m|km|min|(?-i:h)(?!\s?\d)|metri\w*|kilometri\w*|tunti\w*|vuot\w*|auto\w*|ihmis\w*|kerta\w*|euro\w*|(?-i:e)(?=\s?(?:tunti|tunni|kerta|kerra|päivä|kuussa|/|[.!?]|\Z))|€|år|bilar|meter|steg)\b)"
    r"(?!(?::\w+)?\s*kohda)"
    r"(?!-alue|\s(?!\w+(?:ssa|ssä|sta|stä|lla|llä|lta|ltä)\b)(?-i:[a-zåäö]){3,}(?:ta|tä|aa|ää|ia|iä|ja|jä|oa|öä|ua)\b)"
)
_HARD = (
    r"(?:katu|kadun|tie|tien|polku|polun|kuja|kujan|raitti|raitin|väylä|väylän|kaari|kaaren|penger|penkereen|bulevardi|"
)
_HARD += r"bulevardin|tanhua|tanhuan|ahde|ahteen|taival|"
_HARD += r"aukio|aukion|rinne|rinteen|gatan?|vägen|stigen|gränden|gränd|allén|esplanaden)"
_SOFT = r"(?:tori|torin|puisto|puiston|ranta|rannan|mäki|mäen|piha|pihan|portti|portin|kaarre|törmä|harju|laita|reuna|"
_SOFT += (
    r"kallio|niitty|pelto|silta|syrjä|perä|lammi|kynnys|veräjä|lähde|kivi|haka|aukea|taus|tausta|mutka|vieri|varsi|"
)
_SOFT += r"kangas|metsä|korpi|laakso|notko|kumpu|vuori|kulma|kehä|kierto|kaarto|aro|"
_SOFT += r"torget|torg|backen|stranden|leden|kajen|promenaden|parken|platsen|plan|gården|bågen|slingan|"
_SOFT += r"ringen|kroken|svängen|liden|"
_SOFT += r"höjden|dalen|ängen|åsen|viken|näset|udden|lunden|skogen|esplanad)"
#: Streets elsewhere in Europe.
_ABROAD = (
    r"(?:[A-ZÅÄÖÕÜ][\wåäöõü-]+\s(?:mnt|maantee|pst|puiestee|tn|tänav|iela|gatvė|g\.)|(?:Via|Viale|Piazza|Calle|Avenida|Plaza|Rua|"
    r"Rue|Avenue|Boulevard|ul\.?|ulica|ulitsa|aleja|al\.|ул\.?|улица|проспект|пр\.)\s(?:[\w-]{1,3}\s)?[^\W\d_a-z][\w-]+|"
    r"[A-ZÄÖÜ][\wäöüß-]+(?:straße|strasse|str\.|weg|platz|allee|gasse|straat|laan|plein)|[A-ZÆØÅ][\wæøå-]+(?:gade|vej|veien|gata))"
)
_ENGLISH_STREET = (
    r"(?:[A-Z][a-z']+\s){1,2}(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Close|Square|Court|Terrace|Crescent|Gardens?|Grove|"
    r"Hill|Mews|Park|Place|Row|View|Walk|Way|Rise)"
)
_AT_STREET = r"kadulla|tiellä|kujalla|polulla|raitilla|gatan|vägen"
_STREET = rf"(?:[A-ZÅÄÖa-zåäö][\wåäö-]{{2,}}{_HARD[:-1]}|{_AT_STREET})|{_ENGLISH_STREET})"
_GENERIC = (
    r"(?!(?:valta|kanta|maan|seutu|yhdys|moottori|pyörä|suoja|kävely|rauta|raitio|pää|ohitus|kehä|hiekka|metsä|lenkki|"
    r"luonto|kevyen liikenteen |cykel|gång|lands|huvud|motor|järn|skogs)(?:tie|tien|polku|polun|vägen|stigen|väylä)\b)"
)
_PATTERNS = (
    re.compile(rf"\b{_GENERIC}[\wåäöÅÄÖ-]{{2,}}{_HARD}{_NUMBER}", re.IGNORECASE),
    re.compile(rf"\b[A-ZÅÄÖ][\wåäö-]+{_SOFT}{_NUMBER}"),
    re.compile(
        rf"\b[A-ZÅÄÖ][\wåäö-]+n\s(?:(?:valta|puisto|ranta|kylä)?(?:tie|tien|tiellä)|katu|kadun|kadulla|kuja|kujan|kujalla|"
        rf"polku|polun|polulla|raitti|raitilla|puisto|tori){_NUMBER}"
    ),
    re.compile(
        rf"\b(?!Moottori|Valta|Pyörä|Kanta)[A-ZÅÄÖ][\wåäö-]+(?:kadulla|tiellä|kujalla|polulla|raitilla){_NUMBER}"
    ),
    re.compile(rf"\b(?:Norra|Södra|Östra|Västra|Stora|Lilla|Nya|Gamla)\s[A-ZÅÄÖ]?[\wåäö]{{4,}}(?:en|an|et){_NUMBER}"),
    re.compile(
        r"\b(?!Linja|Kenttä|Halli|Sali|Pysäkki|Laituri|Kerros|Bussi)[A-ZÅÄÖ][\wåäö-]{3,}\s\d{1,3}\s?[A-H]\s?\d{1,3}\b"
        r"(?![.,:]\d|\s?(?:m|km|min|h|tuntia|vuotta|kertaa)\b)"
    ),
    re.compile(r"\b[A-ZÅÄÖ][\wåäö-]{3,}\s\d{1,3}(?:\s[A-H])?,?\s(?:lgh|as\.?|asunto|flat|apt\.?)\s\d{1,4}\b"),
    re.compile(
        r"\b[A-Z][a-z]+\s(?:Street|Road|Lane|Avenue|Drive|Terrace)\s\d{1,4}"
        r"(?!\d|\s\d{3}|\s?(?:m|km|min|times|years|cars|people|of|out|is)\b)"
    ),
    re.compile(r"\b[A-ZÅÄÖ][a-zåäö-]{3,}(?:k|t|v|g)\.\s?\d{1,3}(?![\d.,:]\d)"),
    re.compile(r"\b[A-ZÅÄÖa-zåäö][a-zåäö-]{4,}n[tk]\s\d{1,3}(?![\d.,:]\d|\s?(?:m|km|min)\b)"),
    re.compile(
        r"\b[\wåäö-]{2,}(?:kadul[lt][ae]|tiel(?:lä|le|tä)|kujal(?:la|le|ta)|polul(?:la|le)|raitil(?:la|le)|kaarel(?:la|le)|gatan|vägen)\s(?:numero(?:ssa|on|sta)?|nro|talossa|nummer)\s\d{1,3}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b\d{1,4}\s?[A-Za-z]?\s(?:[A-Z][a-z']+\s){1,2}(?:Street|St|Road|Rd|Lane|Avenue|Ave|Drive|Close|Square|Court|Terrace)\b"
    ),
    re.compile(
        r"\b(?:live|lives|house|home)\s(?:is\s)?(?:at|in)?\s?\d{1,4}\s?[A-Za-z]?\s\w+\s(?:street|road|lane|avenue)\b",
        re.I,
    ),
    re.compile(
        r"\b[\wåäö-]{3,}n\s(?:valta|kanta)tie(?:llä|n)?\s\d{1,3}\s?[a-h]\s?\d{1,3}(?!\w|[.,:]\d)", re.IGNORECASE
    ),
    re.compile(r"\b\w{3,}(?:väg|gata)\s\d{1,3}\s?[A-Ha-h]?,?\s(?:lgh|trappa)\b", re.IGNORECASE),
    re.compile(r"\b(?:PL|Box|P\.?O\.? Box|postilokero)\s\d{1,5},?\s\d{5}\b", re.I),
    re.compile(rf"{_ABROAD}\s\d{{1,4}}(?![\d%]|[.,:]\d|\s?(?:km|min|m[²2]?)\b)"),
    re.compile(rf"\b[A-ZÅÄÖ][\wåäö-]{{2,}}\s(?:maantie|katu|kuja|polku|raitti){_NUMBER}", re.IGNORECASE),
    re.compile(rf"\b[\wåäö-]{{3,}}{_HARD}\s(?-i:[IVX]{{2,5}})\b", re.IGNORECASE),
    re.compile(
        rf"\b[\wåäö-]{{2,}}(?:{_HARD[3:-1]}|{_AT_STREET})"
        r"[\s,]{1,3}(?:\w+[\s,]{1,3}){0,2}?(?:numero(?:ssa)?|nro|nummer|number|nr)\s\d{1,3}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_ENGLISH_STREET}\s\d{{1,4}}(?!\d|\s\d{{3}}|\s?(?:m|km|min|times|years|cars|people|of|out|is)\b)"),
    re.compile(rf"\b\d{{1,4}}\s?[A-Za-z]?,?\s{_ENGLISH_STREET}\b"),
    # the number first
    re.compile(
        r"\b(?i:no\.?|nr\.?|nro\.?|number|numero(?:ssa)?|nummer|house|hus|talo(?:ssa)?|flat|door|ovi)\s?(?:is\s|on\s|är\s)?\d{1,3}\s?[A-Ha-h]?\b"
        rf"[\s,]{{1,3}}(?i:on\s|in\s|at\s|på\s|i\s|osoitteessa\s|nro\s)?{_STREET}\b"
    ),
    # a name with a number after a word that says that somebody lives there
    re.compile(
        r"\b(?i:asun|asumme|asuu|koti(?:ni|mme)?|kotiosoite\w*|osoit\w+|muut(?:in|imme)|bor|adress\w*|hemadress\w*|address|lives?)"
        r"[\s:,]{1,3}(?i:on\s|är\s|is\s|at\s|på\s|osoitteessa\s)?"
        r"[A-ZÅÄÖ][\wåäö-]{3,}(?<!ssa)(?<!ssä)(?<!lla)(?<!llä)\s\d{1,3}(?:\s?[A-Ha-h]\b)?(?!\s?\w|[.,:]\d)"
    ),
    re.compile(r"\b[a-zåäö]{4,}(?:k|v)\.\s?\d{1,3}\s?[a-h]\b(?:\s?\d{1,3})?"),
    re.compile(r"(?<!\d)\d{1,3}\s?[A-Ha-h]\s(?:as\.?|lgh|flat)\s?\d{1,3}\b"),
)


def find_addresses(text: str) -> Iterator[str]:
    """Pieces of a text that are a street with a house number; one that says "at the place of" is none.

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

"""Addresses of electronic mail, also where the sign or the dots are written in words, in brackets or not at all."""

import re
from collections.abc import Iterator

#: What the sign is called; nobody says these words of anything else.
_SURE = (
    r"(?:miu\w{1,4}(?:\s?mau\w*)?|miau|mau(?:ku)?|ättä|ätti|snabel(?:-?\s?a)?|kissa\w{0,2}häntä|"
    r"apina\w{0,2}häntä|kiemura|"
    r"kringla|kanelbulle|alfakrull|arroba|(?:[a-zåäö@]{1,3}[\s-]?)?merkki(?:llä)?|(?:at|att|"
    r"a)[\s-]?(?:sign|symbol|tecken\w*))"
)
_AMBIGUOUS = r"(?:at|ät|et|att|ätt|vid|hos|tuo merkki|@)"
#: Whatever is put around a word: brackets, quotes, dashes, dots.
_OPEN = _CLOSE = r"(?:[^\w\s@]|_)"
_DOT_WORD = r"(?:dot|piste(?:et)?|punkt|prick|punto|period|point)"
_PROVIDERS = (
    r"(?:(?:g|gee|jii)[\s-]?mail|g\s?meil|hot\s?meil|kuumail|hotmail|outlook|luukku|icloud|yahoo|live|"
    r"suomi24|kolumbus|elisanet|saunalahti|"
    r"protonmail|proton|tutanota)"
)
#: Who keeps mail and is nothing else, in the cases of Finnish.
_KEEPERS = (
    r"(?:(?:g|gee|jii)[\s-]?mail|g\s?meil|hot\s?mail|hot\s?meil|outlook|luukku|icloud|yahoo|suomi24|kolumbus|elisanet|"
    r"saunalahti|proton\s?mail|tutanota)(?:i?(?:ssa|sta|ni|n|lla|lta|lle|in)?)"
)
#: What stands before the sign: letters, and a dot, a line or digits among or after them.
_LOCAL = r"[a-zåäö]\w{0,30}(?:(?:[._+-][a-zåäö]\w{1,30}){1,3}|(?<=[a-zåäö]{3})\d{1,4})"
_DOTTED = r"[a-zåäö]\w{1,30}[._][a-zåäö]\w{1,30}"
#: Ends of addresses, where a sentence may end as well as one.
_ENDS = (
    r"(?:fi|com|net|org|se|eu|io|info|ee|no|dk|de|uk|ru|ua|me|nu|name|app|ax|ch|fr|es|it|pl|lv|lt|biz|"
    r"museum|gov|edu|example|invalid|local|online|site|shop|xyz|club|co)"
)
_SIGN = re.compile(
    rf"@|\b(?:vid|hos)\s[\w-]+\s(?:punkt|prick)\b|[#&*%¤§^$!]|merkki|snabel|mau|\b(?:{_SURE}|at|ät|att)\b|"
    rf"ät|AT|{_OPEN}\s*(?:{_AMBIGUOUS}|a)\s*{_CLOSE}|{_PROVIDERS}",
    re.IGNORECASE,
)
_SUBSTITUTED = (
    (re.compile(rf"\s*{_OPEN}+\s*(?:{_SURE}|{_AMBIGUOUS})\s*{_CLOSE}+\s*", re.I), "@"),
    (re.compile(r"\s*[(\[{<|*\"']\s*a\s*[)\]}>|*\"']\s*", re.I), "@"),
    (re.compile(rf"\s+{_SURE}\s+", re.I), "@"),
    (re.compile(r"(?<=[a-zåäö\d])(?:AT(?=[a-zåäö\d-]+DOT[a-z])|ÄT(?=[a-zåäö\d-]+\.[a-z]))"), "@"),
    (re.compile(r"(?:\s|[.-]|\b|(?<=[a-z]))(?:piste|dot|punkt)(?=(?:fi|com|net|org|se|eu)\b)", re.I), "."),
    (re.compile(r"(?<=[a-zåäö\d])DOT(?=[a-z])"), "."),
    (re.compile(rf"\s*{_OPEN}+\s*(?:{_DOT_WORD}|\.)\s*{_CLOSE}+\s*", re.I), "."),
    (re.compile(rf"(?<=\w)\s+{_DOT_WORD}\s+(?=\w)", re.I), "."),
)
_DOMAIN = rf"[\w-]{{1,40}}(?:\.[\w-]{{1,40}}){{0,4}}?\.{_ENDS}\b"
#: Where the sign itself was written.
_PLAIN = re.compile(r"[\w.+-]{1,64}@[\w-]{2,}(?:[.,][\w-]+)*")
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"[\w.+-]{{1,64}}\s*@+\s*[\w-]+(?:\s*[.,·/]+\s*[\w-]+){{0,4}}(?:\s*[.,·/]+\s*|\s+|[-_]){_ENDS}\b",
        rf"[\w.+-]{{1,64}}\s*@+\s*{_PROVIDERS}\b",
        rf"[\w.+-]{{1,64}}\s*{_OPEN}\s*(?:{_AMBIGUOUS}|{_SURE}|a(?=[)\]}}>]))\s*{_CLOSE}\s*{_DOMAIN}",
        r"(?<!\w)@" + _DOMAIN,
        r"(?<![\w.@])(?=[\w.+-]*[a-zåäö]{3})[\w.+-]{3,64}@(?=\s)",
        rf"(?<![\w/.])[\w.+-]{{1,64}}(?:\s?[#&*%¤§^$!]\s?|\s(?:at|ät)-|\.(?:at|ät)\.){_DOMAIN}",
        rf"(?<![a-zåäö])[\w.+-]{{1,64}}?_(?:at|ät)_[a-z\d]+(?:_[a-z\d]+){{0,4}}?_{_ENDS}\b",
        rf"[\w.+-]{{1,64}}\s+(?:at|ät|att|ätt)\s+{_DOMAIN}",
        rf"\w[\W_]{{1,3}}(?:at|ät|a|{_SURE})[\W_]{{1,3}}\w+[\W_]{{1,3}}{_DOT_WORD}[\W_]{{1,3}}{_ENDS}\b",
        r"[\w.+-]{1,64}\s+(?:at|ät|att|ätt)\s+[\w-]+\s(?:fi|com|net|org|eu|nu)\b",
        rf"\b(?:ät|ätt)\b.{{0,25}}[\W_]{_DOMAIN}",
        rf"\b{_PROVIDERS}[\s.,]{{1,3}}(?:com|fi|net|org|se)\b",
        r"[\w.+-]{1,64}\s+(?:at|ät|att|ätt)\s+[\w-]+(?:\s?\.\s?[\w-]+){0,4}?\s?\.\s?(?:fi|com|net|org|eu|ee|nu)\b",
        rf"[\w.+-]{{1,64}}\s+(?:ät|ätt|{_SURE})\s+{_PROVIDERS}\b",
        rf"[\w.+-]{{3,}}\s+at\s+g\s?mail\.{_ENDS}\b",
        r"[\w.+-]{3,}\s+at\s+(?:gmail|hotmail|outlook|icloud|yahoo|luukku|suomi24|protonmail)\b",
        rf"[a-z\d.]{{2,}}(?:at|ät){_PROVIDERS}(?:{_DOT_WORD}|\.){_ENDS}\b",
        rf"(?<![\w+-])(?=[\w+-]{{1,40}}[.\d+]|[a-z]{{1,40}}_)[\w.+-]{{2,64}}[\s,]{{1,3}}{_PROVIDERS}(?:issa|"
        rf"ista)?\b(?:\.[a-z]{{2,}})?",
        rf"\b{_PROVIDERS}(?:issa|ista|ini|i)?(?:[\s-]?(?:osoit\w+|adress\w*|address|account|tili\w*))?"
        r"\s*(?::|=|on|is|är|nimellä|named)\s*(?=[\w.]*[._\d]\w)[a-zåäö][\w.]{3,}",
        rf"\b{_PROVIDERS}(?:ini\s(?:on|is|är)|[\s-]?(?:osoit\w+|adress\w*|address)\s*(?::|=|on|is|är)?)\s*[\w.]{{3,}}",
        rf"\w{{4,}}\W{{1,3}}(?:se\s)?{_PROVIDERS}-?osoit\w+",
        rf"\b{_PROVIDERS}\s(?=[\w.]*[._\d]\w)[a-zåäö][\w.]{{3,}}",
        rf"\w\s+(?:at|ät|att|ätt|{_SURE})[-_·/|.]{{1,3}}[\w]+[-_·/|.]{{1,3}}{_ENDS}\b",
        rf"\b(?:at|ät|att|ätt|{_SURE})\W{{1,3}}{_PROVIDERS}\W{{0,3}}(?:{_DOT_WORD})?\W{{0,3}}(?:com|fi|net|org|se)\b",
        rf"\b(?:ät|ätt|{_SURE})[\W_]{{1,3}}\w+[\W_]{{1,3}}(?:{_DOT_WORD})[\W_]{{1,3}}\w{{2,10}}",
        rf"[\w.+-]{{1,64}}-(?:at|ät|att)-{_DOMAIN}",
        rf"[\w.+-]{{1,64}}\s(?:vid|hos)\s[\w-]+\s(?:{_DOT_WORD}|\.)\s{_ENDS}\b",
        rf"[\w.+-]{{3,}}\s(?:{_SURE}|at|ät|att)\s(?:google|microsoft|apple)\S*",
        # a name with a dot, a line or a number in it, and somewhere beside it who keeps the mail
        rf"(?<![\w.@/]){_LOCAL}(?![\w@/])[^.!?\n]{{0,40}}?\b{_KEEPERS}",
        rf"\b{_KEEPERS}\b[^.!?\n]{{0,40}}?(?<![\w.@/]){_LOCAL}(?![\w@/])",
    )
)
#: An address that begins with its end.
_BACKWARDS = re.compile(r"\b(?:moc|ten|gro|if|es|ue)\s?\.\s?\w{2,}", re.IGNORECASE)
_MAIL_WORD = r"\b(?:s[.-]?posti|sähköposti|e-?mail|mail|meil|e-?post)\w*"
_BOTH_APART = re.compile(rf"(?<![\w.@/]){_DOTTED}(?!\.?\w|@|/)[^.!?\n]{{0,25}}?\b{_DOMAIN}", re.IGNORECASE)
_MAIL_WITH_PROVIDER = re.compile(
    rf"{_MAIL_WORD}\W{{1,3}}(?:on\s|är\s|is\s)?[\w.+-]{{1,64}}\s+{_PROVIDERS}\b", re.IGNORECASE
)
_MAIL_WITH_AT = re.compile(
    rf"{_MAIL_WORD}\W{{1,3}}(?:on\s|är\s|is\s)?[\w.+-]{{1,64}}\s+(?:at|ät)\s+\w+\b", re.IGNORECASE
)
#: What is written of an address of mail, and somewhere else its domain.
_TOLD_APART = re.compile(
    rf"{_MAIL_WORD}\W{{1,3}}.{{0,40}}?\w\W{{1,3}}(?:[^.]{{0,20}}\W)?{_DOMAIN}|\b{_SURE}.*{_DOMAIN}|"
    rf"{_DOMAIN}.*\b{_SURE}",
    re.IGNORECASE | re.DOTALL,
)


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
    if not any(sign.search(text) for sign in (_SIGN, _BACKWARDS, _BOTH_APART)) and not re.search(
        _MAIL_WORD, text, re.IGNORECASE
    ):
        return
    addresses = [*_PLAIN.findall(text), *_found(text)]
    if not addresses and _BACKWARDS.search(text):
        addresses = [piece[::-1] for piece in _found(text[::-1])]
    signs = text
    for pattern, sign in () if addresses else _SUBSTITUTED:
        signs = pattern.sub(sign, signs)
    yield from addresses or _found(signs)


def _found(text: str) -> list[str]:
    patterns = (*_PATTERNS, _BOTH_APART, _MAIL_WITH_PROVIDER, _MAIL_WITH_AT, _TOLD_APART)
    return [match[0].strip() for pattern in patterns for match in pattern.finditer(text)]

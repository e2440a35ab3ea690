"""The ways in which a text can be read: as it stands, spaced letters joined, numbers in words as digits.

Whoever writes a number so that no program sees it (``0 4 0 …``, ``nolla neljä nolla …``, ``O4O``) is read as a person
would read it.
"""

import html
import re
import unicodedata
from urllib.parse import unquote

from tesoma_geo.annotations.personal_data.number_words import words_as_digits

_SIGNS = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\ufe58\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u3002\uff61\u2024"), "."),
    **dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0"), ""),
}
_ESCAPED = re.compile(r"%(?:40|2B|20|2E)", re.IGNORECASE)
#: Single signs with the same separator between all of them.
_SPACED = re.compile(
    r"(?<![\w.@-])(?:[^\W_]([ ._*|-]))(?:[^\W_@]\1|[@+-]\1){4,}[^\W_](?![\w@-])|"
    r"(?<!\S)(?:\S ){5,}\S(?!\S)|(?<!\S)(?:[^\W\d_] ){2,}[^\W\d_](?!\S)"
)
#: The same in brackets, however short.
_SPACED_ASIDE = re.compile(r"[(\[{](?:[^\W\d_] ){1,6}[^\W\d_][)\]}]")
#: Letters of other scripts that look like ours.
_SCRIPTS = str.maketrans(
    "АВЕКМНОРСТУХІЈЅЗаеорсухіјѕкзΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιαερυ", "ABEKMHOPCTYXIJS3aeopcyxijsk3ABEZHIKMNOPTYXoviaepu"
)
_FOREIGN = re.compile(r"[\u0370-\u04ff]")
#: Letters and signs that stand for digits.
_ZERO_ONE = str.maketrans("OoОоQØøº°Il|", "000000000111")
_ANY_DIGIT = str.maketrans("OoQDØøº°Il|!iZzЗзSsGbBgq", "00000000111112233556689" + "9")
_LOOKALIKE = re.compile(r"(?<![^\W_])(?=[OoQØøº°Il|\d]*\d)[OoQØøº°Il|\d]{2,}(?![^\W_])")
#: The same alone, among digits that stand apart.
_LONE = re.compile(r"(?<=\d)[\W_]{1,4}[OoОоIl](?=[\W_]{1,4}\d)|(?<![^\W_])[OoОо](?=[\W_]{1,4}[45])")
#: An identity code, of which the letters for the century and at the end are letters.
_IDENTITY = re.compile(r"(?<![^\W_])([OoIl\d]{6}[-+A-FU-Ya-fu-y][OoIl\d]{3})([0-9A-Ya-y])(?![^\W_])")
#: Marks of how a text looks, which part what belongs together.
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,40}>|\*\*|__|~~|`|\[/?[bius]\]")
#: Digits in the place of letters within a word.
_LEET = re.compile(r"(?<=[^\W\d_])[013457](?=[^\W\d_]{2})|(?<=[^\W\d_]{2})[013457](?=[^\W\d_])")
_LETTERS = str.maketrans("013457", "oieast")
_DISGUISED = re.compile(r"(?<![^\W_])(?=\S*\d)[OoQDØøº°Il|!iZzЗзSsGbBgq\d]{2,}(?![^\W_])")
#: Words in brackets among what belongs together: ``+358 [leave out] 44``.
_ASIDE = re.compile(
    r"\s?[(\[{]\s?(?!at\b|ät\b|dot\b|piste\b|a\b|punkt\b|miuku)[^\W\d_][^\W\d_\s]*(?:\s[^\W\d_]+){0,3}\s?[)\]}]",
    re.IGNORECASE,
)
#: A plate's letters and what may be meant for its digits.
_PLATE = re.compile(r"(?<![^\W_])([A-ZÅÄÖ]{3}[\s-]?)(?=[\dOIl]*\d)([\dOIl]{3})(?![^\W_])")
_DASH_WORD = re.compile(
    r"(?:(?<=\d)|(?<=\b[A-ZÅÄÖ]{3}))\W{0,3}(?<![^\W\d_])(?i:väliviiva|tavuviiva|yhdysviiva|viiva|miinus|plus|bindestreck|streck|dash|hyphen|minus)\W{0,3}(?=\d)"
)


def readings(text: str) -> tuple[str, ...]:
    """The different ways in which a text can be read.

    Parameters
    ----------
    text
        Normalised (:func:`~tesoma_geo.annotations.review.normalised_text`).

    Returns
    -------
    tuple of str
        The first is the text with every dash as ``-`` and addresses' escapes undone; others only where they differ.
    """
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), html.unescape(text))
    plain = (unquote(unescaped) if _ESCAPED.search(unescaped) else unescaped).translate(_SIGNS)
    seen = re.sub(r"\S+", lambda match: _latin(match[0]), _usual_signs(plain))
    seen = _SPACED_ASIDE.sub(lambda match: match[0].replace(" ", ""), seen)
    joined = _SPACED.sub(lambda match: match[0].replace(match[1] or " ", ""), seen)
    digits = _DASH_WORD.sub("-", _LOOKALIKE.sub(lambda match: match[0].translate(_ZERO_ONE), words_as_digits(seen)))
    digits = _LONE.sub(lambda match: match[0].translate(_ZERO_ONE), digits)
    digits = _IDENTITY.sub(lambda match: match[1].translate(_ZERO_ONE) + match[2], digits)
    disguised = _DISGUISED.sub(lambda match: match[0].translate(_ANY_DIGIT), digits)
    tight = re.sub(r"(?<=\b\d)(?:, |[ ,./\n])(?=\d\b)", "", disguised)
    bare = _ASIDE.sub("", _MARKUP.sub("", digits))
    plate = _PLATE.sub(lambda match: match[1] + match[2].translate(_ZERO_ONE), seen)
    letters = _LEET.sub(lambda match: match[0].translate(_LETTERS), joined)
    return tuple(dict.fromkeys([plain, seen, joined, digits, disguised, tight, bare, letters, plate]))


def _usual_signs(text: str) -> str:
    """Digits of every script and shape as 0 to 9, without marks that are put over, under or around a sign."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    usual = (
        character if character.isascii() or character.isalpha() or (digit := unicodedata.digit(character, -1)) < 0
        else str(digit) for character in composed if unicodedata.category(character) not in ("Mn", "Me")
    )  # fmt: skip
    return "".join(usual)


def _latin(word: str) -> str:
    """A word with look-alikes of other scripts in ours, where it is not wholly of another script."""
    if _FOREIGN.search(word) is None:
        return word
    read = word.translate(_SCRIPTS)
    return read if _FOREIGN.search(read) is None and (read.isupper() or re.search(r"[A-Za-z\d@]", word)) else word

"""The ways in which a text can be read: as it stands, spaced letters joined, numbers in words as digits.

Whoever writes a number so that no program sees it (``0 4 0 …``, ``nolla neljä nolla …``, ``O4O``) is read as a person
would read it.
"""

import html
import re

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_SPACED = re.compile(r"(?<!\S)(?:\S ){5,}\S(?!\S)")
_LOOKALIKE = re.compile(r"(?<![A-Za-z\d])(?=[OoIl\d]*\d)[OoIl\d]{2,}(?![A-Za-z\d])")
_LETTERS_AS_DIGITS = str.maketrans("OoIl", "0011")
_DIGIT_WORDS = {
    "0": "nolla noll zero",
    "1": "yksi yks yy ett one",
    "2": "kaksi kaks kaa två two",
    "3": "kolme kolm kol tre three",
    "4": "neljä nelj nel fyra four",
    "5": "viisi viis vii fem five",
    "6": "kuusi kuus kuu sex six",
    "7": "seitsemän seiska seittemän sju seven",
    "8": "kahdeksan kasi kahdeksa åtta eight",
    "9": "yhdeksän ysi yhdeksä nio nine",
    "40": "neljäkymmentä nelkyt neljäkyt fyrtio forty",
    "50": "viisikymmentä viiskyt viisikyt femtio fifty",
}
_WORD_DIGITS = {word: digits for digits, words in _DIGIT_WORDS.items() for word in words.split()}
_ONE_NUMBER_WORD = re.compile("|".join(sorted(_WORD_DIGITS, key=len, reverse=True)), re.IGNORECASE)
#: Number words that were written together: ``viisnolla``.
_NUMBER_WORDS = re.compile(rf"\b(?:{_ONE_NUMBER_WORD.pattern}){{2,}}\b", re.IGNORECASE)
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_WORD_DIGITS, key=len, reverse=True))})\b", re.IGNORECASE)


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
    plain = html.unescape(text).replace("%40", "@").translate(_DASHES)
    joined = _SPACED.sub(lambda match: match[0].replace(" ", ""), plain)
    apart = _NUMBER_WORDS.sub(lambda match: _ONE_NUMBER_WORD.sub(r"\g<0> ", match[0]).rstrip(), plain)
    spelled = re.sub(r"(?i)\b(nolla(?=[a-zåäö\d])|noll(?=[b-zåäö\d]))", r"\1 ", apart)
    digits = _NUMBER_WORD.sub(lambda match: _WORD_DIGITS[match[0].lower()], spelled)
    digits = _LOOKALIKE.sub(lambda match: match[0].translate(_LETTERS_AS_DIGITS), digits)
    return tuple(dict.fromkeys([plain, joined, plain if digits == spelled else digits]))

"""Numbers in words as digits, in Finnish, Swedish and English: said one by one, in tens, in hundreds, doubled."""

import re
from functools import cache

_UNITS = {
    "0": "nolla nollaa nol noll zero nought oh nul",
    "1": "yksi yks yy yhdessä yhdestä yhteen yhden ykkönen ykköne ykköstä ykkösen ykkös ykkösessä ett etta one",
    "2": "kaksi kaks kaa kahdessa kahdesta kahteen kahden kakkonen kakkone kakkosta kakkosen kakkos "
    "kakkosessa två tvåa two",
    "3": "kolme kolome kolm kol kolmessa kolmesta kolmeen kolmen kolmonen kolmone kolmosta kolmosen kolmos "
    "kolmosessa tre trea three",
    "4": "neljä nelejä nelijä nelj nel neljässä neljästä neljään neljän nelonen nelone nelosta nelosen nelos "
    "nelosessa fyra four",
    "5": "viisi viis vii viidessä viidestä viiteen viiden viitonen vitonen vitone viitosta vitosta "
    "vitosen vitos vitosessa viitos viitosessa viitosen vit fem femma five",
    "6": "kuusi kuus kuu kuudessa kuudesta kuuteen kuuden kutonen kutone kuutonen kuutosta kutosta "
    "kutosen kutos kutosessa kuutos kuutosessa kuutosen kut sex sexa six",
    "7": "seitsemän seittemän seittemä seitten seitsemässä seitsemästä seitsemään seiska seiskaa seiskassa "
    "seitonen seiskon sei sju sjua seven",
    "8": "kahdeksan kahreksan kaheksan kahdeksassa kahdeksasta kahdeksaan kahdeksa kaheksa kasi kasia kasissa "
    "åtta eight",
    "9": "yhdeksän yhreksän yheksän yhdeksässä yhdeksästä yhdeksään yhdeksä yheksä ysi ysiä ysissä nio nia nine",
}
_WHOLE = {
    "10": "kymmenen kymmenessä kymmenestä kymmeneen kymppi kympin kympissä kymppiin tio ten",
    "11": "elva eleven",
    "12": "tolv twelve",
    "13": "tretton thirteen",
    "14": "fjorton fourteen",
    "15": "femton fifteen",
    "16": "sexton sixteen",
    "17": "sjutton seventeen",
    "18": "arton eighteen",
    "19": "nitton nineteen",
    "20": "tjugo tjugi twenty",
    "30": "trettio tretti thirty",
    "40": "fyrtio fyrti forty",
    "50": "femtio femti fifty",
    "60": "sextio sexti sixty",
    "70": "sjuttio sjutti seventy",
    "80": "åttio åtti eighty",
    "90": "nittio nitti ninety",
    "100": "sata hundra hundred",
}
_TEN_AFTER = ("kymmentä", "kymment", "kyt")
_TEEN_AFTER = ("toista", "toist")
_THOUSAND = ("tuhatta", "tuhat", "tusen", "thousand")
_HUNDRED_AFTER = ("sataa", "sata", "hundra", "hundred")
_VALUES = {word: int(digits) for table in (_UNITS, _WHOLE) for digits, words in table.items() for word in words.split()}
_PARTS = re.compile(
    "|".join(sorted((*_VALUES, *_TEN_AFTER, *_TEEN_AFTER, *_HUNDRED_AFTER, *_THOUSAND), key=len, reverse=True)),
    re.IGNORECASE,
)
_WORD = re.compile(rf"(?<![a-zåäö])(?:(?:{_PARTS.pattern})(?:(?<=ty)-)?)+(?![a-zåäö])", re.IGNORECASE)
#: ``double five``, ``tuplaviis``, ``three times five``, with the numbers in digits by then.
_REPEATED = re.compile(
    r"(?<![a-zåäö\d])(?:(?P<name>double|triple|tupla|tripla|dubbel|trippel)|(?P<times>[2-4])\s(?:kertaa|gånger|times))"
    r"[\s-]{0,2}(?P<digit>\d)",
    re.IGNORECASE,
)
_TWICE = ("double", "tupla", "dubbel")
#: Two sevens, said as things that there are two of: ``kaksi seiskaa``, ``tre femmor``.
_OF_A_KIND = re.compile(
    r"(?<![a-zåäö])(?P<times>kaksi|kaks|kolme|neljä|två|tre|fyra|two|three|four)\s"
    r"(?P<digit>nollaa|ykköstä|kakkosta|kolmosta|nelosta|vii?tosta|kuu?tosta|seiskaa|kasia|ysiä|"
    r"nollor|ettor|tvåor|treor|fyror|femmor|sexor|sjuor|åttor|nior|"
    r"zeroe?s|oh'?s|ones|twos|threes|fours|fives|sixes|sevens|eights|nines)(?![a-zåäö])",
    re.IGNORECASE,
)
_PLURALS = {
    "nollor": "noll", "ettor": "ett", "tvåor": "två", "treor": "tre", "fyror": "fyra", "femmor": "fem", "sexor": "sex",
    "sjuor": "sju", "åttor": "åtta", "nior": "nio", "zeros": "zero", "zeroes": "zero", "ohs": "oh", "oh's": "oh",
    "ones": "one", "twos": "two", "threes": "three", "fours": "four", "fives": "five", "sixes": "six",
    "sevens": "seven", "eights": "eight", "nines": "nine",
}  # fmt: skip


def words_as_digits(text: str) -> str:
    """A text with the numbers that it says in words written in digits.

    Words that stand apart stay apart: ``nolla neljä`` is ``0 4``, ``nollaneljä`` is ``04``,
    ``kolmesataaviisi`` is ``305``.

    Parameters
    ----------
    text
        A reading of a text.

    Returns
    -------
    str
    """
    text = _OF_A_KIND.sub(_said_of_a_kind, text)
    doubled = re.sub(r"(?i)\b(double|triple|tupla|tripla|dubbel|trippel)(?=[a-zåäö])", r"\1 ", text)
    digits = _WORD.sub(lambda match: _digits(match[0].lower().replace("-", "")), doubled)
    return _REPEATED.sub(_repeat, digits)


def _said_of_a_kind(match: "re.Match[str]") -> str:
    times, named = _VALUES[match["times"].lower()], match["digit"].lower()
    plural = _PLURALS.get(named, named)
    return " ".join([plural] * times)


def _repeat(match: "re.Match[str]") -> str:
    if match["times"]:
        return match["digit"] * int(match["times"])
    return match["digit"] * (2 if match["name"].lower() in _TWICE else 3)


@cache
def _digits(word: str) -> str:
    """The digits of number words that were written as one word."""
    numbers: list[int] = []
    for part in _PARTS.findall(word):
        last = numbers[-1] if numbers else None
        if part in _TEN_AFTER and last is not None and last % 10 >= 1 and last < 1000:
            numbers[-1] = last - last % 10 + 10 * (last % 10)
        elif part in _TEEN_AFTER and last is not None and last % 10 >= 1:
            numbers[-1] = last + 10
        elif part in _HUNDRED_AFTER and last is not None and 1 <= last % 1000 <= 9:
            numbers[-1] = last + 99 * (last % 1000)
        elif part in _THOUSAND:
            numbers[-1:] = [1000 * last] if last is not None and 2 <= last <= 99 else [*numbers[-1:], 1000]
        elif part in _VALUES:
            value = _VALUES[part]
            fits = last is not None and (
                (last >= 20 and last % 10 == 0 and last % 100 and 1 <= value <= 9)
                or (last >= 100 and last % 100 == 0 and 1 <= value <= 99)
                or (last >= 1000 and last % 1000 == 0 and 1 <= value <= 999)
            )
            numbers[-1:] = [(last or 0) + value] if fits else [*numbers[-1:], value]
    return "".join(map(str, numbers))

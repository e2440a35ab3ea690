"""Names of the other direction of writing, kept apart from the sentence that they stand in.

A Hebrew name in an English sentence pulls the numbers, commas and names after it into its own direction ("רמת גן, 25
min" is shown with 25 before the name) unless it is isolated: Unicode Standard Annex 9, "Explicit Directional Isolates".
Texts without such names are left as they are, byte by byte.
"""

import re
import unicodedata
from collections.abc import Iterable

from markupsafe import Markup, escape

#: First strong isolate and pop directional isolate: what stands between them does not touch what stands around.
FIRST_STRONG_ISOLATE = "\N{FIRST STRONG ISOLATE}"
POP_ISOLATE = "\N{POP DIRECTIONAL ISOLATE}"
_ISOLATED = re.compile(r"[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_MARKS = re.compile(r"[\u2066-\u2069]")
#: Where all letters from right to left stand in Unicode, among others: most texts have none, which is found at once.
_PERHAPS_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_LEFT_TO_RIGHT = frozenset(("L",))


def runs_against(text: str, right_to_left: bool) -> bool:
    """Whether a text has letters of the other direction that are not kept apart yet.

    Parameters
    ----------
    text
        One line of any text.
    right_to_left
        The direction of what it stands in.

    Returns
    -------
    bool
    """
    if not right_to_left and not _PERHAPS_RIGHT_TO_LEFT.search(text):
        return False
    while len(inner := _ISOLATED.sub("", text)) < len(text):
        text = inner
    other = _LEFT_TO_RIGHT if right_to_left else _RIGHT_TO_LEFT
    return any(unicodedata.bidirectional(letter) in other for letter in text)


def isolated(text: str, right_to_left: bool) -> str:
    """A text as it may stand inside a sentence.

    Parameters
    ----------
    text
        A name, or another part of a sentence.
    right_to_left
        The sentence's direction.

    Returns
    -------
    str
        Between isolates where it has letters of the other direction, else as it is.
    """
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if runs_against(text, right_to_left) else text


def joined(names: Iterable[object], right_to_left: bool, separator: str = ", ") -> str:
    """Names one after the other, each in its own direction.

    Parameters
    ----------
    names
        In the order of reading.
    right_to_left
        The direction of what they stand in.
    separator
        What stands between two.

    Returns
    -------
    str
        One line.
    """
    return separator.join(isolated(str(name), right_to_left) for name in names)


def without_marks(text: str) -> str:
    """A text without isolates, as tables for programs have it.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        Its letters as they are.
    """
    return text if text.isascii() else _MARKS.sub("", text)


def apart(text: object, right_to_left: bool) -> object:
    """A value of a page as an element of its own direction where it needs one: the filter ``apart`` of templates.

    Parameters
    ----------
    text
        What is shown.
    right_to_left
        The page's direction.

    Returns
    -------
    object
        ``bdi`` around text with letters of the other direction, all else as it is.
    """
    if isinstance(text, str) and runs_against(text, right_to_left):
        return Markup("<bdi>{}</bdi>").format(escape(text))
    return text

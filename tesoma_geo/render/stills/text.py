"""Text in still pictures: shown as it is, measured in its font, wrapped and fitted to its room."""

import re
from functools import lru_cache
from typing import Any

from tesoma_geo.render.stills.fonts import families

#: Text is shrunk to this part of its size before it is cut.
SMALLEST = 0.7
#: Fitting letters to the dots of a coarse picture makes a line up to this much wider than its outlines.
HINTED = 1.03


def plain(text: str) -> str:
    """Text of data as text: no mathematics, no control characters, no line breaks.

    Parameters
    ----------
    text
        One line of any text.

    Returns
    -------
    str
        One line.
    """
    return _one_line(text).replace("$", r"\$")


@lru_cache(maxsize=4096)  # the pictures of a site share most of their words
def width_in(text: str, size: float, weight: str = "normal") -> float:
    """Inches that a line of text takes; ``size`` in points.

    Parameters
    ----------
    text
        One line of any text.
    size
        Points.
    weight
        ``normal`` or ``bold``.

    Returns
    -------
    float
        Inches.
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    if not text.strip():
        return 0.0
    font = FontProperties(family=list(families(text)), weight=weight, size=size)
    # Advances of the letters, not their outlines: a hundred times as fast, and a legend measures hundreds of lines.
    width, _, _ = text_to_path.get_text_width_height_descent(_one_line(text), font, ismath=False)
    return HINTED * float(width) / 72


def wrapped(text: str, size: float, room_in: float) -> list[str]:
    """Text as lines no wider than the room, never broken at a no-break space; a word that is wider is cut.

    Parameters
    ----------
    text
        One line of any text.
    size
        Points.
    room_in
        Inches that there are.

    Returns
    -------
    list of str
        Lines.
    """
    lines: list[str] = []
    for word in re.findall(r"[^ \t\r\n]+", text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_in(longer, size) <= room_in:
            lines[-1] = longer
        else:
            lines.append(_cut(word, size, room_in, "normal"))
    return lines


def fitted(text: str, size: float, room_in: float, weight: str = "normal") -> tuple[str, float]:
    """One line, made smaller until it has room, and cut when that is not enough: the text and its size.

    Parameters
    ----------
    text
        One line of any text.
    size
        Points.
    room_in
        Inches that there are.
    weight
        ``normal`` or ``bold``.

    Returns
    -------
    tuple
        The line and its size in points.
    """
    wide = width_in(text, size, weight)
    if wide <= room_in:
        return text, size
    size *= max(room_in / wide, SMALLEST)
    return _cut(text, size, room_in, weight), size


def halo(width: float) -> list[Any]:
    """A white rim that keeps text readable on the map.

    Parameters
    ----------
    width
        Points.

    Returns
    -------
    list of Any
        Path effects of matplotlib.
    """
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width, foreground="#ffffff")]


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", " ", text)


def _cut(text: str, size: float, room_in: float, weight: str) -> str:
    if width_in(text, size, weight) <= room_in * 1.001:
        return text
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits, by halving
        middle = (low + high + 1) // 2
        fits = width_in(text[:middle] + "…", size, weight) <= room_in
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"

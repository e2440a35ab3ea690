"""The map of minutes won and lost by a plan: its layer, and the lines of its legend."""

from collections.abc import Collection, Iterator

from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.controls import Sign
from tesoma_geo.render.text.catalogue import Catalogue

#: Key of the layer, which needs homes before and after.
DIFFERENCE = "difference"
#: Minutes that part the steps of the scale, as ``scripts/painters/difference.js`` has them in seconds.
STEPS_MIN = (1, 2, 5)


def difference() -> Content:
    """The layer: the script computes it from the homes before and after.

    Returns
    -------
    Content
        Without data of its own.
    """
    return Content(DIFFERENCE, "difference", {})


def difference_signs(catalogue: Catalogue, steps: Collection[int] | None = None) -> Iterator[Sign]:
    """The scale from most minutes won to most lost.

    Parameters
    ----------
    catalogue
        The language.
    steps
        Those that are on the map; None for all.

    Yields
    ------
    Sign
        A step each; ``look`` is ``won-0`` (most lost) to ``won-6`` (most won).
    """
    least, middle, most = STEPS_MIN
    words = (
        ("won_most", most, most),
        ("won", middle, most),
        ("won", least, middle),
        ("same", least, least),
        ("lost", least, middle),
        ("lost", middle, most),
        ("lost_most", most, most),
    )
    for at, (key, low, high) in enumerate(words):
        if steps is not None and len(words) - 1 - at not in steps:
            continue
        label = catalogue(f"difference.{key}", low=catalogue.number(low), high=catalogue.number(high))
        yield Sign(f"won-{len(words) - 1 - at}", DIFFERENCE, label)


def won_steps(catalogue: Catalogue) -> list[tuple[int, str]]:
    """The same scale for a small map: the number of each step, which is its colour, and its words.

    Parameters
    ----------
    catalogue
        The language.

    Returns
    -------
    list of tuple
    """
    return [(int(sign.look.rpartition("-")[2]), sign.label) for sign in difference_signs(catalogue)]

"""The map of minutes saved and lost by a plan: its layer, and the lines of its legend."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tesoma_geo.command_columns import TO_KIND_AFTER_MIN, TO_KIND_BEFORE_MIN
from tesoma_geo.render.figures.encoding import packed_seconds
from tesoma_geo.render.figures.home_cells import Grid
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.controls import Sign
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.scenarios.drawn_gains import HUB

if TYPE_CHECKING:
    from tesoma_geo.scenarios.compare import Comparison

#: Key of the layer, which needs homes before and after.
DIFFERENCE = "difference"
#: Minutes that part the steps of the scale, as ``scripts/painters/difference.js`` has them in seconds.
STEPS_MIN = (1, 2, 5)


def difference(comparison: "Comparison") -> Content:
    """The layer: the script computes it from the homes before and after.

    Parameters
    ----------
    comparison
        The district before and after a scenario.

    Returns
    -------
    Content
        Without data of its own where it is about ways to the hub; where the plan is told by those to a kind of service,
        seconds to the nearest of it, by way of moving and home after the plan.
    """
    kind = told_kind(comparison)
    if not kind:
        return Content(DIFFERENCE, "difference", {})
    table = comparison.differences
    grid = Grid.of(comparison.after.origins, comparison.after.workspace.population.cell_m)
    packed = {
        profile: [
            packed_seconds(grid.mean(table[column.of(profile, kind)].to_numpy(float) * 60.0))
            for column in (TO_KIND_BEFORE_MIN, TO_KIND_AFTER_MIN)
        ]
        for profile in comparison.figures["profiles"]
    }
    return Content(DIFFERENCE, "difference", {"to_kind_s": packed})


def told_kind(comparison: "Comparison") -> str:
    """The kind of service whose trips a plan's map tells.

    Parameters
    ----------
    comparison
        The district before and after a scenario.

    Returns
    -------
    str
        Empty where it tells those to the hub.
    """
    sure = comparison.figures["sure"]
    return "" if sure is None or sure["to"] == HUB else sure["to"]


def difference_signs(catalogue: Catalogue, steps: Mapping[int, Sequence[str]] | None = None) -> Iterator[Sign]:
    """The scale from most minutes won to most lost.

    Parameters
    ----------
    catalogue
        The language.
    steps
        Those that are on the map, and by which ways of moving; None for all.

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
        step = len(words) - 1 - at
        if steps is not None and step not in steps:
            continue
        label = catalogue(f"difference.{key}", low=catalogue.number(low), high=catalogue.number(high))
        yield Sign(f"won-{step}", DIFFERENCE, label, () if steps is None else tuple(steps[step]))


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

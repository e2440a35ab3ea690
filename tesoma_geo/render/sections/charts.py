"""Charts as plain geometry; ``charts.html.j2`` writes them as inline SVG, and a table beside each tells the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.render.text.catalogue import Catalogue

#: Okabe and Ito's colours (https://jfly.uni-koeln.de/color/), the dark ones first: told apart by every kind of
#: colour vision, and by their dashes without colour.
LINES = (
    ("#0072b2", ""),
    ("#d55e00", "7 3"),
    ("#009e73", "2 3"),
    ("#a0527e", "9 3 2 3"),
    ("#6b6b6b", "5 5"),
    ("#2d1160", "12 3"),
    ("#8a6d00", "4 2"),
)
#: Letters of a name that has no room beside its bar on a phone, and of a name and a value that have none together.
LONG_LABEL, LONG_LINE = 20, 30
#: The plot's box in its drawing of at least 360 by 290; names of curves begin at their own place beside it.
WIDTH, NAMES = 360, 248.0
#: Widths of letters of a usual face at that size: a wider drawing is better than a name that is cut.
LETTER = 8.2
LEFT, RIGHT, TOP, BOTTOM = 48.0, 226.0, 12.0, 245.0
#: Where the plot ends when the one curve is what the page is about, and needs no name.
ALONE_RIGHT = 346.0


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, and what it says.

    Attributes
    ----------
    at
        Place in the drawing.
    label
        What it says.
    """

    at: float
    label: str


@dataclass(frozen=True)
class Curve:
    """A line with its name beside its end.

    Attributes
    ----------
    label
        Its name.
    path
        The ``d`` of an SVG path.
    colour
        As ``#rrggbb``.
    dash
        Of the stroke; empty for a whole line.
    number
        Its place among the curves, for the style sheet.
    label_y
        Height of its name in the drawing.
    """

    label: str
    path: str
    colour: str
    dash: str
    number: int
    label_y: float


@dataclass(frozen=True)
class Curves:
    """Share of residents (upwards) who are there within so many minutes (to the right).

    Attributes
    ----------
    title, x_title
        Of the chart and of its axis to the right.
    curves
        In the order of the legend.
    x, y
        Marks on the axes.
    named
        Whether the curves have their names beside them.
    """

    kind: ClassVar[str] = "curves"
    title: str
    x_title: str
    curves: tuple[Curve, ...]
    x: tuple[Tick, ...]
    y: tuple[Tick, ...]
    named: bool = True

    @property
    def width(self) -> int:
        """Of the drawing: the longest name beside a curve has room."""
        longest = max((len(curve.label) for curve in self.curves if self.named), default=0)
        return max(WIDTH, round(NAMES + LETTER * longest))

    @property
    def right(self) -> float:
        """Where the plot ends."""
        return RIGHT if self.named else ALONE_RIGHT


@dataclass(frozen=True)
class Bar:
    """A bar from one place to another, a mark on it, its words, and what its colour tells.

    Attributes
    ----------
    label
        What it is.
    start, end
        Parts of the track, 0 to 1.
    value
        What it shows, in words.
    mark
        A place on it, 0 to 1.
    falls
        Whether it takes away from what was before.
    sign
        Number of the sign and colour that its kind has on the map; None of what has none.
    moved
        ``gaining`` or ``losing``, in the colours that minutes saved and lost have on maps; empty of all else.
    """

    label: str
    start: float
    end: float
    value: str
    mark: float | None = None
    falls: bool = False
    sign: int | None = None
    moved: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars below each other on one scale.

    Attributes
    ----------
    title
        Of the chart.
    bars
        From top to bottom.
    ranges
        Whether a bar tells between what a figure lies, and the mark on it the figure.
    letters
        Of the longest name in all charts that share its scale: their bars begin at one place; 0 where it has its own.
    spread
        Whether a range tells how far residents lie apart, not how sure a figure is: a line with ends is drawn.
    """

    kind: ClassVar[str] = "bars"
    title: str
    bars: tuple[Bar, ...]
    ranges: bool = False
    letters: int = 0
    spread: bool = False

    @property
    def height(self) -> int:
        """Of the drawing."""
        return 28 * len(self.bars) + 8

    @property
    def long(self) -> bool:
        """Whether names are too long to stand beside their bars on a phone."""
        named = [(max(len(bar.label), self.letters), len(bar.value)) for bar in self.bars]
        return any(name > LONG_LABEL or name + value > LONG_LINE for name, value in named)


@dataclass(frozen=True)
class Pair:
    """Two bars of one thing: before and after.

    Attributes
    ----------
    label
        What it is.
    before, after
        The two bars.
    """

    label: str
    before: Bar
    after: Bar


@dataclass(frozen=True)
class Pairs:
    """Pairs of bars below each other on one scale, and what the two are called.

    Attributes
    ----------
    title
        Of the chart.
    names
        What the two bars are called.
    pairs
        From top to bottom.
    """

    kind: ClassVar[str] = "pairs"
    title: str
    names: tuple[str, str]
    pairs: tuple[Pair, ...]


Chart = Bars | Curves | Pairs


def share_curves(
    catalogue: Catalogue,
    title: str,
    x_title: str,
    at: NDArray[np.float64],
    shares: Mapping[str, NDArray[np.float64]],
    ticks: Sequence[tuple[float, str]],
    *,
    dashed: bool = True,
    named: bool = True,
) -> Curves:
    """Shares of residents (0 to 1) along an axis, a curve a name; those that never cross need no dashes.

    Parameters
    ----------
    catalogue
        The language.
    title
        Of the page.
    x_title
        Of the axis to the right.
    at
        Places of the shares on the axis.
    shares
        Name → shares of residents (0 to 1) along the axis.
    ticks
        Places on the axis and their labels.
    dashed
        Whether lines differ by their dashes too.
    named
        Whether they have their names beside them; one that the page is about needs none, and has more room.

    Returns
    -------
    Curves
        Geometry in a drawing of at least 360 by 290.
    """
    x = LEFT + ((RIGHT if named else ALONE_RIGHT) - LEFT) * (at - at[0]) / max(at[-1] - at[0], 1e-9)
    ends = _apart([_y(values[-1]) for values in shares.values()], 17.0)
    curves = tuple(
        Curve(
            name,
            "M" + "L".join(f"{across:.1f} {_y(value):.1f}" for across, value in zip(x, values, strict=True)),
            LINES[number % len(LINES)][0],
            LINES[number % len(LINES)][1] if dashed else "",
            number % len(LINES),
            round(end, 1),
        )
        for number, ((name, values), end) in enumerate(zip(shares.items(), ends, strict=True))
    )
    return Curves(
        title,
        x_title,
        curves,
        tuple(Tick(round(float(np.interp(value, at, x)), 1), label) for value, label in ticks),
        tuple(Tick(round(_y(part), 1), catalogue.percent(part)) for part in (0.0, 0.25, 0.5, 0.75, 1.0)),
        named,
    )


def share_bar(catalogue: Catalogue, label: str, share: float) -> Bar:
    """A bar of a share of residents, 0 to 1.

    Parameters
    ----------
    catalogue
        The language.
    label
        What it is.
    share
        0 to 1.

    Returns
    -------
    Bar
        From 0 to the share.
    """
    return Bar(label, 0.0, round(share, 4), catalogue.percent(share))


def _y(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * float(share)


def _apart(heights: list[float], gap: float) -> list[float]:
    """Heights moved downwards just so far that none is nearer than the gap to the next; kept in the drawing."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    moved = list(heights)
    for before, at in pairwise(order):
        moved[at] = max(moved[at], moved[before] + gap)
    too_low = max(0.0, max(moved, default=0.0) - 280.0)
    return [height - too_low for height in moved]

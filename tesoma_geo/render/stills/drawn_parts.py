"""What the stills of a site have in common, drawn once as dots: the ground, the words on the map, the inset."""

import zlib
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.stills import basemap
from tesoma_geo.render.stills.fonts import use_fonts
from tesoma_geo.render.stills.layout import Box, Layout
from tesoma_geo.render.stills.service_signs import draw_signs
from tesoma_geo.render.stills.stop_rings import draw_stops

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Red, green, blue and opacity of rows and columns.
Dots = NDArray[np.uint8]
Paint = Callable[[Axes], None]


class Kept:
    """Dots that take little room where they are kept.

    Parameters
    ----------
    dots
        Any.

    Attributes
    ----------
    dots
        The same.
    """

    def __init__(self, dots: Dots) -> None:
        self.dots = dots

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpacked, (self.dots.shape, zlib.compress(self.dots.tobytes(), 1))


def _unpacked(shape: tuple[int, ...], packed: bytes) -> Kept:
    return Kept(np.frombuffer(zlib.decompress(packed), np.uint8).reshape(shape))


class DrawnParts:
    """Parts of stills as dots; what all of them show is drawn when it is first asked for, and never again.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found; of its homes only the places are looked at.
    at
        Where things stand in the pictures.
    dpi
        Dots an inch of all of them.
    words
        Gives the dots of the signs and words on the map by the hub's name, where what draws them is given; drawn unless
        they are kept.
    """

    def __init__(
        self,
        assessment: "Assessment",
        at: Layout,
        dpi: float,
        words: Callable[[str, Callable[[], Kept]], Kept] = lambda _, draw: draw(),
    ) -> None:
        self._at, self._dpi, self._land = at, dpi, basemap.palette()["map-land"]
        self._below = cache(lambda: self._on_map(lambda axes: basemap.below_homes(axes, assessment, at), self._land))
        self._above = cache(lambda: self._on_map(lambda axes: basemap.above_homes(axes, assessment, at)))
        ink = basemap.palette()["map-text"]
        self._stops = cache(lambda profile: self._on_map(lambda axes: draw_stops(axes, assessment, profile, at, ink)))
        self._words = cache(
            lambda hub: words(hub, lambda: Kept(self._on_map(lambda axes: _signs_and_words(axes, assessment, hub, at))))
        )
        self._insets: dict[tuple[Box, Box, str], Dots] = {}

    def ground(self, assessment: "Assessment", profile: str) -> Dots:
        """The squares of the homes by one way of moving, and what lies below them.

        Parameters
        ----------
        assessment
            The one that the parts are of, with the minutes of this way of moving.
        profile
            A way of moving that was assessed.

        Returns
        -------
        ndarray, shape (rows, columns, 4)
        """
        return self._on_map(lambda axes: basemap.homes(axes, assessment, profile), under=self._below())

    def put_map(self, figure: Figure, ground: Dots, profile: str) -> None:
        """Put a map without signs of services and words into its box of a still.

        Parameters
        ----------
        figure
            The still.
        ground
            As of :meth:`ground`.
        profile
            The way of moving that it is of.
        """
        stops = (self._stops(profile),) if profile in TIMETABLE_PROFILES else ()
        _put(figure, self._at.map, self._dpi, ground, self._above(), *stops)

    def put_words(self, figure: Figure, dots: Dots, hub: str) -> None:
        """Put the dots of a whole still, with signs and words on its map and a line around that.

        Parameters
        ----------
        figure
            The still.
        dots
            Of a still whose map has no signs and words.
        hub
            The hub's name, which is one of the words.
        """
        figure.add_artist(_Pasted(dots, 0, 0))
        _put(figure, self._at.map, self._dpi, self._words(hub).dots)
        _frame(figure, self._at.map, self._dpi)

    def put_inset(self, figure: Figure, box: Box, metres: Box, name: str, paint: Paint) -> None:
        """Put an inset into its box of a still.

        Parameters
        ----------
        figure
            The still.
        box
            Left, bottom, width and height in inches.
        metres
            What it shows: west, south, east, north.
        name
            Of the district, which is written on it.
        paint
            Draws it; the same for the same box, metres and name.
        """
        if (box, metres, name) not in self._insets:
            self._insets[box, metres, name] = drawn_dots(box, metres, self._dpi, paint, self._land)
        _put(figure, box, self._dpi, self._insets[box, metres, name])
        _frame(figure, box, self._dpi)

    def _on_map(self, paint: Paint, background: str = "none", under: Dots | None = None) -> Dots:
        return drawn_dots(self._at.map, self._at.metres, self._dpi, paint, background, under)


def _signs_and_words(axes: Axes, assessment: "Assessment", hub: str, at: Layout) -> None:
    draw_signs(axes, assessment, at, basemap.palette())
    basemap.words(axes, assessment, hub, at)


def drawn_dots(
    box: Box, metres: Box, dpi: float, paint: Paint, background: str = "none", under: Dots | None = None
) -> Dots:
    """What is painted into a box of a picture, as the dots that the box has there.

    Parameters
    ----------
    box
        Left, bottom, width and height in inches.
    metres
        What it shows: west, south, east, north.
    dpi
        Dots an inch.
    paint
        Draws it.
    background
        A colour; "none" leaves what is not painted see-through.
    under
        Dots that are painted over.

    Returns
    -------
    ndarray, shape (rows, columns, 4)
    """
    _, _, columns, rows = _place(box, dpi)
    figure = Figure(figsize=((columns + 0.01) / dpi, (rows + 0.01) / dpi), dpi=dpi, facecolor=background)
    canvas: Any = FigureCanvasAgg(figure)
    if under is not None:
        figure.add_artist(_Pasted(under, 0, 0))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=metres[::2], ylim=metres[1::2])
    paint(axes)
    axes.set(xlim=metres[::2], ylim=metres[1::2])
    use_fonts(figure)
    canvas.draw()
    return np.array(canvas.buffer_rgba())


def _put(figure: Figure, box: Box, dpi: float, *layers: Dots) -> None:
    """Dots over each other in a box of a still, the lowest first."""
    left, bottom, _, _ = _place(box, dpi)
    for dots in layers:
        figure.add_artist(_Pasted(dots, left, bottom))


def _frame(figure: Figure, box: Box, dpi: float) -> None:
    """A line around a box of a still."""
    left, bottom, columns, rows = _place(box, dpi)
    size = figure.get_size_inches() * dpi
    frame = (left / size[0], bottom / size[1]), columns / size[0], rows / size[1]
    figure.add_artist(Rectangle(*frame, facecolor="none", edgecolor=basemap.FRAME_INK, linewidth=basemap.FRAME_PT))


def _place(box: Box, dpi: float) -> tuple[int, int, int, int]:
    """Left, bottom, columns and rows of a box in whole dots."""
    left, bottom, right, top = (round(dpi * inch) for inch in (box[0], box[1], box[0] + box[2], box[1] + box[3]))
    return left, bottom, right - left, top - bottom


class _Pasted(Artist):
    """Dots that stand in a picture as they are, at a place in dots."""

    def __init__(self, dots: Dots, left: int, bottom: int) -> None:
        super().__init__()
        self._upwards, self._at = np.ascontiguousarray(dots[::-1]), (left, bottom)

    def draw(self, renderer: Any) -> None:
        renderer.draw_image(renderer.new_gc(), *self._at, self._upwards)

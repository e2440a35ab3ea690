"""Names on the map of a still picture: each where it covers no other name, and no sign if that can be."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tesoma_geo._shapes import middle_of, shapes_of, texts_of
from tesoma_geo.render.stills.layout import Layout
from tesoma_geo.render.stills.service_signs import HUB_IN, SIGN_IN, sign_places
from tesoma_geo.render.stills.text import halo, plain, width_in
from tesoma_geo.render.text.place_names import ordinary_case

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes

    from tesoma_geo.assessment.assess import Assessment

#: Where a name may stand besides its place, in lines upwards and in its own widths to the right; the best first.
AROUND_PLACE = tuple((up, right) for right in (0.0, 0.4, -0.4) for up in (0.0, 1.2, -1.2, 2.2, -2.2))
#: So far the hub's name keeps from signs of services where it can, in inches at A4 across.
CLEAR_IN = 0.14
AROUND_HUB = (
    *((-1.75, 0.0), (1.75, 0.0), (0.0, 0.62), (0.0, -0.62)),
    *((up, right) for up in (-1.75, 1.75) for right in (-0.25, 0.25, -0.4, 0.4)),
    *((up, right) for up in (-1.0, 1.0) for right in (-0.6, 0.6)),
)

#: West, south, east, north in inches of the map.
_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Name:
    """A name, its place in metres, and how it is written.

    Attributes
    ----------
    text
        What is written.
    x, y
        Its place in metres.
    size
        Points at A4 across.
    weight, style
        Of the letters.
    look
        Custom property of its colour.
    tries
        Where it may stand, the best first.
    """

    text: str
    x: float
    y: float
    size: float
    weight: str
    style: str
    look: str
    tries: tuple[tuple[float, float], ...] = AROUND_PLACE


def draw_names(axes: "Axes", assessment: "Assessment", hub: str, at: Layout, colours: dict[str, str]) -> list[_Box]:
    """Write the names of the hub, the areas and the lakes, the first ones first; one without room stays away.

    Parameters
    ----------
    axes
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    hub
        The hub's name.
    at
        Where things stand in the picture.
    colours
        Custom property of the style sheet → colour.

    Returns
    -------
    list of tuple
        What names, signs, scale bar and north arrow cover: west, south, east, north in inches of the map.
    """
    inches = at.map[2] / (at.metres[2] - at.metres[0])
    corner = np.array(at.metres[:2])
    signs = (sign_places(assessment, at) - corner) * inches
    covered = [_around((x, y), (SIGN_IN * at.unit, SIGN_IN * at.unit)) for x, y in signs]
    of_hub = _of_hub(assessment, hub)
    disc = (np.array([of_hub.x, of_hub.y]) - corner) * inches
    taken = [*_furniture(at), _around((disc[0], disc[1]), (HUB_IN * at.unit, HUB_IN * at.unit))]
    of_signs = np.array(covered, float).reshape(-1, 4)
    for name in (of_hub, *_of_places(assessment.district, assessment.water)):
        size = name.size * at.unit
        x, y = (np.array([name.x, name.y]) - corner) * inches
        half = (width_in(name.text, size, name.weight) / 2 + 0.03, size * 0.6 / 72)
        spots = [(x + right * 2 * half[0], y + up * 2 * half[1]) for up, right in name.tries]
        others = np.array(taken)
        boxes = [box for box in (_around(spot, half) for spot in spots) if _on_map(box, at) and not _met(box, others)]
        if not boxes:
            continue
        # Beside a service's sign the hub's name would be read as that service's.
        aside = CLEAR_IN * at.unit if name is of_hub else 0.0
        west, south, east, north = min(boxes, key=lambda box: (_met(box, of_signs), _met(_grown(box, aside), of_signs)))
        taken.append((west, south, east, north))
        x, y = corner + np.array([west + east, south + north]) / 2 / inches
        axes.text(
            x, y, plain(name.text),
            fontsize=size, weight=name.weight, style=name.style, color=colours[name.look], ha="center", va="center",
            zorder=9, path_effects=halo(2.4 * at.unit),
        )  # fmt: skip
    return [*taken, *covered]


def _of_hub(assessment: "Assessment", hub: str) -> Name:
    x, y = middle_of(assessment.hub)
    return Name(hub, x, y, 12.0, "bold", "normal", "map-text", AROUND_HUB)


def _of_places(areas: "gpd.GeoDataFrame", water: "gpd.GeoDataFrame") -> Iterator[Name]:
    for table, size, weight, style, look in (
        (areas, 9.0, "bold", "normal", "map-text"),
        (water, 8.0, "normal", "italic", "map-water_text"),
    ):
        shapes = shapes_of(table)
        named = [(text, shape) for text, shape in zip(texts_of(table, "name"), shapes, strict=True) if text is not None]
        for text, shape in sorted(named, key=lambda one: -one[1].area):
            inside = shape.point_on_surface()
            yield Name(ordinary_case(text), inside.x, inside.y, size, weight, style, look)


def _furniture(at: Layout) -> list[_Box]:
    """The corners that scale bar and north arrow have."""
    _, _, wide, high = at.map
    return [(0.0, 0.0, wide * 0.28, 0.42 * at.unit), (wide - 0.35 * at.unit, high - 0.6 * at.unit, wide, high)]


def _on_map(box: _Box, at: Layout) -> bool:
    return box[0] > 0 and box[1] > 0 and box[2] < at.map[2] and box[3] < at.map[3]


def _met(box: _Box, others: NDArray[np.float64]) -> int:
    """How many of the others, shape (n, 4), a box touches."""
    west, south, east, north = box
    west_of_other, south_of_other, east_of_other, north_of_other = others.T
    beside = (west < east_of_other) & (east > west_of_other) & (south < north_of_other) & (north > south_of_other)
    return int(np.count_nonzero(beside))


def _grown(box: _Box, by: float) -> _Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def _around(spot: tuple[float, float], half: tuple[float, float]) -> _Box:
    return (spot[0] - half[0], spot[1] - half[1], spot[0] + half[0], spot[1] + half[1])

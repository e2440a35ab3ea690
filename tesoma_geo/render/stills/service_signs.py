"""Signs of services on a still: one that would lie on another, or on the hub's, stands beside it."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo._shapes import middle_of, shapes_of
from tesoma_geo.render.figures import headline
from tesoma_geo.render.stills.layout import Layout

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tesoma_geo.assessment.assess import Assessment

#: Signs of the kinds of services, in their order.
SIGNS = ("o", "s", "^", "D", "v", "P", "X", "p", "h", "8")
#: Half the width of a service's sign with its rim, and of the hub's, in inches at A4 across.
SIGN_IN, HUB_IN = 0.066, 0.11
#: How far a sign gives way at most, in its own half widths, and in how many directions.
FARTHEST, WAYS = 5, 12


def sign_of(kind: int) -> str:
    """The sign of a kind of services, by its number.

    Parameters
    ----------
    kind
        Its number among the kinds.

    Returns
    -------
    str
        A marker of matplotlib.
    """
    return SIGNS[kind % len(SIGNS)]


def sign_outline(sign: str, size: float) -> str:
    """A sign as the path of an SVG, for a legend in a page.

    Parameters
    ----------
    sign
        A marker of matplotlib.
    size
        How large the widest signs are.

    Returns
    -------
    str
        What ``d`` of a path takes; its middle is at 0, 0.
    """
    from matplotlib.markers import MarkerStyle
    from matplotlib.transforms import Affine2D

    style = MarkerStyle(sign)
    upright = style.get_path().transformed(style.get_transform())
    outlines = upright.transformed(Affine2D().scale(size, -size)).to_polygons()  # an SVG's second axis leads down
    pairs = [[f"{x:.1f},{y:.1f}" for x, y in np.asarray(outline, float)] for outline in outlines]
    return "".join(f"M{' '.join(outline)}Z" for outline in pairs)


def sign_places(assessment: "Assessment", at: Layout) -> NDArray[np.float64]:
    """Where the signs of services stand: at their places, or so near by that none lies on another.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    at
        Where things stand in the picture.

    Returns
    -------
    float array of shape (services, 2)
        In metres.
    """
    metres = (at.metres[2] - at.metres[0]) / at.map[2]
    places = shapely.get_coordinates(shapes_of(assessment.services))
    hub = np.array(middle_of(assessment.hub))
    return apart(places, hub, SIGN_IN * at.unit * metres, HUB_IN * at.unit * metres)


def whole_on_map(places: NDArray[np.float64], at: Layout) -> NDArray[np.bool_]:
    """Which signs the map's frame does not cut.

    Parameters
    ----------
    places
        Where they stand, as of :func:`sign_places`.
    at
        Where things stand in the picture.

    Returns
    -------
    bool array of shape (services,)
        Those that lie on the map as a whole.
    """
    west, south, east, north = at.metres
    half = SIGN_IN * at.unit * (east - west) / at.map[2]
    inside = (places >= [west + half, south + half]) & (places <= [east - half, north - half])
    return np.asarray(inside.all(axis=1), bool)


def apart(
    places: NDArray[np.float64], hub: NDArray[np.float64], half: float, half_of_hub: float
) -> NDArray[np.float64]:
    """Places moved just so far that no disc around one meets another's or the hub's, the first ones first.

    Parameters
    ----------
    places
        Middles of discs, shape (n, 2).
    hub
        Middle of the hub's disc, shape (2,).
    half, half_of_hub
        Half the width of a disc, and of the hub's.

    Returns
    -------
    float array of shape (n, 2)
        A place that has no room within ``FARTHEST`` halves stays as it is.
    """
    turns = 2 * math.pi * np.arange(WAYS) / WAYS
    ring = np.column_stack([np.cos(turns), np.sin(turns)])
    steps = np.vstack([np.zeros((1, 2)), *(0.5 * half * step * ring for step in range(1, 2 * FARTHEST + 1))])
    moved, reach = np.array(places, float), 1.01 * (FARTHEST + 2) * half
    for number, place in enumerate(places):
        tried, before = place + steps, moved[:number]
        near = before[(np.abs(before - place) <= reach).all(axis=1)]
        others = np.linalg.norm(tried[:, None] - near, axis=2)
        free = (others >= 2 * half).all(axis=1) & (np.linalg.norm(tried - hub, axis=1) >= half + half_of_hub)
        if free.any():
            moved[number] = tried[int(np.argmax(free))]
    return moved


def draw_services(axes: "Axes", assessment: "Assessment", at: Layout, colour: str) -> None:
    """Draw the signs of all services; one that the map's frame would cut stays away.

    Parameters
    ----------
    axes
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    at
        Where things stand in the picture.
    colour
        Of the signs.
    """
    places, kinds = sign_places(assessment, at), np.asarray(assessment.services["kind"], object)
    whole = whole_on_map(places, at)
    for number, kind in enumerate(headline.service_kinds(assessment.services)):
        x, y = places[(kinds == kind) & whole].T
        axes.scatter(
            x, y, s=80 * at.unit**2, marker=sign_of(number),
            facecolor=colour, edgecolor="#ffffff", linewidth=0.8 * at.unit, zorder=6,
        )  # fmt: skip


def draw_signs(
    axes: "Axes", assessment: "Assessment", at: Layout, colours: Mapping[str, str], *, plain: bool = False
) -> None:
    """Draw the signs of services and of the hub.

    Parameters
    ----------
    axes
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    at
        Where things stand in the picture.
    colours
        By the name of their custom property.
    plain
        Whether services have none, as where no legend names them.
    """
    if not plain:
        draw_services(axes, assessment, at, colours["map-service"])
    _hub(axes, assessment, at.unit, colours)


def _hub(axes: "Axes", assessment: "Assessment", unit: float, colours: Mapping[str, str]) -> None:
    x, y = middle_of(assessment.hub)
    disc: dict[str, Any] = {"facecolor": colours["map-hub"], "edgecolor": "#ffffff", "linewidth": 1.6 * unit}
    axes.scatter([x], [y], s=260 * unit**2, marker="o", zorder=7, **disc)
    axes.scatter([x], [y], s=120 * unit**2, marker="*", facecolor="#ffffff", linewidth=0, zorder=8)

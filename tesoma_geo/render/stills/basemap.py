"""The map of a still picture: what lies where and how it is drawn, generalised to the picture's scale."""

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo._shapes import shapes_of
from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.countries import MILE_M
from tesoma_geo.crs import to_metric, to_wgs84
from tesoma_geo.render.figures.headline import reach_of
from tesoma_geo.render.figures.map_steps import map_steps
from tesoma_geo.render.figures.shorelines import smoothed
from tesoma_geo.render.figures.street_classes import class_numbers
from tesoma_geo.render.figures.unknown_areas import without_residents
from tesoma_geo.render.stills.label_placement import draw_names
from tesoma_geo.render.stills.layout import Layout
from tesoma_geo.render.stills.service_signs import draw_signs
from tesoma_geo.render.stills.stop_rings import draw_stops
from tesoma_geo.render.stills.street_names import draw_street_names
from tesoma_geo.render.stills.text import halo
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.bands import ramp_steps

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tesoma_geo.assessment.assess import Assessment

#: Detail smaller than this on paper is left out.
FINEST_MM = 0.15
#: From which scale (1 : n) on a class of streets is left out, and its width in points at 1 : 25 000.
STREET_LOOK = ((math.inf, 1.6), (math.inf, 1.1), (90_000, 0.7), (30_000, 0.45), (40_000, 0.4), (20_000, 0.5))
#: From which scale (1 : n) on buildings are left out.
BUILDINGS_UNTIL = 15_000
#: How much of the land's colour lies over what is outside the district.
VEIL = 0.55
NO_WAY_HATCH = "//////"
#: What tells the pale and the grey steps apart without colours, as on the pages' maps (``painters/times.js``).
EDGED, DOTTED, FAR_HATCH = ("ramp-9", "ramp-10"), ("ramp-10", "map-beyond"), "...."
#: Areas without known residents.
UNKNOWN_HATCH, UNKNOWN_INK = "////", "#b3adba"
#: The line around a map.
FRAME_INK, FRAME_PT = "#9a94a1", 0.6
#: Lengths that a scale bar may have.
ROUND_M = tuple(step * 10**power for power in range(1, 6) for step in (1, 2, 5))
ROUND_MILES = (1, 2, 5, 10, 20, 50, 100)
FOOT_M = 0.3048


def draw(axes: "Axes", assessment: "Assessment", profile: str, at: Layout, hub: str) -> None:
    """Draw one profile's map with its words.

    Parameters
    ----------
    axes
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.
    at
        Where things stand in the picture.
    hub
        The hub's name.
    """
    west, south, east, north = at.metres
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect="equal")
    axes.set_facecolor(palette()["map-land"])
    for spine in axes.spines.values():
        spine.set(color=FRAME_INK, linewidth=FRAME_PT)
    ground(axes, assessment, profile, at)
    words(axes, assessment, hub, at)


def ground(axes: "Axes", assessment: "Assessment", profile: str, at: Layout, *, plain: bool = False) -> None:
    """Draw what a profile's map shows without words.

    Parameters
    ----------
    axes
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.
    at
        Where things stand in the picture.
    plain
        Whether services and areas without known residents have no signs, as where no legend names them.
    """
    below_homes(axes, assessment, at, plain=plain)
    homes(axes, assessment, profile)
    above_homes(axes, assessment, at)
    if not plain:
        draw_stops(axes, assessment, profile, at, palette()["map-text"])
    draw_signs(axes, assessment, at, palette(), plain=plain)


def below_homes(axes: "Axes", assessment: "Assessment", at: Layout, *, plain: bool = False) -> None:
    """Draw what lies below the squares of the homes: green, areas without known residents, water, buildings.

    Parameters
    ----------
    axes
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    at
        Where things stand in the picture.
    plain
        Whether areas without known residents have no hatching, as where no legend names it.
    """
    colours, finest_m, window = palette(), FINEST_MM / 1000 * at.scale, shapely.box(*at.metres)
    green = shapely.simplify(_within(shapes_of(assessment.inputs.green), window), finest_m)
    fill(axes, green, 0.5, facecolor=colours["map-green"])
    if not plain:
        unknown = shapes_of(assessment.district)[without_residents(assessment.district, assessment.origins)]
        fill(axes, unknown, 1.5, facecolor="none", edgecolor=UNKNOWN_INK, linewidth=0.0, hatch=UNKNOWN_HATCH)
    water = smoothed(_within(shapes_of(assessment.water), window))
    fill(axes, shapely.simplify(water, finest_m), 2, facecolor=colours["map-water"])
    if at.scale <= BUILDINGS_UNTIL:
        fill(axes, _within(assessment.inputs.ground.buildings, window), 2.5, facecolor=colours["map-building"])


def homes(axes: "Axes", assessment: "Assessment", profile: str) -> None:
    """Draw the squares of the homes, each in the colour of its minutes by one way of moving.

    Parameters
    ----------
    axes
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.
    """
    steps = map_steps(assessment, reach_of(assessment, profile))
    colours, looks = palette(), band_looks(len(steps.minutes), steps.further)
    for look, squares in zip(looks, _home_squares(assessment, profile, steps.minutes), strict=True):
        if look == "map-unreachable":
            fill(axes, squares, 3, facecolor=colours[look], edgecolor="#8a838f", linewidth=0.4, hatch=NO_WAY_HATCH)
        else:
            edge = colours["map-pale_edge" if look in EDGED else "map-land"]
            fill(axes, squares, 3, facecolor=colours[look], edgecolor=edge, linewidth=0.3)
            if look in DOTTED:
                dots = {"hatch": FAR_HATCH, "edgecolor": colours["map-far_dot"], "linewidth": 0.0}
                fill(axes, squares, 3.1, facecolor="none", **dots)


def above_homes(axes: "Axes", assessment: "Assessment", at: Layout) -> None:
    """Draw what lies above the squares of the homes: streets, railways, the district's boundary.

    Parameters
    ----------
    axes
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    at
        Where things stand in the picture.
    """
    colours, window = palette(), shapely.box(*at.metres)
    streets(axes, assessment, window, at.scale)
    _railways(axes, _within(assessment.inputs.ground.railways, window), at, colours)
    _district(axes, assessment, window, FINEST_MM / 1000 * at.scale, colours)


def words(axes: "Axes", assessment: "Assessment", hub: str, at: Layout) -> None:
    """Write the names of places, the scale bar and the north arrow.

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
    """
    colours = palette()
    taken = draw_names(axes, assessment, hub, at, colours)
    draw_street_names(axes, assessment, at, colours["map-text"], taken)
    _scale_bar(axes, at, colours["map-text"], miles=assessment.inputs.network.country_rules.miles)
    _north(axes, at, str(assessment.origins.crs), colours["map-text"])


def _within(shapes: NDArray[np.object_], window: shapely.Polygon) -> NDArray[np.object_]:
    return np.asarray(shapes[shapely.intersects(shapes, window)], object)


def _railways(axes: "Axes", lines: NDArray[np.object_], at: Layout, colours: dict[str, str]) -> None:
    """Dark lines with light gaps, as on the pages' maps."""
    from matplotlib.collections import LineCollection

    merged = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(list(lines))))
    for colour, points, dashes in ((colours["map-rail"], 1.6, "solid"), (colours["map-land"], 0.9, (0, (4, 4)))):
        axes.add_collection(
            LineCollection(
                [shapely.get_coordinates(line) for line in merged],
                colors=colour, linewidths=points * at.unit, linestyles=[dashes], capstyle="butt", zorder=4.2,
            ),
            autolim=False,
        )  # fmt: skip


def streets(axes: "Axes", assessment: "Assessment", window: shapely.Polygon, scale: float) -> None:
    """Draw the streets that are large enough to be read at this scale (1 : n).

    Parameters
    ----------
    axes
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    window
        What the map shows, in metres.
    scale
        1 : n; classes too small for it are left out.
    """
    from matplotlib.collections import LineCollection

    shapes, numbers = shapes_of(assessment.streets), class_numbers(assessment.streets)
    thin = min(1.0, math.sqrt(25_000 / scale))
    for number, (until, points) in enumerate(STREET_LOOK):
        if scale > until:
            continue
        lines = shapes[numbers == number]
        lines = shapely.simplify(lines[shapely.intersects(lines, window)], FINEST_MM / 1000 * scale)
        axes.add_collection(
            LineCollection(
                [shapely.get_coordinates(line) for line in lines],
                colors="#463e50",
                alpha=0.62 if number < 2 else 0.38,
                linewidths=points * thin,
                zorder=4,
            ),
            autolim=False,
        )


def band_looks(cutoffs: int, further: int = 0) -> list[str]:
    """Names of the colours of so many bands, of what is beyond them, and of no way there.

    Parameters
    ----------
    cutoffs
        How many.
    further
        How many of them lie beyond the workspace's last.

    Returns
    -------
    list of str
        Two more than there are cutoffs.
    """
    return [*(f"ramp-{step}" for step in ramp_steps(cutoffs, further)), "map-beyond", "map-unreachable"]


def _squares(assessment: "Assessment") -> NDArray[np.object_]:
    """The squares of the homes, in the order of the origins."""
    side = assessment.workspace.population.cell_m
    xy = np.floor(shapely.get_coordinates(shapes_of(assessment.origins)) / side) * side
    return np.asarray(shapely.box(xy[:, 0], xy[:, 1], xy[:, 0] + side, xy[:, 1] + side), object)


def _home_squares(assessment: "Assessment", profile: str, minutes: tuple[float, ...]) -> list[NDArray[np.object_]]:
    """The squares of the homes, by band."""
    squares = _squares(assessment)
    at_min = np.asarray(assessment.origins[TO_HUB_S.of(profile)], float) / 60
    band = np.where(np.isfinite(at_min), np.searchsorted(minutes, at_min), len(minutes) + 1)
    return [squares[band == number] for number in range(len(minutes) + 2)]


def _district(
    axes: "Axes", assessment: "Assessment", window: shapely.Polygon, finest_m: float, colours: dict[str, str]
) -> None:
    """The district's boundary, and a veil over what lies outside, homes left out: they keep the legend's colours."""
    district = shapely.simplify(shapely.union_all(shapes_of(assessment.district), grid_size=1.0), finest_m)
    squares = _squares(assessment)
    beyond = squares[~shapely.contains_properly(district, squares)]
    clear = shapely.union_all([district, *beyond], grid_size=1.0)
    fill(axes, [shapely.difference(window, clear)], 4.5, facecolor=colours["map-land"], alpha=VEIL)
    for ring in shapely.get_rings(shapely.get_parts(district)):
        xy = shapely.get_coordinates(ring)
        axes.plot(*xy.T, color="#ffffff", linewidth=2.2, zorder=5)
        axes.plot(*xy.T, color=colours["map-text"], linewidth=1.0, dashes=(6, 3), zorder=5)


def round_lengths(*, miles: bool) -> list[tuple[float, str]]:
    """Lengths that a scale bar may have, the shortest first.

    Parameters
    ----------
    miles
        In feet and miles, else in metres and kilometres.

    Returns
    -------
    list of tuple
        Metres, and how they are written.
    """
    if not miles:
        return [(float(step), f"{step / 1000:g} km" if step >= 1000 else f"{step} m") for step in ROUND_M]
    feet = [(FOOT_M * step, f"{step} ft") for step in ROUND_M if step <= 2000]
    return [*feet, *((MILE_M * step, f"{step:g} mi") for step in (0.5, *ROUND_MILES))]


def _scale_bar(axes: "Axes", at: Layout, ink: str, *, miles: bool) -> None:
    wide = at.metres[2] - at.metres[0]
    inch = wide / at.map[2]
    lengths = round_lengths(miles=miles)
    length, label = max((one for one in lengths if one[0] <= wide / 4), default=lengths[0])
    x, y, high = at.metres[0] + 0.12 * inch * at.unit, at.metres[1] + 0.12 * inch * at.unit, 0.05 * inch * at.unit
    for part, colour in ((0, ink), (1, "#ffffff")):
        axes.fill(
            x + length / 2 * (part + np.array([0, 1, 1, 0])), [y, y, y + high, y + high],
            facecolor=colour, edgecolor=ink, linewidth=0.8 * at.unit, zorder=9,
        )  # fmt: skip
    for place, mark, side in ((x, "0", "left"), (x + length, label, "right")):
        axes.text(
            place, y + 1.5 * high, mark,
            fontsize=8.5 * at.unit, ha=side, va="bottom", color=ink, zorder=9, path_effects=halo(2.2 * at.unit),
        )  # fmt: skip


def _north(axes: "Axes", at: Layout, crs: str, ink: str) -> None:
    """An arrow to true north, which is not quite upwards away from the middle of a map projection."""
    wide, high = at.map[2], at.map[3]
    x, y = (at.metres[0] + at.metres[2]) / 2, (at.metres[1] + at.metres[3]) / 2
    lon, lat = to_wgs84(x, y, crs)
    east, north = to_metric(lon, lat + 0.01, crs)
    way = np.array([float(east) - x, float(north) - y]) / math.hypot(float(east) - x, float(north) - y)
    foot = np.array([wide - 0.2 * at.unit, high - 0.5 * at.unit])
    tip = foot + 0.4 * at.unit * way
    axes.annotate(
        "N", xy=tuple(tip / (wide, high)), xytext=tuple(foot / (wide, high)), xycoords="axes fraction",
        ha="center", va="center", fontsize=10 * at.unit, weight="bold", color=ink, zorder=9,
        path_effects=halo(2.2 * at.unit),
        arrowprops={"arrowstyle": "-|>", "color": ink, "linewidth": 1.4 * at.unit, "mutation_scale": 12 * at.unit},
    )  # fmt: skip


def fill(axes: "Axes", shapes: Any, order: float, **look: Any) -> None:
    """Draw polygons with their holes.

    Parameters
    ----------
    axes
        Where to draw.
    shapes
        Polygons, in metres.
    order
        What is drawn over what: larger over smaller.
    **look
        As for a ``PathCollection`` of matplotlib.
    """
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path as Outline

    paths = []
    for part in shapely.get_parts(np.asarray(shapes, object)):
        rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(part)]
        if rings:
            paths.append(Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings)))
    if paths and look.get("hatch"):
        paths = [
            Outline.make_compound_path(*paths)
        ]  # a pattern is laid once for all: for each it took a minute for 30,000
    axes.add_collection(PathCollection(paths, zorder=order, **({"edgecolor": "none"} | look)), autolim=False)


@lru_cache(maxsize=1)
def palette() -> dict[str, str]:
    """The light colours of the map's style sheet, by custom property.

    Returns
    -------
    dict
        Custom property → colour as ``#rrggbb``.
    """
    light = assets.asset("styles/map.css").read_text("utf-8").split("@media", 1)[0]
    return dict(re.findall(r"--([a-z]+-\w+): (#[0-9a-f]{6})", light))

"""The small map beside a still: where the district lies among its surroundings."""

from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from tesoma_geo._shapes import middle_of, shapes_of, texts_of
from tesoma_geo.render.figures.shorelines import smoothed
from tesoma_geo.render.figures.street_classes import STREET_CLASSES, class_numbers
from tesoma_geo.render.stills import basemap
from tesoma_geo.render.stills.layout import MM_PER_INCH, Box, parts
from tesoma_geo.render.stills.street_names import named_lines, placed
from tesoma_geo.render.stills.text import halo, plain, width_in
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.render.stills.drawn_parts import DrawnParts

#: Inches at A4 across: a smaller inset is not read, a larger one takes the eye from the map.
LEAST_IN, MOST_IN = 0.75, 2.1
#: Room of its title, in the same.
TITLE_IN = 0.22
#: It is at most this many times as wide as high.
WIDEST = 1.6
#: An inset tells something where it shows this many times the width or height of the map's homes.
WIDER = 1.25
#: Widths that are tried, the largest first, as parts of the least that holds the district.
WIDTHS = np.linspace(20.0, 1.0, 381)
#: Classes of streets that it shows with their widths in points; points of its title and of names of waters.
STREET_PT, TITLE_PT, NAME_PT = (1.1, 0.5), 8.0, 7.0
#: How many waters are named, and from which size on, as a share of the inset.
NAMED, LARGE = 3, 0.008
#: Points of the names of main streets, and how many there are.
STREET_NAME_PT, STREETS_NAMED = 6.0, 4


def draw_inset(
    figure: "Figure",
    assessment: "Assessment",
    catalogue: Catalogue,
    free: Box,
    unit: float,
    parts_drawn: "DrawnParts | None" = None,
) -> bool:
    """Draw the district among its surroundings at the foot of a box, where there is room.

    Parameters
    ----------
    figure
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    free
        What the legend leaves free, in inches.
    unit
        Sizes, as a part of those of A4 across.
    parts_drawn
        Parts that the still has in common with others, where they are drawn once for all.

    Returns
    -------
    bool
        Whether there was room for it, and something to show.
    """
    place = inset_place(assessment, free, unit)
    if place is None:
        return False
    box, shown = place
    left, bottom, _, high = box
    name = catalogue.of(assessment.workspace.district.name)
    size_in = (float(figure.get_figwidth()), float(figure.get_figheight()))
    if parts_drawn is None:
        axes = figure.add_axes(parts(box, size_in), label="inset")
        axes.set(xlim=shown[::2], ylim=shown[1::2], xticks=[], yticks=[], aspect="equal")
        axes.set_facecolor(basemap.palette()["map-land"])
        for spine in axes.spines.values():
            spine.set(color=basemap.FRAME_INK, linewidth=basemap.FRAME_PT)
        _draw(axes, assessment, shown, box, unit, name)
    else:
        parts_drawn.put_inset(figure, box, shown, name, lambda axes: _draw(axes, assessment, shown, box, unit, name))
    title_in = bottom + high + TITLE_IN * unit / 2
    figure.text(
        left / size_in[0], title_in / size_in[1], plain(catalogue("inset.title", district=name)),
        fontsize=TITLE_PT * unit, weight="bold", color="#231b2e", va="center_baseline",
    )  # fmt: skip
    return True


def inset_place(assessment: "Assessment", free: Box, unit: float) -> tuple[Box, Box] | None:
    """Where an inset has room, and what it shows.

    Parameters
    ----------
    assessment, free, unit
        As of :func:`draw_inset`.

    Returns
    -------
    tuple or None
        Left, bottom, width and height in inches; west, south, east and north in metres. None where there is no room, or
        nothing to show.
    """
    left, bottom, wide, tall = free
    high = min(tall - TITLE_IN * unit - 0.1 * unit, MOST_IN * unit)
    if high < LEAST_IN * unit:
        return None
    wide = min(wide, WIDEST * high)
    shown = _shown(assessment, wide / high)
    return None if shown is None else ((left, bottom, wide, high), shown)


def _shown(assessment: "Assessment", ratio: float) -> tuple[float, float, float, float] | None:
    """The surroundings whose streets are known, of this ratio of width to height; None where they are the district."""
    streets, district = assessment.streets.total_bounds, assessment.district.total_bounds
    if not np.isfinite([*streets, *district]).all():
        return None
    own = district[2:] - district[:2]
    least = np.array([ratio, 1.0]) * max(own[0] / ratio, own[1])
    # All of the inset is known ground: beyond the streets' own edge and a distance around the district nothing was
    # read, and a lake cut there would seem to have a shore.
    whole = shapely.union_all(shapes_of(assessment.district), grid_size=1.0)
    known = shapely.box(*streets).intersection(whole.buffer(assessment.workspace.network.buffer_m))
    shapely.prepare(known)

    def window(times: float) -> tuple[float, float, float, float]:
        half = times * least / 2
        low, high = streets[:2] + half, streets[2:] - half
        centre = np.where(
            low <= high, np.clip((district[:2] + district[2:]) / 2, low, high), streets.reshape(2, 2).mean(0)
        )
        return (*(centre - half), *(centre + half))

    times = next((times for times in WIDTHS if known.contains(shapely.box(*window(times)))), 0.0)
    return window(times) if (times * least >= WIDER * own).any() else None


def _draw(axes: "Axes", assessment: "Assessment", shown: Box, box: Box, unit: float, name: str) -> None:
    from matplotlib.collections import LineCollection

    colours, window = basemap.palette(), shapely.box(*shown)
    finest_m = basemap.FINEST_MM / 1000 * (shown[2] - shown[0]) / (box[2] * MM_PER_INCH / 1000)
    seen = shapes_of(assessment.water)
    seen = seen[shapely.intersects(seen, window)]
    basemap.fill(axes, shapely.simplify(smoothed(seen), finest_m), 1, facecolor=colours["map-water"])
    shapes, numbers = shapes_of(assessment.streets), class_numbers(assessment.streets)
    for number, points in enumerate(STREET_PT):
        lines = shapes[numbers == number]
        lines = shapely.simplify(lines[shapely.intersects(lines, window)], finest_m)
        axes.add_collection(
            LineCollection(
                [shapely.get_coordinates(line) for line in lines],
                colors="#8d8696", linewidths=points * unit, zorder=2,
            ),
            autolim=False,
        )  # fmt: skip
    whole = shapely.union_all(shapes_of(assessment.district), grid_size=1.0)
    own: dict[str, Any] = {"facecolor": colours["ramp-1"], "edgecolor": "#ffffff", "linewidth": 0.8 * unit}
    basemap.fill(axes, [shapely.simplify(whole, finest_m)], 3, **own)
    x, y = middle_of(assessment.hub)
    axes.scatter([x], [y], s=30 * unit**2, facecolor=colours["map-hub"], edgecolor="#ffffff", linewidth=unit, zorder=4)
    around_hub = shapely.Point(x, y).buffer(0.06 * unit * (shown[2] - shown[0]) / box[2])
    beside_hub = shapely.difference(whole, around_hub)
    taken = _name_district(axes, name, beside_hub, shown, box, unit)
    taken = taken or _name_district(axes, name, whole, shown, box, unit)
    taken += _name_waters(axes, assessment, shown, box, unit, whole)
    _name_streets(axes, assessment, shown, box, unit, taken)


def _name_waters(
    axes: "Axes",
    assessment: "Assessment",
    shown: Box,
    box: Box,
    unit: float,
    district: shapely.Geometry,
) -> list[shapely.Geometry]:
    """The largest waters beside the district by name, each once, where the name has room and covers no other."""
    window, inch = shapely.box(*shown), (shown[2] - shown[0]) / box[2]
    shapes, names = shapes_of(assessment.water), texts_of(assessment.water, "name")
    seen = [row for row in np.flatnonzero(shapely.intersects(shapes, window)) if names[row] is not None]
    free = shapely.difference(shapely.intersection(shapes[seen], window), district)
    largest = np.argsort(-shapely.area(free), kind="stable")
    taken: list[shapely.Geometry] = []
    named: set[str] = set()
    for number in largest:
        name = str(names[seen[number]])
        if len(named) == NAMED or shapely.area(free[number]) < LARGE * window.area or name in named:
            continue
        point = shapely.centroid(shapely.maximum_inscribed_circle(free[number], tolerance=inch / 10))
        half_wide, half_high = width_in(name, NAME_PT * unit) / 2 * inch, NAME_PT * unit / 72 * 0.7 * inch
        room = shapely.box(point.x - half_wide, point.y - half_high, point.x + half_wide, point.y + half_high)
        if not window.contains(room) or district.intersects(room) or any(room.intersects(other) for other in taken):
            continue
        taken.append(room)
        named.add(name)
        axes.text(
            point.x, point.y, plain(name), fontsize=NAME_PT * unit, style="italic", color="#2f5878",
            ha="center", va="center_baseline", zorder=5, path_effects=halo(1.6 * unit),
        )  # fmt: skip
    return taken


def _name_district(
    axes: "Axes", name: str, district: shapely.Geometry, shown: Box, box: Box, unit: float
) -> list[shapely.Geometry]:
    """The district's own name on it, where it has room there; what it covers."""
    inch = (shown[2] - shown[0]) / box[2]
    point = shapely.centroid(shapely.maximum_inscribed_circle(district, tolerance=inch / 20))
    half_wide, half_high = width_in(name, NAME_PT * unit, "bold") / 2 * inch, NAME_PT * unit / 72 * 0.6 * inch
    room = shapely.box(point.x - half_wide, point.y - half_high, point.x + half_wide, point.y + half_high)
    if shapely.intersection(room, district).area < 0.85 * room.area:
        return []
    axes.text(
        point.x, point.y, plain(name), fontsize=NAME_PT * unit, weight="bold", color="#ffffff",
        ha="center", va="center_baseline", zorder=5,
    )  # fmt: skip
    return [room]


def _name_streets(
    axes: "Axes", assessment: "Assessment", shown: Box, box: Box, unit: float, taken: list[shapely.Geometry]
) -> None:
    """Main streets around the district by name, the longest first, where a name has room along its street."""
    inches, corner = box[2] / (shown[2] - shown[0]), np.array(shown[:2])
    district = shapely.union_all(shapes_of(assessment.district), grid_size=1.0)
    around = shapely.difference(shapely.box(*shown), district)
    lines = [
        (name, shapely.transform(parts, lambda places: (places - corner) * inches))
        for name, parts in named_lines(assessment.streets, around, STREET_CLASSES[:1])
    ]
    held = [tuple((np.array(one.bounds).reshape(2, 2) - corner).ravel() * inches) for one in [*taken, district]]
    for name in islice(placed(lines, STREET_NAME_PT * unit, (box[2], box[3]), held), STREETS_NAMED):
        x, y = corner + np.array([name.x, name.y]) / inches
        axes.text(
            x, y, plain(name.text), rotation=name.degrees, rotation_mode="anchor", fontsize=STREET_NAME_PT * unit,
            color="#3c3445", ha="center", va="center_baseline", zorder=5, path_effects=halo(1.4 * unit),
        )  # fmt: skip

"""Names of streets on a still: along the street where it is straight enough, and where they cover nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo._shapes import shapes_of, texts_of
from tesoma_geo.render.figures.street_classes import STREET_CLASSES, class_numbers
from tesoma_geo.render.stills.layout import Layout
from tesoma_geo.render.stills.text import halo, plain, width_in

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes

    from tesoma_geo.assessment.assess import Assessment

#: Points of a name at A4 across; on a picture where it were smaller than this no street has one.
SIZE_PT, LEAST_PT = 7.2, 7.0
#: Classes of streets that have a name on paper: those that people live at and those that lead there.
NAMED = STREET_CLASSES[:3]
#: A street is straight enough where its chord is at least this part of it.
STRAIGHT = 0.965
#: A name may reach beyond both ends of a street that is at least this part of its width.
SHORTEST = 0.6
#: Inches between places that are tried, and of air before and behind a name.
STEP_IN, AIR_IN = 0.08, 0.05


@dataclass(frozen=True)
class StreetName:
    """A name, the middle of its place in inches of the map, and the degrees that it is turned by.

    Attributes
    ----------
    text
        What is written.
    x, y
        Inches from the map's lower left corner.
    degrees
        Against the clock from level, -90 to 90.
    """

    text: str
    x: float
    y: float
    degrees: float


def draw_street_names(
    axes: "Axes",
    assessment: "Assessment",
    at: Layout,
    ink: str,
    taken: Sequence[tuple[float, float, float, float]],
) -> None:
    """Write the names of the district's streets, those that lead through it first; one without room stays away.

    Parameters
    ----------
    axes
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    at
        Where things stand in the picture.
    ink
        Colour of the letters.
    taken
        Boxes of other names and signs: west, south, east, north in inches of the map.
    """
    size = SIZE_PT * at.unit
    if size < LEAST_PT:
        return
    inches, corner = at.map[2] / (at.metres[2] - at.metres[0]), np.array(at.metres[:2])
    district = shapely.union_all(shapes_of(assessment.district), grid_size=1.0)
    ground = shapely.intersection(district, shapely.box(*at.metres))
    lines = [(name, _inches(parts, corner, inches)) for name, parts in named_lines(assessment.streets, ground)]
    for name in placed(lines, size, (at.map[2], at.map[3]), taken):
        x, y = corner + np.array([name.x, name.y]) / inches
        axes.text(
            x, y, plain(name.text), rotation=name.degrees, rotation_mode="anchor",
            fontsize=size, color=ink, ha="center", va="center_baseline", zorder=8.5, path_effects=halo(1.8 * at.unit),
        )  # fmt: skip


def _inches(parts: NDArray[np.object_], corner: NDArray[np.float64], inches: float) -> NDArray[np.object_]:
    """Lines in metres as lines in inches of the map."""
    return np.asarray(shapely.transform(parts, lambda places: (places - corner) * inches), object)


def named_lines(
    streets: "gpd.GeoDataFrame", ground: shapely.Geometry, classes: Sequence[Sequence[str]] = NAMED
) -> Iterator[tuple[str, NDArray[np.object_]]]:
    """The lines of each named street on some ground: larger classes first, then the longer ones.

    Parameters
    ----------
    streets
        Lines with ``highway`` and ``name``, in metres.
    ground
        What they are cut to.
    classes
        The kinds of ``highway`` that are wanted, the largest first.

    Yields
    ------
    tuple
        Name and its lines, the longest first.
    """
    shapes, names = shapes_of(streets), texts_of(streets, "name")
    ranks = class_numbers(streets, classes)
    wanted = (ranks >= 0) & [name is not None for name in names]
    wanted[wanted] = shapely.intersects(shapes[wanted], ground)
    by_name: dict[str, list[int]] = {}
    for row in np.flatnonzero(wanted).tolist():
        by_name.setdefault(str(names[row]).strip(), []).append(row)
    found = []
    for name, rows in by_name.items():
        parts = shapely.get_parts(shapely.intersection(shapely.union_all(shapes[rows]), ground))
        lines = shapely.MultiLineString([part for part in parts if part.geom_type == "LineString"])
        merged = shapely.get_parts(shapely.line_merge(lines))
        if name and len(merged):
            order = np.argsort(-shapely.length(merged), kind="stable")
            found.append((float(ranks[rows].min()), -float(lines.length), name, merged[order]))
    for _, _, name, merged in sorted(found, key=lambda one: one[:3]):
        yield name, merged


def placed(
    lines: Sequence[tuple[str, NDArray[np.object_]]],
    size_pt: float,
    room: tuple[float, float],
    taken: Sequence[tuple[float, float, float, float]],
) -> Iterator[StreetName]:
    """Names that have room along their lines, the first ones first.

    Parameters
    ----------
    lines
        Names, and their lines in inches, the best first.
    size_pt
        Size of the letters.
    room
        Width and height of the map in inches.
    taken
        Boxes that stay free: west, south, east, north in inches.

    Yields
    ------
    StreetName
        One for each name that has room.
    """
    paper = shapely.box(0, 0, *room)
    held = [shapely.box(*box) for box in taken]
    for name, parts in lines:
        wide, high = width_in(name, size_pt) + 2 * AIR_IN, 1.15 * size_pt / 72
        for start, end in (ends for part in parts for ends in _straight_stretches(part, wide)):
            middle, along = (start + end) / 2, (end - start) / np.linalg.norm(end - start)
            box = _turned(middle, along, wide, high)
            if shapely.contains_properly(paper, box) and not shapely.intersects(np.array(held, object), box).any():
                held.append(box)
                degrees = float(np.degrees(np.arctan2(along[1], along[0])))
                yield StreetName(name, float(middle[0]), float(middle[1]), (degrees + 90) % 180 - 90)
                break


def _straight_stretches(
    whole: shapely.LineString, wide: float
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Ends of the stretches of a line that a name of this width can stand along, those near its middle first."""
    long = min(wide, whole.length)
    if long < SHORTEST * wide:
        return
    starts = np.arange(0.0, whole.length - long + STEP_IN / 2, STEP_IN)
    before, after = (
        shapely.get_coordinates(shapely.line_interpolate_point(whole, at)) for at in (starts, starts + long)
    )
    straight = np.linalg.norm(after - before, axis=1) >= STRAIGHT * long
    from_middle = np.abs(starts + long / 2 - whole.length / 2)
    for number in np.argsort(from_middle, kind="stable"):
        if straight[number]:
            yield before[number], after[number]


def _turned(middle: NDArray[np.float64], along: NDArray[np.float64], wide: float, high: float) -> shapely.Polygon:
    """A box around a place, its longer side along a direction."""
    across = np.array([-along[1], along[0]])
    sides = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    return shapely.Polygon([middle + x * wide / 2 * along + y * high / 2 * across for x, y in sides])

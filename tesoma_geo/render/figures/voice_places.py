"""Where residents spoke of, by name: a street, or the areas around; and where its sign stands."""

from typing import TYPE_CHECKING

import numpy as np
import shapely
from babel.lists import format_list
from numpy.typing import NDArray

from tesoma_geo.render.text.catalogue import DATES_OF, Catalogue
from tesoma_geo.render.text.place_names import area_names
from tesoma_geo.render.text.terms import near_streets

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: How far from the water a sign is put: the first of these that a place has room for.
SHORE_M = (80.0, 20.0, 0.0)
#: A place wider than this is near no one street.
NEAR_WIDE_M = 1000.0
#: An area that holds less of a place than this is not named for it, and so many areas are named at most.
LEAST_PART, MOST_AREAS = 0.1, 3


def on_land(shapes: NDArray[np.object_], lakes: shapely.Geometry) -> NDArray[np.object_]:
    """Where the sign of each shape stands: its middle, or the nearest place on land within it.

    Parameters
    ----------
    shapes
        Polygons in a metric system.
    lakes
        All water, in the same system; empty without water.

    Returns
    -------
    array of Point
        One for each shape; the middle of one that has no land.
    """
    middles = np.asarray(shapely.centroid(shapes), object)
    outside = ~shapely.intersects(shapes, middles)
    middles[outside] = shapely.point_on_surface(shapes[outside])
    for at in np.flatnonzero(shapely.dwithin(middles, lakes, SHORE_M[0])):
        parts = (shapely.difference(shapes[at], shapely.buffer(lakes, shore)) for shore in SHORE_M)
        dry = next((part for part in parts if not part.is_empty), None)
        if dry is not None:
            middles[at] = shapely.get_point(shapely.shortest_line(middles[at], dry), 1)
    return middles


def named_places(assessment: "Assessment", catalogue: Catalogue, shapes: NDArray[np.object_]) -> list[str]:
    """What each place is called: its nearest street, or the areas that a wide one lies in and how wide it is.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    shapes
        Polygons or lines in the workspace's metric system.

    Returns
    -------
    list of str
        A text for each; empty where nothing with a name is near.
    """
    streets = near_streets(assessment, catalogue, on_land(shapes, shapely.union_all(assessment.water.geometry)))
    bounds = shapely.bounds(shapes)
    sides = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    names = []
    for shape, street, side in zip(shapes, streets, sides.tolist(), strict=True):
        near = "" if street == "–" else street
        names.append(near if side <= NEAR_WIDE_M and near else _around(assessment, catalogue, shape, side) or near)
    return names


def _around(assessment: "Assessment", catalogue: Catalogue, shape: shapely.Geometry, side_m: float) -> str:
    """The areas that a place lies in, those that hold most of it first; empty where it lies in none."""
    areas = assessment.district
    held = shapely.area(shapely.intersection(areas.geometry.to_numpy(), shape))
    if not held.sum() > 0:
        return ""
    names = list(area_names(areas).values())
    order = [at for at in np.argsort(-held, kind="stable").tolist() if held[at] >= LEAST_PART * held.sum()]
    most = list(dict.fromkeys(catalogue.isolated(names[at]) for at in order))
    listed = format_list(most[:MOST_AREAS], locale=DATES_OF.get(str(catalogue.locale), catalogue.locale))
    more = len(most) > MOST_AREAS
    around = catalogue("place.areas_more", areas=", ".join(most[:MOST_AREAS])) if more else listed
    if side_m <= NEAR_WIDE_M:
        return around
    return catalogue("place.wide", areas=around, n=catalogue.number(side_m / 1000, 1))

"""Where residents spoke of, by name: a street, or the area around; and where its sign stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import area_names
from tesoma_geo.render.text.terms import near_streets
from tesoma_geo.sources.annotations.schema import KINDS

if TYPE_CHECKING:
    import geopandas as gpd

    from tesoma_geo.assessment.assess import Assessment

#: How far from the water a sign is put: the first of these that a place has room for.
SHORE_M = (80.0, 20.0, 0.0)
#: A place wider than this is near no one street.
NEAR_WIDE_M = 1000.0
#: Places that are told in a sentence, and have a name on the map.
MOST_TOLD = 5
#: A place stands out that at least so many times as many marked as the next one. An assumption: a place's number also
#: hangs on where its borders are drawn, and these follow from how close answers lie, so one or two more are no news.
STANDS_OUT = 1.25


def stands_out(numbers: Iterable[float], areas: Iterable[str]) -> bool:
    """Whether one of several places was marked by clearly more people than each other one.

    Places that are called by one area count together: none stands out beside an area that may have as many in all.

    Parameters
    ----------
    numbers
        How many people marked each place, in any order.
    areas
        The area that each is called by, as of :func:`areas_called`; empty where it has a name of its own.

    Returns
    -------
    bool
        True for a single place, False for none.
    """
    told = list(numbers)
    return bool(told) and max(told) >= STANDS_OUT * sum(told[row] for row in most_beside(told, list(areas)))


def most_beside(numbers: Sequence[float], areas: Sequence[str]) -> list[int]:
    """What has most beside the place of most: another place, or all places that are called by one other area.

    Parameters
    ----------
    numbers, areas
        As of :func:`stands_out`; one place at least.

    Returns
    -------
    list of int
        Their rows, ascending; empty where there is nothing beside it.
    """
    first = max(range(len(numbers)), key=lambda row: numbers[row])
    others: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row, area in enumerate(areas):
        if row != first and (not area or area != areas[first]):
            others[area, -1 if area else row].append(row)
    return max(others.values(), key=lambda rows: sum(numbers[row] for row in rows), default=[])


def sign_of(kind: str) -> int:
    """The number of a kind's sign and colour, the same on every map.

    Parameters
    ----------
    kind
        Code of what was marked.

    Returns
    -------
    int
        Its place among :data:`~tesoma_geo.sources.annotations.schema.KINDS`; one more for what was pooled.
    """
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def on_land(
    shapes: NDArray[np.object_], lakes: shapely.Geometry, areas: NDArray[np.object_] | None = None
) -> NDArray[np.object_]:
    """Where the sign of each shape stands: its middle, or the nearest place on land within it.

    Parameters
    ----------
    shapes
        Polygons or lines in a metric system.
    lakes
        All water, in the same system; empty without water.
    areas
        Those of the district, in the same system: a place that reaches beyond them, as one at the border does, has its
        sign in the part within; a wide one in the area that holds most of it, by which it is called.

    Returns
    -------
    array of Point
        One for each shape; the middle of one that has no land.
    """
    return np.array(_on_land(tuple(shapes), lakes, None if areas is None else tuple(areas)), object)


# Pages ask for the same places in each language, and for a label as for a sentence.
@lru_cache(maxsize=64)
def _on_land(
    places: tuple[shapely.Geometry, ...], lakes: shapely.Geometry, of_district: tuple[shapely.Geometry, ...] | None
) -> list[shapely.Point]:
    shapes = np.array(places, object)
    areas = None if of_district is None else np.array(of_district, object)
    within = shapes if areas is None else _within(shapes, shapely.union_all(areas))
    parts = shapes if areas is None else _named_parts(shapes, within, areas)
    middles = np.asarray(shapely.centroid(parts), object)
    outside = ~shapely.intersects(parts, middles)
    middles[outside] = shapely.point_on_surface(parts[outside])
    near = np.flatnonzero(shapely.dwithin(middles, lakes, SHORE_M[0]))
    shores = _shores(lakes) if near.size else ()
    for at in near:
        nearest = (parts[at], within[at], shapes[at])
        grounds = (shapely.difference(ground, shore) for ground in nearest for shore in shores)
        dry = next((ground for ground in grounds if not ground.is_empty), None)
        if dry is not None:
            middles[at] = shapely.get_point(shapely.shortest_line(middles[at], dry), 1)
    return list(middles)


@lru_cache(maxsize=2)
def _shores(lakes: shapely.Geometry) -> tuple[shapely.Geometry, ...]:
    """The water with its shores, of each width."""
    return tuple(shapely.buffer(lakes, shore_m) for shore_m in SHORE_M)


def _within(shapes: NDArray[np.object_], district: shapely.Geometry) -> NDArray[np.object_]:
    """The part of each shape that lies in the district; all of one that lies outside."""
    parts = np.asarray(shapely.intersection(shapes, district), object)
    kept = shapely.get_dimensions(parts) == shapely.get_dimensions(shapes)
    return np.asarray(np.where(kept & ~shapely.is_empty(parts), parts, shapes), object)


def _named_parts(
    shapes: NDArray[np.object_], within: NDArray[np.object_], areas: NDArray[np.object_]
) -> NDArray[np.object_]:
    """Of each wide shape the part in the area that holds most of it; of others, and one in no area, the part within."""
    parts = within.copy()
    holding = area_holding(shapes, areas)
    for at in np.flatnonzero((sides_m(shapes) > NEAR_WIDE_M) & (holding >= 0)).tolist():
        parts[at] = shapely.intersection(areas[holding[at]], shapes[at])
    return parts


def area_holding(shapes: NDArray[np.object_], areas: NDArray[np.object_]) -> NDArray[np.int64]:
    """Which area of the district holds most of each place.

    Parameters
    ----------
    shapes
        Polygons in a metric system.
    areas
        Those of the district, in the same system.

    Returns
    -------
    array of int
        A position among the areas; -1 for a place in none.
    """
    return np.array(_area_holding(tuple(shapes), tuple(areas)), np.int64)


@lru_cache(maxsize=64)  # as above
def _area_holding(places: tuple[shapely.Geometry, ...], of_district: tuple[shapely.Geometry, ...]) -> list[int]:
    if not of_district:
        return [-1] * len(places)
    shapes, areas = np.array(places, object), np.array(of_district, object)
    held = np.zeros((len(shapes), len(areas)))
    shape, area = shapely.STRtree(areas).query(shapes, predicate="intersects")
    held[shape, area] = shapely.area(shapely.intersection(areas[area], shapes[shape]))
    most: list[int] = np.where(held.any(axis=1), held.argmax(axis=1), -1).tolist()
    return most


def sign_places(assessment: "Assessment", shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Where the signs of places stand on a map: on land, in the district where a place reaches into it.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    shapes
        Polygons or lines in the workspace's metric system.

    Returns
    -------
    array of Point
        One for each shape.
    """
    return on_land(shapes, assessment.lakes, assessment.district.geometry.to_numpy())


def areas_called(shapes: NDArray[np.object_], district: "gpd.GeoDataFrame") -> list[str]:
    """Of each place that is wider than a street is near: the area that it is called by, as the map writes its name.

    Parameters
    ----------
    shapes
        Polygons in the district's metric system.
    district
        Its areas.

    Returns
    -------
    list of str
        A name for each; empty of a narrow one, and of one that lies in no area.
    """
    held = area_holding(shapes, district.geometry.to_numpy())
    names = [] if district.empty else list(area_names(district).values())
    wide = sides_m(shapes) > NEAR_WIDE_M
    return [names[at] if broad and at >= 0 else "" for at, broad in zip(held.tolist(), wide.tolist(), strict=True)]


def named_places(
    assessment: "Assessment", catalogue: Catalogue, shapes: NDArray[np.object_], said: str = "place"
) -> list[str]:
    """What each place is called: its nearest street, or the area that holds most of a wide one.

    Wide places that would have one name have their nearest street beside it.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    shapes
        Polygons or lines in the workspace's metric system.
    said
        Which texts of the catalogue the name stands in: ``place`` for a label, ``where`` for a sentence.

    Returns
    -------
    list of str
        A text for each; empty where nothing with a name is near.
    """
    # Two places of one area are told apart by their own middles, not by where their signs stand in it.
    district = np.array([shapely.union_all(assessment.district.geometry)], object)
    middles = on_land(shapes, assessment.lakes, district)
    near = ["" if street == "–" else street for street in near_streets(assessment, catalogue, middles, f"{said}.near")]
    wide = sides_m(shapes) > NEAR_WIDE_M
    around = _around(assessment, catalogue, shapes, said)
    areas = [
        area if broad or not street else "" for area, street, broad in zip(around, near, wide.tolist(), strict=True)
    ]
    of_name: dict[str, set[bytes]] = defaultdict(set)
    for area, shape in zip(areas, shapes, strict=True):
        of_name[area].add(shapely.to_wkb(shapely.normalize(shape)))
    shared = {area for area, places in of_name.items() if area and len(places) > 1}
    told = near_streets(assessment, catalogue, middles, f"{said}.around_near") if shared else near
    return [
        catalogue.joined((area, more)) if area in shared and street else area or street
        for area, street, more in zip(areas, near, told, strict=True)
    ]


def sides_m(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """How wide each place is.

    Parameters
    ----------
    shapes
        Polygons or lines in a metric system.

    Returns
    -------
    ndarray of float64
        Metres, the longer side of the rectangle around it.
    """
    bounds = shapely.bounds(shapes)
    sides: NDArray[np.float64] = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    return sides


def _around(assessment: "Assessment", catalogue: Catalogue, shapes: NDArray[np.object_], said: str) -> list[str]:
    """The area that holds most of each place, with what lies around it; empty where it lies in none."""
    areas = assessment.district
    told = [catalogue(f"{said}.around", area=catalogue.isolated(name)) for name in area_names(areas).values()]
    return [told[at] if at >= 0 else "" for at in area_holding(shapes, areas.geometry.to_numpy()).tolist()]

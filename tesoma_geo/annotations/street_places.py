"""Where on the streets something was said: in an area, on a street there, on a stretch between two junctions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.annotations.k_anonymity import Cell, DisclosureGroup, Place
from tesoma_geo.crs import to_wgs84

#: Levels of places, from large to small; :data:`NOWHERE` is what lies near no street, :data:`OUTSIDE` in no area.
AREA, STREET, STRETCH, NOWHERE, OUTSIDE = "area", "street", "stretch", "nowhere", "outside"
#: What lies farther than this from every street is on none (an assumption).
ON_A_STREET_M = 100.0
#: Decimals of degrees: 0.1 m.
_DECIMALS = 6


@dataclass(frozen=True, eq=False)
class StreetPlaces:
    """The streets of a map, divided as what is said of them is counted.

    Attributes
    ----------
    segments
        Pieces of streets in the metric CRS, shape (m,).
    stretch
        Number of the stretch that each piece belongs to, shape (m,).
    street
        Name of each stretch's street; empty where it has none.
    area
        Code of the area that each stretch lies in; empty for none.
    outlines
        Code → polygon of the area.
    crs
        The metric CRS.
    """

    segments: NDArray[np.object_]
    stretch: NDArray[np.int64]
    street: NDArray[np.object_]
    area: NDArray[np.object_]
    outlines: dict[str, shapely.Geometry]
    crs: str

    @classmethod
    def of(
        cls,
        segments: NDArray[np.object_],
        stretch: NDArray[np.int64],
        street: NDArray[np.object_],
        areas: gpd.GeoDataFrame,
    ) -> "StreetPlaces":
        """Streets with the area that each stretch lies in.

        Parameters
        ----------
        segments, stretch, street
            As the attributes.
        areas
            Polygons of the district, perhaps with their ``code``, in the metric CRS of the segments.

        Returns
        -------
        StreetPlaces
            A stretch lies in the area that holds the middle of its longest piece.
        """
        outlines = area_outlines(areas)
        longest = np.lexsort([-shapely.length(segments), stretch])
        first = longest[np.unique(stretch[longest], return_index=True)[1]]
        middle = shapely.line_interpolate_point(segments[first], 0.5, normalized=True)
        area = np.full(len(street), "", object)
        area[stretch[first]] = _area_of(middle, outlines)
        return cls(segments, stretch, street, area, outlines, str(areas.crs))

    def places_of(self, shapes: NDArray[np.object_]) -> list[tuple[Place, ...]]:
        """The places of geometries, from large to small: those of the nearest street.

        Parameters
        ----------
        shapes
            In the metric CRS, shape (n,).

        Returns
        -------
        list of tuple of Place
            Area, street and stretch; :data:`NOWHERE` for what lies near no street.
        """
        places: list[tuple[Place, ...]] = [((NOWHERE,),) * 3] * len(shapes)
        if not len(self.segments) or not len(shapes):
            return places
        at = shapely.point_on_surface(shapes)
        pairs = shapely.STRtree(self.segments).query_nearest(at, max_distance=ON_A_STREET_M, all_matches=True)
        nearest: dict[int, int] = {}
        for row, segment in sorted(pairs.T.tolist()):  # of several equally near the first
            nearest.setdefault(row, segment)
        for row, segment in nearest.items():
            number = int(self.stretch[segment])
            area, name, key = str(self.area[number]), str(self.street[number]), f"{number:08d}"
            places[row] = (AREA, area), (STREET, area, name or f"#{key}"), (STRETCH, area, name, key)
        return places

    def outline(self, place: Place, without: Sequence[Cell | Place]) -> str | None:
        """A place as it is on the map.

        Parameters
        ----------
        place
            One of :meth:`places_of`.
        without
            Smaller places that are cut out of a street.

        Returns
        -------
        str or None
            Well-known text in WGS 84: lines of a stretch or a street, the polygon of an area; None where there is none.
        """
        if place[0] == AREA:
            shape = self.outlines.get(place[1])
        elif place[0] in (STREET, STRETCH):
            shape = shapely.line_merge(
                shapely.union_all(self.segments[np.isin(self.stretch, self._in(place, without))])
            )
        else:
            shape = None
        if shape is None or shape.is_empty:
            return None
        degrees = shapely.transform(shape, lambda xy: np.column_stack(to_wgs84(xy[:, 0], xy[:, 1], self.crs)))
        return str(shapely.to_wkt(degrees, rounding_precision=_DECIMALS))

    def with_outlines(self, groups: Sequence[DisclosureGroup]) -> list[DisclosureGroup]:
        """Groups with the outlines of their places.

        Parameters
        ----------
        groups
            Of one cohort.

        Returns
        -------
        list of DisclosureGroup
        """
        return [
            group if group.place is None else replace(group, outline=self.outline(group.place, group.without))
            for group in groups
        ]

    def _in(self, place: Place, without: Sequence[Cell | Place]) -> NDArray[np.int64]:
        """Numbers of the stretches of a stretch or a street, less those cut out of it."""
        if place[0] == STRETCH:
            return np.array([int(place[3])])
        _, area, name = place
        if name.startswith("#"):
            return np.array([int(name[1:])])
        cut = [int(str(one[3])) for one in without if one[0] == STRETCH]
        of_street = np.flatnonzero((self.street == name) & (self.area == area))
        return np.setdiff1d(of_street, cut)


def area_outlines(areas: gpd.GeoDataFrame) -> dict[str, shapely.Geometry]:
    """The areas of a district by their codes.

    Parameters
    ----------
    areas
        Polygons, perhaps with their ``code``; areas without one are one together.

    Returns
    -------
    dict
        Code → polygon.
    """
    codes = areas["code"].astype("str") if "code" in areas else np.full(len(areas), "district")
    return {
        str(code): shapely.union_all(shapes.to_numpy()) for code, shapes in areas.geometry.groupby(np.asarray(codes))
    }


def _area_of(points: NDArray[np.object_], outlines: dict[str, shapely.Geometry]) -> NDArray[np.object_]:
    """The code of the area that holds each point; empty for none."""
    codes = np.full(len(points), "", object)
    for code, outline in sorted(outlines.items(), reverse=True):
        shapely.prepare(outline)
        codes[shapely.intersects(outline, points)] = code
    return codes

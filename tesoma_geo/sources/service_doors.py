"""Where services are entered: at doors on their outline or of the building around them, else from all sides."""

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.sources.osm_doors import PLACE_M, doors_of_buildings


def chosen_doors(doors: list[tuple[int, int, float, float]]) -> list[tuple[float, float]] | None:
    """The doors that people use, the best first: main entrances alone where there are any.

    Parameters
    ----------
    doors
        How good each is (0 is a main entrance), its id, longitude and latitude; in order.

    Returns
    -------
    list of tuple of float
        Longitude and latitude; None where there is no door.
    """
    mains = [door for door in doors if door[0] == 0]
    return [door[2:] for door in mains or doors] or None


def with_doors(services: gpd.GeoDataFrame, path: str) -> gpd.GeoDataFrame:
    """Services with the doors of the building that a point stands in, and how far around those without doors reach.

    Parameters
    ----------
    services
        ``shape`` (as drawn), ``doors`` (a MultiPoint or None) and a point in a metric CRS.
    path
        The OpenStreetMap file.

    Returns
    -------
    GeoDataFrame
        With ``around_m``, metres, 0 for those with doors; these stand at their first door.
    """
    services = services.reset_index(drop=True)
    shapes, doors = services["shape"].to_numpy(), services["doors"].to_numpy(object).copy()
    points = services.geometry.to_numpy().copy()
    without = np.array([one is None for one in doors], bool)
    alone = np.flatnonzero((shapely.get_type_id(shapes) == shapely.GeometryType.POINT) & without)
    of_buildings = doors_of_buildings(path, shapely.get_coordinates(points[alone]), str(services.crs))
    for row, of_building in zip(alone.tolist(), of_buildings, strict=True):
        if len(of_building):
            doors[row] = shapely.MultiPoint(of_building)
            points[row] = doors[row].geoms[0]
    without = np.array([one is None for one in doors], bool)
    around_m = np.where(without, reaches_m(points, shapes), 0.0)
    return services.set_geometry(points, crs=services.crs).assign(around_m=around_m, doors=doors)


def reaches_m(points: NDArray[np.object_], shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """How far around their points places without doors reach: ``PLACE_M`` beyond what is drawn of them.

    Of a place drawn in several parts the one that the point lies in counts: nobody walks across what lies between.

    Parameters
    ----------
    points
        Where they stand, shape (k,).
    shapes
        As drawn, shape (k,).

    Returns
    -------
    float64 array of shape (k,)
        Metres.
    """
    parts, of = shapely.get_parts(shapes, return_index=True)
    order = np.lexsort([-shapely.area(parts), shapely.distance(parts, points[of]), of])
    _, first = np.unique(of[order], return_index=True)
    return np.asarray(PLACE_M + shapely.hausdorff_distance(parts[order[first]], points), float)


def several_doors(services: gpd.GeoDataFrame) -> list[str | None]:
    """The doors of those that have several, as the tables have them.

    Parameters
    ----------
    services
        ``doors``, a MultiPoint or None; without the column nothing has any.

    Returns
    -------
    list of str or None
        WKT, a hundredth of a metre fine; None for one door or none.
    """
    doors = services["doors"].to_numpy(object) if "doors" in services else np.full(len(services), None, object)
    return [
        shapely.to_wkt(one, rounding_precision=2) if one is not None and len(one.geoms) > 1 else None for one in doors
    ]

"""Nature within reach: how far it is to the nearest green area of some size."""

import geopandas as gpd
import shapely

from tesoma_geo._kernels import Float32
from tesoma_geo.inputs.hub_entrances import gates
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.snap import Positions

#: A green area of this size within five minutes' walk: World Health Organization, Regional Office for Europe
#: (2017), Urban green spaces: a brief for action.
LEAST_HA, NEAR_MIN = 0.5, 5.0
#: Whoever comes so near to a green area is there.
EDGE_M = 20.0


def large_enough(green: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Green areas as they lie together, without those below ``LEAST_HA``.

    Parameters
    ----------
    green
        Polygons in a metric CRS.

    Returns
    -------
    GeoSeries
        Polygons in the same CRS, those that touch as one.
    """
    areas = shapely.get_parts(shapely.union_all(green.geometry.to_numpy()))
    return gpd.GeoSeries(areas[shapely.area(areas) >= LEAST_HA * 10_000.0], crs=green.crs)


def to_nature_s(
    router: StreetRouter, origins: gpd.GeoDataFrame, areas: gpd.GeoSeries, *, at_origins: Positions | None = None
) -> Float32:
    """Seconds from each origin to where a street first comes near a green area.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    origins
        ``tables.ORIGINS`` in the network's CRS.
    areas
        Green areas in the network's CRS, at least one.
    at_origins
        Where the origins meet the router's streets, if that is known.

    Returns
    -------
    float32 array of shape (origins,); 0 within ``EDGE_M`` of one, ``inf`` where there is no way.
    """
    near = shapely.union_all(shapely.buffer(areas.to_numpy(), EDGE_M))
    ways_in = gpd.GeoDataFrame(geometry=gates(near, router.network), crs=areas.crs)
    seconds: Float32 = router.travel_times(origins if at_origins is None else at_origins, ways_in).min(axis=1)
    seconds[shapely.intersects(near, origins.geometry.to_numpy())] = 0.0
    return seconds

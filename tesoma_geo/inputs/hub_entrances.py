"""Where the hub is entered, and whether that can be."""

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.crs import WGS84, to_metric
from tesoma_geo.network import StreetNetwork
from tesoma_geo.sources.osm_doors import PLACE_M, doors_around
from tesoma_geo.workspace import Hub, Workspace


def doors_of_place(workspace: Workspace, point: shapely.Point, hub: Hub | None = None) -> list[shapely.Point]:
    """The mapped doors of the building that the hub's one point lies in.

    Parameters
    ----------
    workspace
        Whose street file is looked into; nothing is where it says ``[hub] around_m``.
    point
        In the metric CRS.
    hub
        One hub of several; ``[hub]`` without.

    Returns
    -------
    list of Point
        Empty where the point is in no building, or nobody mapped its doors.
    """
    if (hub or workspace.hub).around_m is not None:
        return []
    return list(shapely.points(doors_around(workspace.osm_path, (point.x, point.y), workspace.district.crs)))


def gates(hub: shapely.Geometry, network: StreetNetwork | None) -> list[shapely.Point]:
    """Where streets cross the outline of a hub; a point inside it where none does.

    Parameters
    ----------
    hub
        A polygon in the metric CRS.
    network
        Streets in the same CRS; None where there are none.

    Returns
    -------
    list of Point
        In the metric CRS, in the order of their coordinates; at least one.
    """
    if network is not None:
        crossing = network.segments[shapely.intersects(network.segments, hub.boundary)]
        met = shapely.get_parts(shapely.intersection(crossing, hub.boundary))
        points = met[shapely.get_type_id(met) == shapely.GeometryType.POINT]
        if len(points):
            xy = np.unique(np.column_stack([shapely.get_x(points), shapely.get_y(points)]), axis=0)
            return list(shapely.points(xy))
    return [hub.representative_point()]


def entered_around_m(
    workspace: Workspace, points: int, area: shapely.Geometry | None = None, hub: Hub | None = None
) -> float:
    """How far the streets may be that each point of the hub is entered from, on all its sides.

    Parameters
    ----------
    workspace
        Whose ``[hub]`` is meant.
    points
        How many points that are no doors there are.
    area
        The hub's own where no street crosses its outline, so that a point inside stands for it.
    hub
        One hub of several; ``[hub]`` without.

    Returns
    -------
    float
        Metres; 0 where the points are doors.
    """
    given_m = (hub or workspace.hub).around_m
    reach_m = PLACE_M if given_m is None else given_m
    if area is not None:
        corners = shapely.points(shapely.get_coordinates(area.boundary))
        return reach_m + float(shapely.distance(corners, area.representative_point()).max())
    return reach_m if given_m is not None or points == 1 else 0.0


def misplaced(
    entrances: gpd.GeoSeries,
    study_area: shapely.Geometry,
    network: StreetNetwork | None,
    max_snap_m: float,
) -> tuple[str, str] | None:
    """What is wrong with the places of the entrances, and the remedy; None when nothing is.

    Parameters
    ----------
    entrances
        Points in the metric CRS.
    study_area
        The district and its surroundings, in the same CRS.
    network
        Streets in the same CRS; None where there are none.
    max_snap_m
        Farthest that an entrance may lie from a street, metres.

    Returns
    -------
    tuple of str or None
        Problem and remedy.
    """
    outside = entrances[~entrances.within(study_area)].to_crs(WGS84)
    if len(outside):
        shown = ", ".join(f"{point.x:.5f} {point.y:.5f}" for point in outside[:3])
        swapped = gpd.GeoSeries.from_xy(*to_metric(outside.y, outside.x, str(entrances.crs)), crs=entrances.crs)
        remedy = "Correct the place, or widen network.buffer_m"
        if swapped.within(study_area).any():
            remedy = "Longitude comes first: swap the two numbers"
        return f"{shown} (lon lat) lies outside the district and its surroundings", remedy
    if network is not None:
        streets = shapely.STRtree(network.segments)
        _, far_m = streets.query_nearest(entrances.to_numpy(), return_distance=True, all_matches=False)
        if far_m.max() > max_snap_m:
            remedy = "Move it to a street, or raise network.max_snap_m"
            return f"an entrance lies {far_m.max():.0f} m from the nearest street", remedy
    return None

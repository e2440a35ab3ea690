"""Whether the street file reaches as far as the workspace asks."""

import numpy as np
import shapely

from tesoma_geo.network import StreetNetwork

#: Below this share of the study area its edge is taken as one without streets: an assumption.
LEAST_SHARE = 0.05


def streets_end_early(network: StreetNetwork, study_area: shapely.Geometry, buffer_m: float) -> tuple[str, str] | None:
    """What to say where the streets end before the study area does; None where they do not.

    Parameters
    ----------
    network
        Streets of the study area.
    study_area
        The district and its surroundings, in the network's CRS.
    buffer_m
        How far the surroundings reach, metres.

    Returns
    -------
    tuple of str or None
        Problem and remedy.
    """
    hull = shapely.convex_hull(shapely.multipoints(np.column_stack([network.x, network.y])))
    beyond = shapely.difference(study_area, hull)
    share = shapely.area(beyond) / shapely.area(study_area)
    if share < LEAST_SHARE:
        return None
    far_m = float(shapely.distance(shapely.points(shapely.get_coordinates(beyond)), hull).max())
    return (
        f"{share:.0%} of the study area lies beyond the last street, up to {far_m:.0f} m: times near its edge may be"
        " too long",
        f"Take a greater file, or less than network.buffer_m = {buffer_m:g}",
    )

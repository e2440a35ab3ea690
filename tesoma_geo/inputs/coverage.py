"""Whether the streets of a file reach as far as the surroundings that a workspace asks for."""

import numpy as np
import shapely

from tesoma_geo.network import StreetNetwork

#: Streets that end nearer than this to the edge of the surroundings are not told of, in metres: fields and forest.
LITTLE_M = 300.0


def ends_before(network: StreetNetwork, study_area: shapely.Geometry) -> str:
    """Where the streets end before the surroundings do, in words; empty where they do not.

    Parameters
    ----------
    network
        The streets within ``study_area``.
    study_area
        Polygon in the network's CRS.

    Returns
    -------
    str
    """
    west, south, east, north = study_area.bounds
    missing_m = {
        "west": float(np.min(network.x)) - west,
        "south": float(np.min(network.y)) - south,
        "east": east - float(np.max(network.x)),
        "north": north - float(np.max(network.y)),
    }
    sides = [f"{far_m:.0f} m in the {side}" for side, far_m in missing_m.items() if far_m > LITTLE_M]
    if not sides:
        return ""
    return f"its streets end before network.buffer_m: {', '.join(sides)}"

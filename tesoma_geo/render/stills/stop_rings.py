"""The stops of a still by public transport: a small ring at each from which a ride leads to the hub."""

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo._shapes import shapes_of
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.stills.layout import Layout

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tesoma_geo.assessment.assess import Assessment

#: Square points of a ring at A4 across, and the width of its line in points.
RING_PT2, LINE_PT = 11.0, 0.8
#: Stops so far beyond the boundary are shown too, in metres.
BESIDE_M = 200.0


def stop_places(assessment: "Assessment", profile: str, at: Layout) -> NDArray[np.float64]:
    """Where the stops of the district and its edge are, for one way of moving.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.
    at
        Where things stand in the picture.

    Returns
    -------
    float array of shape (stops, 2)
        In metres, those on the map; none for who needs no timetable.
    """
    if profile not in TIMETABLE_PROFILES or assessment.transit_analysis is None:
        return np.empty((0, 2))
    stops = shapes_of(assessment.transit_analysis.stops)
    ground = shapely.union_all(shapes_of(assessment.district), grid_size=1.0)
    shown = shapely.dwithin(stops, ground, BESIDE_M) & shapely.within(stops, shapely.box(*at.metres))
    return np.asarray(shapely.get_coordinates(stops[shown]), float)


def draw_stops(axes: "Axes", assessment: "Assessment", profile: str, at: Layout, ink: str) -> None:
    """Draw the rings, below the signs of services and the hub.

    Parameters
    ----------
    axes
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.
    at
        Where things stand in the picture.
    ink
        Colour of their line.
    """
    places = stop_places(assessment, profile, at)
    if len(places):
        axes.scatter(
            places[:, 0], places[:, 1], s=RING_PT2 * at.unit**2, facecolor="#ffffff", edgecolor=ink,
            linewidth=LINE_PT * at.unit, zorder=5.5,
        )  # fmt: skip

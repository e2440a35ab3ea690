"""Classes of streets that maps draw alike."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import geopandas as gpd

    from tesoma_geo._shapes import ShapeTable

#: What the painter draws alike; the painter's numbers are the positions here.
STREET_CLASSES = (
    ("motorway", "trunk", "primary"),
    ("secondary", "tertiary"),
    ("residential", "unclassified", "living_street", "road", "busway"),
    ("service",),
    ("footway", "path", "cycleway", "pedestrian", "track", "bridleway", "corridor"),
    ("steps",),
)


def class_numbers(
    streets: "gpd.GeoDataFrame | ShapeTable", classes: Sequence[Sequence[str]] = STREET_CLASSES
) -> NDArray[np.intp]:
    """The class of each street; links between streets are of the class of these.

    Parameters
    ----------
    streets
        With ``highway``.
    classes
        Kinds of ``highway`` that are alike.

    Returns
    -------
    ndarray
        Its number among the classes, -1 for none of them.
    """
    number_of = {kind: number for number, kinds in enumerate(classes) for kind in kinds}
    return np.array([number_of.get(str(kind).removesuffix("_link"), -1) for kind in streets["highway"]], np.intp)

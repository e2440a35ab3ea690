"""Lengths of streets on the ground."""

import numpy as np
from numpy.typing import NDArray


def ground_length_m(
    lon: NDArray[np.float64], lat: NDArray[np.float64], tail: NDArray[np.int32], head: NDArray[np.int32]
) -> NDArray[np.float32]:
    """Metres of each segment on the WGS 84 ellipsoid: a projection's scale error would bias every time.

    Parameters
    ----------
    lon, lat
        WGS 84 degrees of the nodes, shape (n,).
    tail, head
        Node indices of each segment, shape (m,).

    Returns
    -------
    float32 array of shape (m,).
    """
    from pyproj import Geod

    _, _, length_m = Geod(ellps="WGS84").inv(lon[tail], lat[tail], lon[head], lat[head])
    return np.asarray(length_m, np.float32)

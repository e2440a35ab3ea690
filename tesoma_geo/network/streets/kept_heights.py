"""Heights of streets kept on disk by what they were found from: solving for them takes half a second in a city."""

import hashlib

import numpy as np

from tesoma_geo._cache import cached_entry, load_arrays, save_arrays
from tesoma_geo.network.streets.heights import StreetHeights, StreetLines, street_heights
from tesoma_geo.sources.elevation import GroundSurface

#: Changes whenever the same streets would have other heights on the same ground.
FORMAT = 2


def kept_street_heights(lines: StreetLines, surface: GroundSurface) -> StreetHeights:
    """As :func:`~tesoma_geo.network.streets.heights.street_heights` finds them, from disk where they were found before.

    Parameters
    ----------
    lines
        The streets.
    surface
        The ground around them.

    Returns
    -------
    StreetHeights
    """
    # The cells of the ground, not what they say of the nodes, which takes longer than all the rest.
    placed = (surface.crs, surface.raster_crs, tuple(surface.transform), surface.cell_m, surface.run_m)
    key = hashlib.sha256(f"{FORMAT} {placed!r}".encode())
    for array in (*vars(lines).values(), surface.cells):
        key.update(f" {array.dtype} {array.shape} ".encode())
        key.update(np.ascontiguousarray(array).tobytes())
    return cached_entry(
        "heights",
        key.digest(),
        lambda folder: StreetHeights(**load_arrays(folder)),
        lambda: street_heights(lines, surface),
        lambda folder, heights: save_arrays(folder, vars(heights)),
    )

"""Ways that do not lie on the ground: bridges, tunnels, corridors, other floors; who stands beside is not on them."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.access_tags import tag_column
from tesoma_geo.sources.osm_squares import numbered

#: Values of ``covered`` that stand open to the street.
OUTDOORS = ("arcade", "colonnade")
#: Classes of ways within buildings, unless they say that they are none.
WITHIN = ("corridor", "elevator")


def above_or_below(ways: pd.DataFrame) -> NDArray[np.bool_]:
    """Bridges and tunnels: ways that do not follow the ground, shape (number of ways,).

    Parameters
    ----------
    ways
        Tag columns, a row a way.

    Returns
    -------
    bool array of shape (number of ways,)
    """
    off_ground = np.zeros(len(ways), bool)
    for key in ("bridge", "tunnel"):
        off_ground |= (ways[key].notna() & (ways[key] != "no")).to_numpy(bool)
    return off_ground


def passed_unseen(ways: pd.DataFrame) -> NDArray[np.bool_]:
    """Ways above, below or within what is beside them, shape (number of ways,).

    Tunnels, bridges, what lies underground, under a roof or in a building, and on floors other than the ground's.

    Parameters
    ----------
    ways
        Tag columns, a row a way.

    Returns
    -------
    bool array of shape (number of ways,)
        True for ways that are not where their line crosses the ground.
    """
    elsewhere = np.zeros(len(ways), bool)
    elsewhere |= (ways["highway"].isin(WITHIN) & (tag_column(ways, "indoor") != "no")).to_numpy(bool)
    for key in ("tunnel", "covered", "indoor", "bridge"):
        value = tag_column(ways, key)
        elsewhere |= (value.notna() & ~value.isin(["no", *OUTDOORS])).to_numpy(bool)
    elsewhere |= tag_column(ways, "layer").str.strip().str.startswith("-").fillna(False).to_numpy(bool)
    elsewhere |= tag_column(ways, "location").isin(["underground"]).to_numpy(bool)
    level = tag_column(ways, "level")
    floors = [value for value in level.dropna().unique() if (names := numbered(value)) and 0.0 not in names]
    return elsewhere | level.isin(floors).to_numpy(bool)


def sheltered_ways(ways: pd.DataFrame) -> NDArray[np.bool_]:
    """Ways that are entered at their ends alone, shape (number of ways,).

    Those above, below and within, and motorways: who is beside them is not on them.

    Parameters
    ----------
    ways
        Tag columns, a row a way.

    Returns
    -------
    bool array of shape (number of ways,)
        True for ways that nobody enters from beside them.
    """
    motorway = ways["highway"].isin(["motorway", "motorway_link"]) | (tag_column(ways, "motorroad") == "yes")
    return passed_unseen(ways) | motorway.to_numpy(bool)

"""Travel times of every street node, for isochrones and grids of public transport."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.transit.matrix import percentiles_to
from tesoma_geo.network.transit.percentiles import slotted_legs
from tesoma_geo.network.transit.places import Direction, Places
from tesoma_geo.network.transit.search import TransitSearch
from tesoma_geo.network.transit.stop_access import StopAccess
from tesoma_geo.network.transit.trips import checked_percentiles


def node_times(
    search: TransitSearch, access: StopAccess, hub: Places, direction: Direction, percentiles: Sequence[float]
) -> NDArray[np.float32]:
    """Seconds between every street node and the nearest point of a hub, at percentiles of the departures.

    Parameters
    ----------
    search
        The timetable, with its departures and limits.
    access
        The streets to and from its stops.
    hub
        One point or several.
    direction
        To the hub, or from it.
    percentiles
        Per cent of the departures that are not slower.

    Returns
    -------
    float32 array of shape (p, nodes), ``inf`` where there is no way.

    Raises
    ------
    InputError
        No percentile, or one outside 0 to 100.
    """
    legs = access.node_legs_to if direction == "to" else access.node_legs_from
    return percentiles_to(
        search, search.ends(hub, direction), direction, slotted_legs(legs, search.departures.step_s),
        access.direct_node_s(hub, direction), checked_percentiles(percentiles),
    )  # fmt: skip

"""The seconds along the streets from a search, as isochrones and surfaces are drawn from them."""

import numpy as np

from tesoma_geo.network.isochrones.isochrones import PositionSeeds, TimedStreets
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Points, Positions


def timed_streets(search: StreetSearch, points: Points | Positions, *, reverse: bool = False) -> TimedStreets:
    """The streets with the seconds from the points to each node (to the points with ``reverse``).

    Parameters
    ----------
    search
        Streets with the costs of a profile.
    points
        Where travel starts; the nearest of them counts.
    reverse
        Seconds to the points instead.

    Returns
    -------
    Geometry, costs and seconds at the nodes, in the CRS of the search's network.
    """
    network, costs, positions = search.network, search.costs, search.snap(points)
    terminal_s = np.float32(search.profile.terminal_s)
    at_streets = positions.flat()
    at_street_s = at_streets.snap_m / search.profile.foot_speed_ms + terminal_s
    starts = search.seeds_of(positions, reverse=reverse)
    # At most ends of an edge the seconds are the node's; not so on restricted streets and where turns are forbidden.
    at_node, at_tail, at_head = search.engine.times_at_ends(starts.nodes, starts.seconds, reverse=reverse)
    return TimedStreets(
        x=network.x,
        y=network.y,
        tail=network.tail,
        head=network.head,
        forward_s=costs.forward_s,
        backward_s=costs.backward_s,
        times_s=at_node + terminal_s,
        ends_s=(at_tail + terminal_s, at_head + terminal_s),
        to_hub=reverse,
        seeds=PositionSeeds(at_streets.edge, at_streets.fraction, at_street_s),
        off_street_mps=search.profile.foot_speed_ms,
    )

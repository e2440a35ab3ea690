"""Travel times of every street node, for isochrones and grids of public transport."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from tesoma_geo.network.streets.router import StreetRouter
from tesoma_geo.network.streets.snap import Positions, seeds
from tesoma_geo.network.transit.legs import Legs, whole_seconds
from tesoma_geo.network.transit.matrix import percentiles_to
from tesoma_geo.network.transit.percentiles import ways_of
from tesoma_geo.network.transit.trips import checked_percentiles

if TYPE_CHECKING:
    from tesoma_geo.network.transit.places import Direction, Places
    from tesoma_geo.network.transit.router import TransitRouter

#: Stops searched from at a time: what keeps memory low.
STOPS = 64


def node_legs(router: StreetRouter, stops: Positions, limit_s: float, *, from_stops: bool) -> Legs:
    """The stops that each street node reaches within the limit, or with ``from_stops`` is reached from."""
    network, costs = router.network, router.costs
    offsets, nodes, seconds = seeds(
        stops, (network.tail, network.head), (costs.forward_s, costs.backward_s), router.profile.foot_speed_ms,
        reverse=not from_stops,
    )  # fmt: skip
    blocks = []
    for begin in range(0, len(stops.edge), STOPS):
        end = min(begin + STOPS, len(stops.edge))
        rows = slice(offsets[begin], offsets[end])
        found = router.engine.times_many(
            offsets[begin : end + 1] - offsets[begin], nodes[rows], seconds[rows], reverse=not from_stops
        )
        found += np.float32(router.profile.terminal_s)
        stop, node = np.nonzero(found <= limit_s)
        walk_s = whole_seconds(found[stop, node]) + 1  # a stored 0 would be no entry
        blocks.append(csr_array((walk_s, (stop, node)), shape=(end - begin, network.n_nodes)))
    by_node = vstack(blocks).tocsc() if blocks else csr_array((0, network.n_nodes), dtype=np.int32).tocsc()
    return Legs(by_node.indptr.astype(np.int64), by_node.indices.astype(np.int32), by_node.data.astype(np.int32) - 1)


def node_times(
    router: "TransitRouter", hub: "Places", direction: "Direction", percentiles: Sequence[float]
) -> NDArray[np.float32]:
    """Seconds between every street node and the nearest point of the hub, shape (p, nodes)."""
    if direction == "to":
        legs, walked_s = router.node_legs_to, router.walk.to(hub.walk)
        if router.street is not router.walk:
            walked_s = np.minimum(walked_s, router.street.to(hub.street))
    else:
        legs, walked_s = router.node_legs_from, router.walk.from_(hub.walk)
        if router.street is not router.walk:
            walked_s = np.minimum(walked_s, router.street.from_(hub.street))
    ways = ways_of(legs, router.step_s)
    return percentiles_to(
        router, router.ends(hub, direction), direction, ways, walked_s, checked_percentiles(percentiles)
    )

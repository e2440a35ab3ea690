"""Where a bicycle is pushed: on ways and in directions that are not ridden but walked, and where traffic stresses.

Against a one-way street a bicycle is pushed wherever one walks, but on roundabouts, as OSRM's bicycle profile,
OpenTripPlanner and R5 have it (read 2026-11). Turn restrictions hold all the same: an assumption.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.access_tags import tag_column
from tesoma_geo.network.streets.directions import IMPLIED_ONEWAY_JUNCTIONS
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.permissions import Permission
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.traffic_stress import edge_stress

FORWARD, BACKWARD = "forward", "backward"
ByDirection = Mapping[str, NDArray[np.bool_]]


def pushed_ways(network: Streets, profile: Profile) -> ByDirection:
    """Ways along which a bicycle is pushed, by direction.

    Parameters
    ----------
    network
        The streets, with the moment and the country.
    profile
        Who travels how.

    Returns
    -------
    mapping of str to bool array of shape (number of ways,)
        ``"forward"`` as drawn, ``"backward"`` against it; nowhere for profiles other than those of bicycles.
    """
    allowed = network.rules.permissions(profile, network.country)
    everywhere = allowed == Permission.PUSHED
    pushed = dict.fromkeys((FORWARD, BACKWARD), everywhere)
    if profile.mode != "bicycle":
        return pushed
    walkers = network.rules.permissions(_on_foot(profile), network.country) == Permission.OPEN
    walkers &= ~tag_column(network.ways_now, "junction").isin(IMPLIED_ONEWAY_JUNCTIONS).to_numpy(bool)
    rules = network.rules
    ridden, walked = rules.oneway("bicycle"), rules.oneway("foot")
    private, private_afoot = rules.restricted_directions("bicycle"), rules.restricted_directions("foot")
    for number, direction in enumerate(pushed):
        closed = (allowed == Permission.OPEN) & ~ridden[number]
        may = walkers & walked[number] & (private[number] | ~private_afoot[number])
        pushed[direction] = everywhere | (closed & may)
    return pushed


def pushed_edges(network: Streets, profile: Profile, pushed: ByDirection) -> tuple[ByDirection, ByDirection]:
    """Edges where a bicycle is pushed, for stress as well, and those where stress lets it pass in no way.

    Parameters
    ----------
    network
        The streets, with the moment and the country.
    profile
        Who travels how.
    pushed
        As of :func:`pushed_ways`.

    Returns
    -------
    walked, shut : mappings of str to bool array of shape (m,)
        By direction.
    """
    walked = {direction: ways[network.way] for direction, ways in pushed.items()}
    shut = dict.fromkeys(walked, np.zeros(network.n_edges, bool))
    if profile.max_stress is None or profile.mode != "bicycle":
        return walked, shut
    afoot = (network.rules.permissions(_on_foot(profile), network.country) != Permission.CLOSED)[network.way]
    for direction, level in zip(tuple(walked), edge_stress(network), strict=True):
        stressful = level > profile.max_stress
        walked[direction] = walked[direction] | (stressful & afoot)
        shut[direction] = stressful & ~walked[direction]
    return walked, shut


def _on_foot(profile: Profile) -> Profile:
    return profile.model_copy(update={"mode": "foot"})

"""What the turns of a network cost a profile."""

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.turn_costs import seconds_of_turns, street_junctions
from tesoma_geo.network.streets.turn_rules import MODE_BITS


def seconds_of_turns_in(network: Streets, profile: Profile) -> NDArray[np.float64] | None:
    """What each turn of the routing graph costs a profile, in seconds, shape (turns,).

    Parameters
    ----------
    network
        The streets.
    profile
        Who travels how.

    Returns
    -------
    float64 array or None
        None where turns cost it nothing.
    """
    if not MODE_BITS[profile.mode] or not profile.turn_costs.on:
        return None
    junctions = street_junctions(network.tail, network.head, network.turning_streets, network.n_nodes, network.added)
    ends, left_hand = (network.tail, network.head), network.country_rules.left_hand
    states = network.shape.graph.states
    return seconds_of_turns(states, *ends, (network.x, network.y), junctions, profile.turn_costs, left_hand=left_hand)

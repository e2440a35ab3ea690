"""What turns cost at junctions of streets: across the traffic, to the near side, straight on and back.

An option of the profiles of vehicles; see ``turn_costs`` in ``profiles.toml``. A turn costs where three streets or more
meet, roads to houses and tracks not among them, and nowhere else. So that nobody saves a turn across the traffic by
going on and turning back behind the junction, nodes along its streets are told apart too, so far that turning back
farther away takes longer than any turn costs.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.added_streets import AddedStreets
from tesoma_geo.network.streets.profiles import KMH_PER_MS, TurnCosts
from tesoma_geo.network.streets.turn_rules import TurnStates

#: Below the first angle, in degrees, a turn is straight on; from the second on it costs the whole. Assumption, about
#: the shape of the curve in OSRM's profile of cars.
STRAIGHT_DEG, WHOLE_DEG = 30.0, 90.0
#: Nobody drives faster near a junction, in km/h: the speed for which turning back must not pay. Assumption.
FASTEST_KMH = 100.0


def reach_m(costs: TurnCosts) -> float:
    """How far from a junction turning back is told apart: farther away it takes longer than a turn can save.

    Parameters
    ----------
    costs
        What turns cost.

    Returns
    -------
    float
        Metres: half of what is driven at :data:`FASTEST_KMH` in the seconds that turns differ by.
    """
    seconds = costs.across_s, costs.near_s, costs.straight_s
    return 0.5 * (max(seconds) - min(seconds)) * FASTEST_KMH / KMH_PER_MS


def street_junctions(
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    streets: NDArray[np.bool_],
    n_nodes: int,
    added: AddedStreets | None = None,
) -> NDArray[np.bool_]:
    """Nodes where three streets or more of the file meet: streets that were added make no junction.

    Parameters
    ----------
    tail, head
        Nodes at the ends of each edge, shape (m,).
    streets
        Edges that count, shape (m,).
    n_nodes
        Number of nodes.
    added
        Which streets were added.

    Returns
    -------
    bool array of shape (n_nodes,).
    """
    of_file = added.before[0][1] if added is not None and added.before else len(tail)
    kept = np.flatnonzero(streets[:of_file])
    meeting = np.bincount(np.concatenate([tail[kept], head[kept]]), minlength=n_nodes)
    junctions: NDArray[np.bool_] = meeting >= 3
    return junctions


def nodes_told_apart(
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    length_m: NDArray[np.float32],
    streets: NDArray[np.bool_],
    n_nodes: int,
    reaches_m: Mapping[int, float],
    added: AddedStreets | None = None,
) -> dict[int, int]:
    """The junctions of streets, and the nodes along their streets within reach.

    Parameters
    ----------
    tail, head, streets, n_nodes, added
        As in :func:`street_junctions`.
    length_m
        Metres of each edge, shape (m,).
    reaches_m
        Mask of a mode → metres.

    Returns
    -------
    dict
        Node → mask of the modes for which it is told apart.
    """
    junctions = street_junctions(tail, head, streets, n_nodes, added)
    of_file = added.before[0][1] if added is not None and added.before else len(tail)
    kept = np.flatnonzero(streets[:of_file])
    from_, to = np.concatenate([tail[kept], head[kept]]), np.concatenate([head[kept], tail[kept]])
    metres = np.tile(length_m[kept], 2)
    away_m = np.where(junctions, 0.0, np.inf)
    while True:  # a few rounds: the reach is short
        nearer = away_m.copy()
        np.minimum.at(nearer, to, away_m[from_] + metres)
        nearer[nearer > max(reaches_m.values(), default=0.0)] = np.inf
        if np.array_equal(nearer, away_m):
            break
        away_m = nearer
    modes_at: dict[int, int] = {}
    for mode, metres_away in reaches_m.items():
        for node in np.flatnonzero(away_m <= metres_away).tolist():
            modes_at[node] = modes_at.get(node, 0) | mode
    return modes_at


def seconds_of_turns(
    states: TurnStates,
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    xy: tuple[NDArray[np.float64], NDArray[np.float64]],
    junctions: NDArray[np.bool_],
    costs: TurnCosts,
    *,
    left_hand: bool,
) -> NDArray[np.float64]:
    """Seconds that each turn costs beyond the street that it leads on to.

    Parameters
    ----------
    states
        The turns.
    tail, head
        Nodes at the ends of each edge, shape (m,).
    xy
        Coordinates of the nodes, metres, east and north, two of shape (n,).
    junctions
        Nodes where turns cost, shape (n,).
    costs
        What they cost.
    left_hand
        Whether one drives on the left.

    Returns
    -------
    float64 array of shape (turns,)
        0 for the start of a trip, off junctions, and on to barriers, which have no direction.
    """
    turns, (x, y) = states.columns, xy
    came_on = np.array([state.edge for state in states.states], np.int32)[turns.state] if states.states else turns.edge
    before = np.where(tail[came_on] == turns.node, head[came_on], tail[came_on])
    after = np.where(tail[turns.edge] == turns.node, head[turns.edge], tail[turns.edge])
    in_x, in_y = x[turns.node] - x[before], y[turns.node] - y[before]
    out_x, out_y = x[after] - x[turns.node], y[after] - y[turns.node]
    to_left = np.degrees(np.arctan2(in_x * out_y - in_y * out_x, in_x * out_x + in_y * out_y))
    to_left[np.hypot(in_x, in_y) * np.hypot(out_x, out_y) == 0.0] = 0.0
    across = (to_left < 0.0) if left_hand else (to_left > 0.0)
    share = np.clip((np.abs(to_left) - STRAIGHT_DEG) / (WHOLE_DEG - STRAIGHT_DEG), 0.0, 1.0)
    whole = np.where(across, costs.across_s, costs.near_s)
    seconds = np.where(junctions[turns.node], costs.straight_s + share * (whole - costs.straight_s), 0.0)
    seconds[turns.back] = costs.u_turn_s
    seconds[turns.state < 0] = 0.0
    return seconds

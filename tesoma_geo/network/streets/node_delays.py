"""Seconds lost at nodes: at signals and crossings, and at junctions without signals."""

from collections.abc import Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.near_names import instead
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.quantities import by_value, longest

#: Tags of nodes whose delays stand on edges of their own; see :mod:`tesoma_geo.network.streets.barrier_nodes`.
AT_BARRIERS = frozenset({"barrier", "kerb"})


#: What :func:`tesoma_geo.network.streets.barriers.barrier_costs` tells of nodes already.
OF_BARRIERS: Mapping[str, float] = {"elevator": 0.0}


#: Ways beside or across roads: a pedestrian crossing delays people on these, not those who walk along the road.
PATH_CLASSES = frozenset({"footway", "cycleway", "path", "pedestrian", "steps", "track", "bridleway", "corridor"})


def delays_s(network: Streets, profile: Profile, usable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Seconds lost at both ends of each edge: half of each end's delay, so that passing costs the whole.

    Parameters
    ----------
    network
        The streets.
    profile
        Who travels how.
    usable
        Edges that the profile uses, shape (m,).

    Returns
    -------
    float64 array of shape (m,)
        ``inf`` at nodes that stop the profile; what barriers cost stands on edges of their own.

    Raises
    ------
    InputError
        The profile names a tag that nodes are not read for.
    """
    on_paths = network.ways["highway"].isin(PATH_CLASSES).to_numpy()[network.way]
    everywhere, at_paths, at_roads = (np.zeros(network.n_nodes) for _ in range(3))
    nodes, split = network.node_tags["node"].to_numpy(), np.zeros(network.n_nodes, bool)
    for ends in (network.tail, network.head):  # what closes these stands on their edges
        split[network.stands_for[ends[network.is_barrier]]] = True
    for tag, delays in profile.node_delays_s.items():
        if tag in AT_BARRIERS:
            continue
        if tag not in network.node_tags:
            known = [name for name in network.node_tags.columns if name != "node"]
            raise InputError(f"node_delays_s.{tag}: nodes are not read for the tag {tag}", instead(tag, known))
        seconds = by_value(network.node_tags[tag], partial(longest, {**delays, **OF_BARRIERS}), 0.0)
        seconds[np.isinf(seconds) & split[nodes]] = 0.0
        kind = {"crossing": at_paths, "highway": at_roads}.get(tag, everywhere)
        kind[nodes] = np.maximum(kind[nodes], seconds)
    total = np.zeros(network.n_edges)
    for end in (network.tail, network.head):
        total += 0.5 * (everywhere[end] + np.where(on_paths, at_paths[end], at_roads[end]))
    total += _lift_delays_s(network, profile)
    if profile.intersection_s:
        total += junction_delays_s(network, profile, usable)
    return total


def _lift_delays_s(network: Streets, profile: Profile) -> NDArray[np.float64]:
    """Half of a lift's seconds where one enters or leaves a lift that is drawn as a way, shape (m,)."""
    lift_s = profile.node_delays_s.get("highway", {}).get("elevator", 0.0)
    inside = (network.ways["highway"] == "elevator").to_numpy(bool)[network.way] & ~network.is_barrier
    if not lift_s or not inside.any():
        return np.zeros(network.n_edges)
    # A lift that is drawn as a way and as a point is one: the point costs its seconds.
    points = network.node_tags["node"][(network.node_tags["highway"] == "elevator").to_numpy(bool)]
    drawn_twice = inside & (
        np.isin(network.stands_for[network.tail], points) | np.isin(network.stands_for[network.head], points)
    )
    inside &= ~np.isin(network.way, network.way[drawn_twice])
    delays_s = np.zeros(network.n_edges)
    # Streets that are added make no door of a lift where there was none.
    first = next(iter(network.added.stages(network.n_edges)))
    outside = np.flatnonzero(~inside[first] & ~network.is_barrier[first]) + first.start
    is_door = np.zeros(network.n_nodes, bool)
    for ends in (network.tail, network.head):
        is_door[ends[outside]] = True
    for ends in (network.tail, network.head):
        delays_s[inside & is_door[ends]] += 0.5 * lift_s
    return delays_s


def junction_delays_s(network: Streets, profile: Profile, usable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Seconds lost at junctions without signals at both ends of each edge, half of each end's, shape (m,).

    Streets that are added make no junction for those that were there.

    Parameters
    ----------
    network
        The streets.
    profile
        Who travels how.
    usable
        Edges that the profile uses, shape (m,).

    Returns
    -------
    float64 array of shape (m,)
        0 where the profile has no ``intersection_s``, and along paths.
    """
    unsignalled = np.ones(network.n_nodes, bool)
    if "highway" in profile.node_delays_s:
        signals_s = by_value(
            network.node_tags["highway"], partial(longest, {**profile.node_delays_s["highway"], **OF_BARRIERS}), 0.0
        )
        unsignalled[network.node_tags["node"].to_numpy()[signals_s > 0]] = False
    on_roads = ~network.ways["highway"].isin(PATH_CLASSES).to_numpy()[network.way]
    delays_s = np.zeros(network.n_edges)
    for edges in network.added.stages(network.n_edges):
        at = _junctions(network, usable, edges.stop) & unsignalled
        for ends in (network.tail[edges], network.head[edges]):
            delays_s[edges] += 0.5 * profile.intersection_s * (at[ends] & on_roads[edges])
    return delays_s


def _junctions(network: Streets, usable: NDArray[np.bool_], n_edges: int) -> NDArray[np.bool_]:
    """Nodes where three usable ones or more of the first edges meet, shape (n,)."""
    tail, head, used = network.tail[:n_edges], network.head[:n_edges], usable[:n_edges]
    kept = {"tail": used, "head": used}
    if network.added.before:
        # Beside an edge that a link meets lie its pieces: at its own ends they are no further streets.
        piece_of = network.added.piece_of[:n_edges]
        whole = np.maximum(piece_of, 0)
        for name, end in (("tail", tail), ("head", head)):
            at_end = (end == network.tail[whole]) | (end == network.head[whole])
            kept[name] = used & ~((piece_of >= 0) & at_end)
    ends = np.concatenate([tail[kept["tail"]], head[kept["head"]]])
    junctions: NDArray[np.bool_] = np.bincount(ends, minlength=network.n_nodes) >= 3
    return junctions

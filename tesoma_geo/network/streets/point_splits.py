"""Points that close or delay somebody get an edge of their own: barriers, kerbs, lifts, and what a profile closes."""

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.barrier_nodes import below, split_barriers
from tesoma_geo.network.streets.barriers import closed_points, may_stop
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.shape import StreetShape

Network = TypeVar("Network", bound=Streets)

#: Arrays with a value a node that lie where the node lies.
BY_NODE = ("lon", "lat", "x", "y", "elevation_m")


def with_barriers_split(network: Network) -> Network:
    """The same streets with an edge between the streets that meet at each barrier, kerb or lift.

    Parameters
    ----------
    network
        Streets as they were read.

    Returns
    -------
    Streets
        Copied nodes and edges of length 0 stand behind the others.
    """
    split = _split_at(network, network.node_tags[may_stop(network.node_tags)])
    return replace(split, shape=StreetShape.empty()) if split is network else split


def split_for(network: Network, *profiles: Profile) -> Network:
    """The same streets with an edge too at each point that a profile's own ``node_delays_s`` close.

    Whatever the tag, what is closed is a point: the streets are open up to it. Barriers, kerbs and lifts have
    their edges already.

    Parameters
    ----------
    network
        Streets whose barriers are split.
    *profiles
        Who travels how.

    Returns
    -------
    Streets
        Copied nodes and edges stand behind the others; the same object where there is no such point.

    Raises
    ------
    InputError
        There are such points, and links were added to the streets before.
    """
    closed = np.zeros(len(network.node_tags), bool)
    for profile in profiles:
        closed |= np.isinf(closed_points(network.node_tags, profile))
    if not closed.any():
        return network
    there = network.barriers["edge"].to_numpy(np.int64)
    known = network.stands_for[np.concatenate([network.tail[there], network.head[there]])]
    closed &= ~network.node_tags["node"].isin(known).to_numpy(bool)
    if closed.any() and network.added.before:
        raise InputError(
            "a profile closes points on streets to which links were added",
            "Take the router first, and give it the links: router.with_edits(Edits(links=…))",
        )
    return _split_at(network, network.node_tags[closed])


def _split_at(network: Network, stopping: pd.DataFrame) -> Network:
    """The streets with an edge at each of some tagged nodes; the same object where no streets meet there."""
    split = split_barriers(network.tail, network.head, network.way, network.n_nodes, stopping, network.turn_rules)
    if not len(split.copied):
        return network
    more: dict[str, Any] = {
        name: np.concatenate([getattr(network, name), getattr(network, name)[split.copied]]) for name in BY_NODE
    }
    both = [part for part in (network.barriers, split.barriers) if len(part)]
    return replace(
        network,
        **more,
        node_id=np.concatenate([network.node_id, below(network.node_id, len(split.copied))]),
        stands_for=np.concatenate([network.stands_for, split.copied.astype(np.int32)]),
        tail=split.tail,
        head=split.head,
        way=split.way,
        length_m=np.concatenate([network.length_m, np.zeros(len(split.copied), np.float32)]),
        barriers=pd.concat(both, ignore_index=True),
        turn_rules=split.rules,
        shape=StreetShape.empty(),
    )

"""Streets with other tags: those that a plan makes better, a whole way or a part of one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd

from tesoma_geo._arrays import Int32
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.unknown_tags import UnknownTags

Network = TypeVar("Network", bound=Streets)


def network_with_tags(network: Network, edges: Int32, tags: Mapping[str, str | None]) -> Network:
    """The same streets where some edges have other tags.

    The ways of the edges stay as they are, with what is left of them; the edges become ways of their own with the
    same ids. So a street that is paved lends its new surface to no other whose surface nobody knows.

    Parameters
    ----------
    network
        The streets.
    edges
        Rows of edges, shape (k,).
    tags
        Tag → what it becomes; None takes it away.

    Returns
    -------
    Streets
        Of the network's class; new rows of ``ways`` stand before those of links.
    """
    source, number = np.unique(network.way[edges], return_inverse=True)
    first = len(network.ways) - network.n_new_ways
    table = network.ways
    for tag in tags:
        if tag not in table:
            table = table.assign(**{tag: pd.Series(None, index=table.index, dtype=object)})
    rows = table.iloc[source].copy()
    for tag, value in tags.items():
        rows[tag] = value
    rows = rows.astype(table.dtypes.to_dict())
    ways = pd.concat([table.iloc[:first], rows, table.iloc[first:]], ignore_index=True)
    way = network.way.copy()
    way[way >= first] += len(source)
    way[edges] = first + number
    return replace(network, ways=ways, way=way, unknown_tags=_with_rows(network.unknown_tags, source, tags))


def _with_rows(unknown: UnknownTags | None, source: Int32, tags: Mapping[str, str | None]) -> UnknownTags | None:
    """What unknown tags may be, with rows that are as those of ``source`` but for the tags that are known now."""
    if unknown is None:
        return None
    donors = {}
    for tag, found in unknown.donors.items():
        rows = np.full(len(source), -1, np.int32) if tags.get(tag) is not None else found.of_way[source]
        donors[tag] = replace(found, of_way=np.concatenate([found.of_way, rows]))
    return UnknownTags(donors, np.concatenate([unknown.street, unknown.street[source]]))

"""The squares among the ways that were read, what leads on to them, and the rows that their lines become."""

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.sources.osm_floors import Floors
from tesoma_geo.sources.osm_sight_lines import SightLines, StreetEnds
from tesoma_geo.sources.osm_squares import Square, is_indoors, is_square, level_of
from tesoma_geo.sources.osm_text import Place, TaggedObjects


def squares_of(
    ways: TaggedObjects, n_ways: int, line: NDArray[np.int32], row: NDArray[np.int64], refs: NDArray[np.int64]
) -> list[Square]:
    """Areas to walk across: closed ways that are some, and all rows behind the ways.

    Parameters
    ----------
    ways
        Tags of the ways.
    n_ways
        Rows of ways; areas that several ways outline follow.
    line
        The line of each node, shape (r,).
    row
        The row of the way of each node, shape (r,).
    refs
        Ids of the nodes along lines, shape (r,).

    Returns
    -------
    list of Square
    """
    starts = np.flatnonzero(np.r_[True, line[1:] != line[:-1]])
    ends = np.r_[starts[1:], len(line)]
    closed = (refs[starts] == refs[ends - 1]) & (ends - starts > 3) & (row[starts] < n_ways)
    lines_of: dict[int, list[int]] = {}  # the outline, and holes that a relation tells
    for way, one in zip(row[starts[closed]].tolist(), np.flatnonzero(closed).tolist(), strict=True):
        lines_of.setdefault(way, []).append(one)
    rings: dict[int, list[tuple[int, ...]]] = {}
    for way, tags in ways.tags(lines_of):
        if is_square(tags):
            rings[way] = [tuple(refs[starts[one] : ends[one]].tolist()) for one in lines_of[way]]
    for at in np.flatnonzero(row[starts] >= n_ways):
        rings.setdefault(int(row[starts[at]]), []).append(tuple(refs[starts[at] : ends[at]].tolist()))
    return [Square(way, tuple(rings[way]), level_of(tags), is_indoors(tags)) for way, tags in ways.tags(sorted(rings))]


def entries(nodes: TaggedObjects, row: NDArray[np.int64], floors: Floors) -> set[int]:
    """Ids of nodes that several ways have, of doors and of gates.

    Parameters
    ----------
    nodes
        Tagged nodes.
    row
        The row of the way of each node, shape (r,).
    floors
        The nodes along lines.

    Returns
    -------
    set of int
    """
    refs = floors.refs
    order = np.lexsort((row, refs))
    same = (refs[order][1:] == refs[order][:-1]) & (row[order][1:] != row[order][:-1])
    doors = set(nodes.ids[nodes.having("entrance", "door", "barrier")].tolist())
    return {*refs[order][1:][same].tolist(), *doors, *(new for new, node in floors.copies.items() if node in doors)}


def street_ends(
    ways: TaggedObjects,
    n_ways: int,
    line: NDArray[np.int32],
    row: NDArray[np.int64],
    refs: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> StreetEnds:
    """Both ends of each way that is no ring, where they are known.

    Parameters
    ----------
    ways
        Tags of the ways.
    n_ways
        Rows of ways; areas that several ways outline follow.
    line
        The line of each node, shape (r,).
    row
        The row of the way of each node, shape (r,).
    refs
        Ids of the nodes along lines, shape (r,).
    lon, lat
        Of the nodes, WGS 84 degrees, shape (r,).

    Returns
    -------
    StreetEnds
    """
    starts = np.flatnonzero(np.r_[True, line[1:] != line[:-1]])
    ends = np.r_[starts[1:], len(line)] - 1
    is_open = (refs[starts] != refs[ends]) & (row[starts] < n_ways)
    at = np.concatenate([starts[is_open], ends[is_open]])
    at = at[np.isfinite(lon[at])]
    leveled = np.flatnonzero(ways.having("layer", "level", "bridge", "tunnel"))
    of_way = {way: level_of(tags) for way, tags in ways.tags(leveled.tolist())}
    levels = tuple(dict.fromkeys([(), *of_way.values()]))
    level = np.zeros(len(ways.ids), np.int64)
    level[leveled] = [levels.index(of_way[way]) for way in leveled.tolist()]
    return StreetEnds(refs[at], lon[at], lat[at], level[row[at]], levels)


def uncut(
    tail: NDArray[np.int64], head: NDArray[np.int64], way: NDArray[np.int64], lines: SightLines
) -> NDArray[np.bool_]:
    """Which pieces of streets are no outlines that something stands on, shape (m,).

    Parameters
    ----------
    tail, head
        Ids of the nodes at both ends of pieces of streets, shape (m,).
    way
        Their rows, shape (m,).
    lines
        What crosses the squares.

    Returns
    -------
    bool array of shape (m,)
    """
    uncut = np.ones(len(tail), bool)
    for at in np.flatnonzero(np.isin(way, [number for _, number in lines.cut])):
        uncut[at] = (frozenset((int(tail[at]), int(head[at]))), int(way[at])) not in lines.cut
    return uncut


def with_nodes(
    node_id: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    lines: SightLines,
    place: Place,
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Nodes of streets, and those that lines across squares need beside them, by id.

    Parameters
    ----------
    node_id
        Ids of nodes on streets, ascending, shape (n,).
    lon, lat
        Of these, WGS 84 degrees, shape (n,).
    lines
        What crosses the squares.
    place
        Longitude and latitude of a node by its id.

    Returns
    -------
    tuple of arrays
        Ids, longitudes and latitudes, ascending by id.
    """
    used = {node for one, other, _ in lines.lines for node in (one, other)}
    more = sorted(used.difference(node_id.tolist()))
    if not more:
        return node_id, lon, lat
    places = [lines.new_nodes[node] if node in lines.new_nodes else place(node) for node in more]
    ids = np.concatenate([node_id, np.array(more, np.int64)])
    all_lon, all_lat = np.vstack([np.column_stack([lon, lat]), np.array(places, np.float64)]).T
    order = np.argsort(ids, kind="stable")
    return ids[order], all_lon[order], all_lat[order]

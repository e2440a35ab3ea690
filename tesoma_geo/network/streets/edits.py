"""What a scenario changes on the streets: costs of edges, closures, new links."""

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Generic, TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from tesoma_geo._given import instance
from tesoma_geo.crs import to_wgs84
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.added_streets import AddedStreets
from tesoma_geo.network.streets.barrier_nodes import below
from tesoma_geo.network.streets.cost_changes import CostChange
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.lengths import ground_length_m
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.node_delays import junction_delays_s
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.snap import Positions

Network = TypeVar("Network", bound=Streets)

#: An end of a link so near a node of a street is at it, metres: files round coordinates to a centimetre.
AT_NODE_M = 0.05


@dataclass(frozen=True, eq=False)
class Edits:
    """Changes to a router's streets; edges are named by their row in the network.

    Attributes
    ----------
    edges
        Edges whose costs change, each once, shape (k,).
    factor
        Their seconds are multiplied by this, both ways; ``inf`` closes. A number or shape (k,).
    delay_s
        Seconds added, both ways, after multiplying. A number or shape (k,).
    links
        New streets: LineStrings in any CRS with OpenStreetMap tags as columns (``highway`` at least).
        Their ends join the nearest street.
    """

    edges: ArrayLike = ()
    factor: ArrayLike = 1.0
    delay_s: ArrayLike = 0.0
    links: gpd.GeoDataFrame | None = field(default=None)

    def __post_init__(self) -> None:
        edges = _numbers("edges", self.edges)
        if edges.ndim > 1 or (edges.size and (edges.dtype == bool or not (edges == np.floor(edges)).all())):
            raise InputError(f"edges are {self.edges!r:.60}", "Give rows of the network's edges in one list, no mask")
        for name, values in (("factor", self.factor), ("delay_s", self.delay_s)):
            if _numbers(name, values).shape not in ((), (1,), np.atleast_1d(edges).shape):
                raise InputError(f"{name} has another shape than edges", "Give one number, or one for each edge")
        if self.links is not None:
            instance("links", self.links, gpd.GeoDataFrame, "Give a GeoDataFrame of lines")

    @classmethod
    def closing(cls, edges: ArrayLike) -> "Edits":
        """Nobody passes these edges.

        Parameters
        ----------
        edges
            Rows of the network's edges, each once, shape (k,).

        Returns
        -------
        Edits
            With a factor of ``inf`` and nothing else.
        """
        return cls(edges, factor=np.inf)

    def with_pieces(self, added: AddedStreets) -> "Edits":
        """The same changes, of the pieces too that named edges are split into.

        Parameters
        ----------
        added
            Which edges are pieces of which.

        Returns
        -------
        Edits
            These themselves where they name no edge or one twice, or where no street was added.
        """
        edges = np.atleast_1d(np.asarray(self.edges, np.int64))
        if not len(edges) or not len(added.piece_of) or len(np.unique(edges)) < len(edges):
            return self
        whole = added.whole().astype(np.int64)
        named = np.full(len(whole), -1)
        known = (edges >= 0) & (edges < len(whole))
        named[edges[known]] = np.flatnonzero(known)
        pieces = np.flatnonzero((named < 0) & (named[whole] >= 0))
        of = np.concatenate([np.arange(len(edges)), named[whole[pieces]]])
        factor, delay_s = (
            np.broadcast_to(np.asarray(values, float), edges.shape)[of] for values in (self.factor, self.delay_s)
        )
        return replace(self, edges=np.concatenate([edges, pieces]), factor=factor, delay_s=delay_s)

    def checked_edges(self, n_edges: int) -> NDArray[np.int64]:
        """The edges as an array.

        Parameters
        ----------
        n_edges
            Number of edges of the network.

        Returns
        -------
        int64 array of shape (k,)
            Rows of the network's edges, as named.

        Raises
        ------
        InputError
            An edge that is none of the network's or named twice; factors below 0, delays below 0 or not numbers.
        """
        edges = np.atleast_1d(np.asarray(self.edges, np.int64))
        beyond = edges[(edges < 0) | (edges >= n_edges)]
        if len(beyond):
            raise InputError(f"there is no edge {beyond[0]} among {n_edges}", f"Name edges 0 to {n_edges - 1}")
        named, times = np.unique(edges, return_counts=True)
        if (times > 1).any():
            raise InputError(f"edge {named[times > 1][0]} is named {times.max()} times", "Name each edge once")
        for name, values in (("factor", self.factor), ("delay_s", self.delay_s)):
            faulty = np.atleast_1d(~(np.asarray(values, float) >= 0))
            if faulty.any():
                raise InputError(f"{name} is {np.atleast_1d(np.asarray(values))[faulty][0]}", "Give 0 or more")
        return edges


def _numbers(name: str, values: ArrayLike) -> NDArray[Any]:
    found = np.asarray(values)
    if found.size and not (np.issubdtype(found.dtype, np.number) or found.dtype == bool):
        raise InputError(f"{name} is {values!r:.60}, no numbers", "Give numbers, one or a list of them")
    return found


def edited_costs(costs: EdgeCosts, edits: Edits) -> tuple[NDArray[np.int64], EdgeCosts]:
    """The edges that edits name, and the seconds of all edges after them.

    Parameters
    ----------
    costs
        Seconds on every edge before, of m edges.
    edits
        What changes; its ``links`` are left aside.

    Returns
    -------
    tuple of int64 array of shape (k,) and EdgeCosts
        Rows of the edges named, and the costs of all m edges.

    Raises
    ------
    InputError
        Faulty edits; see :meth:`Edits.checked_edges`.
    """
    change = CostChange(edits.checked_edges(len(costs.forward_s)), edits.factor, edits.delay_s)
    after = replace(costs, forward_s=change.applied(costs.forward_s), backward_s=change.applied(costs.backward_s))
    return change.edges, after


def without_junctions(
    network: Streets, profile: Profile, before: EdgeCosts, edges: NDArray[np.int64], after: EdgeCosts
) -> tuple[NDArray[np.int64], EdgeCosts]:
    """The costs after closing edges: where no third street is left, nobody waits any more.

    Parameters
    ----------
    network
        The streets.
    profile
        Who travels how.
    before
        Seconds on every edge before the edits.
    edges
        Edges whose costs changed.
    after
        Seconds on every edge after them, with all the waiting of before.

    Returns
    -------
    edges : int64 array
        Those given, and the ones where less is waited.
    costs : EdgeCosts
        Seconds on every edge.
    """
    open_before, open_after = (np.isfinite(one.forward_s) | np.isfinite(one.backward_s) for one in (before, after))
    if not profile.intersection_s or np.array_equal(open_before, open_after):
        return edges, after
    was_s, is_s = (junction_delays_s(network, profile, usable) for usable in (open_before, open_after))
    less = np.flatnonzero(was_s > is_s)
    forward_s, backward_s = after.forward_s.copy(), after.backward_s.copy()
    for seconds in (forward_s, backward_s):
        seconds[less] = np.maximum(seconds[less] - (was_s - is_s)[less], 0.0)
    return np.union1d(edges, less), replace(after, forward_s=forward_s, backward_s=backward_s)


def network_with_links(network: Network, links: gpd.GeoDataFrame, max_snap_m: float) -> Network:
    """The network with new streets; nodes and edges that exist keep their numbers.

    Where links meet the middle of an edge, shorter edges with new nodes between them are laid beside it. Links
    that share a vertex meet there. A link rises evenly between its ends, as bridges do. It joins a tunnel, a bridge
    or a motorway only where it ends on its line, and no street across water.

    Parameters
    ----------
    network
        The streets before.
    links
        LineStrings in any CRS, with tags as columns.
    max_snap_m
        Farthest that an end of a link may lie from a street, unless it meets another link.

    Returns
    -------
    Streets
        Of the network's class; new nodes, edges and rows of ``ways`` stand behind those there are.

    Raises
    ------
    InputError
        Links without CRS or ``highway``, that are no lines, or that end too far from any street.
    """
    lines = _checked_links(links, network.crs)
    vertices = [[(round(x, 2), round(y, 2)) for x, y in shapely.get_coordinates(line)] for line in lines]
    ends = [end for line in vertices for end in (line[0], line[-1])]
    joints = network.shape.nearest_edges(np.array(ends), max_snap_m, network.obstacles)
    links_at = Counter(vertex for line in vertices for vertex in set(line))
    loose = [row // 2 for row, is_joined in enumerate(joints.found) if not is_joined and links_at[ends[row]] == 1]
    if loose:
        named = ", ".join(map(str, dict.fromkeys(loose)))
        raise InputError(
            f"link {named} ends more than {max_snap_m:g} m from any street that is not across water, in a tunnel or on "
            "a bridge",
            "Draw it on to a street, longitudes first",
        )
    grown = _Growth(network)
    joint = grown.joints(joints)
    for row, line in enumerate(vertices):
        chain = [joint[2 * row], *(grown.vertex(*vertex) for vertex in line), joint[2 * row + 1]]
        grown.link([node for node in chain if node >= 0], len(network.ways) + row)
    return grown.network_with(_tag_rows(network.ways, links))


class _Growth(Generic[Network]):
    """Nodes and edges added to a network."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.xy: list[tuple[float, float]] = []
        self.elevation_m: list[float] = []
        self.edges: list[tuple[int, int, int]] = []
        self.piece_of: list[int] = []
        self.vertices: dict[tuple[float, float], int] = {}

    def node(self, x: float, y: float, elevation_m: float = float("nan")) -> int:
        self.xy.append((x, y))
        self.elevation_m.append(elevation_m)
        return self.network.n_nodes + len(self.xy) - 1

    def vertex(self, x: float, y: float) -> int:
        """The node of a link's vertex, the same for all links that have it."""
        if (x, y) not in self.vertices:
            self.vertices[x, y] = self.node(x, y)
        return self.vertices[x, y]

    def joints(self, positions: Positions) -> list[int]:
        """The nodes where links meet edges: ends of edges, or new ones on them; -1 where no edge is met.

        What ends beside a node ends at it: several streets meet there, and one of them may be closed.
        """
        network, edge = self.network, positions.edge
        length_m = np.hypot(*(one[network.head[edge]] - one[network.tail[edge]] for one in (network.x, network.y)))
        beside = AT_NODE_M / np.maximum(length_m, AT_NODE_M)
        along = np.where(positions.fraction >= 1.0 - beside, 1.0, positions.fraction)
        along = np.where(positions.fraction <= np.minimum(beside, 0.5), 0.0, along)
        nodes = np.where(along == 1.0, network.head[edge], network.tail[edge])
        nodes[~positions.found] = -1
        inside = positions.found & (along > 0.0) & (along < 1.0)
        for split in np.unique(edge[inside]):
            rows = np.flatnonzero(inside & (edge == split))
            places, place = np.unique(along[rows], return_inverse=True)
            ends = [int(network.tail[split]), int(network.head[split])]
            between = [
                np.interp(places, [0.0, 1.0], values[ends]) for values in (network.x, network.y, network.elevation_m)
            ]
            new = [self.node(*map(float, values)) for values in zip(*between, strict=True)]
            self.chain([ends[0], *new, ends[1]], int(network.way[split]), int(split))
            nodes[rows] = np.array(new)[place]
        return [int(node) for node in nodes]

    def link(self, nodes: list[int], way: int) -> None:
        """The edges of a new street, rising evenly between its ends."""
        at = np.array([self.place(node) for node in nodes])
        length_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(at[:, :2], axis=0).T))])
        level_m = np.interp(length_m, length_m[[0, -1]], at[[0, -1], 2])
        for node, elevation_m in zip(nodes, level_m, strict=True):
            new = node - self.network.n_nodes
            if new >= 0 and np.isnan(self.elevation_m[new]):
                self.elevation_m[new] = float(elevation_m)
        self.chain(nodes, way)

    def place(self, node: int) -> tuple[float, float, float]:
        """Coordinates and elevation of a node."""
        network, new = self.network, node - self.network.n_nodes
        if new >= 0:
            return (*self.xy[new], self.elevation_m[new])
        return float(network.x[node]), float(network.y[node]), float(network.elevation_m[node])

    def chain(self, nodes: list[int], way: int, piece_of: int = -1) -> None:
        self.edges += [(tail, head, way) for tail, head in pairwise(nodes)]
        self.piece_of += [piece_of] * (len(nodes) - 1)

    def network_with(self, ways: pd.DataFrame) -> Network:
        network = self.network
        x, y = np.array(self.xy).T
        lon, lat = to_wgs84(x, y, network.crs)
        tail, head, way = np.array(self.edges, np.int32).T
        lon, lat = np.concatenate([network.lon, lon]), np.concatenate([network.lat, lat])
        pieces = np.array(self.piece_of, np.int32)
        # What begins or ends on a restricted street may lie behind it.
        private = np.zeros(network.n_nodes + len(self.xy), bool)
        private[network.tail[network.shape.restricted]] = private[network.head[network.shape.restricted]] = True
        inside = pieces[(pieces >= 0) & network.shape.restricted[pieces]]
        for ends in (tail, head):
            private[ends[np.isin(pieces, inside)]] = True
        closed = np.zeros(len(network.ways) + len(ways), bool)
        closed[way[(pieces < 0) & (private[tail] | private[head])]] = True
        every, all_ways = np.concatenate([network.way, way]), pd.concat([network.ways, ways], ignore_index=True)
        rules = network.rules.followed_by(all_ways)
        links = rules.restrictions_by_way.take(np.arange(len(network.ways), len(all_ways)))
        of_links = links.followed_by(network.shape.restrictions)
        restrictions = of_links.take(np.where(pieces >= 0, len(ways) + pieces, way - len(network.ways)))
        restrictions = restrictions.or_unknown((pieces < 0) & closed[way])
        shape = network.shape.grown(x, y, tail, head, restrictions, pieces, rules.sheltered[every])
        # The shape has grown by what the links are; whatever else it follows from is as it was.
        return network.with_true_shape(
            node_id=np.concatenate([network.node_id, below(network.node_id, len(self.xy))]),
            lon=lon,
            lat=lat,
            x=shape.x,
            y=shape.y,
            elevation_m=np.concatenate([network.elevation_m, np.array(self.elevation_m, np.float32)]),
            tail=shape.tail,
            head=shape.head,
            shape=shape,
            length_m=np.concatenate([network.length_m, ground_length_m(lon, lat, tail, head)]),
            way=every,
            ways=all_ways,
            rules=rules,
            stands_for=np.concatenate(
                [network.stands_for, np.arange(network.n_nodes, network.n_nodes + len(self.xy), dtype=np.int32)]
            ),
            n_new_nodes=network.n_new_nodes + len(self.xy),
            n_new_ways=network.n_new_ways + len(ways),
        )


def _checked_links(links: gpd.GeoDataFrame, crs: str) -> NDArray[np.object_]:
    if links.crs is None:
        raise InputError("links have no coordinate reference system", "Set it with set_crs()")
    if "highway" not in links or links["highway"].isna().any():
        raise InputError("a link has no highway tag", 'Say what it is, such as highway = "footway"')
    lines: NDArray[np.object_] = links.geometry.to_crs(crs).to_numpy()
    faulty = (shapely.get_type_id(lines) != shapely.GeometryType.LINESTRING) | shapely.is_empty(lines)
    if faulty.any():
        raise InputError(f"link {int(np.flatnonzero(faulty)[0])} is no line", "Draw each link as one LineString")
    return lines


def _tag_rows(ways: pd.DataFrame, links: gpd.GeoDataFrame) -> pd.DataFrame:
    """Rows of ``ways`` for links: their tags, and ids below zero."""
    dtypes = ways.dtypes
    untold = {dtype: pd.Series([None] * len(links), dtype=dtype) for dtype in dtypes.drop("osm_id").unique()}
    tags = {"osm_id": below(ways["osm_id"].to_numpy(), len(links))}
    tags |= {column: links[column].to_numpy() for column in dtypes.index if column != "osm_id" and column in links}
    return pd.DataFrame(
        {
            column: pd.Series(tags[column], dtype=dtype) if column in tags else untold[dtype]
            for column, dtype in dtypes.items()
        }
    )

"""What a scenario changes on the streets: costs of edges, closures, new links."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from tesoma_geo.crs import to_wgs84
from tesoma_geo.errors import InputError
from tesoma_geo.network.impedance import EdgeCosts
from tesoma_geo.network.snap import Positions, SnapIndex
from tesoma_geo.network.streets import StreetNetwork, ground_length_m


@dataclass(frozen=True)
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

    @classmethod
    def closing(cls, edges: ArrayLike) -> "Edits":
        """Nobody passes these edges."""
        return cls(edges, factor=np.inf)

    def checked_edges(self, n_edges: int) -> NDArray[np.int64]:
        """The edges as an array.

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


def edited_costs(costs: EdgeCosts, edits: Edits) -> tuple[NDArray[np.int64], EdgeCosts]:
    """The edges that edits name, and the seconds of all edges after them."""
    edges = edits.checked_edges(len(costs.forward_s))
    edited = []
    for seconds in (costs.forward_s, costs.backward_s):
        after = seconds.copy()
        with np.errstate(invalid="ignore"):  # inf × 0 is a closed edge made free: it stays closed
            after[edges] = seconds[edges] * np.asarray(edits.factor, float) + np.asarray(edits.delay_s, float)
        after[np.isinf(seconds) | np.isnan(after)] = np.inf
        edited.append(after)
    return edges, EdgeCosts(*edited)


def network_with_links(network: StreetNetwork, links: gpd.GeoDataFrame, max_snap_m: float) -> StreetNetwork:
    """The network with new streets; nodes and edges that exist keep their numbers.

    Where a link meets the middle of an edge, two edges to a new node are laid beside it.

    Parameters
    ----------
    network
        The streets before.
    links
        LineStrings in any CRS, with tags as columns.
    max_snap_m
        Farthest that an end of a link may lie from a street.

    Raises
    ------
    InputError
        Links without CRS or ``highway``, that are no lines, or that end too far from any street.
    """
    lines = _checked_links(links, network.crs)
    first, last = shapely.get_point(lines, 0), shapely.get_point(lines, -1)
    ends = np.stack([shapely.get_coordinates(first), shapely.get_coordinates(last)], axis=1).reshape(-1, 2)
    index = SnapIndex.of(network.segments, np.ones(network.n_edges, bool))
    joints = index.positions(ends, max_snap_m)
    if not joints.found.all():
        row = int(np.flatnonzero(~joints.found)[0]) // 2
        raise InputError(
            f"link {row} ends more than {max_snap_m:g} m from any street", "Draw it on to a street, or raise max_snap_m"
        )
    grown = _Growth(network)
    joint_nodes = [grown.joint(joints, row) for row in range(len(ends))]
    for row, line in enumerate(lines):
        way = len(network.ways) + row
        vertices = [grown.node(x, y) for x, y in shapely.get_coordinates(line)]
        grown.chain([joint_nodes[2 * row], *vertices, joint_nodes[2 * row + 1]], way)
    return grown.network_with(_tag_rows(network.ways, links))


class _Growth:
    """Nodes and edges added to a network."""

    def __init__(self, network: StreetNetwork) -> None:
        self.network = network
        self.xy: list[tuple[float, float]] = []
        self.elevation_m: list[float] = []
        self.edges: list[tuple[int, int, int]] = []

    def node(self, x: float, y: float, elevation_m: float = float("nan")) -> int:
        self.xy.append((x, y))
        self.elevation_m.append(elevation_m)
        return self.network.n_nodes + len(self.xy) - 1

    def joint(self, positions: Positions, row: int) -> int:
        """The node where a link meets an edge: an end of the edge, or a new one on it."""
        network, edge, along = self.network, int(positions.edge[row]), float(positions.fraction[row])
        tail, head = int(network.tail[edge]), int(network.head[edge])
        if along in (0.0, 1.0):
            return tail if along == 0.0 else head
        between = [
            (1 - along) * values[tail] + along * values[head] for values in (network.x, network.y, network.elevation_m)
        ]
        joint = self.node(*map(float, between))
        self.edges += [(tail, joint, int(network.way[edge])), (joint, head, int(network.way[edge]))]
        return joint

    def chain(self, nodes: list[int], way: int) -> None:
        self.edges += [(tail, head, way) for tail, head in pairwise(nodes)]

    def network_with(self, ways: pd.DataFrame) -> StreetNetwork:
        network = self.network
        x, y = np.array(self.xy).T
        lon, lat = to_wgs84(x, y, network.crs)
        tail, head, way = np.array(self.edges, np.int32).T
        lon, lat = np.concatenate([network.lon, lon]), np.concatenate([network.lat, lat])
        return replace(
            network,
            node_id=np.concatenate([network.node_id, -1 - np.arange(len(self.xy))]),
            lon=lon,
            lat=lat,
            x=np.concatenate([network.x, x]),
            y=np.concatenate([network.y, y]),
            elevation_m=np.concatenate([network.elevation_m, np.array(self.elevation_m, np.float32)]),
            tail=np.concatenate([network.tail, tail]),
            head=np.concatenate([network.head, head]),
            length_m=np.concatenate([network.length_m, ground_length_m(lon, lat, tail, head)]),
            way=np.concatenate([network.way, way]),
            ways=pd.concat([network.ways, ways], ignore_index=True),
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
    columns = {
        column: links[column].to_numpy() if column in links else None for column in ways.columns if column != "osm_id"
    }
    rows = pd.DataFrame({"osm_id": -1 - np.arange(len(links)), **columns})
    return rows.astype(ways.dtypes.to_dict())

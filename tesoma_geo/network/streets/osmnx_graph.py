"""Street networks to and from osmnx graphs, so that a notebook that begins with osmnx goes on here, and back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer

from tesoma_geo._extras import require
from tesoma_geo.countries import country_of, country_rules
from tesoma_geo.crs import WGS84, to_metric
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.barrier_nodes import below
from tesoma_geo.network.streets.directions import oneway
from tesoma_geo.network.streets.lane_tags import with_lanes
from tesoma_geo.network.streets.metric import middle_of, network_crs
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.point_splits import with_barriers_split
from tesoma_geo.network.streets.shape import StreetShape
from tesoma_geo.network.streets.understood import not_moved_on, not_understood
from tesoma_geo.sources.osm_tags import NODE_TAGS, RARE_NODE_TAGS, RARE_WAY_TAGS, WAY_TAGS
from tesoma_geo.tables import LeftOut

if TYPE_CHECKING:
    import networkx as nx

Network = TypeVar("Network", bound=Streets)


def to_osmnx(network: Streets) -> "nx.MultiDiGraph":
    """A network as an unsimplified osmnx graph.

    Parameters
    ----------
    network
        The streets.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes by OpenStreetMap id with ``x``, ``y`` (degrees), ``street_count``, their tags and, where
        known, ``elevation``. Edges with ``osmid``, ``length`` (metres), ``oneway`` and ``reversed``
        as osmnx has them, and the tags of their way. Streets that are one-way for cars have one
        edge; ``reversed`` tells edges that run against the direction in which the way is drawn.
    """
    graph = require("networkx", extra="fetch").MultiDiGraph(crs="epsg:4326", created_with="tesoma_geo")
    ids = network.node_id[network.stands_for].tolist()
    streets = ~network.is_barrier
    ends = network.stands_for[np.concatenate([network.tail[streets], network.head[streets]])]
    street_count = np.bincount(ends, minlength=len(ids))
    nodes = [
        {"y": lat, "x": lon, "street_count": count}
        for lat, lon, count in zip(network.lat.tolist(), network.lon.tolist(), street_count.tolist(), strict=True)
    ]
    for node, tags in zip(network.node_tags["node"], _tags(network.node_tags.drop(columns="node")), strict=True):
        nodes[node] |= tags
    for node in np.flatnonzero(~np.isnan(network.elevation_m)):
        nodes[node]["elevation"] = float(network.elevation_m[node])
    itself = network.stands_for == np.arange(len(ids))
    graph.add_nodes_from((ids[node], nodes[node]) for node in np.flatnonzero(itself))
    graph.add_edges_from(_directed_edges(network, ids))
    return graph


def _directed_edges(network: Streets, ids: list[int]) -> list[tuple[int, int, dict[str, Any]]]:
    forward, backward = oneway(network.ways, "car")
    shared = [
        {"osmid": osmid} | tags | {"oneway": bool(one)}
        for osmid, tags, one in zip(
            network.ways["osm_id"].tolist(), _tags(network.ways.drop(columns="osm_id")), forward ^ backward, strict=True
        )
    ]
    edges = []
    streets = ~network.is_barrier
    lists = (
        network.tail[streets].tolist(),
        network.head[streets].tolist(),
        network.way[streets].tolist(),
        network.length_m[streets].astype(float).tolist(),
    )
    for tail, head, way, length_m in zip(*lists, strict=True):
        if forward[way]:
            edges.append((ids[tail], ids[head], shared[way] | {"reversed": False, "length": length_m}))
        if backward[way]:
            edges.append((ids[head], ids[tail], shared[way] | {"reversed": True, "length": length_m}))
    return edges


def _tags(table: pd.DataFrame) -> list[dict[str, str]]:
    """The tags of each row that has them."""
    rows: list[dict[str, str]] = [{} for _ in range(len(table))]
    for key in table.columns:
        present = table[key].notna().to_numpy()
        for row, value in zip(np.flatnonzero(present), table[key][present], strict=True):
            rows[row][str(key)] = value
    return rows


def from_osmnx(kind: type[Network], graph: "nx.MultiDiGraph", crs: str | None = None) -> Network:
    """The network of an osmnx graph, simplified or not, projected or not.

    Curved edges are split into straight segments, whose inner nodes are numbered below zero. Both
    directions of a street become one edge with the ``oneway`` tag that they stand for. Where
    simplification merged ways with different tags, the first in the alphabet is taken. What is left out is counted as
    it is of a file; of turn restrictions such a graph knows nothing.

    Parameters
    ----------
    kind
        Class of the network: :class:`Streets`, or one derived from it.
    graph
        A graph with ``graph["crs"]``, nodes with ``x`` and ``y``, and edges.
    crs
        The metric system of the network; the place's own where it is None.

    Returns
    -------
    Streets
        Of the class ``kind``, with barriers on edges of their own; elevation is NaN where a node has none.

    Raises
    ------
    InputError
        The graph has no CRS, no edges, or nodes without a whole number or coordinates.
    """
    if not hasattr(graph, "graph") or not graph.is_multigraph():
        raise InputError(f"The graph is {graph!r:.60}", "Give a MultiDiGraph of osmnx")
    nodes, to_degrees = _nodes(graph)
    streets = _streets(graph)
    ways, way_of_street = _ways(streets)
    ways = with_lanes(ways)
    position = pd.Series(np.arange(len(nodes)), index=nodes.index)
    first, last = position[streets["from"]].to_numpy(), position[streets["to"]].to_numpy()
    inner_counts, inner_lon, inner_lat = _inner_nodes(streets["geometry"], to_degrees)
    n_inner = len(inner_lon)
    street, starts, ends_at = _segments(inner_counts, first, last)

    mapped_id = nodes.index.to_numpy(np.int64)
    node_id = np.concatenate([below(mapped_id, n_inner)[::-1], mapped_id])
    lon = np.concatenate([inner_lon, nodes["lon"].to_numpy()])
    lat = np.concatenate([inner_lat, nodes["lat"].to_numpy()])
    elevation_m = np.concatenate([np.full(n_inner, np.nan), nodes["elevation"].to_numpy(float)])
    used, ends = np.unique(np.concatenate([starts, ends_at]), return_inverse=True)
    tail, head = ends.astype(np.int32).reshape(2, -1)
    lon, lat = lon[used], lat[used]
    crs = network_crs(crs, lon, lat)
    x, y = to_metric(lon, lat, crs)
    country, node_tags = country_of(crs, *middle_of(lon, lat)), _node_tags(graph, node_id[used])
    network = kind(
        node_id=node_id[used],
        lon=lon,
        lat=lat,
        x=x,
        y=y,
        elevation_m=elevation_m[used].astype(np.float32),
        tail=tail,
        head=head,
        length_m=_lengths_m(lon, lat, tail, head, street, streets["length"].to_numpy(float)),
        way=way_of_street[street].astype(np.int32),
        ways=ways,
        node_tags=node_tags,
        crs=crs,
        country=country,
        left_out=(
            *_merged(graph),
            *not_moved_on(ways),
            *not_understood(ways, node_tags, country_rules(country)),
        ),
        shape=StreetShape.before_split(x, y, tail, head),
    )
    return with_barriers_split(network)


def _segments(
    inner_counts: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The streets as straight segments: of which street each is, and its ends; inner nodes are numbered before others.

    A street with k inner nodes is k + 1 segments through them, one after another.
    """
    n_inner = int(inner_counts.sum())
    street = np.repeat(np.arange(len(inner_counts)), inner_counts + 1)
    starts = np.cumsum(inner_counts + 1) - (inner_counts + 1)
    place = np.arange(len(street)) - starts[street]
    inner_before = (np.cumsum(inner_counts) - inner_counts)[street] + place
    tail = np.where(place == 0, first[street] + n_inner, inner_before - 1)
    head = np.where(place == inner_counts[street], last[street] + n_inner, inner_before)
    return street, tail, head


def _nodes(graph: "nx.MultiDiGraph") -> tuple[pd.DataFrame, Transformer]:
    """Nodes by ascending id with ``lon, lat, elevation``, and what turns the graph's coordinates into degrees."""
    if "crs" not in graph.graph or graph.number_of_edges() == 0:
        missing = "crs" if "crs" not in graph.graph else "edges"
        raise InputError(f"the graph has no {missing}", "Make it with osmnx: ox.graph_from_place, ox.load_graphml")
    table = pd.DataFrame.from_dict(dict(graph.nodes(data=True)), orient="index").reindex(
        columns=["x", "y", "elevation"]
    )
    whole = all(isinstance(node, int | np.integer) for node in graph.nodes)
    if not whole or table[["x", "y"]].isna().any(axis=None):
        raise InputError("nodes of the graph have no whole number or no x and y", "Make the graph with osmnx")
    to_degrees = Transformer.from_crs(graph.graph["crs"], WGS84, always_xy=True)
    lon, lat = to_degrees.transform(table["x"].to_numpy(float), table["y"].to_numpy(float))
    table = table.assign(lon=lon, lat=lat).sort_index()
    return table[["lon", "lat", "elevation"]], to_degrees


def _streets(graph: "nx.MultiDiGraph") -> pd.DataFrame:
    """A row a street: ``from, to`` as drawn, ``forward, backward``, and the attributes of its edges."""
    edges = pd.DataFrame([{"from": u, "to": v} | _plain(data) for u, v, data in graph.edges(data=True)])
    rare = [tag for tag in RARE_WAY_TAGS if tag in edges]
    edges = edges.reindex(columns=["from", "to", "geometry", "length", "reversed", "osmid", *WAY_TAGS, *rare])
    said = edges["reversed"].astype(object)
    against = np.where(said.isna(), _by_order(edges), said.eq(True)).astype(bool)
    edges.loc[against, ["from", "to"]] = edges.loc[against, ["to", "from"]].to_numpy()
    curved, geometry = edges["geometry"].notna().to_numpy(), edges["geometry"].to_numpy(object, copy=True)
    geometry[curved & against] = shapely.reverse(geometry[curved & against])
    edges["geometry"] = geometry
    shape = np.full(len(edges), "", dtype=object)
    shape[curved] = shapely.to_wkt(geometry[curved], rounding_precision=7)
    edges["osmid"] = pd.to_numeric(edges["osmid"], errors="coerce").fillna(0).astype(np.int64)
    street = edges.assign(shape=shape).groupby(["from", "to", "osmid", "shape"], sort=True).ngroup().to_numpy()
    _, row = np.unique(street, return_index=True)
    return edges.iloc[row].assign(forward=np.bincount(street, ~against) > 0, backward=np.bincount(street, against) > 0)


def _merged(graph: "nx.MultiDiGraph") -> tuple[LeftOut, ...]:
    """The account of edges that simplification made of ways with different tags."""
    known = {*WAY_TAGS, *RARE_WAY_TAGS} - {"name"}
    several = [
        sorted(key for key, value in data.items() if key in known and isinstance(value, list) and len(set(value)) > 1)
        for _, _, data in graph.edges(data=True)
    ]
    count = sum(map(bool, several))
    if not count:
        return ()
    reason = "made of ways with different tags: the first value in the alphabet is taken"
    return (LeftOut("edges", reason, count, tuple(sorted({key for keys in several for key in keys})[:3])),)


def _by_order(edges: pd.DataFrame) -> "pd.Series[bool]":
    """Which edges run against an order of their own, for want of the direction in which they are drawn."""

    def against(tail: int, head: int, line: Any) -> bool:
        if tail != head or not isinstance(line, shapely.LineString):
            return tail > head
        return list(line.coords) > list(line.coords)[::-1]

    ends = zip(edges["from"], edges["to"], edges["geometry"], strict=True)
    return pd.Series([against(*edge) for edge in ends], index=edges.index, dtype=bool)


def _plain(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes with one of those that simplification collected into lists; the order there is not to be relied on."""
    plain = {key: min(value, key=str) if isinstance(value, list) else value for key, value in attributes.items()}
    if isinstance(attributes.get("reversed"), list):
        plain["reversed"] = None
    return plain


def _ways(streets: pd.DataFrame) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Ways by ascending id, streets of the same id and tags together, and the way of each street."""
    tags = streets[[tag for tag in (*WAY_TAGS, *RARE_WAY_TAGS) if tag in streets]].astype("str")
    forward, backward = streets["forward"].to_numpy(), streets["backward"].to_numpy()
    tags["oneway"] = pd.Series(None, index=tags.index, dtype="str")
    # What the class or tags such as motor_vehicle:backward say already needs no tag of its own.
    as_drawn, against = oneway(tags, "car")
    tags.loc[forward & backward & ~(as_drawn & against), "oneway"] = "no"
    tags.loc[forward & ~backward & ~(as_drawn & ~against), "oneway"] = "yes"
    tags.loc[~forward & backward & ~(~as_drawn & against), "oneway"] = "-1"
    ways = pd.concat([streets["osmid"].rename("osm_id"), tags], axis=1)
    alike = pd.DataFrame({"osm_id": ways["osm_id"], "tags": pd.util.hash_pandas_object(tags, index=False)})
    way = np.asarray(alike.groupby(["osm_id", "tags"], sort=True).ngroup(), np.int64)
    _, row = np.unique(way, return_index=True)
    return ways.iloc[row].reset_index(drop=True), way


def _inner_nodes(
    geometry: "pd.Series[Any]", to_degrees: Transformer
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """How many nodes each street has between its ends, and their longitudes and latitudes in order."""
    curved = geometry.notna().to_numpy()
    lines = geometry.to_numpy(object)[curved]
    counts = np.zeros(len(geometry), np.int64)
    counts[curved] = shapely.get_num_points(lines) - 2
    points, line = shapely.get_coordinates(lines, return_index=True)
    is_end = np.ones(len(points), bool)
    is_end[1:-1] = (line[1:-1] != line[:-2]) | (line[1:-1] != line[2:])
    lon, lat = to_degrees.transform(*points[~is_end].T)
    return counts, np.asarray(lon, np.float64), np.asarray(lat, np.float64)


def _lengths_m(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    street: NDArray[np.int64],
    street_length_m: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Length of each segment, so that the segments of a street have the length that the graph says."""
    _, _, straight_m = Geod(ellps="WGS84").inv(lon[tail], lat[tail], lon[head], lat[head])
    measured_m = np.bincount(street, straight_m)
    is_known = (street_length_m > 0) & (measured_m > 0)
    stretch = np.where(is_known, street_length_m / np.where(is_known, measured_m, 1.0), 1.0)
    return np.asarray(straight_m * stretch[street], np.float32)


def _node_tags(graph: "nx.MultiDiGraph", node_id: NDArray[np.int64]) -> pd.DataFrame:
    known = {*NODE_TAGS, *RARE_NODE_TAGS}
    tagged = [
        {"node": index} | {key: str(value) for key, value in graph.nodes[node].items() if key in known}
        for index, node in enumerate(node_id.tolist())
        if node in graph and not graph.nodes[node].keys().isdisjoint(known)
    ]
    used = {key for row in tagged for key in row}
    keys = [*NODE_TAGS, *(key for key in RARE_NODE_TAGS if key in used)]
    table = pd.DataFrame(tagged, columns=["node", *keys])
    return table.astype({"node": np.int64} | dict.fromkeys(keys, "str"))

"""The street network of an OpenStreetMap extract: which of its ways anybody moves on, numbered anew."""

from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.countries import country_of, country_rules
from tesoma_geo.crs import to_metric
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.directions import oneway
from tesoma_geo.network.streets.lane_tags import with_lanes
from tesoma_geo.network.streets.lengths import ground_length_m
from tesoma_geo.network.streets.metric import middle_of, network_crs
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.permissions import NO_WAYS, NOT_BUILT, one_class
from tesoma_geo.network.streets.point_splits import with_barriers_split
from tesoma_geo.network.streets.shape import StreetShape
from tesoma_geo.network.streets.turn_restrictions import rules_on_edges, undecided
from tesoma_geo.network.streets.understood import not_moved_on, not_understood, told_undecided
from tesoma_geo.sources.osm import OsmExtract
from tesoma_geo.sources.osm_restrictions import left_out_restrictions

Network = TypeVar("Network", bound=Streets)


def streets_of_extract(
    kind: type[Network],
    extract: OsmExtract,
    crs: str | None = None,
    area: shapely.Geometry | None = None,
    country: str | None = None,
) -> Network:
    """Build the network of an OpenStreetMap extract.

    Parameters
    ----------
    kind
        The class of the network, :class:`Streets` or one that stands on it.
    extract
        Nodes, edges and ways as they were read.
    crs
        The metric system to measure in; the place's own where it is None.
    area
        Polygon in ``crs``: only edges with an end inside are kept. The whole extract otherwise.
    country
        ISO 3166-1 code of the country whose rules hold; the place's where it is None.

    Returns
    -------
    Streets
        With barriers on edges of their own; the elevation is NaN.

    Raises
    ------
    InputError
        No street lies in ``area``, or ``crs`` is not made for the place.
    """
    crs = network_crs(crs, extract.lon, extract.lat, country)
    x, y = to_metric(extract.lon, extract.lat, crs)
    extract = replace(extract, ways=with_lanes(_of_one_class(extract.ways)))
    kept = _edges_to_keep(extract, x, y, area)
    nodes, ends = np.unique(np.concatenate([extract.tail[kept], extract.head[kept]]), return_inverse=True)
    ways, way = np.unique(extract.way[kept], return_inverse=True)
    tail, head = ends.astype(np.int32).reshape(2, -1)
    x, y = x[nodes], y[nodes]
    lon, lat = extract.lon[nodes], extract.lat[nodes]
    node_id, way_id = extract.node_id[nodes], extract.ways["osm_id"].to_numpy(np.int64)[ways][way]
    of_ways = extract.ways.iloc[ways].reset_index(drop=True)
    forward, backward = oneway(of_ways, "car")
    rules, unused = rules_on_edges(extract.restrictions, node_id, tail, head, way_id, (forward[way], backward[way]))
    named = country_of(crs, *middle_of(lon, lat)) if country is None else country
    node_tags = _renumbered(extract.node_tags, nodes)
    network = kind(
        node_id=node_id,
        lon=lon,
        lat=lat,
        x=x,
        y=y,
        elevation_m=np.full(len(nodes), np.nan, np.float32),
        tail=tail,
        head=head,
        length_m=ground_length_m(lon, lat, tail, head),
        way=way.astype(np.int32),
        ways=of_ways,
        node_tags=node_tags,
        crs=crs,
        left_out=(
            *extract.left_out,
            *not_moved_on(extract.ways),
            *left_out_restrictions(unused),
            *told_undecided(undecided(rules), "turn restrictions"),
            *not_understood(of_ways, node_tags, country_rules(named)),
        ),
        turn_rules=rules,
        country=named,
        shape=StreetShape.before_split(x, y, tail, head),
    )
    return with_barriers_split(network)


def _of_one_class(ways: pd.DataFrame) -> pd.DataFrame:
    """The ways with one class of road each, where several are given."""
    several = {value: one_class(value) for value in ways["highway"].dropna().unique() if ";" in value}
    return ways.assign(highway=ways["highway"].replace(several)) if several else ways


def _edges_to_keep(
    extract: OsmExtract, x: NDArray[np.float64], y: NDArray[np.float64], area: shapely.Geometry | None
) -> NDArray[np.bool_]:
    """Edges of streets that are built and lead somewhere else, with an end in the area where there is one.

    Raises
    ------
    InputError
        There are none.
    """
    built = ~extract.ways["highway"].isin(NOT_BUILT).to_numpy()
    no_ways = extract.ways["highway"].isin(NO_WAYS - NOT_BUILT).to_numpy()
    kept: NDArray[np.bool_] = (built & ~no_ways)[extract.way] & (extract.tail != extract.head)
    if area is not None:
        shapely.prepare(area)
        inside = shapely.contains_xy(area, x, y)
        kept &= inside[extract.tail] | inside[extract.head]
    if not kept.any():
        raise InputError(
            "no street lies in the area of the network",
            "Check that longitude and latitude are not swapped and that the OpenStreetMap file covers the district",
        )
    return kept


def _renumbered(node_tags: pd.DataFrame, nodes: NDArray[np.int64]) -> pd.DataFrame:
    """Node tags of the kept nodes, with their new indices."""
    index = np.searchsorted(nodes, node_tags["node"]).clip(max=len(nodes) - 1)
    kept = nodes[index] == node_tags["node"]
    tags: pd.DataFrame = node_tags[kept].assign(node=index[kept])
    return tags.reset_index(drop=True)

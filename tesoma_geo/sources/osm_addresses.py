"""Addresses of an OpenStreetMap file: the house numbers of its streets."""

import os
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import shapely

from tesoma_geo._reading import guarded
from tesoma_geo.crs import to_metric
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_ordered import ordered
from tesoma_geo.tables import Reading

#: A house number, and the names it may belong to, in the order in which they are asked.
NUMBER, STREETS = "addr:housenumber", ("addr:street", "addr:place")


@guarded("OpenStreetMap data", "It may be cut off or damaged: download it again")
def read_osm_addresses(path: str | os.PathLike[str], *, crs: str, within: shapely.Geometry) -> Reading:
    """Read the addresses that nodes and closed ways carry.

    Parameters
    ----------
    path
        An OpenStreetMap file.
    crs
        The metric CRS of the result.
    within
        Polygon in ``crs``; others are not wanted.

    Returns
    -------
    Reading
        ``street``, ``number`` and points, sorted by street, number and place, each address once; no rows where the file
        holds no address. A building's point is the mean of its corners.

    Raises
    ------
    SourceError
        The file cannot be read.
    """
    file = Path(path)
    try:
        with ordered(file) as one:
            name = str(one.path)
            nodes, outlines = _nodes_with_number(name), _ways_with_number(name)
            places = _places(name, {ref for _, _, refs in outlines for ref in refs})
    except (RuntimeError, OSError) as error:
        raise SourceError(f"{file} cannot be read as OpenStreetMap data ({error})", "Download it again") from None
    rows = [*nodes, *_middles(outlines, places)]
    table = pd.DataFrame(rows, columns=["street", "number", "lon", "lat"])
    x, y = to_metric(table["lon"].to_numpy(float), table["lat"].to_numpy(float), crs)
    points = gpd.GeoDataFrame(table[["street", "number"]], geometry=gpd.points_from_xy(x, y), crs=crs)
    met = points[points.intersects(within)].assign(x=lambda one: one.geometry.x, y=lambda one: one.geometry.y)
    once = met.sort_values(["street", "number", "x", "y"]).drop_duplicates(["street", "number"])
    return Reading(once[["street", "number", "geometry"]].reset_index(drop=True))


def _street(tags: osmium.osm.TagList) -> str:
    """The street or place that a house number belongs to; empty where nothing is said."""
    return next((tags[key].strip() for key in STREETS if key in tags), "")


def _nodes_with_number(file: str) -> list[tuple[str, str, float, float]]:
    nodes = osmium.FileProcessor(file, osmium.osm.NODE).with_filter(osmium.filter.KeyFilter(NUMBER))
    return [
        (_street(node.tags), node.tags[NUMBER].strip(), node.lon, node.lat)
        for node in nodes
        if isinstance(node, osmium.osm.Node) and node.location.valid() and _street(node.tags)
    ]


def _ways_with_number(file: str) -> list[tuple[str, str, list[int]]]:
    ways = osmium.FileProcessor(file, osmium.osm.WAY).with_filter(osmium.filter.KeyFilter(NUMBER))
    return [
        (_street(way.tags), way.tags[NUMBER].strip(), sorted({node.ref for node in way.nodes}))
        for way in ways
        if isinstance(way, osmium.osm.Way) and _street(way.tags)
    ]


def _places(file: str, refs: Iterable[int]) -> dict[int, tuple[float, float]]:
    """Longitude and latitude of nodes."""
    wanted = sorted(refs)
    if not wanted:
        return {}
    nodes = osmium.FileProcessor(file, osmium.osm.NODE).with_filter(osmium.filter.IdFilter(wanted))
    return {
        node.id: (node.lon, node.lat)
        for node in nodes
        if isinstance(node, osmium.osm.Node) and node.location.valid()
    }  # fmt: skip


def _middles(
    outlines: Iterable[tuple[str, str, list[int]]], places: dict[int, tuple[float, float]]
) -> list[tuple[str, str, float, float]]:
    rows = []
    for street, number, refs in outlines:
        corners = np.array([places[ref] for ref in refs if ref in places], float)
        if len(corners):
            lon, lat = corners.mean(axis=0).tolist()
            rows.append((street, number, lon, lat))
    return rows

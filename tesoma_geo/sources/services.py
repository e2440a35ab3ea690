"""Everyday services by kind, one point each: from OpenStreetMap tags, and from files of points or areas."""

import os
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.crs import WGS84
from tesoma_geo.errors import SourceError
from tesoma_geo.sources._columns import texts
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.tables import SERVICES, LeftOut, Reading, checked
from tesoma_geo.workspace import ServiceLayer

#: Entrances that a visitor uses, best first; others (``service``, ``emergency``, ``exit``) are passed by.
_ENTRANCES = ("main", "yes", "shop", "staircase", "secondary")

_ID_NAMES = ("service_id", "id", "@id", "gml_id", "tunnus", "fid")


def read_osm_services(
    path: str | os.PathLike[str],
    filters: Mapping[str, str],
    *,
    crs: str,
    within: shapely.Geometry | None = None,
) -> Reading:
    """Read services from an OpenStreetMap file: tagged nodes, closed ways and multipolygons.

    A service stands at the entrance mapped on its outline (``entrance=main`` first), otherwise at
    its node or at a point inside its outline. One that is mapped twice, as a node or a building
    inside its own outline under the same tag, and not under another name, counts once.

    Parameters
    ----------
    path
        ``.osm.pbf``, ``.osm``, ``.osm.gz`` or ``.osm.bz2``.
    filters
        Kind to filter: ``{"health": "amenity=doctors|dentist"}``; ``*`` is any value.
    crs
        The metric CRS of the result.
    within
        Services outside this area (in ``crs``) are left out.

    Returns
    -------
    Reading
        :data:`~tesoma_geo.tables.SERVICES` with ids such as ``osm:way/45``; one that is of
        several kinds has a row, and an id, for each.

    Raises
    ------
    SourceError
        The file is missing or is not OpenStreetMap data.
    """
    wanted = {kind: _parsed(text) for kind, text in filters.items()}
    if not wanted:
        return _reading(_table([], crs), Path(path), within)
    try:
        tagged, shapeless = _tagged(str(path), wanted)
    except (RuntimeError, OSError, ValueError) as error:
        raise SourceError(
            f"{path} cannot be read as OpenStreetMap data ({error})",
            "Correct the path; a file that is cut off is to be downloaded again",
        ) from None
    services, repeated = _each_once(_table(tagged, crs))
    reading = _reading(services, Path(path), within)
    left_out = [
        LeftOut("services", reason, len(names), tuple(names[:3]))
        for reason, names in (
            ("mapped as a line or as a relation without an outline", shapeless),
            ("mapped a second time inside their own outline", repeated),
        )
        if names
    ]
    return Reading(reading.table, (*left_out, *reading.left_out), _absent(services, filters))


def read_service_layer(
    path: str | os.PathLike[str],
    layer: ServiceLayer,
    *,
    key: str,
    crs: str,
    within: shapely.Geometry | None = None,
) -> Reading:
    """Read services of one kind from a vector file, or from a table with coordinate columns.

    Parameters
    ----------
    path
        Where the file lies; what ``layer.source`` says is not looked at.
    layer
        The kind, which layer and rows of the file, and its columns of names and coordinates.
    key, crs
        As of :func:`tesoma_geo.sources.layers.read_layer`.
    within
        Services outside this area (in ``crs``) are left out.

    Returns
    -------
    Reading
        :data:`~tesoma_geo.tables.SERVICES`; areas and lines stand at a point inside them. Ids
        are ``<file>:<id>``, with the number of the row where no column identifies them.

    Raises
    ------
    SourceError
        As of ``read_layer``.
    """
    read = read_layer(path, key=key, crs=crs, layer=layer.layer, where=layer.where, lon=layer.lon, lat=layer.lat)
    rows, notes, stem = read.table, read.notes, Path(path).name.split(".")[0]
    columns = {str(column).lower(): str(column) for column in rows.columns}
    id_column = next((columns[known] for known in _ID_NAMES if known in columns), None)
    ids = texts(rows[id_column]) if id_column else []
    if "" in ids or len(set(ids)) < len(rows):
        ids = [str(number) for number in range(1, len(rows) + 1)]
    if layer.name in rows.columns:
        names = [text or None for text in texts(rows[layer.name])]
    else:
        names = [None] * len(rows)
        notes += (f"there is no column {layer.name!r}, so the services are unnamed; its columns: {', '.join(columns)}",)
    services = gpd.GeoDataFrame(
        {"service_id": [f"{stem}:{own}" for own in ids], "kind": layer.kind, "name": names},
        geometry=shapely.point_on_surface(rows.geometry.to_numpy()),
        crs=crs,
    )
    same = services.assign(place=services.geometry.to_wkb()).duplicated(["name", "place"]).to_numpy()
    reading = _reading(services[~same], Path(path), within)
    repeated = LeftOut("services", "the same name at the same place", int(same.sum()))
    left_out = (*read.left_out, *((repeated,) if repeated.count else ()), *reading.left_out)
    return Reading(reading.table, left_out, notes)


def _parsed(text: str) -> tuple[str, frozenset[str]]:
    tag_key, _, values = text.partition("=")
    return tag_key, frozenset(values.split("|"))


def _tagged(path: str, wanted: Mapping[str, tuple[str, frozenset[str]]]) -> tuple[list[dict[str, object]], list[str]]:
    """Nodes and areas with wanted tags, a row each and kind; and the names of what has no shape."""
    entrances = _entrances(path)
    factory = osmium.geom.WKBFactory()
    tag_filter = osmium.filter.KeyFilter(*sorted({tag_key for tag_key, _ in wanted.values()}))
    rows: list[dict[str, object]] = []
    not_areas: dict[tuple[str, int], str] = {}
    for item in osmium.FileProcessor(path).with_areas(tag_filter).with_filter(tag_filter):
        tags = {kind: tag for kind, (tag, values) in wanted.items() if _matches(item.tags.get(tag), values)}
        if not tags or isinstance(item, osmium.osm.Changeset):
            continue
        own_name = item.tags.get("name")
        entrance = None
        if isinstance(item, osmium.osm.Node):
            element, wkb = ("node", item.id), factory.create_point(item.location)
        elif isinstance(item, osmium.osm.Area):
            element = ("way" if item.from_way() else "relation", item.orig_id())
            not_areas.pop(element, None)
            wkb = factory.create_multipolygon(item)
            outline = (node.ref for ring in item.outer_rings() for node in ring)
            entrance = min((entrances[ref] for ref in outline if ref in entrances), default=None)
        else:
            # Its area follows when it has one.
            element = ("way" if isinstance(item, osmium.osm.Way) else "relation", item.id)
            not_areas[element] = own_name or f"osm:{element[0]}/{element[1]}"
            continue
        for number, (kind, tag) in enumerate(tags.items()):
            service_id = f"osm:{element[0]}/{element[1]}" + (f"/{kind}" if number else "")
            row = {"service_id": service_id, "kind": kind, "name": own_name, "tag": f"{tag}={item.tags[tag]}"}
            rows.append(row | {"shape": wkb, "entrance": entrance[2:] if entrance else None})
    return rows, list(not_areas.values())


def _matches(value: str | None, values: frozenset[str]) -> bool:
    return value is not None and ("*" in values or not values.isdisjoint(value.split(";")))


def _entrances(path: str) -> dict[int, tuple[int, int, float, float]]:
    """Node id to how good an entrance it is (0 best), its id, longitude and latitude."""
    rank = {value: number for number, value in enumerate(_ENTRANCES)}
    nodes = osmium.FileProcessor(path, osmium.osm.NODE).with_filter(osmium.filter.KeyFilter("entrance"))
    return {
        node.id: (rank[node.tags["entrance"]], node.id, node.lon, node.lat)
        for node in nodes
        if isinstance(node, osmium.osm.Node) and node.tags["entrance"] in rank
    }


def _table(rows: list[dict[str, object]], crs: str) -> gpd.GeoDataFrame:
    """Rows with their shapes in ``crs``, and the point where each is entered."""
    table = pd.DataFrame(rows, columns=["service_id", "kind", "name", "tag", "shape", "entrance"])
    shapes = gpd.GeoSeries.from_wkb(table["shape"], crs=WGS84).to_crs(crs).to_numpy()
    points = shapely.point_on_surface(shapes)
    entered = table["entrance"].notna().to_numpy()
    lon_lat = np.array(table["entrance"][entered].tolist(), float).reshape(-1, 2)
    points[entered] = gpd.GeoSeries.from_xy(*lon_lat.T, crs=WGS84).to_crs(crs).to_numpy()
    return gpd.GeoDataFrame(
        table.drop(columns="entrance").assign(shape=shapes, entered=entered), geometry=points, crs=crs
    )


def _each_once(services: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Services without those that lie inside their own outline, and the names of those."""
    shapes: NDArray[np.object_] = services["shape"].to_numpy()
    size_m2 = shapely.area(shapes)
    inner, outer = shapely.STRtree(shapes).query(shapely.point_on_surface(shapes), predicate="within")
    inside = (size_m2[inner] < size_m2[outer]) | ((size_m2[inner] == size_m2[outer]) & (inner > outer))
    repeated, points = np.zeros(len(services), bool), services.geometry.to_numpy().copy()
    entered, names = services["entered"].to_numpy(), services["name"].fillna("").to_numpy()
    tagged = (services["kind"] + " " + services["tag"]).to_numpy()
    for small, large in zip(inner[inside], outer[inside], strict=True):
        if tagged[small] != tagged[large] or len({names[small], names[large], ""}) > 2:
            continue
        keep, drop = (small, large) if names[small] and not names[large] else (large, small)
        repeated[drop] = True
        if not entered[keep] and (entered[drop] or size_m2[drop] == 0):
            points[keep] = points[drop]
    labels = np.where(names == "", services["service_id"], names)[repeated]
    return services.set_geometry(points, crs=services.crs)[~repeated], [str(name) for name in labels]


def _reading(services: gpd.GeoDataFrame, file: Path, within: shapely.Geometry | None) -> Reading:
    """The contract's columns, ordered by kind and id, without what lies outside."""
    left_out: tuple[LeftOut, ...] = ()
    if within is not None:
        inside = shapely.intersects(services.geometry.to_numpy(), within)
        if not inside.all():
            left_out = (LeftOut("services", "outside the study area", int((~inside).sum())),)
        services = services[inside]
    table = gpd.GeoDataFrame(
        {column: services[column].astype("str") for column in ("service_id", "kind", "name")}
        | {"source": pd.array([file.name] * len(services), dtype="str")},
        geometry=services.geometry,
        crs=services.crs,
    )
    table = table.sort_values(["kind", "service_id"], ignore_index=True)
    return Reading(checked(table, SERVICES, str(file)), left_out)


def _absent(services: gpd.GeoDataFrame, filters: Mapping[str, str]) -> tuple[str, ...]:
    there = set(services["kind"])
    return tuple(f"no {kind} is tagged {text}" for kind, text in filters.items() if kind not in there)

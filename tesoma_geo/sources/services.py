"""Everyday services by kind, one point each: from OpenStreetMap tags, and from files of points or areas."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo._reading import guarded_apart
from tesoma_geo.crs import WGS84
from tesoma_geo.errors import Doubt, SourceError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.sources._columns import require_columns, texts
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.sources.osm_ordered import OrderedFile, ordered
from tesoma_geo.sources.service_doors import chosen_doors, reaches_m, several_doors, with_doors
from tesoma_geo.sources.service_sites import once_each
from tesoma_geo.tables import SERVICES, LeftOut, Reading, checked
from tesoma_geo.workspace import ServiceLayer

#: Entrances that a visitor uses, best first; others (``service``, ``emergency``, ``exit``) are passed by.
_ENTRANCES = ("main", "yes", "shop", "staircase", "secondary")

#: More of one kind than people on earth is no number of jobs or seats, and would not fit the columns of a run.
MOST_COUNTED = 2e9

_ID_NAMES = ("service_id", "id", "@id", "gml_id", "tunnus", "fid")


@guarded_apart("OpenStreetMap data", "It may be cut off or damaged: download it again")
def read_osm_services(
    path: str | os.PathLike[str],
    filters: Mapping[str, str],
    *,
    crs: str,
    within: shapely.Geometry | None = None,
) -> Reading:
    """Read services from an OpenStreetMap file: tagged nodes, closed ways and multipolygons.

    A service stands at the entrance mapped on its outline (``entrance=main`` first), otherwise at
    its node or at a point inside its outline. One that is drawn several times counts once: see
    :func:`tesoma_geo.sources.service_sites.once_each`. A relation ``type=site`` without tagged members stands at the
    entrances or in the middle of those it has.

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
        return Reading(no_services(crs), ())
    try:
        with ordered(Path(path)) as one:
            tagged, shapeless, sites = _tagged(str(one.path), wanted)
            table = _table(tagged, crs)
            once = once_each(table, _rows_of_sites(table, sites))
            services = with_doors(once.services, str(one.path))
    except (RuntimeError, OSError, ValueError) as error:
        raise SourceError(
            f"{path} cannot be read as OpenStreetMap data ({error})",
            "Correct the path; a file that is cut off is to be downloaded again",
        ) from None
    services = services.assign(service_id=[_id_in_file(text, one) for text in services["service_id"]])
    shapeless = [_id_in_file(text, one) for text in shapeless]
    reading = _reading(services, Path(path), within)
    lost = LeftOut(
        "services", "mapped as a line or as a relation without an outline", len(shapeless), tuple(shapeless[:3])
    )
    left_out = (*((lost,) if shapeless else ()), *once.left_out)
    return Reading(reading.table, (*left_out, *reading.left_out), doubts=_absent(services, filters))


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
    doubts: tuple[Doubt, ...] = ()
    columns = {str(column).lower(): str(column) for column in rows.columns}
    id_column = next((columns[known] for known in _ID_NAMES if known in columns), None)
    ids = texts(rows[id_column]) if id_column else []
    if "" in ids or len(set(ids)) < len(rows):
        ids = [str(number) for number in range(1, len(rows) + 1)]
    if layer.name in rows.columns:
        names = [text or None for text in texts(rows[layer.name])]
    else:
        names = [None] * len(rows)
        unnamed = f"there is no column {layer.name!r}, so the services are unnamed; its columns: {', '.join(columns)}"
        if "name" in layer.model_fields_set:
            doubts = (
                Doubt(key, unnamed, did_you_mean(layer.name, columns.values()) or "Name one of them", layer.name),
            )
        else:
            notes += (unnamed,)
    capacity, counted_doubts = _capacity(rows, layer, key, path)
    services = gpd.GeoDataFrame(
        {"service_id": [f"{stem}:{own}" for own in ids], "kind": layer.kind, "name": names},
        geometry=shapely.point_on_surface(rows.geometry.to_numpy()),
        crs=crs,
    )
    around_m = reaches_m(services.geometry.to_numpy(), rows.geometry.to_numpy())
    services = services.assign(around_m=around_m, capacity=capacity, opening_hours=_hours(rows, layer.opening_hours))
    # Workplaces without names at one address are several; what has a name, or no number, is one thing told twice.
    same = services.assign(place=services.geometry.to_wkb()).duplicated(["name", "place", "capacity"]).to_numpy()
    same = same & (services["name"].notna().to_numpy() | np.isnan(capacity))
    reading = _reading(services[~same], Path(path), within)
    repeated = LeftOut("services", "the same name at the same place", int(same.sum()))
    left_out = (*read.left_out, *((repeated,) if repeated.count else ()), *reading.left_out)
    return Reading(reading.table, left_out, notes, (*read.doubts, *doubts, *counted_doubts))


def _hours(rows: gpd.GeoDataFrame, column: str) -> list[str | None]:
    """Opening hours of the rows, where there are any."""
    return [text.strip() or None for text in texts(rows[column])] if column in rows.columns else [None] * len(rows)


def _capacity(
    rows: gpd.GeoDataFrame, layer: ServiceLayer, key: str, path: str | os.PathLike[str]
) -> tuple[NDArray[np.float64], tuple[Doubt, ...]]:
    """How much each row counts for, NaN where each counts once; a number that is not told is 0."""
    column = layer.capacity
    if column is None:
        return np.full(len(rows), np.nan), ()
    require_columns(rows, [column], key, path)
    numbers = pd.to_numeric(rows[column], errors="coerce").to_numpy(float, na_value=np.nan)
    if (numbers < 0).any() or np.isinf(numbers).any():
        wrong = rows[column][(numbers < 0) | np.isinf(numbers)].tolist()
        raise SourceError(
            f"{key}: {path}, column {column!r}: {len(wrong)} values are below 0 or endless, such as {wrong[0]!r}",
            "Correct them, or leave them empty",
        )
    if np.nansum(numbers) > MOST_COUNTED:
        raise SourceError(
            f"{key}: {path}, column {column!r} adds up to {np.nansum(numbers):,.0f}", "Name a column of jobs or seats"
        )
    untold = np.isnan(numbers)
    if not untold.any():
        return numbers, ()
    example = next((repr(value) for value in rows[column][untold] if not pd.isna(value)), "empty")
    problem = f"{int(untold.sum())} of {len(rows)} have no number in {column!r} ({example}), and count as 0"
    return np.nan_to_num(numbers), (Doubt(key, problem, "Fill them in", str(int(untold.sum()))),)


def _parsed(text: str) -> tuple[str, frozenset[str]]:
    tag_key, _, values = text.partition("=")
    return tag_key, frozenset(values.split("|"))


def _id_in_file(text: str, ordered_file: OrderedFile) -> str:
    """An id such as ``osm:way/45`` with the number that the file has; other texts as they are."""

    def renumbered(found: re.Match[str]) -> str:
        return f"osm:{found[1]}/{ordered_file.number(found[1], int(found[2]))}"

    return re.sub(r"^osm:(node|way|relation)/(\d+)", renumbered, text) if ordered_file.before else text


_TYPES = {"n": "node", "w": "way", "r": "relation"}
#: Of a site: its kinds and tags, its name, and its members by type and id.
_Site = tuple[dict[str, str], str | None, frozenset[tuple[str, int]]]


def _tagged(
    path: str, wanted: Mapping[str, tuple[str, frozenset[str]]]
) -> tuple[list[dict[str, object]], list[str], list[_Site]]:
    """Nodes and areas with wanted tags, a row each and kind; the names of what has no shape; and sites."""
    entrances = _entrances(path)
    factory = osmium.geom.WKBFactory()
    tag_filter = osmium.filter.KeyFilter(*sorted({tag_key for tag_key, _ in wanted.values()}))
    rows: list[dict[str, object]] = []
    not_areas: dict[tuple[str, int], str] = {}
    sites: dict[tuple[str, int], _Site] = {}
    for item in osmium.FileProcessor(path).with_areas(tag_filter).with_filter(tag_filter):
        tags = {kind: tag for kind, (tag, values) in wanted.items() if _matches(item.tags.get(tag), values)}
        if not tags or isinstance(item, osmium.osm.Changeset):
            continue
        own_name = item.tags.get("name")
        doors: list[tuple[int, int, float, float]] = []
        if isinstance(item, osmium.osm.Node):
            element, wkb = ("node", item.id), factory.create_point(item.location)
        elif isinstance(item, osmium.osm.Area):
            element = ("way" if item.from_way() else "relation", item.orig_id())
            not_areas.pop(element, None)
            wkb = factory.create_multipolygon(item)
            outline = (node.ref for ring in item.outer_rings() for node in ring)
            doors = sorted({entrances[ref] for ref in outline if ref in entrances})
        else:
            # Its area follows when it has one.
            element = ("way" if isinstance(item, osmium.osm.Way) else "relation", item.id)
            not_areas[element] = own_name or f"osm:{element[0]}/{element[1]}"
            if isinstance(item, osmium.osm.Relation) and item.tags.get("type") == "site":
                members = frozenset((_TYPES.get(one.type, one.type), one.ref) for one in item.members)
                sites[element] = ({kind: f"{tag}={item.tags[tag]}" for kind, tag in tags.items()}, own_name, members)
            continue
        for number, (kind, tag) in enumerate(tags.items()):
            service_id = f"osm:{element[0]}/{element[1]}" + (f"/{kind}" if number else "")
            row = {
                "service_id": service_id,
                "kind": kind,
                "name": own_name,
                "tag": f"{tag}={item.tags[tag]}",
                "element": element,
                "opening_hours": item.tags.get("opening_hours"),
            }
            rows.append(row | {"shape": wkb, "doors": chosen_doors(doors)})
    for element, site in sites.items():
        drawn = _drawn_by_members(path, element, site, rows)
        if drawn is not None:
            rows += drawn
            not_areas.pop(element)
    return rows, list(not_areas.values()), list(sites.values())


def _drawn_by_members(
    path: str, element: tuple[str, int], site: _Site, rows: list[dict[str, object]]
) -> list[dict[str, object]] | None:
    """Rows of a site, at its members, for the kinds that none of them is of; None where the file has no member."""
    kinds, name, members = site
    known = {str(row["kind"]) for row in rows if row["element"] in members}
    if set(kinds) <= known:
        return []
    places = _places(path, members)
    if not places:
        return None
    shape = shapely.to_wkb(shapely.MultiPoint(places), hex=True)
    return [
        {
            "service_id": f"osm:relation/{element[1]}" + (f"/{kind}" if number else ""), "kind": kind, "name": name,
            "tag": tag, "shape": shape, "doors": None, "element": element,
        }
        for number, (kind, tag) in enumerate(kinds.items()) if kind not in known
    ]  # fmt: skip


def _places(path: str, members: frozenset[tuple[str, int]]) -> list[tuple[float, float]]:
    """Longitude and latitude of members: their entrances where they are points that say so, else all their nodes."""
    ways = osmium.FileProcessor(path, osmium.osm.WAY).with_filter(
        osmium.filter.IdFilter([number for kind, number in members if kind == "way"])
    )
    wanted = {node.ref for way in ways if isinstance(way, osmium.osm.Way) for node in way.nodes}
    own = {number for kind, number in members if kind == "node"}
    nodes = osmium.FileProcessor(path, osmium.osm.NODE).with_filter(osmium.filter.IdFilter(sorted(wanted | own)))
    places = [
        (node.id, node.lon, node.lat, "entrance" in node.tags) for node in nodes if isinstance(node, osmium.osm.Node)
    ]
    doors = [(lon, lat) for number, lon, lat, is_door in places if is_door and number in own]
    return doors or [(lon, lat) for _, lon, lat, _ in places]


def _rows_of_sites(table: gpd.GeoDataFrame, sites: list[_Site]) -> list[NDArray[np.intp]]:
    """For each site and kind the rows that are its members, where they are several."""
    elements, kinds = table["element"].tolist(), table["kind"].to_numpy()
    groups = []
    for of_site, _, members in sites:
        member = np.array([element in members for element in elements], bool)
        groups += [np.flatnonzero(member & (kinds == kind)) for kind in of_site]
    return [rows for rows in groups if len(rows) > 1]


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


_COLUMNS = ["service_id", "kind", "name", "tag", "shape", "doors", "element", "opening_hours"]


def _table(rows: list[dict[str, object]], crs: str) -> gpd.GeoDataFrame:
    """Rows with their shapes in ``crs``, and the point where each is entered."""
    table = pd.DataFrame(rows, columns=_COLUMNS)
    shapes = gpd.GeoSeries.from_wkb(table["shape"], crs=WGS84).to_crs(crs).to_numpy()
    points = shapely.point_on_surface(shapes)  # of several points, one of them
    entered = table["doors"].notna().to_numpy()
    drawn = [shapely.MultiPoint(doors) for doors in table["doors"][entered]]
    doors = np.full(len(table), None, object)
    doors[entered] = gpd.GeoSeries(drawn, crs=WGS84).to_crs(crs).to_numpy() if drawn else []
    points[entered] = [each.geoms[0] for each in doors[entered]]
    return gpd.GeoDataFrame(table.assign(shape=shapes, entered=entered, doors=doors), geometry=points, crs=crs)


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
        | {"source": pd.array([file.name] * len(services), dtype="str")}
        | {"opening_hours": services["opening_hours"].astype("str")}
        | {"capacity": services["capacity"].astype(float) if "capacity" in services else np.nan}
        | {"around_m": services["around_m"].astype(float)}
        | {"doors": pd.array(several_doors(services), dtype="str")},
        geometry=services.geometry,
        crs=services.crs,
    )
    table = table.sort_values(["kind", "service_id"], ignore_index=True)
    return Reading(checked(table, SERVICES, str(file)), left_out)


def no_services(crs: str) -> gpd.GeoDataFrame:
    """The table of services of a district that names none.

    Parameters
    ----------
    crs
        Of the table.

    Returns
    -------
    GeoDataFrame
        ``tables.SERVICES`` without rows, with the columns that every other such table has.
    """
    columns = {name: pd.Series(dtype="str") for name in ("service_id", "kind", "name", "source", "opening_hours")}
    columns |= {name: pd.Series(dtype=float) for name in ("capacity", "around_m")} | {"doors": pd.Series(dtype="str")}
    return checked(gpd.GeoDataFrame(columns, geometry=[], crs=crs), SERVICES, "services")


def _absent(services: gpd.GeoDataFrame, filters: Mapping[str, str]) -> tuple[Doubt, ...]:
    there = set(services["kind"])
    remedy = "Is the tag written as OpenStreetMap has it? Leave the kind out where there is none"
    return tuple(
        Doubt(f"services.osm.{kind}", f"no {kind} is tagged {text}", remedy, text)
        for kind, text in filters.items()
        if kind not in there
    )

"""Nine Tamperes beside each other, made up, as a workspace: ``python -m benchmarks.nine_tamperes DATA OUT``.

Streets joined by 40 streets across each border, heights, areas that lie whole within the streets' box; three ways of
moving. Then ``/usr/bin/time -v tesoma-geo run --workspace OUT/nine.toml --out OUT/out --explain``.
"""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import rasterio
import shapely
from osmium.osm import NODE, RELATION, WAY
from rasterio.transform import from_origin
from rasterio.warp import Resampling, reproject

from benchmarks.arguments import FOLDER_OF_DATA, OUT, arguments
from benchmarks.growth import border

SIDE, DEGREES = 3, 0.0005
NO_HEIGHT = -9999.0
CLASSES = frozenset(["residential", "tertiary", "secondary", "unclassified", "footway", "service", "path", "track"])
HUB = 23.6275, 61.5052
WORKSPACE = """[district]
name = {{ en = "Nine Tamperes" }}
area = {{ source = "areas.gpkg", licence = "City of Tampere, CC BY 4.0" }}
crs = "EPSG:3067"
languages = ["en"]

[hub]
name = {{ en = "Centre" }}
entrances = [[{:.6f}, {:.6f}]]

[network]
osm = "nine.osm.pbf"
buffer_m = 4000

[elevation]
source = "dem.tif"
licence = "National Land Survey of Finland, CC BY 4.0"

[population]
source = "areas.gpkg"
column = "population_2020"
code = "code"
licence = "City of Tampere, CC BY 4.0"
cell_m = 125

[services.osm]
school = "amenity=school"
kindergarten = "amenity=kindergarten"
health = "amenity=doctors|dentist|hospital"
pharmacy = "amenity=pharmacy"
grocery = "shop=supermarket"

[access]
profiles = ["walk", "wheelchair", "bicycle"]
"""


def street_nodes(osm: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbers, longitudes and latitudes of the nodes of common streets."""
    ways = osmium.FileProcessor(str(osm), WAY)
    on = {node.ref for way in ways if way.tags.get("highway") in CLASSES for node in way.nodes}
    found = [(node.id, node.lon, node.lat) for node in osmium.FileProcessor(str(osm), NODE) if node.id in on]
    number, lon, lat = zip(*found, strict=True)
    return np.array(number), np.array(lon), np.array(lat)


def numbers(osm: Path) -> dict[str, np.ndarray]:
    """Type (``"n"``, ``"w"``, ``"r"``) → the numbers of its objects and of what refers to them, ascending."""
    found: dict[str, list[int]] = {"n": [], "w": [], "r": []}
    for one in osmium.FileProcessor(str(osm)):
        found[one.type_str()].append(one.id)
        if one.is_way():
            found["n"] += [node.ref for node in one.nodes]
        elif one.is_relation():
            for member in one.members:
                found[member.type].append(member.ref)
    return {kind: np.unique(ids) for kind, ids in found.items()}


def write_streets(
    osm: Path, out: Path, nodes: tuple[np.ndarray, ...], width: float, height: float, side: int = SIDE
) -> None:
    """All objects of each copy with numbers and places of their own, and the streets across borders; in order.

    There are ``side`` rows of as many copies. Numbers begin at 1: nine times those of OpenStreetMap would be larger
    than any that it has.
    """
    had, (number, lon, lat) = numbers(osm), nodes
    size = {kind: len(ids) for kind, ids in had.items()}
    copies = [(copy, copy % side, copy // side) for copy in range(side**2)]
    header = osmium.io.Header()
    header.set("sorting", "Type_then_ID")  # as data services write it
    with osmium.SimpleWriter(str(out), header=header, overwrite=True) as writer:
        for kind in (NODE, WAY, RELATION):
            for copy, column, row in copies:

                def now(of: str, ids: Any, copy: int = copy) -> Any:
                    return (np.searchsorted(had[of], ids) + 1 + copy * size[of]).tolist()

                for one in osmium.FileProcessor(str(osm), kind):
                    new = now(one.type_str(), one.id)
                    if one.is_node():
                        at = one.lon + column * width, one.lat + row * height
                        writer.add_node(one.replace(id=new, location=at))
                    elif one.is_way():
                        writer.add_way(one.replace(id=new, nodes=now("n", [node.ref for node in one.nodes])))
                    else:
                        members = [(member.type, now(member.type, member.ref), member.role) for member in one.members]
                        writer.add_relation(one.replace(id=new, members=members))
            if kind != WAY:
                continue
            at_border = np.searchsorted(had["n"], number) + 1
            right, up, joins = at_border[border(lon, lat)], at_border[border(lat, lon)], []
            for copy, column, row in copies:
                joins += [pair + np.array([copy, copy + 1]) * size["n"] for pair in right if column + 1 < side]
                joins += [pair + np.array([copy, copy + side]) * size["n"] for pair in up if row + 1 < side]
            for way, pair in enumerate(joins, side**2 * size["w"] + 1):
                writer.add_way(osmium.osm.mutable.Way(id=way, nodes=pair.tolist(), tags={"highway": "residential"}))


def apart(lon: np.ndarray, lat: np.ndarray) -> tuple[float, float]:
    """How far neighbours lie apart, degrees of longitude and of latitude."""
    return float(np.ptp(lon)) + 0.004, float(np.ptp(lat)) + 0.002


def write_areas(source: Path, out: Path, box: shapely.Polygon, width: float, height: float) -> None:
    """The areas of each copy that lie whole within its box."""
    areas = gpd.read_file(source)
    degrees = areas.to_crs(4326)
    degrees["geometry"] = degrees.geometry.make_valid()
    degrees, parts = degrees[degrees.within(box)], []
    for copy in range(SIDE**2):
        moved = degrees.translate(copy % SIDE * width, copy // SIDE * height)
        parts.append(degrees.assign(geometry=moved, code=f"{copy}-" + degrees["code"].astype(str)))
    pd.concat(parts).to_crs(areas.crs).to_file(out)


def write_heights(source: Path, out: Path, west: float, north: float, width: float, height: float) -> None:
    """The heights of one copy beside themselves; ``north`` is that of the first copy."""
    columns, rows = round(width / DEGREES), round(height / DEGREES)
    one = np.full((rows, columns), NO_HEIGHT, np.float32)
    cell = width / columns, height / rows
    with rasterio.open(source) as heights:
        place = {"dst_transform": from_origin(west, north, *cell), "dst_crs": "EPSG:4326", "dst_nodata": NO_HEIGHT}
        reproject(rasterio.band(heights, 1), one, resampling=Resampling.bilinear, **place)
    whole = np.tile(one, (SIDE, SIDE))
    told = {"driver": "GTiff", "height": whole.shape[0], "width": whole.shape[1], "count": 1, "dtype": "float32"}
    corner = from_origin(west, north + (SIDE - 1) * height, *cell)
    with rasterio.open(out, "w", **told, crs="EPSG:4326", transform=corner, nodata=NO_HEIGHT) as file:
        file.write(whole, 1)


def main(data: Path, out: Path) -> None:
    """Write the workspace and its layers to the folder ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    osm = data / "tampere.osm.pbf"
    nodes = street_nodes(osm)
    _, lon, lat = nodes
    width, height = apart(lon, lat)
    west, south = lon.min() - 0.002, lat.min() - 0.001
    write_streets(osm, out / "nine.osm.pbf", nodes, width, height)
    box = shapely.box(west, south, west + width, south + height)
    write_areas(data / "tampere_statistical_areas.gpkg", out / "areas.gpkg", box, width, height)
    write_heights(data / "tampere_dem_50m.tif", out / "dem.tif", west, south + height, width, height)
    hub = HUB[0] + width, HUB[1] + height
    (out / "nine.toml").write_text(WORKSPACE.format(*hub), encoding="utf-8")


if __name__ == "__main__":
    main(*arguments(__doc__, FOLDER_OF_DATA, OUT))

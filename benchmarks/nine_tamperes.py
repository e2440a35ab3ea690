"""Nine Tamperes beside each other, made up, as a workspace: ``python -m benchmarks.nine_tamperes DATA OUT``.

Streets joined by 40 streets across each border, heights, areas that lie whole within the streets' box; three ways of
moving. Then ``/usr/bin/time -v tesoma-geo run --workspace OUT/nine.toml --out OUT/out --explain``.
"""

import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import rasterio
import shapely
from osmium.osm import NODE, RELATION, WAY
from rasterio.transform import from_origin
from rasterio.warp import Resampling, reproject

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


def write_streets(osm: Path, out: Path, nodes: tuple[np.ndarray, ...], width: float, height: float) -> None:
    """All objects of each copy with numbers and places of their own, and the streets across borders."""
    number, lon, lat = nodes
    step = 1 + max(one.id for one in osmium.FileProcessor(str(osm)))
    copies = [(copy, copy % SIDE, copy // SIDE) for copy in range(SIDE**2)]
    with osmium.SimpleWriter(str(out), overwrite=True) as writer:
        for kind in (NODE, WAY, RELATION):
            for copy, column, row in copies:
                add = copy * step
                for one in osmium.FileProcessor(str(osm), kind):
                    if one.is_node():
                        at = one.lon + column * width, one.lat + row * height
                        writer.add_node(one.replace(id=one.id + add, location=at))
                    elif one.is_way():
                        writer.add_way(one.replace(id=one.id + add, nodes=[node.ref + add for node in one.nodes]))
                    else:
                        members = [(member.type, member.ref + add, member.role) for member in one.members]
                        writer.add_relation(one.replace(id=one.id + add, members=members))
            if kind != WAY:
                continue
            right, up, joins = number[border(lon, lat)], number[border(lat, lon)], []
            for copy, column, row in copies:
                joins += [pair + np.array([copy, copy + 1]) * step for pair in right if column + 1 < SIDE]
                joins += [pair + np.array([copy, copy + SIDE]) * step for pair in up if row + 1 < SIDE]
            for way, pair in enumerate(joins, SIDE**2 * step):
                writer.add_way(osmium.osm.mutable.Way(id=way, nodes=pair.tolist(), tags={"highway": "residential"}))


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
    width, height = np.ptp(lon) + 0.004, np.ptp(lat) + 0.002
    west, south = lon.min() - 0.002, lat.min() - 0.001
    write_streets(osm, out / "nine.osm.pbf", nodes, width, height)
    box = shapely.box(west, south, west + width, south + height)
    write_areas(data / "tampere_statistical_areas.gpkg", out / "areas.gpkg", box, width, height)
    write_heights(data / "tampere_dem_50m.tif", out / "dem.tif", west, south + height, width, height)
    hub = HUB[0] + width, HUB[1] + height
    (out / "nine.toml").write_text(WORKSPACE.format(*hub), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))

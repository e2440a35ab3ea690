"""Catalogues on loopback: each speaks as its publisher documents it, loaded with layers of a district at hand."""

import csv
import gzip
import io
import json
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import h3
import numpy as np
import rasterio
import shapely
from loopback import Answer, Loopback, overpass_of
from rasterio.transform import from_origin

from tesoma_geo.sources.raster_window import tile_name

WGS84 = "EPSG:4326"
FEED_COLUMNS = (
    "id", "data_type", "entity_type", "location.country_code", "location.subdivision_name", "location.municipality",
    "provider", "is_official", "name", "note", "feed_contact_email", "static_reference", "urls.direct_download",
    "urls.authentication_type", "urls.authentication_info", "urls.api_key_parameter_name", "urls.latest",
    "urls.license", "location.bounding_box.minimum_latitude", "location.bounding_box.maximum_latitude",
    "location.bounding_box.minimum_longitude", "location.bounding_box.maximum_longitude",
    "location.bounding_box.extracted_on", "status", "features", "redirect.id", "redirect.comment",
)  # fmt: skip


@dataclass
class Town:
    """What the catalogues know of one place."""

    outline: shapely.Geometry
    hub: shapely.Geometry
    streets: Path
    gtfs: Path
    country: str
    residents: int = 4000
    places: list[dict] = field(default_factory=list)


def sample_town(layers: Path) -> Town:
    """The made-up district of the package."""
    areas = gpd.read_file(layers / "areas.gpkg").query("planning_area == 'Mallila'").to_crs(WGS84)
    hub = shapely.Point(23.6275, 61.5052).buffer(0.0003)
    return Town(areas.union_all(), hub, layers / "streets.osm.pbf", layers / "gtfs.zip", "FI")


def catalogue_servers(server: Loopback, town: Town) -> list[str]:
    """Answer as every catalogue about a town; returns ``NAME=ADDRESS`` of each."""
    west, south, east, north = town.outline.buffer(0.06).bounds
    server.routes["/nominatim/search"] = nominatim_of(town)
    server.routes["/api/interpreter"] = overpass_of(town.streets)
    server.gives("/osm/town-latest.osm.pbf", (200, {}, town.streets.read_bytes()))
    server.gives("/geofabrik/index-v1.json", (200, {}, geofabrik_index(server, town)))
    server.gives("/gtfs/latest.zip", (200, {}, town.gtfs.read_bytes()))
    server.gives("/mobility/feeds_v2.csv", (200, {}, feeds([feed(server, (west, south, east, north))])))
    for lon in range(int(np.floor(west)), int(np.ceil(east))):
        for lat in range(int(np.floor(south)), int(np.ceil(north))):
            name = tile_name(lon, lat)
            server.routes[f"/dem/{name}/{name}.tif"] = ranges_of(tile(lon, lat))
    server.routes["/statfin/wfs"] = population_wfs(town)
    cells = gzip.compress(kontur_cells(town))
    server.gives(f"/kontur/kontur_population_{town.country}_20231101.gpkg.gz", (200, {}, cells))
    paths = {
        "nominatim": "/nominatim", "overpass": "/api", "geofabrik": "/geofabrik", "copernicus": "/dem",
        "mobility_database": "/mobility", "statistics_finland": "/statfin/wfs", "kontur": "/kontur",
    }  # fmt: skip
    return [f"{name}={server.address}{path}" for name, path in paths.items()]


def nominatim_row(name: str, shape: shapely.Geometry, country: str, number: int = 1, kind: str = "suburb") -> dict:
    """A result of ``/search`` in the format ``jsonv2``."""
    point = shape.representative_point()
    west, south, east, north = shape.bounds
    return {
        "place_id": number, "licence": "Data © OpenStreetMap contributors, ODbL 1.0",
        "osm_type": "relation", "osm_id": number, "lat": str(point.y), "lon": str(point.x), "category": "boundary",
        "type": "administrative", "addresstype": kind, "importance": 0.5, "name": name.partition(",")[0],
        "display_name": name, "address": {"country_code": country.lower()},
        "boundingbox": [str(south), str(north), str(west), str(east)], "geojson": json.loads(shapely.to_geojson(shape)),
    }  # fmt: skip


def nominatim_of(town: Town):
    """The search of Nominatim over the town and its hub; other names are known nowhere."""
    rows = town.places or [nominatim_row("Town, Somewhere", town.outline, town.country, 11)]

    def respond(query: dict[str, str], _: dict[str, str]) -> Answer:
        assert query["format"] == "jsonv2"
        found = [row for row in rows if row["name"].casefold() == query["q"].partition(",")[0].casefold()]
        if query.get("bounded") == "1":
            west, south, east, north = (float(part) for part in query["viewbox"].split(","))
            inside = shapely.box(west, south, east, north).intersects(town.hub)
            hub = nominatim_row("Hub, Town", town.hub, town.country, 12, "mall")
            found = [hub] if inside and query["q"] == "Hub" else []
        return 200, {"Content-Type": "application/json; charset=utf-8"}, json.dumps(found).encode()

    return respond


def geofabrik_index(server: Loopback, town: Town) -> bytes:
    """A continent, the country around the town and a region elsewhere."""
    boxes = {
        "continent": town.outline.buffer(10),
        "country": town.outline.buffer(1),
        "elsewhere": shapely.box(0, 0, 1, 1),
    }
    features = [
        {
            "type": "Feature",
            "properties": {
                "id": name, "name": name.title(),
                "urls": {"pbf": f"{server.address}/osm/{'town' if name == 'country' else name}-latest.osm.pbf"},
            },
            "geometry": json.loads(shapely.to_geojson(shapely.box(*shape.bounds))),
        }
        for name, shape in boxes.items()
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def feed(server: Loopback, box: tuple[float, float, float, float], **changes: str) -> dict[str, str]:
    """A row of the list of feeds."""
    west, south, east, north = (str(degrees) for degrees in box)
    row = dict.fromkeys(FEED_COLUMNS, "") | {
        "id": "mdb-1", "data_type": "gtfs", "provider": "Town's buses", "status": "active",
        "urls.latest": f"{server.address}/gtfs/latest.zip", "urls.license": "https://creativecommons.org/licenses/by/4.0/",
        "location.bounding_box.minimum_latitude": south, "location.bounding_box.maximum_latitude": north,
        "location.bounding_box.minimum_longitude": west, "location.bounding_box.maximum_longitude": east,
    }  # fmt: skip
    return row | changes


def feeds(rows: list[dict[str, str]]) -> bytes:
    """The CSV of feeds, version 2."""
    text = io.StringIO()
    table = csv.DictWriter(text, FEED_COLUMNS)
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()


def tile(lon: int, lat: int, cells: int = 720) -> bytes:
    """A tile of heights of a degree: blocks of 256, a slope towards the north-east."""
    north_east = np.add.outer(np.linspace(1, 0, cells), np.linspace(0, 1, cells))
    profile = {
        "driver": "GTiff", "width": cells, "height": cells, "count": 1, "dtype": "float32", "crs": WGS84,
        "transform": from_origin(lon, lat + 1, 1 / cells, 1 / cells), "tiled": True, "blockxsize": 256,
        "blockysize": 256,
    }  # fmt: skip
    with rasterio.MemoryFile() as memory:
        with memory.open(**profile) as raster:
            raster.write((100 + 50 * north_east).astype("float32"), 1)
        return memory.read()


def ranges_of(content: bytes):
    """A file of which parts are given (RFC 9110, 14)."""

    def respond(_query: dict[str, str], headers: dict[str, str]) -> Answer:
        if "range" not in headers:
            return 200, {"Accept-Ranges": "bytes"}, content
        first, last = (int(part) for part in headers["range"].removeprefix("bytes=").split("-"))
        if first >= len(content):
            return 416, {"Content-Range": f"bytes */{len(content)}"}, b""
        last = min(last, len(content) - 1)
        return 206, {"Content-Range": f"bytes {first}-{last}/{len(content)}"}, content[first : last + 1]

    return respond


def squares(town: Town, side_m: float = 250.0) -> gpd.GeoDataFrame:
    """Residents by square, as Statistics Finland tells them: -1 for ages where fewer than ten live."""
    outline = gpd.GeoSeries([town.outline], crs=WGS84).to_crs("EPSG:3067").iloc[0]
    west, south, east, north = (side_m * np.floor(metres / side_m) for metres in outline.bounds)
    corners = [(x, y) for x in np.arange(west, east + 1, side_m) for y in np.arange(south, north + 1, side_m)]
    each = max(town.residents // len(corners), 1)
    few = [number % 7 == 0 for number in range(len(corners))]
    total = [8 if one else each for one in few]
    parts = {"ika_0_14": 0.2, "ika_15_64": 0.5, "ika_65_": 0.1}
    return gpd.GeoDataFrame(
        {"grd_id": [f"250mN{y / side_m:.0f}E{x / side_m:.0f}" for x, y in corners], "vaesto": total}
        | {name: [-1 if one else int(share * each) for one in few] for name, share in parts.items()},
        geometry=[shapely.box(x, y, x + side_m, y + side_m) for x, y in corners],
        crs="EPSG:3067",
    )


def population_wfs(town: Town):
    """The WFS of the population grid: capabilities, and squares that meet a box."""
    rows = squares(town)

    def respond(query: dict[str, str], _: dict[str, str]) -> Answer:
        if query["request"] == "GetCapabilities":
            names = ("vaki2022_1km", "vaki2024_1km", "vaki2024_1km_kp", "vaki2024_5km")
            types = "".join(f"<FeatureType><Name>vaestoruutu:{name}</Name></FeatureType>" for name in names)
            return 200, {"Content-Type": "text/xml"}, f"<WFS_Capabilities>{types}</WFS_Capabilities>".encode()
        assert query["typeNames"] == "vaestoruutu:vaki2024_1km"
        *corners, system = query["bbox"].split(",")
        assert system == "EPSG:3067"
        met = rows[rows.intersects(shapely.box(*map(float, corners)))]
        start = int(query["startIndex"])
        page = json.loads(met.iloc[start : start + int(query["count"])].to_json(drop_id=True))
        page |= {
            "numberMatched": len(met),
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3067"}},
        }
        return 200, {"Content-Type": "application/json"}, json.dumps(page).encode()

    return respond


def kontur_cells(town: Town) -> bytes:
    """A GeoPackage of H3 cells of resolution 8 with residents, in the system that Kontur publishes."""
    cells = sorted(h3.geo_to_cells(town.outline.buffer(0.01), 8))
    each = max(town.residents // len(cells), 1)
    outlines = [shapely.Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]) for cell in cells]
    table = gpd.GeoDataFrame({"h3": cells, "population": float(each)}, geometry=outlines, crs=WGS84).to_crs("EPSG:3857")
    content = io.BytesIO()
    table.to_file(content, driver="GPKG", layer="population")
    return content.getvalue()

"""Plausible mistakes in the hub, streets, heights and water."""

import numpy as np
import rasterio

from tests.conftest import CORNER, CRS
from tests.mistakes.table import Mistakes
from tests.small_district import degrees, node, square

MISTAKES = Mistakes()
mistake = MISTAKES.mistake


@mistake("hub.entrances")
def the_hub_in_the_lake(d):
    d.toml["hub"]["entrances"] = [degrees(650, 650)]


@mistake("outside the district")
def the_hub_beside_the_district(d):
    d.toml["hub"]["entrances"] = [degrees(1150, 500)]


@mistake("hub.entrances")
def the_hub_with_swapped_coordinates(d):
    d.toml["hub"]["entrances"] = [degrees(500, 502)[::-1]]


@mistake("apart")
def hubs_of_two_places(d):
    d.toml["hub"]["entrances"] = [degrees(100, 100), degrees(900, 900)]


@mistake("there twice")
def an_entrance_twice(d):
    d.toml["hub"]["entrances"] = [degrees(500, 502), degrees(500, 502)]


@mistake("hub.entrances")
def one_pair_without_brackets(d):
    d.toml["hub"]["entrances"] = degrees(500, 502)


@mistake("nearest street")
def the_hub_in_a_field(d):
    d.toml["hub"]["entrances"] = [degrees(450, 450)]
    d.ways = [way for way in d.ways if node(4, 4) not in way[0] and node(5, 5) not in way[0]]


@mistake("hub.entrances")
def the_hub_as_text(d):
    d.toml["hub"]["entrances"] = "23.6, 61.5"


@mistake("network.osm")
def streets_of_a_part_of_the_district(d):
    d.nodes = {number: (x, y) for number, (x, y) in d.nodes.items() if x <= 300}
    d.ways = [([at for at in refs if at in d.nodes], tags) for refs, tags in d.ways]
    d.ways = [way for way in d.ways if len(way[0]) > 1]


@mistake("hang together")
def streets_that_do_not_meet(d):
    d.ways = [way for way in d.ways if way[1]["highway"] == "residential"]


@mistake("no footway, path or residential")
def main_roads_alone(d):
    d.ways = [(refs, {"highway": "primary"}) for refs, _ in d.ways]


@mistake("footways and paths alone")
def footways_alone(d):
    d.ways = [(refs, {"highway": "footway"}) for refs, _ in d.ways]


@mistake("km of streets")
def one_street_alone(d):
    d.ways = [([node(0, 5), node(5, 5)], {"highway": "residential"})]


@mistake("network.buffer_m")
def a_buffer_in_kilometres(d):
    d.toml["network"]["buffer_m"] = 2


@mistake("network")
def a_buffer_in_millimetres(d):
    d.toml["network"]["buffer_m"] = 90_000


@mistake("network.max_snap_m")
def snapping_over_kilometres(d):
    d.toml["network"]["max_snap_m"] = 4000


@mistake("network.max_snap_m")
def snapping_over_a_step(d):
    d.toml["network"]["max_snap_m"] = 1
    d.toml["hub"]["entrances"] = [degrees(500, 500)]


@mistake("network.osm")
def streets_named_as_a_shapefile(d):
    d.toml["network"]["osm"] = "areas.gpkg"


@mistake("network.osm")
def every_street_closed(d):
    d.ways = [(refs, {"highway": "construction"}) for refs, _ in d.ways]


@mistake("steeper than")
def heights_tenfold(d):
    d.heights = d.heights * 10


@mistake("steeper than")
def heights_in_feet_of_a_hill(d):
    d.heights = (100 + (d.heights - 100) * 4) * 3.28


@mistake("elevation.source")
def heights_in_centimetres(d):
    d.heights = d.heights * 100


@mistake("m high")
def heights_all_alike(d):
    d.heights = np.zeros_like(d.heights) + 100


@mistake("no data at")
def heights_of_a_half(d):
    d.heights[:, :45] = -9999


@mistake("elevation.source")
def heights_with_holes_of_minus_32768(d):
    d.heights[20:60, 20:60] = -32768


@mistake("elevation.source")
def heights_elsewhere(d):
    d.cell_m = 1.0
    d.heights = d.heights[:30, :30]


@mistake("steeper than")
def roofs_and_trees(d):
    d.heights = d.heights + 80 * (np.random.default_rng(1).random(d.heights.shape) > 0.5).astype(np.float32)


@mistake("elevation.source")
def an_elevation_that_is_a_table(d):
    d.toml["elevation"]["source"] = "libraries.csv"


@mistake("basemap.water")
def land_as_water(d):
    d.water = d.water.set_geometry([square(-500, -500, 1500, 1500)], crs=CRS)


@mistake("basemap.water")
def water_of_another_place(d):
    d.water = d.water.set_geometry([square(9000, 9000, 9900, 9900)], crs=CRS)


@mistake("run through it")
def water_shifted_onto_streets(d):
    d.water = d.water.set_geometry([square(150, 150, 450, 850)], crs=CRS)


@mistake("basemap.water")
def shores_as_lines(d):
    d.water = d.water.set_geometry(d.water.boundary)


@mistake("hub.entrances.0.0: '23,6266'")
def hub_decimal_commas(d):
    d.toml["hub"]["entrances"] = [["23,6266", "61,5033"]]


@mistake("hub.entrances.0.0: 320500.0")
def hub_in_metres(d):
    d.toml["hub"]["entrances"] = [[CORNER[0] + 500, CORNER[1] + 500]]


@mistake("lies outside the district")
def hub_one_degree_off(d):
    d.toml["hub"]["entrances"] = [[24.6266, 61.5033]]


@mistake("hub: ")
def hub_no_entrances(d):
    d.toml["hub"]["entrances"] = []


@mistake("hub.name")
def hub_without_name(d):
    d.toml["hub"]["name"] = {}


@mistake("town.osm cannot be read as OpenStreetMap data")
def osm_is_html(d):
    return lambda folder: (folder / "town.osm").write_text("<html><body>404 Not found</body></html>")


@mistake("town.osm cannot be read as OpenStreetMap data")
def osm_empty(d):
    return lambda folder: (folder / "town.osm").write_text("")


@mistake("from the nearest street")
def streets_ten_times_apart(d):
    d.nodes = {n: (x * 10, y * 10) for n, (x, y) in d.nodes.items()}


@mistake("holds values from -9999")
def nodata_not_declared(d):
    d.heights[30:50, 30:50] = -9999

    def after(folder):
        with rasterio.open(folder / "heights.tif", "r+") as r:
            r.nodata = None

    return after


@mistake("steeper than")
def heights_of_zero_for_unknown(d):
    d.heights[:, :40] = 0


@mistake("steeper than")
def hillshade(d):
    d.heights = (np.random.default_rng(2).random(d.heights.shape) * 255).astype(np.float32)


@mistake("no data at")
def heights_nan(d):
    d.heights[:] = np.nan


@mistake("does not cover the area")
def heights_label_wrong(d):
    def after(folder):
        with rasterio.open(folder / "heights.tif", "r+") as r:
            r.crs = "EPSG:3879"

    return after


@mistake("which coordinate reference system")
def heights_no_crs(d):
    def after(folder):
        with rasterio.open(folder / "heights.tif") as r:
            p = r.profile
            a = r.read()
        p.pop("crs")
        with rasterio.open(folder / "heights.tif", "w", **p) as r:
            r.write(a)

    return after


@mistake("m high")
def heights_negative(d):
    d.heights = -d.heights


@mistake("elevation.error_m: 500")
def heights_error_m(d):
    d.toml["elevation"]["error_m"] = 500

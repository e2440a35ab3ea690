"""The drawing of districts: each in the path of its band, within the drawing, north upwards."""

import re

import geopandas as gpd
from shapely import Point, Polygon, box

from tesoma_geo.render.figures.districts_sketch import HEIGHT, WIDTH, DistrictsSketch, districts_sketch, hubs_sketch


def drawn(*shapes: Polygon, band: list[int]) -> DistrictsSketch:
    return districts_sketch(gpd.GeoDataFrame(geometry=list(shapes), crs="EPSG:3067"), band)


def test_each_district_has_its_band_and_north_is_up() -> None:
    sketch = drawn(box(0, 0, 1000, 1000), box(0, 1000, 1000, 2000), box(1000, 0, 2000, 2000), band=[0, 3, -1])
    assert sorted(sketch.bands) == [0, 3]
    lowest = {band: min(float(y) for y in re.findall(r" ([\d.]+)", path)) for band, path in sketch.bands.items()}
    assert lowest == {0: HEIGHT / 2, 3: 0.0}
    assert sketch.without.count("M") == 1
    assert (sketch.width, sketch.height) == (WIDTH, HEIGHT)


def test_districts_in_a_row_make_a_low_drawing() -> None:
    sketch = drawn(box(0, 0, 1000, 1000), box(3000, 0, 4000, 1000), band=[1, 1])
    assert (sketch.width, sketch.height) == (WIDTH, WIDTH / 4)
    assert sketch.bands[1].count("M") == 2
    assert sketch.without == ""


def test_places_for_a_hub_lie_in_their_district_the_best_in_front() -> None:
    area = gpd.GeoDataFrame(geometry=[box(0, 0, 1000, 1000)], crs="EPSG:3067")
    places = gpd.GeoDataFrame(geometry=[Point(250, 500), Point(1500, 1000)], crs="EPSG:3067")
    sketch = hubs_sketch(area, places, [0, 3], [1, 2])
    assert (sketch.width, sketch.height) == (WIDTH, WIDTH * 2 / 3)  # one of them lies beyond it
    assert sketch.area.count("M") == 1
    assert sketch.places == ((WIDTH, 0.0, 3, 2), (80.0, 160.0, 0, 1))

"""Who clears the ways of snow: the values that the workspace names, lines and areas, near and far."""

import geopandas as gpd
import pytest
import shapely
from shapely import LineString, Point

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.winter import read_winter
from tesoma_geo.workspace import Winter
from tests.conftest import CORNER, CRS

EAST, NORTH = CORNER
HERE = shapely.box(EAST, NORTH, EAST + 1000, NORTH + 1000)
CLASSES = {"1": "maintained", "9": "unmaintained"}


def line(at_m: float) -> LineString:
    return LineString([(EAST + at_m, NORTH + 10), (EAST + at_m, NORTH + 90)])


@pytest.fixture
def layer(tmp_path):
    """Write rows of a class and a shape, and read them."""

    def read(rows, values=CLASSES, column="class"):
        table = gpd.GeoDataFrame({"class": [row[0] for row in rows]}, geometry=[row[1] for row in rows], crs=CRS)
        path = tmp_path / "winter.gpkg"
        table.to_crs("EPSG:4326").to_file(path)
        section = Winter(source=path.name, column=column, values=values)
        return read_winter(path, section, crs=CRS, within=HERE)

    return read


def test_values_are_what_the_workspace_says_they_mean(layer):
    reading = layer([(1, line(100)), (9, line(200)), (1, shapely.box(EAST, NORTH, EAST + 50, NORTH + 50))])
    assert reading.table["winter_maintenance"].tolist() == ["maintained", "unmaintained", "maintained"]
    assert reading.table.crs == CRS
    assert reading.left_out == ()


def test_values_that_mean_nothing_and_ways_far_off_are_counted(layer):
    reading = layer([(1, line(100)), (5, line(200)), (None, line(300)), (9, line(5000))])
    assert len(reading.table) == 1
    assert [(left.count, left.reason) for left in reading.left_out] == [
        (2, "the workspace does not say what their value means"),
        (1, "outside the study area"),
    ]


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        ([("I", line(100))], {}, r"names none of the values of 'class', which are 'I'"),
        ([(1, line(100))], {"column": "klass"}, r"no column 'klass'; its columns are class"),
        ([(1, Point(EAST, NORTH))], {}, "holds points"),
    ],
)
def test_a_layer_that_tells_nothing_is_refused(layer, rows, options, said):
    with pytest.raises(SourceError, match=said):
        layer(rows, **options)

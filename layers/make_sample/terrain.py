"""The ground: a lake shore, gentle hills, the esker, the railway's embankment and cutting."""

from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import shapely
from rasterio.transform import from_origin

from make_sample import EPSG, HUB_E, HUB_N, PLACE
from make_sample.plan import CREST, LAKE, RAIL

LAKE_LEVEL_M = 112.0
CELL_M = 10.0
_WEST, _NORTH, _COLUMNS, _ROWS = -1456.0, 1106.0, 291, 221

_RIDGE_HEIGHT_M, _RIDGE_SIGMA_M = 30.0, 105.0
# Where (metres from the hub), how high and how wide the gentle hills (and a dip in the esker) are.
_HILLS = [
    (-700.0, 900.0, 7.0, 260.0),
    (300.0, -800.0, 9.0, 330.0),
    (-900.0, -800.0, 6.0, 240.0),
    (330.0, 770.0, 3.0, 120.0),
    (870.0, 500.0, -5.0, 150.0),
]


def elevation_m(x: Any, y: Any) -> Any:
    """Elevation of the ground, in metres, at arrays of plan coordinates."""
    points = shapely.points(x, y)
    lake = shapely.Polygon(LAKE)
    ground = LAKE_LEVEL_M + 0.8 + 7.0 * (1 - np.exp(-shapely.distance(lake, points) / 400))
    for hill_x, hill_y, height, sigma in _HILLS:
        ground = ground + height * np.exp(-((x - hill_x) ** 2 + (y - hill_y) ** 2) / (2 * sigma**2))
    from_crest_m = shapely.distance(shapely.LineString(CREST), points)
    ground = ground + _RIDGE_HEIGHT_M * np.exp(-(from_crest_m**2) / (2 * _RIDGE_SIGMA_M**2))
    embankment = 2.5 / (1 + np.exp((x - 550) / 60))
    cutting = 5.5 / (1 + np.exp((800 - x) / 60))
    from_rail_m = shapely.distance(shapely.LineString(RAIL), points)
    ground = ground + (embankment - cutting) * np.exp(-((from_rail_m / 14) ** 2))
    return np.where(shapely.contains(lake, points), LAKE_LEVEL_M, ground)


def write_elevation(path: Path) -> None:
    """Write the ground as a GeoTIFF: float32 metres to the decimetre, 10 m cells of the place's grid."""
    x = _WEST + (np.arange(_COLUMNS) + 0.5) * CELL_M
    y = _NORTH - (np.arange(_ROWS) + 0.5) * CELL_M
    west = _WEST if PLACE.eastwards > 0 else -(_WEST + _COLUMNS * CELL_M)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        dtype="float32",
        count=1,
        width=_COLUMNS,
        height=_ROWS,
        crs=f"EPSG:{EPSG}",
        transform=from_origin(HUB_E + west, HUB_N + _NORTH, CELL_M, CELL_M),
        nodata=-9999.0,
        compress="deflate",
        predictor=3,
        zlevel=9,
        tiled=True,
    ) as raster:
        raster.write(np.round(elevation_m(*np.meshgrid(x, y)), 1).astype("float32")[:, :: PLACE.eastwards], 1)
        raster.update_tags(SOURCE="Made up: the ground of the sample district")

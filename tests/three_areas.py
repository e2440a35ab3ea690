"""Three areas side by side in Tesoma, as tests of layers write and read them."""

from pathlib import Path

import geopandas as gpd
import shapely

from tesoma_geo.sources.layers import read_layer
from tesoma_geo.tables import Reading

CRS = "EPSG:3067"


def three_areas() -> gpd.GeoDataFrame:
    squares = [shapely.box(320_000 + 100 * n, 6_823_000, 320_100 + 100 * n, 6_823_100) for n in range(3)]
    return gpd.GeoDataFrame(
        {"code": ["001", "002", "003"], "plan": ["A", "A", "B"], "people": [10.0, None, 30.0]},
        geometry=squares,
        crs=CRS,
    )


def read(path: Path, **options: str) -> Reading:
    return read_layer(path, key="district.area", crs=CRS, **options)

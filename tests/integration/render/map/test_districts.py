"""The map of a batch: every piece of a district knows whose it is."""

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo import command_columns
from tesoma_geo.render.figures.encoding import packed_integers
from tesoma_geo.render.map.districts import district_contents, whole

CRS = "EPSG:3067"


def districts(*geometries):
    rows = len(geometries)
    return gpd.GeoDataFrame(
        {
            "district": [f"d{n}" for n in range(rows)],
            "name": [f"D{n}" for n in range(rows)],
            "reason": ["" if n else "too far" for n in range(rows)],
            "population": [np.nan, *[10.4] * (rows - 1)],
            command_columns.BATCH_MEDIAN_MIN.of("walk"): [np.nan, *range(1, rows)],
        },
        geometry=list(geometries),
        crs=CRS,
    )


def test_pieces_of_a_district_are_numbered_by_their_row():
    near, far = shapely.box(3e5, 6.8e6, 3e5 + 500, 6.8e6 + 500), shapely.box(3.1e5, 6.8e6, 3.1e5 + 500, 6.8e6 + 500)
    table = districts(near, shapely.MultiPolygon([near, far]), far)
    waters = gpd.GeoDataFrame({"name": []}, geometry=[], crs=CRS)
    found, without, _, names = district_contents(table, waters, ["walk"])
    assert found.packed["of"] == packed_integers([0, 0, 1])
    assert found.packed["seconds"] == {"walk": packed_integers([60, 120])}
    assert found.packed["names"] == ["D1", "D2"]
    assert without.packed["of"] == packed_integers([0])
    assert names.parts[0]["texts"] == ["D0", "D1", "D2"]


def test_unknown_numbers_of_residents_are_nobody():
    assert whole([1.5, np.nan, 2.4]).tolist() == [2, 0, 2]

"""Names on the map."""

import geopandas as gpd
import pandas as pd
from shapely import LineString
from test_encoding import unpacked

from tesoma_geo.render.map.labels import place_names

CRS = "EPSG:3067"


def test_a_name_stands_upright_and_only_where_there_is_one() -> None:
    lines = [
        LineString([(320300, 6820300), (320000, 6820000)]),
        LineString([(320000, 6820000), (320000, 6820200)]),
        LineString([(320000, 6820000), (320500, 6820000)]),
    ]
    streets = gpd.GeoDataFrame({"name": ["Vino", "Pysty", None]}, geometry=lines, crs=CRS)
    nothing = gpd.GeoDataFrame({"name": pd.Series(dtype=str)}, geometry=[], crs=CRS)
    *level, names = place_names(nothing, nothing, streets)
    assert [unpacked(kind["text"]) for kind in level] == [[], []]
    assert [names["texts"][at] for at in unpacked(names["text"])] == ["Vino", "Pysty"]
    assert all(-90 <= degrees <= 90 for degrees in unpacked(names["degrees"]))

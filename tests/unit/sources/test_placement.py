"""Layers that do not lie where they should."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.errors import SourceError
from tests.three_areas import CRS, read, three_areas


def _swapped(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return areas.set_geometry(shapely.transform(areas.geometry.to_numpy(), lambda xy: xy[:, ::-1]), crs=areas.crs)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda areas: _swapped(areas.to_crs(4326)), "longitude and latitude are swapped"),
        (lambda areas: _swapped(areas), "x and y are swapped"),
        (lambda areas: areas.to_crs(4326).set_crs(CRS, allow_override=True), "its coordinates are degrees"),
        (lambda areas: areas.set_crs(4326, allow_override=True), "its coordinates are metres"),
        (lambda areas: areas.set_geometry(areas.translate(5e6, 0)), "outside the area where EPSG:3067 is used"),
        (lambda areas: areas.set_geometry([None] * 3, crs=CRS), "none of the 3 rows .* has a geometry"),
        (lambda areas: areas.iloc[:0], "is empty"),
        (lambda areas: areas.set_crs(None, allow_override=True), "does not say which coordinate reference system"),
    ],
)
def test_layers_that_cannot_be_placed_are_refused(tmp_path: Path, spoil, told: str):
    spoil(three_areas()).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(SourceError, match=told):
        read(tmp_path / "a.parquet")

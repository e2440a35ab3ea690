"""Areas of which no residents are known."""

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.render.figures.unknown_areas import areas_without_residents

CRS = "EPSG:32723"


def _district(codes: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Squares of 100 m side by side."""
    shapes = [shapely.box(330_000 + 100 * at, 7_394_000, 330_100 + 100 * at, 7_394_100) for at in range(len(codes))]
    return gpd.GeoDataFrame({"code": codes, "name": codes}, geometry=shapes, crs=CRS)


def _homes(*places: tuple[float, str]) -> gpd.GeoDataFrame:
    points = [shapely.Point(330_000 + east, 7_394_050) for east, _ in places]
    return gpd.GeoDataFrame({"area_code": [code for _, code in places]}, geometry=points, crs=CRS)


@pytest.mark.parametrize(
    ("homes", "unknown"),
    [
        (((50.0, "a"), (250.0, "c")), ["b"]),
        (((50.0, ""), (250.0, "")), ["b"]),  # a grid knows no areas
        (((50.0, "a"), (150.0, "b"), (250.0, "c")), []),
        (((50.0, "a"), (198.0, "c")), []),  # a square's middle may lie beyond its area's edge
        ((), ["a", "b", "c"]),
    ],
)
def test_an_area_is_unknown_where_no_home_of_it_is_known(
    homes: tuple[tuple[float, str], ...], unknown: list[str]
) -> None:
    found = areas_without_residents(_district(("a", "b", "c")), _homes(*homes))
    assert found["code"].tolist() == unknown

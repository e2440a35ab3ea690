"""Homes as the cells they stand for."""

import geopandas as gpd
import numpy as np
from test_encoding import unpacked, unpacked_lines

from tesoma_geo.render.figures import home_cells

CRS = "EPSG:3067"


def origins(rows: list[tuple[float, float, int, float, float]]) -> gpd.GeoDataFrame:
    x, y, residents, there, back = zip(*rows, strict=True)
    return gpd.GeoDataFrame(
        {"population": residents, "walk_to_hub_s": np.float32(there), "walk_from_hub_s": np.float32(back)},
        geometry=gpd.points_from_xy(x, y),
        crs=CRS,
    )


def test_origins_of_one_cell_are_shown_as_one() -> None:
    inf = float("inf")
    table = origins([(10, 10, 30, 100, 200), (90, 90, 10, 300, inf), (210, 10, 5, inf, inf)])
    packed = home_cells.cells(home_cells.Grid.of(table, 100.0), table, ["walk"])
    assert unpacked(packed["residents"]) == [40, 5]
    assert unpacked(packed["to_hub_s"]["walk"]) == [150, -1]
    assert unpacked(packed["from_hub_s"]["walk"]) == [200, -1]
    assert [len(square) for square in unpacked_lines(packed["quads"])] == [5, 5]


def test_a_cell_where_nobody_lives_keeps_its_time() -> None:
    table = origins([(10, 10, 0, 240, 240)])
    packed = home_cells.cells(home_cells.Grid.of(table, 100.0), table, ["walk"])
    assert unpacked(packed["to_hub_s"]["walk"]) == [240]

"""Residents by cells of a grid."""

from pathlib import Path

import geopandas as gpd
import h3
import pandas as pd
import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.population_grid import read_grid

CRS = "EPSG:3067"


EAST, NORTH = 320_000.0, 6_823_000.0


def square(column: int, row: int = 0, side: float = 100) -> shapely.Polygon:
    return shapely.box(EAST + column * side, NORTH + row * side, EAST + (column + 1) * side, NORTH + (row + 1) * side)


FINNISH = pd.DataFrame(
    {
        "grd_id": [f"250mN682300E{3200 + 25 * n // 10}" for n in range(4)],
        "xkoord": [EAST + 250 * n for n in range(4)], "ykoord": NORTH,
        "vaesto": [100, 5, 0, -1], "ika_0_14": [20, -1, 0, -1], "ika_15_64": [70, -1, 0, -1], "ika_65_": [9, -1, 0, -1],
    }
)  # fmt: skip


class TestReadGrid:
    @pytest.mark.parametrize("name", ["grid.gpkg", "grid.csv"])
    def test_the_finnish_grid_as_squares_and_as_corners(self, tmp_path: Path, name: str):
        if name == "grid.csv":
            FINNISH.to_csv(tmp_path / name, index=False)
        else:
            gpd.GeoDataFrame(FINNISH, geometry=[square(n, side=250) for n in range(4)], crs=CRS).to_file(
                tmp_path / name
            )
        reading = read_grid(tmp_path / name, key="population", crs=CRS)
        table = reading.table
        assert table["origin_id"].tolist() == FINNISH["grd_id"].tolist()[:2]
        assert table[["population", "age_0_14", "age_15_64", "age_65_", "age_unknown"]].to_numpy().tolist() == [
            [100, 20, 70, 9, 1],
            [5, 0, 0, 0, 5],
        ]
        assert (table.geometry[1].x, table.geometry[1].y) == pytest.approx((EAST + 375, NORTH + 125))
        assert [(item.reason, item.count) for item in reading.left_out] == [
            ("their residents are unknown", 1),
            ("nobody lives there", 1),
        ]

    def test_corners_without_a_size_are_refused(self, tmp_path: Path):
        FINNISH.drop(columns="grd_id").to_csv(tmp_path / "grid.csv", index=False)
        with pytest.raises(SourceError, match="not one size of cell"):
            read_grid(tmp_path / "grid.csv", key="population", crs=CRS)

    @pytest.mark.parametrize("as_number", [False, True])
    def test_h3_cells(self, tmp_path: Path, as_number: bool):
        cells = [h3.latlng_to_cell(61.5, 23.6, 9), h3.latlng_to_cell(61.51, 23.6, 9)]
        ids = [h3.str_to_int(cell) for cell in cells] if as_number else [cell.upper() for cell in cells]
        pd.DataFrame({"H3_Index": ids, "population": [3, 4]}).to_csv(tmp_path / "h3.csv", index=False)
        table = read_grid(tmp_path / "h3.csv", key="population", crs=CRS, kind="h3").table.set_index("origin_id")
        assert table["population"].to_dict() == dict(zip(cells, [3, 4], strict=True))
        lat, lon = h3.cell_to_latlng(cells[0])
        placed = table.to_crs(4326).geometry[cells[0]]
        assert (placed.x, placed.y) == pytest.approx((lon, lat), abs=1e-6)

    def test_ids_that_are_no_cells_are_refused(self, tmp_path: Path):
        pd.DataFrame({"h3": ["here", "there"], "population": [3, 4]}).to_csv(tmp_path / "h3.csv", index=False)
        with pytest.raises(SourceError, match=r"2 of 2 ids are not H3 cells \('here', 'there'\)"):
            read_grid(tmp_path / "h3.csv", key="population", crs=CRS, kind="h3")

    def test_cells_outside_the_district_are_counted(self, tmp_path: Path):
        FINNISH.to_csv(tmp_path / "grid.csv", index=False)
        reading = read_grid(tmp_path / "grid.csv", key="population", crs=CRS, within=square(0, side=250))
        assert reading.table["population"].tolist() == [100]
        assert [(item.reason, item.count) for item in reading.left_out] == [("outside the study area", 3)]
        with pytest.raises(SourceError, match="no residents in the study area"):
            read_grid(tmp_path / "grid.csv", key="population", crs=CRS, within=square(50))


def grid_file(folder: Path, rows: list[tuple[str, int, shapely.Geometry]]) -> Path:
    ids, people, shapes = zip(*rows, strict=True)
    gpd.GeoDataFrame({"id": ids, "vaesto": people}, geometry=list(shapes), crs=CRS).to_file(folder / "grid.gpkg")
    return folder / "grid.gpkg"


def test_a_large_cell_beside_its_small_ones_is_their_sum(tmp_path: Path):
    small = [(f"s{n}", n + 1, square(n % 2, n // 2, 50)) for n in range(4)]
    rows = [*small, ("large", 10, square(0)), ("alone", 7, square(5))]
    reading = read_grid(grid_file(tmp_path, rows), key="population", crs=CRS)
    assert reading.table["origin_id"].tolist() == ["alone", "s0", "s1", "s2", "s3"]
    assert [(left.what, left.count) for left in reading.left_out] == [("population cells", 1)]


@pytest.mark.parametrize("as_points", [False, True])
def test_a_cell_that_is_there_twice_counts_once_or_is_refused(tmp_path: Path, as_points: bool):
    def shape(number: int) -> shapely.Geometry:
        return square(number).centroid if as_points else square(number)

    rows = [("a", 5, shape(0)), ("b", 6, shape(1)), ("a2", 5, shape(0))]
    reading = read_grid(grid_file(tmp_path, rows), key="population", crs=CRS)
    assert reading.table["population"].tolist() == [5, 6]
    assert reading.left_out[0].examples == ("a2 as a",)
    with pytest.raises(SourceError, match="would count twice"):
        read_grid(grid_file(tmp_path, [*rows[:2], ("a2", 9, shape(0))]), key="population", crs=CRS)


def test_h3_cells_of_two_sizes_over_each_other_are_refused(tmp_path: Path):
    cell = h3.latlng_to_cell(61.5, 23.6, 9)
    ids = [cell, h3.cell_to_parent(cell, 8)]
    pd.DataFrame({"h3": ids, "population": [3, 4]}).to_csv(tmp_path / "h3.csv", index=False)
    with pytest.raises(SourceError, match="would count twice"):
        read_grid(tmp_path / "h3.csv", key="population", crs=CRS, kind="h3")
    pd.DataFrame({"h3": [cell, h3.latlng_to_cell(60, 23, 8)], "population": [3, 4]}).to_csv(
        tmp_path / "h3.csv", index=False
    )
    assert len(read_grid(tmp_path / "h3.csv", key="population", crs=CRS, kind="h3").table) == 2

"""Residents of areas, spread along streets; ready grids."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.population import read_areas, spread

CRS = "EPSG:3067"


EAST, NORTH = 320_000.0, 6_823_000.0


CORNER = np.array([EAST, NORTH])


def square(column: int, row: int = 0, side: float = 100) -> shapely.Polygon:
    return shapely.box(EAST + column * side, NORTH + row * side, EAST + (column + 1) * side, NORTH + (row + 1) * side)


def areas(*people: float | None, **groups: list[float | None]) -> gpd.GeoDataFrame:
    codes = [f"{number:03}" for number in range(len(people))]
    return gpd.GeoDataFrame(
        {
            "code": codes,
            "name": [f"Area {code}" for code in codes],
            "population": [*map(float, np.array(people, float))],
        }
        | groups,
        geometry=[square(number) for number in range(len(people))],
        crs=CRS,
    )


def streets(*lines: tuple[str, list[tuple[float, float]]]) -> gpd.GeoDataFrame:
    shapes = [shapely.LineString(np.array(points) + CORNER) for _, points in lines]
    return gpd.GeoDataFrame({"highway": [kind for kind, _ in lines]}, geometry=shapes, crs=CRS)


class TestSpread:
    def test_residents_follow_residential_street(self):
        along = streets(
            ("residential", [(0, 10), (75, 10)]),
            ("living_street", [(60, 60), (60, 85)]),
            ("path", [(10, 90), (40, 90)]),
        )
        origins = spread(areas(400), along, 50).table
        assert origins["origin_id"].tolist() == ["E320000N6823000-000", "E320050N6823000-000", "E320050N6823050-000"]
        assert origins["population"].tolist() == [200, 100, 100]
        assert shapely.get_coordinates(origins.geometry.to_numpy()).tolist() == pytest.approx(
            np.array([(25, 10), (62.5, 10), (60, 72.5)]) + CORNER
        )

    def test_a_cell_across_two_areas_has_an_origin_in_each(self):
        origins = spread(areas(10, 20), streets(("residential", [(0, 50), (200, 50)])), 200).table
        assert origins["origin_id"].tolist() == ["E320000N6823000-000", "E320000N6823000-001"]
        assert origins["population"].tolist() == [10, 20]
        assert shapely.get_x(origins.geometry.to_numpy()).tolist() == pytest.approx([EAST + 50, EAST + 150])

    def test_largest_remainders_get_the_last_residents_and_ties_go_west(self):
        thirds = streets(("residential", [(0, 5), (75, 5)]))
        assert spread(areas(10), thirds, 25).table["population"].tolist() == [4, 3, 3]

    def test_cells_for_which_nobody_is_left_are_counted(self):
        reading = spread(areas(1), streets(("residential", [(0, 5), (100, 5)])), 25)
        assert reading.table["population"].tolist() == [1]
        assert [item.count for item in reading.left_out] == [3]

    def test_areas_without_residential_streets_fall_back_and_say_so(self):
        along = streets(
            ("residential", [(0, 5), (50, 5)]), ("service", [(110, 5), (150, 5)]), ("motorway", [(0, 8), (400, 8)])
        )
        reading = spread(areas(10, 20, 30), along, 50)
        assert reading.table.groupby("area_code")["population"].sum().tolist() == [10, 20, 30]
        assert reading.table.query("area_code == '001'")["origin_id"].tolist() == ["E320100N6823000-001"]
        assert reading.table.query("area_code == '002'")["population"].tolist() == [8, 8, 7, 7]
        assert reading.notes == (
            "residents of Area 001 are spread along other streets, for want of residential ones",
            "residents of Area 002 are spread evenly, for want of streets",
        )

    def test_unknown_and_empty_areas_have_no_origins(self):
        along = streets(("residential", [(0, 5), (300, 5)]))
        assert set(spread(areas(10, None, 0), along, 50).table["area_code"]) == {"000"}

    def test_age_groups_sum_to_cells_and_to_areas(self):
        along = streets(("residential", [(0, 5), (100, 5)]), ("residential", [(100, 5), (137, 5)]))
        table = spread(areas(101, 50, age_young=[20.0, None], age_old=[70.0, 50.0]), along, 25).table
        ages = table[["age_young", "age_old", "age_unknown"]]
        assert (ages.sum(axis=1) == table["population"]).all()
        assert ages.groupby(table["area_code"]).sum().to_numpy().tolist() == [[20, 70, 11], [0, 50, 0]]
        shares = ages.div(table["population"], axis=0)[table["area_code"] == "000"]
        assert np.abs(shares - [20 / 101, 70 / 101, 11 / 101]).to_numpy().max() < 0.05

    def test_the_order_of_streets_and_areas_changes_nothing(self):
        along = streets(*[("residential", [(7 * n, 3 * n), (7 * n + 40, 90 - 5 * n)]) for n in range(12)])
        town = areas(333, 777)
        once, again = spread(town, along, 25).table, spread(town.iloc[::-1], along.iloc[::-1], 25).table
        assert once[["origin_id", "population"]].equals(again[["origin_id", "population"]])


class TestReadAreas:
    def read(self, folder: Path, **columns):
        table = gpd.GeoDataFrame(
            {"code": ["a", "b"], "name": ["A", "B"], "people": [1.0, 2.0]} | columns,
            geometry=[square(0), square(1)],
            crs=CRS,
        )
        table.to_file(folder / "areas.gpkg")
        groups = {"young": "young"} if "young" in columns else None
        return read_areas(
            folder / "areas.gpkg", key="population", crs=CRS, column="people", code="code", age_groups=groups
        )

    def test_unknown_residents_are_unknown_and_their_areas_named(self, tmp_path: Path):
        reading = self.read(tmp_path, people=[None, 7])
        assert np.isnan(reading.table["population"][0])
        assert reading.table["population"][1] == 7
        assert [(item.what, item.count, item.examples) for item in reading.left_out] == [("areas", 1, ("A",))]

    @pytest.mark.parametrize("unpublished", ["..", "-1", ".", ""])
    def test_numbers_that_offices_do_not_publish_are_unknown(self, tmp_path: Path, unpublished: str):
        reading = self.read(tmp_path, people=[unpublished, "1 234"])
        assert np.isnan(reading.table["population"][0])
        assert reading.table["population"][1] == 1234

    @pytest.mark.parametrize(
        ("columns", "told"),
        [
            ({"people": [-5, 7]}, "1 values are not whole numbers of residents"),
            ({"people": [5.5, 7]}, "not whole numbers of residents"),
            ({"people": ["many", "7"]}, r"not whole numbers of residents \('many'\)"),
            ({"people": [None, None]}, "the residents of all areas are unknown"),
            ({"code": ["a", "a"]}, "1 codes stand for several areas"),
            ({"young": [2, 1]}, r"age groups of 1 areas sum to more than all residents \(A\)"),
        ],
    )
    def test_what_is_no_number_of_residents_is_refused(self, tmp_path: Path, columns, told):
        with pytest.raises(SourceError, match=f"population: .*{told}"):
            self.read(tmp_path, **columns)

    def test_all_missing_columns_are_told_at_once(self, tmp_path: Path):
        gpd.GeoDataFrame({"x": [1]}, geometry=[square(0)], crs=CRS).to_file(tmp_path / "a.gpkg")
        with pytest.raises(SourceError) as error:
            read_areas(tmp_path / "a.gpkg", key="population", crs=CRS, column="people", code="code")
        assert [fault.problem for fault in error.value.faults] == [
            "there is no column 'people'; its columns are x",
            "there is no column 'code'; its columns are x",
        ]

    def test_points_are_no_areas(self, tmp_path: Path):
        points = gpd.GeoDataFrame({"people": [1]}, geometry=[shapely.Point(EAST, NORTH)], crs=CRS)
        points.to_file(tmp_path / "a.gpkg")
        with pytest.raises(SourceError, match="1 rows are not areas but Point"):
            read_areas(tmp_path / "a.gpkg", key="population", crs=CRS, column="people")

"""Intervals of areas' medians and of ages' shares, from draws that are written by hand."""

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

from tesoma_geo.analysis.part_figures import part_intervals


def origins(population, areas, **ages):
    return gpd.GeoDataFrame(
        {"population": population, "area_code": areas, **{f"age_{name}": values for name, values in ages.items()}},
        geometry=[Point(x, 0) for x in range(len(population))],
        crs="EPSG:3067",
    )


def found(table, mapped, drawn, drawn_residents=None):
    residents = table["population"].to_numpy(np.int64)
    everywhere = np.broadcast_to(residents, np.shape(drawn)) if drawn_residents is None else drawn_residents
    made = part_intervals(table, (np.asarray(mapped, float), np.asarray(drawn, float)), (residents, everywhere), 15.0)
    return made.set_index(["part", "name"])


def test_an_area_has_the_median_of_its_own_residents():
    table = origins([10, 10, 30], ["a", "a", "b"])
    drawn = [[8, 9, 20], [10, 11, 22], [12, 13, 24], [14, 15, 26], [9, 10, 21]]
    made = found(table, [10, 11, 22], drawn)
    assert made.loc[("area", "a"), ["mapped", "low", "high"]].tolist() == [10.0, 8.0, 14.0]
    assert made.loc[("area", "b"), ["mapped", "low", "high"]].tolist() == [22.0, 20.0, 26.0]


def test_an_age_moves_with_the_residents_of_its_origin():
    table = origins([10, 10], ["a", "a"], young=[10, 0], old=[0, 10])
    drawn, drawn_residents = np.array([[10, 20]] * 5), np.array([[10, 10], [5, 15], [15, 5], [10, 10], [10, 10]])
    made = found(table, [10, 20], drawn, drawn_residents)
    assert made.loc[("age", "young"), ["mapped", "low", "high"]].tolist() == [1.0, 1.0, 1.0]
    assert made.loc[("age", "old"), ["mapped", "low", "high"]].tolist() == [0.0, 0.0, 0.0]


def test_a_share_is_drawn_where_the_limit_is_crossed():
    table = origins([10, 10], ["a", "b"], all=[10, 10])
    drawn = [[14, 14], [14, 16], [16, 16], [14, 16], [14, 16]]
    made = found(table, [14, 16], drawn)
    assert made.loc[("age", "all"), ["mapped", "low", "high"]].tolist() == [0.5, 0.0, 1.0]


def test_nobody_and_unknown_ages_have_no_interval():
    table = origins([0, 10], ["a", ""], young=[0, 0], unknown=[0, 10])
    made = found(table, [10, 20], [[10, 20]] * 5)
    assert len(made) == 0
    assert list(made.columns) == ["mapped", "low", "high"]


def test_who_never_arrives_has_an_end_without_an_end():
    table = origins([10], ["a"])
    made = found(table, [10], [[10]] * 3 + [[np.inf]] * 2)
    assert made.loc[("area", "a"), "low"] == 10
    assert np.isinf(made.loc[("area", "a"), "high"])


def test_the_published_figure_lies_in_its_interval_however_the_draws_fall():
    table, random = origins([7, 9, 11], ["a", "a", "b"], young=[3, 4, 5]), np.random.default_rng(4)
    made = found(table, [5, 6, 7], random.uniform(10, 30, (40, 3)))
    assert (made["low"] <= made["mapped"]).all()
    assert (made["mapped"] <= made["high"]).all()
    assert made.loc[("age", "young"), "mapped"] == pytest.approx(1.0)

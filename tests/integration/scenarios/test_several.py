"""Several plans: sums and orders by hand, the same draws for all, and plans that exclude each other."""

import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.scenarios.several import compare_several

CROSSING = (
    "[[links]]\nline = [[23.629155, 61.501585], [23.629135, 61.501670]]\n"
    "tags = { highway = 'footway' }\ncost_eur = 50000"
)
BESIDE = (
    "[[links]]\nline = [[23.629575, 61.501655], [23.629548, 61.501735]]\n"
    "tags = { highway = 'footway' }\ncost_eur = 10000"
)
LIBRARY = "[[services]]\nkind = 'library'\nlon = 23.63\nlat = 61.4995\ncost_eur = 200000"
CLOSES = "[[services]]\nremove = 'osm:node/3019'"


@pytest.fixture(scope="module")
def figures(inputs, plan):
    return compare_several(inputs, [plan(CROSSING), plan(BESIDE), plan(LIBRARY)], profile="walk").figures


def test_two_crossings_beside_each_other_do_for_one_another(figures):
    pair = next(
        row for row in figures["pairs"] if row["plans"] == [figures["plans"][0]["name"], figures["plans"][1]["name"]]
    )
    assert pair["interaction_min"] == pytest.approx(pair["resident_min"] - pair["sum_alone"], abs=0.1)
    assert pair["interaction_min"] < -0.5 * pair["sum_alone"] / 2
    assert pair["resident_min"] >= max(row["resident_min"] for row in figures["plans"][:2]) - 0.1


def test_the_order_adds_up_to_all_together(figures):
    assert figures["order"][-1]["together_min"] == pytest.approx(figures["all"]["resident_min"], abs=0.2)
    assert sum(row["adds_min"] for row in figures["order"]) == pytest.approx(figures["all"]["resident_min"], abs=0.5)
    # All costs are told, so the cheap crossing comes first.
    assert figures["order"][0]["plan"] == figures["plans"][1]["name"]


def test_one_plan_is_never_surer_than_all_draws(figures):
    for row in figures["surely"]:
        assert row["one_more"] + row["other_more"] + row["equal"] == figures["runs"] == 100
    assert all(row["low"] <= row["resident_min"] * 1.5 and row["low"] <= row["high"] for row in figures["plans"])


def test_a_plan_beside_itself_is_equal_in_every_draw(inputs, plan):
    same = compare_several(inputs, [plan(CROSSING), plan(CROSSING)], profile="walk", runs=20).figures
    (row,) = same["surely"]
    assert (row["one_more"], row["other_more"], row["equal"]) == (0, 0, 20)
    assert "as much in all of 20 draws" in same["sentences"][0]


def test_plans_that_exclude_each_other_are_told(inputs, plan):
    found = compare_several(inputs, [plan(CLOSES), plan(CLOSES)], profile="walk", runs=20).figures
    assert "osm:node/3019" in found["pairs"][0]["conflict"]
    assert found["pairs"][0]["resident_min"] is None
    assert found["plans"][0]["resident_min"] < 0


def test_by_timetable_residents_alone_are_drawn(inputs, plan):
    oftener = "[[headways]]\nline = 'M1'\nheadway_min = {}\nbetween = ['06:30', '09:30']"
    found = compare_several(
        inputs, [plan(oftener.format(5)), plan(oftener.format(30))], profile="transit", runs=20
    ).figures
    assert found["drawn"] == "residents"
    assert found["surely"][0]["one_more"] == 20
    assert found["plans"][1]["resident_min"] < 0 < found["plans"][0]["resident_min"]


def test_a_way_of_moving_that_is_none_is_refused(inputs, plan):
    with pytest.raises(InputError, match="'hover'"):
        compare_several(inputs, [plan(""), plan("")], profile="hover")

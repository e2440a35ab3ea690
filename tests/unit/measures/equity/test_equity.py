import math

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError

equity = tg.equity


@pytest.fixture
def access() -> pd.DataFrame:
    return pd.DataFrame({"id": ["a", "b", "c", "d"], "value": [10.0, 20.0, 40.0, 99.0]})


@pytest.fixture
def land_use() -> pd.DataFrame:
    """Nobody lives at d."""
    return pd.DataFrame(
        {
            "id": ["d", "c", "b", "a"],
            "population": [0, 10, 50, 40],
            "income": [9.0, 3.0, 2.0, 1.0],
            "area": ["north", "south", "north", "south"],
            "age_0_17": [0, 10, 10, 0],
            "age_18_": [0, 0, 40, 40],
        }
    )


def test_lorenz_curve_by_hand(access, land_use):
    curve = equity.lorenz_curve(access, land_use)
    assert curve["population_share"].tolist() == pytest.approx([0, 0.4, 0.9, 1])
    assert curve["access_share"].tolist() == pytest.approx([0, 400 / 1800, 1400 / 1800, 1])


def test_gini_by_hand(access, land_use):
    # Mean 18; pairs: ab 40·50·10, ac 40·10·30, bc 50·10·20.
    expected = 2 * (20_000 + 12_000 + 10_000) / (2 * 100**2 * 18)
    assert equity.gini(access, land_use) == pytest.approx(expected)


def test_gini_by_area(access, land_use):
    table = equity.gini(access, land_use, by="area")
    assert table["area"].tolist() == ["north", "south"]
    assert table["value"].tolist() == pytest.approx([0, 40 * 10 * 30 / (50**2 * 16)])


def test_palma_by_hand(access, land_use):
    assert equity.palma(access, land_use) == pytest.approx(40 / 10)
    # By falling income the top tenth is a, the bottom four tenths c and three fifths of b.
    land_use["income"] = -land_use["income"]
    assert equity.palma(access, land_use, rank="income") == pytest.approx(10 / ((10 * 40 + 30 * 20) / 40))


def test_palma_divides_the_residents_at_the_border(access, land_use):
    halves = land_use.assign(population=[0, 5, 75, 20])
    assert equity.palma(access, halves) == pytest.approx((5 * 40 + 5 * 20) / 10 / ((20 * 10 + 20 * 20) / 40))


def test_those_of_equal_rank_share_alike(access, land_use):
    assert equity.palma(access, land_use.assign(income=7), rank="income") == pytest.approx(1)


def test_theil_by_hand_and_in_parts(access, land_use):
    shares = np.array([0.4, 0.5, 0.1])
    relative = np.array([10, 20, 40]) / 18
    assert equity.theil_t(access, land_use) == pytest.approx((shares * relative * np.log(relative)).sum())
    parts = equity.theil_decomposition(access, land_use, groups="area")
    assert parts["area"].tolist() == ["north", "south"]
    assert parts[["between", "within"]].to_numpy().sum() == pytest.approx(equity.theil_t(access, land_use))
    assert parts["between"][0] == pytest.approx(1000 / 1800 * math.log(20 / 18))
    assert parts["within"][0] == 0
    assert parts["share"].sum() == pytest.approx(1)


def test_concentration_by_hand(access, land_use):
    rank = np.array([0.2, 0.65, 0.95])
    people, value = np.array([40, 50, 10]), np.array([10, 20, 40])
    covariance = (people * (value - 18) * (rank - 0.5)).sum() / 100
    args = {"access": access, "land_use": land_use, "rank": "income"}
    assert equity.concentration_index(**args, kind="standard") == pytest.approx(2 * covariance / 18)
    assert equity.concentration_index(**args, kind="erreygers") == pytest.approx(8 * covariance / 30)
    wagstaff = equity.concentration_index(**args, kind="wagstaff", bounds=(0, 100))
    assert wagstaff == pytest.approx(2 * covariance * 100 / (18 * 82))


def test_concentration_turns_round_with_the_rank(access, land_use):
    up = equity.concentration_index(access, land_use, rank="income")
    land_use["income"] = -land_use["income"]
    assert equity.concentration_index(access, land_use, rank="income") == pytest.approx(-up)
    land_use["income"] = 1
    assert equity.concentration_index(access, land_use, rank="income") == pytest.approx(0)


@pytest.mark.parametrize(("alpha", "expected"), [(0, 0.4), (1, 0.4 * 0.5), (2, 0.4 * 0.25)])
def test_poverty_of_opportunities(access, land_use, alpha, expected):
    assert equity.fgt_poverty(access, land_use, 20, alpha=alpha) == pytest.approx(expected)


def test_poverty_of_costs(access, land_use):
    assert equity.fgt_poverty(access, land_use, 20, better="less") == pytest.approx(0.1 * 1.0)
    never = access.assign(value=[10, 20, np.inf, np.inf])
    assert equity.fgt_poverty(never, land_use, 20, better="less") == np.inf
    assert equity.sufficiency(never, land_use, 20, better="less") == pytest.approx(0.1)


def test_whoever_is_at_the_standard_meets_it(access, land_use):
    assert equity.sufficiency(access, land_use, 20) == pytest.approx(0.4)
    assert equity.sufficiency(access, land_use, 20, better="less") == pytest.approx(0.1)
    by_area = equity.sufficiency(access, land_use, 20, by="area")
    assert by_area["value"].tolist() == pytest.approx([0, 0.8])


def test_medians_by_area(access, land_use):
    table = equity.medians(access, land_use, by="area")
    assert table["group"].tolist() == ["north", "south"]
    assert table["population"].tolist() == [50, 50]
    assert table["median"].tolist() == [20, 10]
    assert table["mean"].tolist() == [20, 16]
    assert table["p90"].tolist() == [20, 40]
    assert table["gap"].tolist() == [0, -10]


def test_medians_by_age(access, land_use):
    table = equity.medians(access, land_use, population=["age_0_17", "age_18_"])
    assert table["group"].tolist() == ["age_0_17", "age_18_"]
    assert table["median"].tolist() == [20, 10]
    assert table["gap"].tolist() == [0, -10]


def test_an_age_group_in_which_nobody_lives_is_left_out(access, land_use):
    table = equity.medians(access, land_use.assign(age_80_=0), population=["age_0_17", "age_80_"])
    assert table["group"].tolist() == ["age_0_17"]


@pytest.mark.parametrize("index", [equity.gini, equity.theil_t])
def test_equal_access_and_none(access, land_use, index):
    assert index(access.assign(value=7.0), land_use) == pytest.approx(0, abs=1e-12)
    assert index(access.assign(value=0.0), land_use) == 0


@pytest.mark.parametrize("index", [equity.gini, equity.theil_t, equity.palma])
def test_an_index_over_places_that_are_never_reached_is_no_number(access, land_use, index):
    assert np.isnan(index(access.assign(value=[10, np.inf, 40, 99]), land_use))
    assert not np.isnan(index(access.assign(value=[10, 20, 40, np.inf]), land_use))


def test_medians_survive_those_who_never_get_there(access, land_use):
    table = equity.medians(access.assign(value=[10, 20, np.inf, np.inf]), land_use)
    assert table["median"].tolist() == [20]
    assert table["mean"].tolist() == [np.inf]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda a, u: (a.drop(columns="value"), u), "no column value"),
        (lambda a, u: (pd.concat([a, a]), u), "'a' twice"),
        (lambda a, u: (a, u[u["id"] != "b"]), "no place 'b'"),
        (lambda a, u: (a, u.assign(population=0)), "Nobody lives"),
        (lambda a, u: (a.assign(value=[1, np.nan, 2, 3]), u), "missing or negative at 1 places"),
        (lambda a, u: (a.assign(value=[1, -2, 2, 3]), u), "missing or negative at 1 places"),
        (lambda a, u: (a, u.drop(columns="area")), "No column 'area'"),
        (lambda a, u: (a, u.assign(area=[None, "x", None, "y"])), "column area is missing"),
    ],
)
def test_tables_that_cannot_be_used(access, land_use, change, said):
    with pytest.raises(InputError, match=said):
        equity.gini(*change(access, land_use), by="area")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda a, u: equity.fgt_poverty(a, u, 0), "line is 0"),
        (lambda a, u: equity.fgt_poverty(a, u, 5, alpha=-1), "alpha is -1"),
        (lambda a, u: equity.sufficiency(a, u, 5, better="faster"), "'faster'"),
        (lambda a, u: equity.concentration_index(a, u, rank="income", kind="mean"), "'mean'"),
        (lambda a, u: equity.concentration_index(a, u, rank="income", bounds=(0, 20)), "outside of the bounds"),
        (lambda a, u: equity.medians(a, u, population=["age_0_17"], by="area"), "by is 'area'"),
    ],
)
def test_arguments_that_cannot_be_answered(access, land_use, call, said):
    with pytest.raises(InputError, match=said):
        call(access, land_use)

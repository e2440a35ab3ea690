"""Groups beside everybody, by area and by age."""

import numpy as np

import tesoma_geo as tg

equity = tg.equity


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


def test_medians_survive_those_who_never_get_there(access, land_use):
    table = equity.medians(access.assign(value=[10, 20, np.inf, np.inf]), land_use)
    assert table["median"].tolist() == [20]
    assert table["mean"].tolist() == [np.inf]

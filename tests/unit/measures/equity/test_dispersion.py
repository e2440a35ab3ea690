"""Lorenz, Gini, Palma and Theil by hand."""

import math

import numpy as np
import pytest

import tesoma_geo as tg

equity = tg.equity


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


@pytest.mark.parametrize("index", [equity.gini, equity.theil_t])
def test_equal_access_and_none(access, land_use, index):
    assert index(access.assign(value=7.0), land_use) == pytest.approx(0, abs=1e-12)
    assert index(access.assign(value=0.0), land_use) == 0


@pytest.mark.parametrize("index", [equity.gini, equity.theil_t, equity.palma])
def test_an_index_over_places_that_are_never_reached_is_no_number(access, land_use, index):
    assert np.isnan(index(access.assign(value=[10, np.inf, 40, 99]), land_use))
    assert not np.isnan(index(access.assign(value=[10, 20, 40, np.inf]), land_use))

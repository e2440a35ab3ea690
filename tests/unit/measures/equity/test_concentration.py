"""Concentration along a rank by hand."""

import numpy as np
import pytest

import tesoma_geo as tg

equity = tg.equity


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

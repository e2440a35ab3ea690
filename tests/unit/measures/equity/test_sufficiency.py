"""Who is below a standard, and by how much."""

import numpy as np
import pytest

import tesoma_geo as tg

equity = tg.equity


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

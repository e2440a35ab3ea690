"""Tables and arguments that no index can be computed from."""

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError

equity = tg.equity


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

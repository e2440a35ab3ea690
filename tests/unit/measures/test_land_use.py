import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError
from tesoma_geo.measures.land_use import amounts


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.drop(columns="id"), "no column id"),
        (lambda t: t.rename(columns={"jobs": "work"}), "no column jobs; it has 'id', 'population', 'work'"),
        (lambda t: t[t["id"] != "y"], "no place 'y' that the travel matrix names as to_id"),
        (lambda t: t.assign(id=range(6)), "ids are int64 there, "),
        (lambda t: pd.concat([t, t.tail(1)]), "'z' twice"),
        (lambda t: t.assign(jobs=[0, 0, 0, 1, -2, 3]), "-2.0 in the column jobs at 'y', as 1 of 3"),
        (lambda t: t.assign(jobs=[0, 0, 0, 1, 2, np.nan]), "nan in the column jobs at 'z'"),
        (lambda t: t.assign(jobs="many"), "not numbers"),
    ],
)
def test_a_land_use_that_cannot_be_used(travel, land_use, change, said):
    with pytest.raises(InputError, match=said):
        tg.measures.cost_to_closest(travel, change(land_use), "jobs")


def test_numbers_are_asked_for_only_where_they_are_used(travel, land_use):
    half = land_use.assign(jobs=[np.nan] * 3 + [1, 1, 1], population=[1, 1, 1] + [np.nan] * 3)
    assert tg.measures.balancing_cost(travel, half, "jobs", "population")["value"].tolist() == [30, 30, 100]
    assert amounts(half, "population", pd.Index(["C", "A"]), "from_id").tolist() == [1, 1]

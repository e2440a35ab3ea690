"""New homes: who moves in is there, nobody else changes, and ages are those of the workspace."""

import numpy as np
import pytest

from tesoma_geo.errors import ScenarioError
from tesoma_geo.scenarios.compare import compare
from tesoma_geo.scenarios.edits import edited
from tesoma_geo.scenarios.homes import without_new_residents

AREA = "area = [[23.6270, 61.5020], [23.6300, 61.5020], [23.6300, 61.5035], [23.6270, 61.5035]]"


def test_residents_of_a_point_live_there_with_their_ages(inputs, plan):
    after = edited(inputs, plan("[[homes]]\nlon = 23.63\nlat = 61.5\nresidents = { '0-6' = 20, '30-64' = 41 }"))
    new = after.origins.iloc[len(inputs.origins) :]
    assert new["population"].tolist() == [61]
    assert new[["age_0-6", "age_30-64", "age_unknown"]].iloc[0].tolist() == [20, 41, 0]
    assert after.origins["population"].sum() == inputs.origins["population"].sum() + 61


def test_an_area_spreads_them_over_its_squares(inputs, plan):
    after = edited(inputs, plan(f"[[homes]]\n{AREA}\nresidents = 1001"))
    new = after.origins.iloc[len(inputs.origins) :]
    assert new["population"].sum() == new["age_unknown"].sum() == 1001
    assert len(new) > 5
    assert np.ptp(new["population"]) <= 1
    former = without_new_residents(inputs, after)
    assert former.origins["population"].sum() == inputs.origins["population"].sum()


def test_who_moves_in_neither_gains_nor_loses(inputs, plan):
    done = compare(inputs, plan("[[homes]]\nlon = 23.63\nlat = 61.5\nresidents = 500\ndate = 2027-08-01\ncost_eur = 9"))
    figures = done.figures
    assert figures["homes"]["residents"] == 500
    assert figures["homes"]["dates"] == ["2027-08-01"]
    assert figures["homes"]["median_min"]["walk"] > 5
    walk = figures["profiles"]["walk"]
    assert (walk["residents"]["gaining"], walk["residents"]["losing"]) == (0, 0)
    assert walk["residents"]["all"] == inputs.origins["population"].sum()
    assert sum(pair["change"] for pair in walk["population_within"].values()) > 0
    assert figures["changes"] == {"homes": 1}
    assert figures["costs"]["total_eur"] == 9


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ("lon = 23.63\nlat = 61.5\nresidents = { '0-7' = 2 }", "homes.0.residents", "0-6"),
        ("lon = 61.5\nlat = 23.63\nresidents = 2", "homes.0", "lon"),
    ],
)
def test_homes_that_cannot_be_are_refused(inputs, plan, text, key, says):
    with pytest.raises(ScenarioError) as refused:
        edited(inputs, plan(f"[[homes]]\n{text}"))
    (fault,) = refused.value.faults
    assert fault.where == key
    assert says in str(fault)

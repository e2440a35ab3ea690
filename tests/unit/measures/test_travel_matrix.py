import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError

TravelMatrix = tg.measures.TravelMatrix


def closest(matrix, land_use):
    return tg.measures.cost_to_closest(matrix, land_use, "jobs")["value"].tolist()


def test_a_table_and_an_array_make_the_same_matrix(travel, land_use):
    array = travel["travel_time"].to_numpy().reshape(3, 3).astype(np.float32)
    made = TravelMatrix.from_array(["A", "B", "C"], ["x", "y", "z"], array)
    assert closest(made, land_use) == closest(TravelMatrix.of(travel), land_use) == [15, 15, 15]


def test_the_order_of_the_rows_does_not_matter_but_for_the_order_of_the_answer(travel, land_use):
    answer = tg.measures.gravity(travel, land_use, "jobs", tg.decay.linear(60)).set_index("id")["value"]
    shuffled = travel.sample(frac=1, random_state=3)
    again = tg.measures.gravity(shuffled, land_use, "jobs", tg.decay.linear(60))
    assert again["id"].tolist() == shuffled["from_id"].unique().tolist()
    np.testing.assert_allclose(again.set_index("id")["value"].reindex(answer.index), answer)


def test_a_missing_pair_is_one_that_costs_inf(travel, land_use):
    without = travel[travel["travel_time"] < 100]
    barred = travel.assign(travel_time=travel["travel_time"].where(travel["travel_time"] < 100, np.inf))
    for table in (without, barred):
        found = tg.measures.dual_access(table, land_use, "jobs", n=200_001)
        assert found["value"].tolist() == [np.inf] * 3


def test_an_origin_that_reaches_nothing_keeps_its_row(travel, land_use):
    barred = travel.assign(travel_time=travel["travel_time"].where(travel["from_id"] != "B", np.inf))
    found = tg.measures.cumulative_opportunities(barred, land_use, "jobs", 30)
    assert found.to_dict("list") == {"id": ["A", "B", "C"], "value": [200_000, 0, 10_000]}


def test_another_column_of_costs(travel, land_use):
    table = travel.assign(euros=[1, 2, 3] * 3).drop(columns="travel_time")
    found = tg.measures.cost_to_closest(table, land_use, "jobs", k=3, travel_cost="euros")
    assert found["value"].tolist() == [3, 3, 3]


def test_costs_kept_under_another_name_are_not_taken_for_others(travel, land_use):
    made = TravelMatrix.of(travel.rename(columns={"travel_time": "euros"}), "euros")
    assert closest(made, land_use) == [15, 15, 15]
    with pytest.raises(InputError, match="holds 'euros'"):
        tg.measures.cost_to_closest(made, land_use, "jobs", travel_cost="metres")


def test_all_faults_of_a_matrix_at_once(travel):
    bad = travel.astype({"from_id": object})
    bad.loc[0, "from_id"] = None
    bad.loc[1, "travel_time"] = -4
    bad.loc[2, "travel_time"] = np.nan
    with pytest.raises(InputError) as caught:
        TravelMatrix.of(bad)
    said = str(caught.value)
    assert "1 rows have no id" in said
    assert "2 costs are negative or missing, the first -4.0 from 'A' to 'y'" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.drop(columns="to_id"), "no column to_id"),
        (lambda t: t.drop(columns="travel_time"), "no column travel_time"),
        (lambda t: t.head(0), "no rows"),
        (lambda t: pd.concat([t, t.tail(2)]), "2 pairs are there twice, the first from 'C' to 'y'"),
        (lambda t: t.assign(travel_time="soon"), "not numbers"),
        (lambda t: [1, 2], "type list"),
    ],
)
def test_a_matrix_that_cannot_be_used(travel, land_use, change, said):
    with pytest.raises(InputError, match=said):
        tg.measures.cost_to_closest(change(travel), land_use, "jobs")


@pytest.mark.parametrize(
    ("origins", "destinations", "cost", "said"),
    [
        (["a", "a"], ["x"], [[1], [2]], "'a' twice"),
        (["a"], ["x", "x"], [[1, 2]], "'x' twice"),
        (["a"], ["x"], [[1, 2]], r"shape \(1, 2\)"),
        ([], ["x"], np.empty((0, 1)), "shape"),
        (["a"], ["x"], [[-1]], "-1.0 is no cost"),
        (["a"], ["x"], [[np.nan]], "nan is no cost"),
    ],
)
def test_an_array_that_cannot_be_used(origins, destinations, cost, said):
    with pytest.raises(InputError, match=said):
        TravelMatrix.from_array(origins, destinations, cost)

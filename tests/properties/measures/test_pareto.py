"""The Pareto frontier and limits, against a comparison of every option with every other."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.errors import InputError
from tesoma_geo.measures import pareto

COSTS = ["travel_time", "fare", "transfers"]
NUMBER = st.sampled_from([0.0, 1.0, 2.0, 3.5, np.inf])
OPTION = st.tuples(st.sampled_from("AB"), st.sampled_from("xy"), NUMBER, NUMBER, NUMBER)


def table(rows):
    return pd.DataFrame(rows, columns=["from_id", "to_id", *COSTS]).astype(dict.fromkeys(COSTS, float))


def plain(rows):
    """Every option against every other of its pair."""
    kept = set()
    for row in rows:
        others = [other for other in rows if other[:2] == row[:2] and other != row]
        worse = any(all(a <= b for a, b in zip(other[2:], row[2:], strict=True)) for other in others)
        if not worse and np.isfinite(row[2:]).all():
            kept.add(row)
    return kept


@given(st.lists(OPTION, min_size=1, max_size=25))
def test_the_frontier_is_what_no_other_betters(rows):
    found = pareto.frontier(table(rows), COSTS)
    assert not found.duplicated().any()
    assert set(found.itertuples(index=False, name=None)) == plain(rows)


@given(st.lists(OPTION, min_size=1, max_size=25), NUMBER, NUMBER)
def test_the_frontier_keeps_the_cheapest_within_any_limits(rows, fare, transfers):
    options, limits = table(rows), {"fare": fare, "transfers": transfers}
    found = pareto.cheapest_within(options, limits).set_index(["from_id", "to_id"])["travel_time"]
    for pair, of_pair in options.groupby(["from_id", "to_id"]):
        fit = of_pair[(of_pair["fare"] <= fare) & (of_pair["transfers"] <= transfers)]
        assert found[pair] == fit["travel_time"].min() or (fit.empty and found[pair] == np.inf)
    front = pareto.cheapest_within(pareto.frontier(options, COSTS), {n: min(v, 9) for n, v in limits.items()})
    for pair, cost in front.set_index(["from_id", "to_id"])["travel_time"].items():
        assert cost >= found[pair]


def test_groups_are_compared_each_on_their_own_and_other_columns_stay():
    options = table([("A", "x", 10, 3, 0), ("A", "x", 12, 4, 0)]).assign(hour=[8, 9], line=["1", "2"])
    assert pareto.frontier(options, COSTS)["line"].tolist() == ["1"]
    assert pareto.frontier(options, COSTS, group_by="hour")["line"].tolist() == ["1", "2"]
    by_hour = pareto.cheapest_within(options, {"fare": 3.5}, group_by="hour")
    assert by_hour["travel_time"].tolist() == [10, np.inf]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda options: pareto.frontier(options, "fare"), "travel_costs is 'fare'"),
        (lambda options: pareto.frontier(options, []), "travel_costs is"),
        (lambda options: pareto.frontier(options, ["price"]), "have no column price; they have from_id"),
        (lambda options: pareto.frontier(options.assign(fare=-1), COSTS), "column fare of the options holds -1"),
        (lambda options: pareto.frontier(options.assign(fare="dear"), COSTS), "column fare of the options holds"),
        (lambda options: pareto.frontier(options.assign(to_id=None), COSTS), "column to_id of the options is empty"),
        (lambda options: pareto.cheapest_within(options, {}), "limits is {}"),
        (lambda options: pareto.cheapest_within(options, {"fare": "3"}), "limits is {'fare': '3'}"),
        (lambda options: pareto.cheapest_within(options, {"fare": float("nan")}), "limits is"),
        (lambda options: pareto.cheapest_within([1], {"fare": 3}), "of the type list"),
    ],
)
def test_what_is_no_option_or_limit_is_told(call, message):
    with pytest.raises(InputError, match=message):
        call(table([("A", "x", 10, 3, 0)]))

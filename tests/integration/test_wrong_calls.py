"""What no measure can be asked with is told with its argument, before anything is computed."""

import inspect
import math

import pandas as pd
import pytest

from tesoma_geo import TesomaError, decay, equity, location, measures

PAIRS = pd.DataFrame(
    {
        "from_id": list("aabb"), "to_id": list("abab"), "travel_time": [0.0, 10, 12, 0],
        "distance": [0.0, 900, 900, 0], "straight_line": [0.0, 700, 700, 0],
    }
)  # fmt: skip
PLACES = pd.DataFrame(
    {"id": ["a", "b"], "jobs": [10, 20], "people": [5, 6], "population": [5, 6], "area": ["x", "y"], "income": [1.0, 2]}
)
RIGHT = {
    "travel_matrix": PAIRS, "land_use": PLACES, "access": pd.DataFrame({"id": ["a", "b"], "value": [1.0, 2]}),
    "opportunity": "jobs", "demand": "people", "decay": decay.step(15), "cutoff": 15, "interval": (5, 10),
    "radius": 1000, "kinds": ["jobs", "people"], "basket": {"jobs": 1.0}, "tau": 5.0, "p": 1, "rank": "income",
    "groups": "area", "poverty_line": 1.5, "standard": 1.5,
}  # fmt: skip
TABLES = [None, "Tesoma", [1, 2], {"a": 1}, 3, pd.DataFrame()]
NAMES = [3, ["jobs"], "nothing", {"a": 1}, pd.DataFrame({"a": [1]})]
NUMBERS = ["ten", None, math.nan, [None], -1]
COUNTS = ["ten", None, math.nan, -1]
WRONG = {
    **dict.fromkeys(("travel_matrix", "land_use", "access"), TABLES),
    **dict.fromkeys(("opportunity", "demand", "travel_cost", "distance", "rank", "groups", "by", "group_by"), NAMES),
    **dict.fromkeys(("cutoff", "radius", "tau", "rho", "increment", "alpha", "poverty_line", "standard"), NUMBERS),
    **dict.fromkeys(("k", "n", "interval", "p", "basket", "kinds", "existing"), COUNTS),
    "decay": [None, "exponential", 3, lambda _: "no"],
    "active": [None, "no", 3, ["jobs"]],
    "limits": ["ten", 3, [None], {"fare": "dear"}],
    "bounds": ["ten", 3, [None], (1, 2, 3)],
    "population": [3, {"a": 1}, "nothing"],
}
UNSET = {"rho", "by", "limits", "bounds", "straight", "distances"}


def _public():
    for module in (measures, equity, location):
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__.startswith("tesoma_geo.measures."):
                parameters = inspect.signature(function).parameters
                if "land_use" in parameters and not name.startswith("_"):
                    yield function, [one for one in parameters if one in WRONG]


CALLS = [
    pytest.param(function, name, id=f"{function.__name__}-{name}") for function, names in _public() for name in names
]


@pytest.mark.parametrize(("function", "name"), CALLS)
def test_a_wrong_value_of_each_argument_of_each_measure_is_told(function, name):
    if function.__module__.endswith("location_allocation"):
        pytest.importorskip("spopt")
    right = {key: value for key, value in RIGHT.items() if key in inspect.signature(function).parameters}
    for value in WRONG[name]:
        if value is None and name in UNSET:
            continue
        with pytest.raises(TesomaError) as told:
            function(**{**right, name: value})
        assert told.value.remedy


@pytest.mark.parametrize("value", [None, "ten", [1.0], {"a": 1}, math.nan, 0, -1])
@pytest.mark.parametrize(
    ("make", "named"),
    [
        (decay.linear, "cutoff"), (decay.step, "cutoff"), (decay.exponential, "decay value"),
        (decay.inverse_power, "decay value"), (decay.gaussian, "standard deviation"),
        (lambda value: decay.logistic(10.0, value), "standard deviation"), (decay.stepped, "weight|zone"),
        (decay.custom, "decay"),
    ],
)  # fmt: skip
def test_a_wrong_number_of_a_decay_is_told(make, named, value):
    with pytest.raises(TesomaError, match=named):
        make(value)


@pytest.mark.parametrize(
    ("function", "more", "named"),
    [
        (measures.gravity, {"active": "no"}, "active is 'no'"),
        (measures.gravity, {"group_by": 3}, "group_by is 3"),
        (measures.gravity, {"travel_cost": ["minutes"]}, "travel_cost is"),
        (measures.cost_to_closest, {"k": [None]}, "value of k is None"),
        (measures.cumulative_interval, {"increment": "one"}, "increment is 'one'"),
        (measures.cumulative_opportunities, {"limits": 3}, "limits is 3"),
        (measures.raam, {"tau": "five"}, "tau is 'five'"),
        (location.p_median, {"p": "two"}, "p is 'two'"),
        (location.mclp, {"existing": 3}, "existing is 3"),
        (equity.fgt_poverty, {"poverty_line": "low"}, "poverty_line is 'low'"),
        (equity.sufficiency, {"standard": None}, "standard is None"),
        (equity.concentration_index, {"bounds": 3}, "bounds is 3"),
    ],
)
def test_it_is_told_by_its_name(function, more, named):
    if function.__module__.endswith("location_allocation"):
        pytest.importorskip("spopt")
    right = {key: value for key, value in RIGHT.items() if key in inspect.signature(function).parameters}
    with pytest.raises(TesomaError, match=named):
        function(**{**right, **more})

"""What the library cannot be asked with is told with its argument, before anything is computed."""

import inspect
import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from tesoma_geo import (
    Edits,
    StreetNetwork,
    TesomaError,
    Timetable,
    Workspace,
    assess,
    decay,
    equity,
    location,
    measures,
    webmap,
)

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


HOMES = gpd.GeoDataFrame(geometry=gpd.points_from_xy([23.6275, 23.63], [61.5052, 61.506]), crs=4326)
SWAPPED = gpd.GeoDataFrame(geometry=gpd.points_from_xy([61.5052], [23.6275]), crs=4326)
NO_POINTS = [
    None,
    "Tesoma",
    3,
    [],
    [[math.nan, 61.5]],
    {"lon": 23.6},
    SWAPPED,
    HOMES.iloc[:0],
    HOMES.set_crs(None, allow_override=True),
]


@pytest.fixture(scope="module")
def asked(sample_workspace):
    folder = sample_workspace.parent / "sample"
    network = StreetNetwork.from_osm(folder / "streets.osm.pbf")
    return {
        "network": network, "router": network.router("walk"), "streets": folder / "streets.osm.pbf",
        "feed": folder / "gtfs.zip", "workspace": Workspace.load(sample_workspace), "folder": folder,
    }  # fmt: skip


@pytest.mark.parametrize("points", NO_POINTS, ids=range(len(NO_POINTS)))
@pytest.mark.parametrize(
    "ask",
    [
        lambda router, points: router.to(points),
        lambda router, points: router.from_(points),
        lambda router, points: router.travel_times(points, HOMES),
        lambda router, points: router.travel_times(HOMES, points, as_frame="long"),
        lambda router, points: router.nearest(points),
        lambda router, points: router.sum_within(points, [1], 600),
        lambda router, points: router.isochrones(points, [600], each=True),
    ],
    ids=["to", "from", "origins", "destinations", "nearest", "sum", "isochrones"],
)
def test_no_points_are_told_by_each_question_of_a_router(asked, ask, points):
    with pytest.raises(TesomaError) as told:
        ask(asked["router"], points)
    assert told.value.remedy


STREETS = [
    ("count", lambda it: it["router"].nearest(HOMES, 1.5)),
    ("count", lambda it: it["router"].nearest(HOMES, None)),
    ("cutoff", lambda it: it["router"].nearest(HOMES, 1, "ten")),
    ("cutoffs_s", lambda it: it["router"].isochrones(HOMES, "ten")),
    ("as_frame", lambda it: it["router"].travel_times(HOMES, HOMES, as_frame="tall")),
    ("weights", lambda it: it["router"].sum_within(HOMES, ["a", "b"], 600)),
    ("decay", lambda it: it["router"].sum_within(HOMES, [1, 2], 600, "linear")),
    ("within", lambda it: it["router"].node_table(within=3)),
    ("within", lambda it: it["router"].node_table(within={"shops": (HOMES, [1, 2])})),
    ("elevation", lambda it: it["network"].router("walk", elevation=3)),
    ("max_snap_m", lambda it: it["network"].router("walk", max_snap_m="near")),
    ("max_snap_m", lambda it: it["network"].router("walk", max_snap_m=-1)),
    ("area", lambda it: StreetNetwork.from_osm(it["streets"], area=HOMES)),
    ("country", lambda it: StreetNetwork.from_osm(it["streets"], country="Finland")),
    ("country", lambda it: StreetNetwork.from_osm(it["streets"], country=358)),
    ("sample", lambda it: StreetNetwork.from_osm(it["folder"])),
    ("ways", lambda it: it["network"].with_ways(None)),
    ("ways", lambda it: it["network"].with_ways(pd.DataFrame())),
    ("ways", lambda it: it["network"].lines(np.arange(3))),
    ("water", lambda it: it["network"].with_water(["lake"])),
    ("timetable", lambda it: it["network"].transit_router("gtfs.zip")),
]
DOORS = [
    ("sources", lambda it: Timetable.from_gtfs(None, "2026-09-15")),
    ("sources", lambda it: Timetable.from_gtfs([3], "2026-09-15")),
    ("date", lambda it: Timetable.from_gtfs(it["feed"], 20260915)),
    ("lifts_out_of_order", lambda it: Timetable.from_gtfs(it["feed"], "2026-09-15", [3])),
    ("workspace", lambda it: Workspace.load(None)),
    ("sample", lambda it: Workspace.load(it["folder"])),
    ("source", lambda it: it["workspace"].resolve(None)),
    ("workspace", lambda it: assess(3)),
    ("progress", lambda it: assess(it["workspace"], progress="loud")),
    ("who", lambda it: assess(it["workspace"], who=3)),
    ("assessment", lambda it: webmap("tesoma.toml")),
]


@pytest.mark.parametrize(("named", "ask"), [*STREETS, *DOORS])
def test_what_is_wrong_is_told_by_its_name(asked, named, ask):
    with pytest.raises(TesomaError, match=named):
        ask(asked)


@pytest.mark.parametrize(
    ("named", "wrong"),
    [
        ("edges", {"edges": "closed"}), ("edges", {"edges": None}), ("edges", {"edges": [math.nan]}),
        ("edges", {"edges": [[1]]}), ("edges", {"edges": [True, False]}), ("factor", {"edges": [1], "factor": "slow"}),
        ("factor", {"edges": [1], "factor": [1, 2]}), ("delay_s", {"edges": [1], "delay_s": None}),
        ("links", {"links": "new path"}),
    ],
)  # fmt: skip
def test_edits_of_a_wrong_type_are_told(named, wrong):
    with pytest.raises(TesomaError, match=named):
        Edits(**wrong)


def test_a_timetable_tells_what_is_wrong(asked):
    timetable = Timetable.from_gtfs(asked["feed"], asked["workspace"].transit.date)
    router = asked["network"].transit_router(timetable, ("07:00", "07:10"))
    for named, ask in (
        ("edits", lambda: timetable.with_edits([1])),
        ("edits", lambda: router.with_edits(None)),
        ("clock time", lambda: timetable.seconds(7)),
        ("seconds", lambda: timetable.clock("07:00")),
        ("window", lambda: asked["network"].transit_router(timetable, ("07:00",))),
        ("clock time", lambda: asked["network"].transit_router(timetable, (7, 9))),
        ("step_min", lambda: asked["network"].transit_router(timetable, step_min="one")),
        ("max_walk_min", lambda: asked["network"].transit_router(timetable, max_walk_min=None)),
        ("percentiles", lambda: router.travel_times(HOMES, HOMES, ["half"])),
        ("percentiles", lambda: router.to(HOMES, "half")),
    ):
        with pytest.raises(TesomaError, match=named):
            ask()

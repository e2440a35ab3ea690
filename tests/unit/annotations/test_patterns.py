"""Statistics that a planner can defend: against the formulas, against other packages, on made-up truths."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_annotations import CORNER, CRS, at, said
from scipy.sparse import csr_array
from scipy.stats import false_discovery_control
from shapely import box

from tesoma_geo.annotations.patterns import (
    agreement,
    benjamini_hochberg,
    clusters,
    concentration,
    gi_star,
    hot_spots,
    silent_areas,
)
from tesoma_geo.annotations.representativeness import common_age_groups, representativeness, residents_by_age
from tesoma_geo.sources.annotations.schema import annotation_reading

DISTRICT = box(*CORNER, CORNER[0] + 2000, CORNER[1] + 2000)


def crowd(center, people, *, spread_m=15.0, seed=3, **fields):
    dice = np.random.default_rng(seed)
    return [
        {"respondent": f"{fields.get('who', 'c')}{number}", "question": "q", "kind": "barrier", "category": "dark",
         "geometry": at(*(np.array(center) + dice.normal(0, spread_m, 2)).tolist()), **fields}
        for number in range(people)
    ]  # fmt: skip


def table(*groups):
    rows = [{name: value for name, value in row.items() if name != "who"} for group in groups for row in group]
    return annotation_reading(rows, [], crs=CRS, source="made").annotations


def test_crowds_are_found_and_one_person_s_pins_are_none():
    spam = [{**row, "respondent": "spammer"} for row in crowd((1500, 300), 30)]
    found = clusters(table(crowd((300, 300), 12, who="a"), crowd((1000, 1500), 25, who="b", category="steps"), spam))
    assert found["respondents"].tolist() == [25, 12]
    assert found["category"].tolist() == ["steps", "dark"]
    assert found.geometry[0].distance(at(1000, 1500)) < 20


def test_nothing_said_has_no_clusters():
    assert clusters(table(crowd((0, 0), 2))).empty


def test_gi_star_is_that_of_esda():
    esda, weights = pytest.importorskip("esda"), pytest.importorskip("libpysal.weights")
    values = np.random.default_rng(5).poisson(3.0, 100).astype(float)
    grid = weights.lat2W(10, 10, rook=False)
    theirs = esda.G_Local(values, grid, transform="B", star=True, permutations=0)
    dense = grid.full()[0] + np.eye(100)
    assert np.allclose(gi_star(values, csr_array(dense)), theirs.Zs)


def test_hot_spots_are_where_the_crowd_is():
    found = hot_spots(table(crowd((1100, 1100), 40, spread_m=60)), DISTRICT, cell_m=250.0)
    hot = found[found["spot"] == "hot"]
    assert 1 <= len(hot) <= 12
    assert (hot.distance(at(1100, 1100)) < 600).all()
    assert found["respondents"].sum() >= 40


def test_chance_is_no_hot_spot():
    spots = [
        (hot_spots(said(150, seed=seed).annotations, DISTRICT, q=0.01)["spot"] == "hot").sum() for seed in range(5)
    ]
    assert sum(spots) <= 2


@given(p=st.lists(st.floats(0, 1), min_size=1, max_size=50), q=st.sampled_from([0.01, 0.05, 0.2]))
def test_discoveries_are_those_of_scipy(p, q):
    assert (benjamini_hochberg(np.array(p), q) == (false_discovery_control(p) <= q)).all()


def test_groups_that_differ_are_told_apart():
    young = crowd((300, 300), 40, who="y", category="dark", age_group="13-17", seed=1)
    old = crowd((300, 300), 40, who="o", category="steps", age_group="65-", seed=2)
    both = crowd((1000, 300), 30, who="y", category="traffic", age_group="13-17", seed=4)
    both += crowd((1000, 300), 30, who="o", category="traffic", age_group="65-", seed=5)
    said_all = table(young, old, both)
    found = agreement(said_all, said_all["age_group"] == "13-17", said_all["age_group"] == "65-").set_index("topic")
    assert found["differs"].to_dict() == {"dark": True, "steps": True, "traffic": False}
    assert found.loc["dark", ["first_share", "second_share"]].tolist() == [1.0, 0.0]


def test_representativeness_against_the_population():
    respondents = pd.DataFrame({"age_group": ["13-17"] * 40 + ["18-29"] * 40 + ["65-"] * 20 + [None] * 5})
    residents = pd.DataFrame(
        {"age_group": ["0-6", "7-17", "18-64", "65-79", "80-"], "residents": [0, 1000, 4000, 3000, 2000]}
    )
    found = representativeness(respondents, residents)
    by_age = found.table.set_index("age_group")
    assert by_age["respondents"].to_dict() == {"0-17": 40, "18-64": 40, "65-": 20}
    assert by_age["ratio"].round(3).to_dict() == {"0-17": 4.0, "18-64": 1.0, "65-": 0.4}
    assert by_age["weight"].to_dict() == pytest.approx({"0-17": 0.25, "18-64": 1.0, "65-": 2.5})
    assert found.chi2 == pytest.approx((40 - 10) ** 2 / 10 + 0 + (20 - 50) ** 2 / 50)
    assert found.p_value < 1e-6
    assert found.left_out == 5


@given(counts=st.lists(st.integers(0, 50), min_size=2, max_size=6), living=st.lists(st.integers(1, 5000), min_size=6))
def test_weights_give_everybody_one_voice_on_average(counts, living):
    groups = [f"{10 * number}-{10 * number + 9}" for number in range(len(counts))]
    respondents = pd.DataFrame({"age_group": np.repeat(groups, counts)})
    residents = pd.DataFrame({"age_group": groups, "residents": living[: len(groups)]})
    found = representativeness(respondents, residents).table
    total = (found["weight"] * found["respondents"]).sum()
    assert total == pytest.approx(sum(counts))
    assert not (found["weight"] < 0).any()


def test_age_groups_of_two_systems_meet_where_both_begin():
    labels = common_age_groups(["0-12", "13-17", "18-29", "30-64", "65-"], ["0-6", "7-17", "18-64", "65-79", "80-"])
    assert set(labels.values()) == {"0-17", "18-64", "65-"}


def test_residents_by_age_and_area():
    origins = pd.DataFrame({"area_code": ["a", "a", "b"], "age_0_17": [1, 2, 3], "age_unknown": [9, 9, 9]})
    found = residents_by_age(origins, "area_code")
    assert found.set_index("area")["residents"].to_dict() == {"a": 3.0, "b": 3.0}
    assert set(found["age_group"]) == {"0_17"}


def test_areas_that_nobody_speaks_of_are_silent():
    areas = gpd.GeoDataFrame(
        {"code": ["w", "e"], "name": ["West", "East"], "population": [1000.0, 1000.0]},
        geometry=[box(*CORNER, CORNER[0] + 1000, CORNER[1] + 2000),
                  box(CORNER[0] + 1000, CORNER[1], CORNER[0] + 2000, CORNER[1] + 2000)], crs=CRS,
    )  # fmt: skip
    found = silent_areas(table(crowd((500, 500), 30)), areas).set_index("code")
    assert found["silent"].to_dict() == {"e": True, "w": False}
    assert found["expected"].to_dict() == {"e": 15.0, "w": 15.0}
    assert found.index[0] == "e"


def test_concentration_tells_one_loud_voice_from_many():
    even = table(crowd((0, 0), 20))
    loud = table(crowd((0, 0), 10), [{**row, "respondent": "loud"} for row in crowd((500, 500), 90, spread_m=300)])
    assert concentration(even) == {"gini": 0.0, "loudest_tenth": 0.1, "most": 1.0}
    assert concentration(loud)["loudest_tenth"] > 0.9
    assert concentration(loud)["gini"] > 0.8

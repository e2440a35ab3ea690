"""Statistics that a planner can defend: against the formulas, against other packages, on made-up truths."""

import geopandas as gpd
import numpy as np
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

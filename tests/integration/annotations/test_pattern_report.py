"""All patterns at once: plain values that json can write, of what may be counted, in the groups that are compared."""

import json

import geopandas as gpd
import pandas as pd
import pytest
from made_annotations import CRS, at, said
from shapely import box

from tesoma_geo.annotations.database import HIDDEN
from tesoma_geo.annotations.pattern_report import OLD_FROM, YOUNG_BELOW, compared_groups, pattern_report
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.survey import unmoderated


@pytest.fixture(scope="module")
def survey():
    return unmoderated([said(40, size_m=600.0)], Key(b"k" * 32))


@pytest.fixture(scope="module")
def areas():
    shapes = [box(*at(-5, -5).coords[0], *at(450, 905).coords[0]), box(*at(450, -5).coords[0], *at(905, 905).coords[0])]
    quiet = box(*at(2000, 0).coords[0], *at(3000, 900).coords[0])
    table = {"code": ["A", "B", "C"], "name": ["West", "East", "Quiet"], "population": [500.0, 1500.0, 4000.0]}
    ages = {"age_13-17": 0.0, "age_18-29": 200.0, "age_30-64": 500.0, "age_65-": 100.0}
    return gpd.GeoDataFrame({**table, **ages}, geometry=[*shapes, quiet], crs=CRS)


def report(survey, areas, **keys):
    return pattern_report(*survey, areas, **{"cell_m": 250.0, "least": 3} | keys)


def test_everything_is_a_plain_value_and_twice_the_same(survey, areas):
    told = report(survey, areas)
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told == report(survey, areas)
    assert set(told) == {
        "clusters", "hot_spots", "agreement", "representativeness", "silent_areas", "concentration",
    }  # fmt: skip


def test_hidden_and_private_annotations_change_nothing(survey, areas):
    annotations, respondents = survey
    more = annotations.iloc[:40].copy()
    more["annotation_id"] = [f"further-{i}" for i in range(40)]
    more.geometry = [at(5, 5)] * 40
    for column, value in (("state", HIDDEN), ("private", True)):
        joined = pd.concat([annotations, more.assign(**{column: value})], ignore_index=True)
        assert report((joined, respondents), areas) == report(survey, areas)
    assert report((pd.concat([annotations, more], ignore_index=True), respondents), areas) != report(survey, areas)


def test_an_area_that_nobody_speaks_of_is_silent(survey, areas):
    silent = {row["code"]: row for row in report(survey, areas)["silent_areas"]}
    assert (silent["C"]["respondents"], silent["C"]["silent"]) == (0, True)
    assert silent["A"]["respondents"] > 0
    assert sum(row["expected"] for row in silent.values()) == sum(row["respondents"] for row in silent.values())


def test_clusters_have_at_least_the_respondents_asked_for(survey, areas):
    crowds = report(survey, areas)["clusters"]
    assert crowds
    assert all(crowd["respondents"] >= 3 for crowd in crowds)
    assert all("geometry" not in crowd and crowd["area_m2"] == int(crowd["area_m2"]) for crowd in crowds)
    assert not report(survey, areas, least=41)["clusters"]


def test_respondents_are_set_beside_residents_by_age_where_ages_are_known(survey, areas):
    compared = report(survey, areas)["representativeness"]
    assert set(compared) == {"by_area", "by_age", "by_age_and_area"}
    by_age = {row["age_group"]: row for row in compared["by_age"]["groups"]}
    assert sum(row["respondents"] for row in by_age.values()) == 40
    assert by_age["13-17"]["respondents"] > by_age["13-17"]["residents"] == 0
    assert by_age["13-17"]["ratio"] is None  # of nobody who lives here there is no share
    without = areas.drop(columns=[name for name in areas if name.startswith("age_")])
    assert set(report(survey, without)["representativeness"]) == {"by_area"}


def test_the_compared_groups_are_apart(survey):
    said_ = survey[0].copy()
    said_.loc[said_.index[:9], "age_group"] = pd.NA
    said_.loc[said_.index[3:6], "role"] = "company"
    said_.loc[said_.index[6], "role"] = pd.NA
    groups = compared_groups(said_)
    for first, second in groups.values():
        assert not (first & second).any()
        assert first.index.equals(said_.index)
    young, old = groups["young_and_old"]
    assert not young.iloc[:9].any()
    assert not old.iloc[:9].any()
    assert set(said_["age_group"][young]) == {"13-17", "18-29"}
    assert set(said_["age_group"][old]) == {"65-"}
    assert (YOUNG_BELOW, OLD_FROM) == (30, 65)
    company, resident = groups["companies_and_residents"]
    assert company.sum() == 3
    assert resident.sum() == len(said_) - 4


def test_a_survey_without_a_word_has_a_report_too(survey, areas):
    told = report((survey[0].iloc[:0], survey[1].iloc[:0]), areas)
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["clusters"] == []
    assert told["hot_spots"]["hot"] == 0
    assert told["concentration"]["gini"] is None

"""Cohorts with noise: fixed rows, a bounded part for everybody, and nothing exact."""

import json
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from made_annotations import CRS, said
from shapely import box

from tesoma_geo.annotations.cohorts import ClosingDate, Cohort, no_members, waiting_answers
from tesoma_geo.annotations.noisy_cohorts import announced_margins, bounded_counts, fixed_rows, noisy_cohort
from tesoma_geo.annotations.privacy_budget import privacy_budget
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.workspace.annotations import Publish

AREAS = gpd.GeoDataFrame({"code": ["1", "2"]}, geometry=[box(0, 0, 1e6, 1e7), box(1e6, 0, 2e6, 1e7)], crs=CRS)
SETTINGS = Publish(
    privacy="differential", cohort_closes=[date(2026, 12, 31)], rows_each=2,
    rows={"barrier": ["steps", "dark", "flood"], "age": ["65-"]},
)  # fmt: skip


def closed(people, *, settings=SETTINGS, epsilon=1.0):
    waiting = waiting_answers(*unmoderated([said(people)], Key(b"k" * 32)), no_members())
    return noisy_cohort(ClosingDate("a"), waiting, settings, epsilon=epsilon, today="2026-12-31", areas=AREAS)


def rows_of(cohort):
    return [(group.kind, group.topic) for group in cohort.groups]


def test_rows_follow_from_the_settings_and_the_map_alone():
    assert rows_of(closed(1)[0]) == rows_of(closed(40)[0])
    assert set(rows_of(closed(1)[0])) > {("barrier", "flood"), ("barrier", ""), ("", ""), ("respondents_by_area", "2")}


def test_nothing_of_a_cohort_with_noise_has_a_place_a_mean_or_a_line():
    cohort, _ = closed(60)
    assert {(one.cell, one.place, one.severity, one.without, one.outline) for one in cohort.groups} == {
        (None, None, None, (), None)
    }
    assert not cohort.further


def test_numbers_are_near_the_real_ones_where_much_may_be_spent():
    cohort, members = closed(60, epsilon=5000.0)
    assert cohort.respondents == 60
    assert sum(one.voices for one in cohort.groups if one.kind == "respondents_by_age") == 60
    told = {(one.kind, one.topic): one.voices for one in cohort.groups}
    assert told["barrier", "flood"] == 0
    assert told["barrier", "dark"] > 5
    assert told["", ""] > 10  # places, which no row names
    assert set(members["respondent"][members["item"] == ""]) == set(members["respondent"])


def test_one_respondent_counts_in_a_bounded_number_of_rows_picked_at_random():
    rows = [("idea", name) for name in "abcdef"] + [("", "")]
    loud = pd.DataFrame({"respondent": "a", "kind": "idea", "topic": list("abcdef") * 9})
    drawn = [bounded_counts(loud, rows, 2) for _ in range(60)]
    assert {sum(counts) for counts in drawn} == {2}
    assert max(map(max, drawn)) == 1
    assert len({tuple(counts) for counts in drawn}) > 5


@pytest.mark.parametrize(
    ("kind", "topic", "row"), [("idea", "a", 0), ("idea", "x", 1), ("praise", "a", 2), ("idea", "", 1)]
)
def test_what_no_row_names_counts_with_all_others(kind, topic, row):
    rows = [("idea", "a"), ("idea", ""), ("", "")]
    records = pd.DataFrame({"respondent": ["p"], "kind": [kind], "topic": [topic]})
    assert bounded_counts(records, rows, 3) == [int(number == row) for number in range(3)]


def test_a_cohort_is_the_same_when_it_is_read_back():
    cohort, _ = closed(20)
    assert Cohort.from_json("a", json.loads(json.dumps(cohort.to_json()))) == cohort


def test_the_margins_that_are_announced_are_those_of_the_cohort():
    cohort, _ = closed(3)
    told = announced_margins(SETTINGS, privacy_budget(SETTINGS, []), AREAS)
    assert set(told) == set(cohort.noise.scales) == set(fixed_rows(SETTINGS, AREAS))
    assert told["said"] == 10  # ln 20 · 2 rows / 0.6
    assert announced_margins(SETTINGS, privacy_budget(SETTINGS, [cohort]), AREAS) == {}

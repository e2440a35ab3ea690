"""What is published of patterns: squares of k or more, and nothing of anybody alone."""

import geopandas as gpd
import numpy as np
import pytest
from made_annotations import CORNER, CRS, at
from shapely import box

from tesoma_geo.annotations.cohorts import ClosingDate, closed_cohort, no_members, waiting_answers
from tesoma_geo.annotations.pattern_report import compared_groups
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.published_patterns import PLACE_M, published_patterns
from tesoma_geo.annotations.representativeness import most_mentioned_areas
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.crs import to_metric
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Publish

WEST = box(CORNER[0], CORNER[1], CORNER[0] + 1000, CORNER[1] + 2000)
SETTINGS = Publish(cohort=20)
EAST = box(CORNER[0] + 1000, CORNER[1], CORNER[0] + 2000, CORNER[1] + 2000)
AREAS = gpd.GeoDataFrame({"code": ["1", "2"], "name": ["West", "East"]}, geometry=[WEST, EAST], crs=CRS)


def crowd(people, east, north, *, who="p", **fields):
    dice = np.random.default_rng(people)
    return [
        {"respondent": f"{who}{number}", "question": "q", "kind": "barrier", "category": "dark",
         "geometry": at(east + float(dice.normal(0, 10)), north + float(dice.normal(0, 10))), **fields}
        for number in range(people)
    ]  # fmt: skip


def table(*groups):
    rows = [row for group in groups for row in group]
    return unmoderated([annotation_reading(rows, [], crs=CRS, source="made")], Key(bytes(32)))[0]


def cohort_of(annotations, respondents):
    waiting = waiting_answers(annotations, respondents, no_members())
    return closed_cohort(ClosingDate("1"), waiting, SETTINGS, today=None)[0]


def found(*groups):
    rows = [row for group in groups for row in group]
    reading = annotation_reading(rows, [], crs=CRS, source="made")
    return published_patterns([cohort_of(*unmoderated([reading], Key(bytes(32))))], AREAS)


def test_crowds_are_published_squares_in_steps_of_k():
    crowds = found(crowd(13, 430, 470), crowd(9, 1570, 1570, who="q", category="steps"))["crowds"]
    assert [(row["category"], row["respondents"], row["hot"]) for row in crowds] == [
        ("dark", 10, True), ("steps", 5, True),
    ]  # fmt: skip
    east, north = to_metric(crowds[0]["place"][0], crowds[0]["place"][1], CRS)
    assert (east % 250, north % 250) == pytest.approx((125, 125), abs=0.2)


def test_what_fewer_than_k_say_is_not_named():
    rare = crowd(3, 400, 400, who="r", category="steps")
    assert {row["category"] for row in found(crowd(20, 400, 400), rare)["crowds"]} == {None}


def test_a_crowd_of_one_person_is_none():
    spam = [{**row, "respondent": "spammer"} for row in crowd(40, 1570, 1570)]
    crowds = found(spam, crowd(22, 320, 320), crowd(5, 320, 1570, who="q"))["crowds"]
    assert [row["respondents"] for row in crowds] == [20]


def test_squares_wider_than_a_place_are_no_crowds():
    spread = [{**row, "geometry": at(1500 * n, 1500 * n)} for n, row in enumerate(crowd(30, 0, 0))]
    assert found(spread) == {"crowds": [], "hot_spots": {"cell_m": PLACE_M, "hot": 0, "cells": 0}}


def test_groups_are_by_age_and_role():
    rows = table(
        crowd(1, 0, 0, age_group="18-29", role="company"),
        crowd(1, 0, 0, who="o", age_group="65-"),
        crowd(1, 0, 0, who="n"),
    )
    groups = compared_groups(rows)
    assert [mask.sum() for pair in groups.values() for mask in pair] == [1, 1, 1, 0]


def test_a_respondent_s_area_is_the_one_spoken_of_most():
    rows = [
        {"respondent": "a", "question": "q", "kind": "idea", "geometry": at(east, 900)} for east in (200, 1500, 1700)
    ]
    rows += [{"respondent": "b", "question": "q", "kind": "idea", "geometry": at(200, 900)}]
    rows += [{"respondent": "c", "question": "q", "kind": "idea", "geometry": at(-5000, 0)}]
    assert sorted(most_mentioned_areas(table(rows), AREAS)) == ["1", "2"]  # c spoke of none

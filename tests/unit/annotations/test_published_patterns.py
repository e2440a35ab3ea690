"""What is published of patterns: crowds and groups of k or more, rounded, and nothing of anybody alone."""

import geopandas as gpd
import numpy as np
import pytest
from made_annotations import CORNER, CRS, at
from shapely import box

from tesoma_geo.annotations.privacy import AREA, publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.published_patterns import PLACE_M, compared_groups, published_patterns
from tesoma_geo.annotations.representativeness import most_mentioned_areas
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.crs import to_metric
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Publish

WEST = box(CORNER[0], CORNER[1], CORNER[0] + 1000, CORNER[1] + 2000)
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


def found(*groups):
    return published_patterns(table(*groups), AREAS, Publish())


def test_crowds_are_of_k_or_more_in_steps_and_rounded():
    crowds = found(crowd(13, 430, 470), crowd(7, 1500, 1500, who="q", category="steps"))["crowds"]
    assert [(row["category"], row["respondents"]) for row in crowds] == [("dark", 10), ("steps", 5)]
    assert all(row["respondents"] % 5 == 0 for row in crowds)
    east, north = to_metric(crowds[0]["place"][0], crowds[0]["place"][1], CRS)
    assert (east % PLACE_M, north % PLACE_M) == pytest.approx((PLACE_M / 2, PLACE_M / 2), abs=0.2)


def test_what_fewer_than_k_say_of_a_crowd_is_not_named():
    mixed = [crowd(3, 400, 400, who=f"{kind}{category}", kind=kind, category=category)
             for kind, category in (("barrier", "dark"), ("barrier", "steps"), ("idea", None))]  # fmt: skip
    (one,) = found(*mixed, crowd(6, 1800, 1800, who="far"))["crowds"][:1]
    assert one["respondents"] == 5
    assert one["category"] is None


def test_a_crowd_of_one_person_is_none():
    spam = [{**row, "respondent": "spammer"} for row in crowd(40, 1500, 300)]
    crowds = found(spam, crowd(8, 300, 300))["crowds"]
    assert [row["respondents"] for row in crowds] == [5]


def test_groups_that_differ_are_told_apart_without_numbers():
    young = crowd(20, 400, 400, who="y", age_group="13-17", category="steps")
    old = crowd(20, 1600, 1600, who="o", age_group="65-", category="dark")
    (told,) = found(young, old)["agreement"]
    assert told == {"groups": "young_and_old", "first": ["steps"], "second": ["dark"], "places": None}


def test_groups_of_fewer_than_k_are_not_compared():
    old = crowd(4, 1600, 1600, who="o", age_group="65-", category="steps")
    assert found(crowd(20, 400, 400, who="y", age_group="13-17"), old)["agreement"] == []


def test_the_loudest_tenth_is_told_only_when_it_is_of_k_or_more():
    assert found(crowd(49, 400, 400))["loudest_tenth"] is None
    assert found(crowd(50, 400, 400))["loudest_tenth"] == pytest.approx(0.1)


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


def test_respondents_of_areas_are_counted_in_parts_of_k():
    rows = [{"respondent": f"w{n}", "question": "q", "kind": "idea", "geometry": at(500, 900)} for n in range(9)]
    rows += [{"respondent": f"e{n}", "question": "q", "kind": "idea", "geometry": at(1500, 900)} for n in range(8)]
    rows += [{"respondent": f"o{n}", "question": "q", "kind": "idea", "geometry": at(-900, 900)} for n in range(2)]
    annotations, respondents = unmoderated([annotation_reading(rows, [], crs=CRS, source="made")], Key(bytes(32)))
    nothing = annotations.iloc[:0].assign(topic="", part="", fingerprint="")
    ledger = nothing[["annotation_id", "topic", "part", "fingerprint"]]
    done = publication(annotations, respondents, ledger, {}, key=Key(bytes(32)), settings=Publish(), areas=AREAS)
    counted = {row["group"]: row["respondents"] for row in done.tables["areas"]}
    assert counted == {"1": 9, "": 10}  # the two of no area would be alone: they are counted with the smallest group
    assert sorted(part.voices for part in done.release.groups.values() if part.kind == AREA) == [9, 10]

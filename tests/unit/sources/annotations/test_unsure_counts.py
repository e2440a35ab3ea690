"""No single respondent decides what `check` says of a file: the number that a doubt takes is drawn by content."""

from collections import Counter

import pandas as pd
import pytest
import shapely

from tesoma_geo.inputs.plausibility.answers import answer_doubts
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.sources.annotations.unsure_counts import FEW, UnsureCounts, weights
from tests.conftest import CRS

AREA = shapely.box(0, 0, 1000, 1000)
K = 5


def doubts(inside, outside, series=0, pins=1):
    """What is said of so many respondents inside and outside the study area."""
    rows = [
        {"respondent": f"r{number}", "kind": "idea", "question": "", "text": f"idea {series} {number} {pin}",
         "geometry": shapely.Point(10.0 * number + 5.0 + pin / 100, 500.0 if number < inside else 5000.0)}
        for number in range(inside + outside) for pin in range(pins if number == inside else 1)
    ]  # fmt: skip
    reading = annotation_reading(rows, [], crs=CRS, source="s")
    return [doubt.problem for doubt in answer_doubts(reading, "annotations.0", AREA, K)]


def is_told(inside, outside, series):
    return any("outside the study area" in problem for problem in doubts(inside, outside, series))


def test_the_draws_of_a_content_are_the_same_and_each_number_as_likely():
    assert UnsureCounts.of_words(["a", "b"]) == UnsureCounts.of_words(["a", "b"])
    assert UnsureCounts.of_words(["a", "b"]) != UnsureCounts.of_words(["ab"])
    drawn = Counter(UnsureCounts.of_words([str(number)], K).further("outside") for number in range(5000))
    assert set(drawn) == set(range(K))
    assert all(900 < count < 1100 for count in drawn.values())


def above(outside, people, series):
    return UnsureCounts.of_words([str(series), str(outside)], K).above("outside", outside, 0.3, people)


def test_a_share_is_said_a_fifth_more_often_for_each_respondent_and_surely_from_k_more():
    """At 40 respondents, 12 are the share: 12 never, 17 always; each of those between changes the odds by a fifth."""
    told = [sum(above(outside, 40, series) for series in range(1000)) / 1000 for outside in range(12, 19)]
    assert told == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1, 1], abs=0.06)
    assert (told[0], *told[5:]) == (0, 1, 1)


def test_answers_outside_are_said_where_the_draw_says_so():
    assert not is_told(28, 12, 0)
    assert is_told(23, 17, 0)
    assert {is_told(25, 15, series) for series in range(12)} == {True, False}


def test_many_pins_of_one_respondent_are_one():
    assert doubts(inside=12, outside=1, pins=200) == [
        doubt for doubt in doubts(12, 1, pins=200) if "one respondent" in doubt
    ]
    assert weights(pd.Series(["a", "b", "a"])).tolist() == [0.5, 1.0, 0.5]


def test_a_file_of_the_wrong_place_is_told_and_one_of_four_never():
    assert all(above(number, number, series) for number in range(FEW, 50) for series in range(20))
    assert not any(above(number, number, series) for number in range(FEW) for series in range(20))
    assert is_told(0, FEW, 0)
    assert not is_told(0, FEW - 1, 0)


def test_what_one_leaver_changes_tells_little_of_whose_answer_it_was():
    """Over all numbers of 40 that can be: gone after one outside left about twice as often as after one inside left."""
    gone = {"inside": 0, "outside": 0}
    for outside in range(10, 20):
        for series in range(1000):
            if above(outside, 40, series):
                gone["inside"] += not above(outside, 39, f"{series} left")
                gone["outside"] += not above(outside - 1, 39, f"{series} left")
    assert gone["inside"] > 300
    assert gone["outside"] < 2.3 * gone["inside"]

"""Why it takes so long: parts that add up to the minutes."""

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.render.sections import why
from tesoma_geo.render.text.catalogue import catalogue


def test_parts_of_the_way_sum_to_the_mean_of_those_who_get_there(assessment: tg.Assessment) -> None:
    residents = assessment.origins["population"].to_numpy(float)
    for profile in assessment.street_analysis.explained:
        seconds = assessment.origins[f"{profile}_to_hub_s"].to_numpy(float)
        there = np.isfinite(seconds)
        mean_min = np.average(seconds[there], weights=residents[there]) / 60
        parts = why.parts_of(assessment, profile)
        assert sum(part.mean_min for part in parts) == pytest.approx(mean_min, abs=0.02)
        assert sum(part.largest_for for part in parts) <= residents[there].sum()


def test_steps_of_the_way_follow_each_other(assessment: tg.Assessment) -> None:
    section = why.why(assessment, catalogue("en"), "walk")
    assert section is not None
    *steps, whole = section.charts[0].bars  # type: ignore[union-attr]
    ends = [step.start if step.falls else step.end for step in steps]
    for ended, after in zip(ends, steps[1:], strict=False):
        assert (after.end if after.falls else after.start) == pytest.approx(ended, abs=1e-3)
    # Parts too small to be shown are in the sum.
    assert (whole.start, whole.end) == pytest.approx((0, ends[-1]), abs=0.02)


def test_a_trip_by_timetable_has_one_average_and_another_only_where_it_is_asked_for(assessment: tg.Assessment) -> None:
    section = why.why(assessment, catalogue("en"), "transit")
    assert section is not None
    assert assessment.transit_analysis is not None
    *legs, whole = section.charts[0].bars  # type: ignore[union-attr]
    assert next(leg.label for leg in legs) == "Walking"
    assert whole.value in section.short
    spent, beside = section.tables
    assert spent.key == "trip"
    assert beside.key == "why"
    assert "differs from the one above" in beside.caption


def test_a_part_below_zero_has_its_reason(assessment: tg.Assessment) -> None:
    for profile in assessment.street_analysis.explained:
        section = why.why(assessment, catalogue("en"), profile)
        assert section is not None
        below = {part.key for part in why.parts_of(assessment, profile) if part.mean_min <= -why.LEAST_MIN}
        assert any("save" in sentence for sentence in section.sentences) == bool(below), profile
    part = why.MinutesPart
    parts = (part("straight", 9.0, 0), part("detour", 0.4, 0), part("slope", -0.6, 0), part("crossings", -0.4, 0))
    told = list(why._beside_the_straight(catalogue("en"), parts))
    assert len(told) == 3  # what adds, and a sentence for each part that saves
    assert told[1].startswith("Hills save 0.6")
    assert "0.4" in told[2]


def test_parts_that_do_not_add_up_as_they_are_shown_say_so() -> None:
    english = catalogue("en")
    adding = [("one", 1.0), ("other", 2.04)]
    assert why._rounded(english, adding, 3.04) == []
    # 1.0 + 2.0 beside 3.1
    assert why._rounded(english, [("one", 1.04), ("other", 2.04)], 3.08) == [english("why.rounded")]


def test_the_parts_that_take_longest_are_named_first_and_how_they_are_added_is_folded(
    assessment: tg.Assessment,
) -> None:
    section = why.why(assessment, catalogue("en"), "walk")
    assert section is not None
    beside = [part for part in why.parts_of(assessment, "walk")[1:] if part.mean_min >= why.LEAST_MIN]
    longest = max(beside, key=lambda part: part.mean_min)
    minutes = catalogue("en").number(longest.mean_min, 1)
    assert f": {catalogue('en')(f'part.{longest.key}').lower()} {minutes}\u00a0min" in section.sentences[0]
    assert not any("order" in sentence for sentence in section.sentences)
    assert section.notes is not None
    assert "in the order of the chart" in section.notes.lines[0].text

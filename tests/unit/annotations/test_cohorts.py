"""Cohorts: they close on their day with enough respondents, are counted once, and are never counted again."""

import json
from datetime import date

import pandas as pd
import pytest
from made_annotations import CRS, at, said

from tesoma_geo.annotations.cohorts import (
    ClosingDate,
    Cohort,
    closed_cohort,
    due_closings,
    no_members,
    waiting_answers,
)
from tesoma_geo.annotations.counted_records import AGE
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Publish

KEY = Key(b"k" * 32)
NEVER, DAY = Publish(cohort=20), date(2026, 12, 31)


def survey(people, **fields):
    return unmoderated([said(people, **fields)], KEY)


def closed(annotations, respondents, members=None, *, settings=NEVER, **closing):
    waiting = waiting_answers(annotations, respondents, no_members() if members is None else members)
    return closed_cohort(ClosingDate(**{"name": "1"} | closing), waiting, settings, today=DAY)


def ages(cohort):
    return sum(group.voices for group in cohort.groups if group.kind == AGE)


def test_a_cohort_of_enough_is_counted_whole():
    cohort, members = closed(*survey(20))
    assert (cohort.respondents, ages(cohort), cohort.closed) == (20, 20, "2026-12-31")
    assert len(members) == 40 + 20
    assert all(group.voices >= 5 for group in cohort.groups)


@pytest.mark.parametrize(
    ("people", "final", "total"), [(19, False, None), (19, True, 19), (5, True, 5), (4, True, None)]
)
def test_fewer_wait_or_give_their_total_alone(people, final, total):
    done = closed(*survey(people), final=final)
    if total is None:
        assert done is None
    else:
        assert (done[0].respondents, done[0].groups) == (total, ())


def test_what_was_counted_waits_no_longer_and_what_changed_waits():
    annotations, respondents = survey(20)
    _, members = closed(annotations, respondents)
    assert not waiting_answers(annotations, respondents, members).people
    severity = annotations["severity"].copy()
    severity[0] = 6 - severity[0] if severity[0] != 3 else 4
    changed = annotations.assign(severity=severity, text="something else")
    assert waiting_answers(changed, respondents, members).people == {annotations["respondent"][0]}


def test_a_person_who_answers_again_counts_once_among_people():
    annotations, respondents = survey(20)
    first, members = closed(annotations, respondents)
    more = annotations.assign(annotation_id=annotations["annotation_id"] + "x")
    second, later = closed(pd.concat([annotations, more], ignore_index=True), respondents, members)
    assert (first.respondents, second.respondents, ages(second)) == (20, None, 0)
    assert (later["item"] != "").all()
    assert {group.kind for group in second.groups} <= {"barrier", "place"}


def test_fewer_than_k_newcomers_wait_among_people_until_more_come():
    annotations, respondents = survey(23)
    early = set(respondents["respondent"][:20])
    _, members = closed(annotations[annotations["respondent"].isin(early)], respondents[:20])
    again = annotations.assign(annotation_id=annotations["annotation_id"] + "x")
    second, later = closed(pd.concat([annotations, again], ignore_index=True), respondents, members)
    assert (second.respondents, ages(second)) == (None, 0)
    both = pd.concat([members, later], ignore_index=True)
    assert len(waiting_answers(annotations, respondents, both).respondents) == 3


def test_a_cohort_goes_through_json():
    cohort, _ = closed(*survey(20))
    assert Cohort.from_json("1", json.loads(json.dumps(cohort.to_json()))) == cohort


def test_further_figures_are_asked_once_of_the_cohort_s_annotations():
    annotations, respondents = survey(20)
    waiting = waiting_answers(annotations, respondents, no_members())
    done = closed_cohort(
        ClosingDate("1"), waiting, NEVER, today=DAY, further=lambda rows, k: {"streets": len(rows), "k": k}
    )
    assert done[0].further == {"streets": 40, "k": 5}


def test_without_dates_the_next_number_is_due_and_with_dates_the_last_that_passed():
    assert [closing.name for closing in due_closings(NEVER, [], DAY)] == ["1"]
    dated = Publish(cohort_closes=(date(2026, 6, 1), date(2026, 9, 1), date(2027, 1, 1)))
    assert due_closings(dated, [], date(2026, 5, 31)) == []
    assert [(one.name, one.final) for one in due_closings(dated, [], DAY)] == [("2026-09-01", False)]
    assert [one.final for one in due_closings(dated, [], date(2027, 1, 1))] == [True]
    september = Cohort("2026-09-01", None, 60, 5, 250.0, ())
    assert due_closings(dated, [september], DAY) == []


def test_rounds_close_each_on_its_day():
    rounds = Publish(cohort=20, cohort_closes={"walk": date(2026, 9, 1), "evening": date(2027, 1, 1)})
    (walk,) = due_closings(rounds, [], DAY)
    assert (walk.name, walk.round, walk.final) == ("walk", "walk", True)
    rows = [{"respondent": f"p{n}", "question": "q", "kind": "idea", "geometry": at(10 * n, 0)} for n in range(30)]
    annotations, respondents = unmoderated([annotation_reading(rows, [], crs=CRS, source="made")], KEY)
    first = set(respondents["respondent"][:22])
    annotations["round"] = ["walk" if one in first else "evening" for one in annotations["respondent"]]
    waiting = waiting_answers(annotations, respondents, no_members(), "walk")
    cohort, members = closed_cohort(walk, waiting, rounds, today=DAY)
    assert cohort.respondents == 22
    assert len(waiting_answers(annotations, respondents, members).people) == 8


def test_hidden_and_private_answers_wait_for_nothing():
    annotations, respondents = survey(20)
    for gone in ({"state": "hidden"}, {"private": True}):
        assert waiting_answers(annotations.assign(**gone), respondents, no_members()).annotations.empty

"""Answers near a trial: counted by hand, of whole released groups alone, and never surer than what is hidden allows."""

import datetime

import pytest
import shapely

from tesoma_geo.annotations.cohorts import Cohort
from tesoma_geo.annotations.k_anonymity import DisclosureGroup
from tesoma_geo.follow_up.voices import voices_near
from tesoma_geo.scenarios.trial_section import TrialSection

CRS, CELL_M = "EPSG:3067", 250.0
#: The middle of the cell (0, 1280, 27300).
PLACE = [shapely.Point(1280.5 * CELL_M, 27300.5 * CELL_M)]
BEGUN, ENDED = datetime.date(2026, 5, 1), datetime.date(2026, 9, 30)


def group(voices, cell=(0, 1280, 27300), kind="barrier", topic="dark"):
    return DisclosureGroup(kind, topic, cell, (), voices, None)


def cohort(name, closed, respondents, *groups):
    return Cohort(name, closed, respondents, 5, CELL_M, tuple(groups))


def told(*cohorts, **section):
    asked = TrialSection.model_validate(
        {"begins": BEGUN, "who": "x", "question": {"en": "?"}, "within_m": 200, **section},
        context={"catalogues": ()},
    )
    return voices_near(asked, (BEGUN, ENDED), PLACE, cohorts, CRS, 5)


BEFORE = cohort("a", "2026-04-30", 100, group(40), group(7, topic="steep"), group(30, cell=(0, 1290, 27300)))
DURING = cohort("b", "2026-09-30", 80, group(20))
AFTER = cohort("c", "2026-12-31", 90, group(9))


def test_groups_near_are_counted_by_period():
    found = told(BEFORE, DURING, AFTER)
    assert [(one.period, one.voices, one.respondents) for one in found.periods] == [
        ("before", 47, 100), ("during", 20, 80), ("after", 9, 90),
    ]  # fmt: skip
    after = found.changes[1]
    assert after.ratio == pytest.approx(9 / 90 / (47 / 100), abs=0.001)
    assert after.low < after.ratio < after.high < 1
    assert after.sure > 0.99


def test_topics_and_kinds_may_be_chosen():
    assert told(BEFORE, topics=["steep"]).periods[0].voices == 7
    assert told(BEFORE, kind="place").periods[0].voices == 0


def test_a_wider_square_is_not_told_apart():
    wide = cohort("a", "2026-04-30", 100, group(40, cell=(3, 160, 3412)))
    assert told(wide).periods[0].voices == 0


def test_a_cohort_over_the_beginning_is_named_and_left_out():
    spanning = cohort("s", "2026-06-30", 100, group(40))
    found = told(spanning, AFTER)
    assert found.not_told_apart == ("s", "c") or found.not_told_apart == ("s",)
    assert "before" not in {one.period for one in found.periods}
    named = told(spanning, AFTER, rounds={"before": ["s"], "after": ["c"]})
    assert [one.period for one in named.periods] == ["before", "after"]


def test_what_is_hidden_counts_as_what_speaks_least_for_a_change():
    """Seven of 100 before; nothing released after may be four of 100, which is no sure change."""
    few = cohort("a", "2026-04-30", 100, group(7))
    none = cohort("b", "2026-12-31", 100)
    between = cohort("x", "2026-09-30", 100)
    hidden = told(few, between, none).changes[-1]
    assert hidden.ratio is None
    assert hidden.sure < 0.9
    assert told(few, between, cohort("b", "2026-12-31", 10_000)).changes[-1].sure > 0.99


def test_the_same_rate_is_no_change():
    found = told(BEFORE, DURING, cohort("c", "2026-12-31", 100, group(47)))
    assert 0.4 < found.changes[-1].sure < 0.6


def test_a_withdrawn_cohort_is_nobodys():
    gone = Cohort("a", "2026-04-30", 100, 5, CELL_M, (group(40),), withdrawn=True)
    assert told(gone).periods == ()

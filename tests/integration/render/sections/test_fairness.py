"""Fairness, as far as it is known."""

import re
from dataclasses import replace

import tesoma_geo as tg
from tesoma_geo.render.sections import fairness
from tesoma_geo.render.text.catalogue import catalogue


def with_summary(assessment: tg.Assessment, **changed: object) -> tg.Assessment:
    return replace(assessment, summary={**assessment.summary, **changed})


def test_measures_are_told_by_their_names_where_they_are_asked_for(assessment: tg.Assessment) -> None:
    text, known = catalogue("en"), assessment.summary["fairness"]["walk"]
    section = fairness.measures(with_summary(assessment, fairness={"walk": known}), text)
    assert section is not None
    assert "Gini" in " ".join((section.short, *section.sentences))
    plain = fairness.fairness(with_summary(assessment, fairness={"walk": known}), text)
    assert not re.search("Gini|Palma|Theil|FGT", " ".join((plain.short, *plain.sentences)))


def test_what_is_not_known_is_not_told(assessment: tg.Assessment) -> None:
    text, known = catalogue("en"), assessment.summary["fairness"]["walk"]
    unknown = with_summary(assessment, fairness={"walk": known | {"spread": None, "by_area": {}}})
    assert fairness.measures(unknown, text) is None
    assert fairness.fairness(unknown, text).short


def test_ages_that_are_alike_are_not_told_as_most_and_least(assessment: tg.Assessment) -> None:
    by_car = fairness.ages_of(assessment, catalogue("en"), "car")
    assert by_car is not None
    assert by_car.short == "Car: within 15\u00a0minutes, 100% of residents of every age get there."
    on_foot = fairness.ages_of(assessment, catalogue("en"), "walk")
    assert on_foot is not None
    assert "the smallest" in on_foot.short

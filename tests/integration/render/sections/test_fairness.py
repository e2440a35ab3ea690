"""Fairness, as far as it is known."""

from dataclasses import replace

import tesoma_geo as tg
from tesoma_geo.render.sections import fairness
from tesoma_geo.render.text.catalogue import catalogue


def with_summary(assessment: tg.Assessment, **changed: object) -> tg.Assessment:
    return replace(assessment, summary={**assessment.summary, **changed})


def test_what_is_not_known_is_not_told(assessment: tg.Assessment) -> None:
    text, known = catalogue("en"), assessment.summary["fairness"]["walk"]
    section = fairness.fairness(with_summary(assessment, fairness={"walk": known}), text)
    assert "Gini" in " ".join((section.short, *section.sentences))
    plain = fairness.fairness(
        with_summary(assessment, fairness={"walk": known | {"spread": None, "by_area": {}}}), text
    )
    assert "Gini" not in " ".join((plain.short, *plain.sentences))

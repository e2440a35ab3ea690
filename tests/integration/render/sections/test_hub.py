"""Targets, and what there is at the hub."""

from dataclasses import replace

import tesoma_geo as tg
from tesoma_geo.render.sections import hub
from tesoma_geo.render.text.catalogue import catalogue


def with_summary(assessment: tg.Assessment, **changed: object) -> tg.Assessment:
    return replace(assessment, summary={**assessment.summary, **changed})


def test_targets_are_told_when_the_workspace_names_them(assessment: tg.Assessment) -> None:
    assert hub.targets(with_summary(assessment, targets={}), catalogue("en")) is None
    wanted = {
        "walk_within_15_min": {"target": 0.7, "value": 0.65, "met": False},
        "car_within_10_min": {"target": 0.5, "value": 0.9, "met": True},
    }
    section = hub.targets(with_summary(assessment, targets=wanted), catalogue("en"))
    assert section is not None
    assert section.short == "1 of the district’s 2 targets are met."
    assert [row.values[-1].shown for row in section.tables[0].rows] == ["not yet", "yes"]
    assert [bar.mark for bar in section.charts[0].bars] == [0.7, 0.5]  # type: ignore[union-attr]


def test_what_is_not_known_has_no_section(assessment: tg.Assessment) -> None:
    assert hub.services_at_hub(with_summary(assessment, hub_services=None), catalogue("en")) is None

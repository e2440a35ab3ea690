"""Green areas near homes."""

from dataclasses import replace

import tesoma_geo as tg
from tesoma_geo.render.sections import nature
from tesoma_geo.render.text.catalogue import catalogue


def with_summary(assessment: tg.Assessment, **changed: object) -> tg.Assessment:
    return replace(assessment, summary={**assessment.summary, **changed})


def test_nature_is_told_by_profile(assessment: tg.Assessment) -> None:
    near = {"walk": {"median_min": 4.2, "population_within_5_min": 300}}
    figures = {"areas": 12, "hectares": 80.5, "least_ha": 0.5, "within_min": 5.0, "profiles": near}
    section = nature.nature(with_summary(assessment, nature=figures, population_total=400), catalogue("en"))
    assert section is not None
    assert "75%" in section.short
    assert [value.plain for value in section.tables[0].rows[0].values[1:]] == [300, 0.75, 4.2]


def test_what_is_not_known_has_no_section(assessment: tg.Assessment) -> None:
    assert nature.nature(with_summary(assessment, nature=None), catalogue("en")) is None

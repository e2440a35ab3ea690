"""What there is at the hub."""

from dataclasses import replace

import tesoma_geo as tg
from tesoma_geo.render.sections import hub
from tesoma_geo.render.text.catalogue import catalogue


def with_summary(assessment: tg.Assessment, **changed: object) -> tg.Assessment:
    return replace(assessment, summary={**assessment.summary, **changed})


def test_what_is_not_known_has_no_section(assessment: tg.Assessment) -> None:
    assert hub.services_at_hub(with_summary(assessment, hub_services=None), catalogue("en")) is None

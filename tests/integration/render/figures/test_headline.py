"""The figures of the sample."""

import tesoma_geo as tg
from tesoma_geo.render.figures import headline


def test_bands_add_up_to_all_residents(assessment: tg.Assessment) -> None:
    for reach in headline.reaches(assessment):
        assert sum(reach.bands) == reach.residents == assessment.summary["population_total"]
        assert min(reach.bands) >= 0


def test_areas_keep_their_residents(assessment: tg.Assessment) -> None:
    rows = headline.area_reaches(assessment)
    assert sum(row.residents for row in rows) == assessment.summary["population_total"]

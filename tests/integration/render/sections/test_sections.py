"""The sections of the pages: tables and charts that fit, in every language."""

import pytest

import tesoma_geo as tg
from tesoma_geo.render.sections import certainty, fairness, hub, nature, targets, transit, why, winter
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import Language


def sections(assessment: tg.Assessment, language: Language) -> list[PageSection]:
    text, profiles = catalogue(language), list(assessment.summary["profiles"])
    made = [
        fairness.ages(assessment, text),
        transit.connections(assessment, text),
        transit.through_the_day(assessment, text),
        transit.connections_and_stops(assessment, text),
        hub.services_at_hub(assessment, text),
        nature.nature(assessment, text),
        targets.targets(assessment.summary["targets"], text),
        fairness.fairness(assessment, text),
        fairness.measures(assessment, text),
        winter.winter(assessment, text),
        certainty.certainty(assessment, text),
        *(why.why(assessment, text, profile) for profile in profiles),
        *(winter.winter_of(assessment, text, profile) for profile in profiles),
        *(certainty.certainty_of(assessment, text, profile) for profile in profiles),
    ]
    return [section for section in made if section is not None]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_row_fits_its_columns_and_every_bar_its_track(assessment: tg.Assessment, language: Language) -> None:
    made = sections(assessment, language)
    assert {"ages", "at-hub", "fairness", "winter", "sure", "why"} <= {section.key for section in made}
    for section in made:
        assert section.tables
        assert section.short
        for table in section.tables:
            assert table.rows, table.key
            assert {len(row.values) for row in table.rows} == {len(table.columns)}
        for chart in section.charts:
            for bar in getattr(chart, "bars", ()):
                assert 0 <= bar.start <= bar.end <= 1, (section.key, bar)

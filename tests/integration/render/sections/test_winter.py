"""Winter beside summer, with every assumption."""

import tesoma_geo as tg
from tesoma_geo.render.sections import winter
from tesoma_geo.render.text.catalogue import catalogue


def test_winter_stands_beside_summer(assessment: tg.Assessment) -> None:
    figures = assessment.summary["winter"]["profiles"]["walk"]
    section = winter.winter_of(assessment, catalogue("en"), "walk")
    assert section is not None
    for row, cutoff in zip(section.tables[0].rows, assessment.workspace.access.cutoffs_min, strict=True):
        before, after = (figures[season]["population_within"][f"{cutoff:g}"] for season in ("before", "after"))
        assert [value.plain for value in row.values] == [cutoff, before, after, after - before]
    assert winter.winter_of(assessment, catalogue("en"), "roller_skates") is None


def test_each_assumption_of_winter_is_told_in_the_readers_language(assessment: tg.Assessment) -> None:
    for language in ("fi", "sv", "en"):
        section = winter.winter(assessment, catalogue(language))
        assert section is not None
        assert section.notes is not None
        assert [line.text for line in section.notes.lines if line.language != language] == []

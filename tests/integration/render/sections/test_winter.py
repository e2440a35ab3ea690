"""Winter beside summer, with every assumption."""

from dataclasses import replace
from typing import Any, cast

import tesoma_geo as tg
from tesoma_geo.render.sections import winter
from tesoma_geo.render.sections.charts import Pairs
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


def test_where_snow_changes_nothing_it_is_said_once(assessment: tg.Assessment) -> None:
    text = catalogue("en")
    for profile in ("walk", "car"):
        section = winter.winter_of(assessment, text, profile)
        assert section is not None
        pairs = [pair for chart in section.charts if isinstance(chart, Pairs) for pair in chart.pairs]
        assert pairs
        assert all(pair.before.value != pair.after.value for pair in pairs)
    by_car = winter.winter_of(assessment, text, "car")
    assert by_car is not None
    assert by_car.short == "Within 15\u00a0minutes (car), 100% of residents get there, with snow or without."
    figures = assessment.summary["winter"]["profiles"]["car"]
    same = {**assessment.summary, "winter": {**assessment.summary["winter"]}}
    same["winter"]["profiles"] = {"car": {"before": figures["before"], "after": figures["before"]}}
    unchanged = winter.winter_of(replace(assessment, summary=cast("Any", same)), text, "car")
    assert unchanged is not None
    assert unchanged.charts == ()
    assert unchanged.sentences[0].startswith("Snow and ice do not slow people down")

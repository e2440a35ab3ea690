"""Intervals of areas and ages of the sample, and where its pages tell them."""

import re
from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.known_intervals import age_intervals, area_intervals, headline_intervals
from tesoma_geo.render.figures.sentences import reach_sentences
from tesoma_geo.render.sections import page_tables
from tesoma_geo.render.sections.certainty import certainty
from tesoma_geo.render.sections.charts import Bars
from tesoma_geo.render.sections.findings import areas_sentence
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import hub_name

ENGLISH = catalogue("en")


def test_every_figure_of_an_area_or_age_lies_in_its_interval(sample_assessment: tg.Assessment) -> None:
    areas, ages = headline.area_reaches(sample_assessment), headline.age_reaches(sample_assessment)
    assert len(areas) == 5
    assert len(ages) == 6
    for profile in sample_assessment.street_analysis.uncertain:
        for area in areas:
            low, high = area.between_min[profile]
            assert low <= area.median_min[profile] * (1 + 1e-6)
            assert area.median_min[profile] <= high * (1 + 1e-6)
        for age in ages:
            low, high = age.between[profile]
            assert low <= age.shares[profile] + 1e-9
            assert age.shares[profile] <= high + 1e-9


def test_what_was_not_drawn_has_none(sample_assessment: tg.Assessment) -> None:
    assert area_intervals(sample_assessment, "transit") == {}
    assert headline_intervals(sample_assessment, "transit") == {}
    assert age_intervals(sample_assessment, "walk", 15.0)
    assert age_intervals(sample_assessment, "walk", 20.0) == {}


def test_tables_and_sentences_tell_them(sample_assessment: tg.Assessment) -> None:
    areas = page_tables.areas(sample_assessment, ENGLISH, ["walk", "transit"])
    ages = page_tables.by_age(sample_assessment, ENGLISH, ["walk"])
    assert areas is not None
    assert ages is not None
    far = areas.rows[-1].values
    assert [len(value.beside) for value in far[-2:]] == [1, 0]
    assert "–" in far[-2].beside[0]
    assert [row.values[0].shown for row in ages.rows] == ["0–6", "7–17", "18–29", "30–64", "65–79", "80+"]
    assert re.search(r"\d\smin \(\d+–\d+\)", areas_sentence(sample_assessment, ENGLISH, "walk") or "")
    reach = next(one for one in headline.reaches(sample_assessment) if one.profile == "wheelchair")
    hub, told = hub_name(sample_assessment.workspace, ENGLISH), re.compile(r"min \(\d+–\d+\)")
    assert any(told.search(line) for line in reach_sentences(ENGLISH, reach, hub))
    assert not any(told.search(line) for line in reach_sentences(ENGLISH, replace(reach, between={}), hub))


def test_an_interval_without_a_width_is_one_figure(sample_assessment: tg.Assessment) -> None:
    charts = [one for one in certainty(sample_assessment, ENGLISH).charts if isinstance(one, Bars)]
    values = {bar.label: bar.value for bar in charts[0].bars}
    assert values["Car"] == "100%"
    assert re.fullmatch(r"\d+–\d+%", values["Wheelchair"])


@pytest.mark.parametrize("figure", ["median_min", "p90_min"])
def test_medians_have_theirs(sample_assessment: tg.Assessment, figure: str) -> None:
    table = page_tables.reach(sample_assessment, ENGLISH)
    at = [column.key for column in table.columns].index(figure)
    beside = {row.values[0].shown: row.values[at].beside for row in table.rows}
    assert beside["Wheelchair"]
    assert beside["Public transport"] == ()

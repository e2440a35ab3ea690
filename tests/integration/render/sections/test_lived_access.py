"""Lived access on pages: the figures of the results, none where nobody was asked, and no more exact than allowed."""

from dataclasses import replace

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.columns import RESIDENT_MIN
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.sections.lived_access import barriers, lived, tenths
from tesoma_geo.render.sections.lived_sensitivity import sensitivity
from tesoma_geo.render.sections.table import NOTHING
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import area_names
from tesoma_geo.render.text.terms import near_streets
from tesoma_geo.workspace import LANGUAGES
from tests.lived_delays import slower

ENGLISH = catalogue("en")
SECTIONS = {"lived": lived, "barriers": barriers, "sensitivity": sensitivity}


def column(table, key):
    at = [one.key for one in table.columns].index(key)
    return [row.values[at].plain for row in table.rows]


def test_residents_and_minutes_are_those_of_the_results(assessment: tg.Assessment):
    (table,) = lived(assessment, ENGLISH).tables
    figures = assessment.lived.summary["profiles"]
    assert column(table, "affected_residents") == [row["affected_population"] for row in figures.values()]
    assert column(table, "resident_min") == [round(row["resident_min"]) for row in figures.values()]
    assert column(table, "mean_added_min") == pytest.approx(
        [row["mean_added_min"] for row in figures.values()], abs=0.051
    )
    mapped, felt = column(table, "mapped_median_min"), column(table, "lived_median_min")
    assert all(a is None or b is None or b >= a - 0.1 for a, b in zip(mapped, felt, strict=True))


def test_the_bars_are_shares_of_all_residents_and_seconds_have_none_on_a_card(assessment: tg.Assessment):
    section = lived(assessment, ENGLISH)
    residents, figures = assessment.summary["population_total"], assessment.lived.summary["profiles"]
    shares = {round(row["affected_population"] / residents, 4) for row in figures.values()}
    ends = {bar.end for chart in section.charts for bar in chart.bars}
    assert ends
    assert ends <= shares
    assert max(ends) == max(shares)
    assert section.share is None


def test_difficult_places_come_by_the_minutes_they_cost(assessment: tg.Assessment):
    (table,) = barriers(assessment, ENGLISH).tables
    known = assessment.lived.barriers
    assert len(table.rows) == len(known)
    profiles = [
        one.key
        for one in table.columns
        if one.key in {RESIDENT_MIN.of(p) for p in assessment.lived.summary["profiles"]}
    ]
    assert profiles
    most = max(profiles, key=lambda key: known[key].iloc[0])
    wide = known["level"].isin(["area", "square", "district"])
    assert wide.any()
    known = known.assign(wide=wide).sort_values(["wide", most], ascending=[True, False], kind="stable")
    for key in profiles:
        assert column(table, key) == [round(value) for value in known[key]]
    least = assessment.lived.summary["fewest_respondents"]
    assert all(number >= least for number in column(table, "respondents_at_least"))
    assert all(-180 <= row.place[0] <= 180 and -90 <= row.place[1] <= 90 for row in table.rows)


def test_the_bars_are_places_and_the_first_is_that_of_the_sentence(assessment: tg.Assessment):
    section = barriers(slower(assessment, 3600.0), ENGLISH)
    assert not section.minor
    (chart,) = section.charts
    assert 1 <= len(chart.bars) <= 8
    assert [bar.end for bar in chart.bars] == sorted((bar.end for bar in chart.bars), reverse=True)
    assert chart.bars[0].end == 1.0
    assert section.tables[0].folded
    place = chart.bars[0].label.split(" – ")[0]
    assert place in section.short
    assert len({bar.value for bar in chart.bars} & {"0\N{NO-BREAK SPACE}s"}) == 0  # what would be 0 has no bar
    # One measure of one place: the seconds of the sentence are those of its bar, a share of what all of them add.
    seconds = chart.bars[0].value.split()[0]
    assert f"about {seconds} seconds shorter" in section.short
    assert 30 <= float(seconds.replace(",", "")) <= 3600


@pytest.mark.parametrize("language", LANGUAGES)
def test_less_than_half_a_minute_is_told_in_words_and_not_drawn(assessment: tg.Assessment, language):
    text, little = catalogue(language), slower(assessment, 29.0)
    section = barriers(little, text)
    assert section.minor
    assert section.charts == ()
    assert text("seconds.few") in section.short
    assert text("seconds.few") in lived(little, text).short


def test_where_a_wide_area_takes_more_than_the_street_it_is_said(assessment: tg.Assessment):
    known, lived_access = assessment.lived.barriers, assessment.lived
    keys = [RESIDENT_MIN.of(name) for name in lived_access.summary["profiles"]]
    wide = known["level"].isin(["area", "square", "district"])
    assert wide.any()
    assert not wide.iloc[0]
    for times, said in ((0.0, False), (1000.0, True)):
        costs = known[keys].mul(np.where(wide, times, 1.0), axis=0)
        costs.loc[wide, keys] += 1.0 if said else 0.0
        changed = replace(lived_access, barriers=known.assign(**{key: costs[key] for key in keys}))
        short = barriers(replace(assessment, lived=changed), ENGLISH).short
        assert (ENGLISH("barriers.wide_more") in short) == said


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_place_without_a_street_goes_by_the_name_of_its_area(assessment: tg.Assessment, language: str):
    text, areas, known = catalogue(language), assessment.district, assessment.lived.barriers
    names, points = list(area_names(areas).values()), areas.representative_point()
    assert len(set(names)) > 2

    def told(level: str) -> list[str]:
        rows = known.iloc[[0] * len(areas)].assign(level=level, streets="").set_geometry(points.to_numpy())
        (table,) = barriers(replace(assessment, lived=replace(assessment.lived, barriers=rows)), text).tables
        return [row.values[0].shown for row in table.rows]

    assert told("area") == [text("barriers.in_area", area=name) for name in names]
    # A place that is told of no area is of the district, and a small square is near its street.
    district = text.of(assessment.workspace.district.name)
    assert set(told("district")) == {text("barriers.in_district", district=district)}
    assert told("square") == near_streets(assessment, text, points.to_numpy())


@pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)
def test_where_nobody_was_asked_nothing_is_told(assessment: tg.Assessment, section):
    assert section(replace(assessment, lived=None), ENGLISH) is None


def test_where_no_place_may_be_told_it_is_said_why(assessment: tg.Assessment):
    nothing = replace(assessment, lived=replace(assessment.lived, barriers=assessment.lived.barriers.iloc[:0]))
    told = lived(nothing, ENGLISH)
    assert told.tables == ()
    assert str(assessment.lived.summary["fewest_respondents"]) in told.short
    assert barriers(nothing, ENGLISH) is None
    assert sensitivity(nothing, ENGLISH) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)
def test_each_language_has_its_own_words_and_the_same_figures(assessment: tg.Assessment, section, language):
    told, english = section(assessment, catalogue(language)), section(assessment, ENGLISH)
    assert (told.short == english.short) == (language == "en")
    assert "{" not in told.short + "".join(told.sentences)
    for one, other in zip(told.tables, english.tables, strict=True):
        numbers = [[v.plain for v in row.values if isinstance(v.plain, int | float)] for row in one.rows]
        assert numbers == [[v.plain for v in row.values if isinstance(v.plain, int | float)] for row in other.rows]


@pytest.mark.parametrize("minutes", [None, np.inf, np.nan])
def test_never_is_nothing(minutes):
    assert tenths(ENGLISH, minutes) is NOTHING


@pytest.mark.parametrize(("minutes", "value"), [(0, 0.0), (12.345, 12.3), (0.05, 0.1)])
def test_minutes_are_told_to_a_tenth(minutes, value):
    assert tenths(ENGLISH, minutes).plain == pytest.approx(value, abs=0.051)

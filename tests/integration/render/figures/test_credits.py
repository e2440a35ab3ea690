"""Whom pictures name, and of which day what they show is."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.data_dates import with_data_dates
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.render.figures.credits import (
    credit_lines,
    dated_credits,
    dated_layers,
    newest_day,
    not_travelled_by,
    short_credits,
    told_date,
)
from tesoma_geo.render.sections.sources import source_lines
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import Language


def _of(assessment: tg.Assessment, *told: tuple[str, str | None, str | None]) -> tg.Assessment:
    """The sample as if its layers had these keys, licences and days."""
    one = next(report for report in assessment.reports if report.sha256)
    reports = tuple(
        replace(one, key=key, licence=licence, as_of=day, date=None, doubts=()) for key, licence, day in told
    )
    return replace(assessment, inputs=replace(assessment.inputs, reports=reports))


def test_each_licence_has_its_layers_and_their_days(assessment: tg.Assessment) -> None:
    ours = _of(
        assessment,
        ("population.source", "City, CC BY 4.0", "2020"),
        ("network.osm", "© OpenStreetMap contributors", "2022-01-18"),
        ("services.osm", "© OpenStreetMap contributors", "2022-01-18"),
        ("services.files.0", "City, CC BY 4.0", None),
        ("elevation.source", None, None),
    )
    assert dated_credits(ours, catalogue("en")) == [
        "© OpenStreetMap contributors: Streets 18\u00a0January 2022; Services 18\u00a0January 2022",
        "City, CC BY 4.0: Residents 2020; Services (date not known)",
        "No licence stated: Elevation (date not known)",
    ]
    assert credit_lines(ours) == ["© OpenStreetMap contributors", "City, CC BY 4.0"]


def test_layers_of_some_sections_have_their_days_whoever_is_credited(assessment: tg.Assessment) -> None:
    ours = _of(
        assessment,
        ("network.osm", "OSM", None),
        ("population.source", None, "2019"),
        ("transit.gtfs.0", "Buses", "2024"),
        ("elevation.source", "State", None),
        ("annotations.0", "Answers", None),
    )
    asked = ("elevation", "network", "population", "annotations")
    assert dated_layers(ours, catalogue("en"), asked) == (
        "Residents 2019; Streets, Elevation (date not known); Residents’ answers"
    )
    assert dated_layers(ours, catalogue("en"), ("winter",)) == ""


def test_where_no_day_is_known_that_of_the_file_is_told_in_the_words_of_the_method(assessment: tg.Assessment) -> None:
    ours = _of(assessment, ("district.area", "City", None), ("water", "City", None), ("services.osm", "City", None))
    reports = tuple(
        report if report.key == "services.osm" else replace(report, date="2026-11-23") for report in ours.reports
    )
    dated = replace(ours, inputs=replace(ours.inputs, reports=reports))
    of_file, unknown = (told_date(catalogue("en"), report) for report in reports[1:])
    assert dated_credits(dated, catalogue("en")) == [f"City: District, Water ({of_file}); Services ({unknown})"]
    assert of_file == "the file was made on 23\u00a0November 2026"
    assert [line.date for line in source_lines(dated, catalogue("en"))] == [of_file, of_file, unknown]


def test_a_sheet_tells_of_which_day_its_newest_data_is(assessment: tg.Assessment) -> None:
    ours = _of(
        assessment,
        ("population.source", "City", "2020"),
        ("transit.gtfs.0", "Buses", "2026-01-01/2026-12-31"),
        ("annotations.0", "Answers", "2026-11"),
        ("services.osm", "City", None),
    )
    assert newest_day(ours, catalogue("en")) == ["Newest data: 1\u00a0January 2026"]  # the first day of a timetable
    assert newest_day(_of(assessment, ("services.osm", "City", None)), catalogue("en")) == []
    assert newest_day(_of(assessment, ("water", "City", "2019-05")), catalogue("fi")) == [
        "Uusin aineisto: toukokuu 2019"
    ]


def test_the_day_of_a_file_is_not_that_of_its_data(assessment: tg.Assessment) -> None:
    ours = _of(assessment, ("water", "City", None), ("elevation.source", "City", None))
    copied = tuple(replace(report, date="2026-11-23") for report in ours.reports)
    of_files = replace(ours, inputs=replace(ours.inputs, reports=copied))
    assert newest_day(of_files, catalogue("sv")) == []
    known = (*copied, replace(copied[0], key="population.source", as_of="2020"))
    with_residents = replace(ours, inputs=replace(ours.inputs, reports=known))
    assert newest_day(with_residents, catalogue("sv")) == ["Nyaste data: 2020"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_nobody_is_told_when_residents_answered_but_as_who_asked_announced_it(
    assessment: tg.Assessment, language: Language
) -> None:
    text = catalogue(language)
    survey = assessment.workspace.annotations[0]
    answers = LayerReport("annotations.0.geometries", assessment.workspace.path, licence="Survey, CC0", sha256="0")
    both = LayerReport("annotations", assessment.workspace.path, licence="Survey, CC0", sha256="0")
    told = {}
    for as_of in (None, "2025-08"):
        surveys = (survey.model_copy(update={"as_of": as_of}),) * 2
        stated = assessment.workspace.model_copy(update={"annotations": surveys})
        reports = with_data_dates(stated, [answers, both])
        ours = replace(assessment, inputs=replace(assessment.inputs, reports=reports))
        told[as_of] = (dated_credits(ours, text), [told_date(text, report) for report in reports])
    named = text("section.annotations")
    assert told[None] == ([f"Survey, CC0: {named}"], [text("survey.untold")] * 2)
    assert told["2025-08"] == ([f"Survey, CC0: {named} {text.day('2025-08')}"], [text.day("2025-08")] * 2)


def test_a_still_says_of_which_day_streets_and_residents_are(assessment: tg.Assessment) -> None:
    ours = _of(assessment, ("network.osm", "OSM", None), ("population.source", "City", "2020"), ("winter", "X", "2021"))
    assert short_credits(ours, catalogue("en")) == [
        "OSM",
        "City",
        "X",
        "Streets (date not known)",
        "Residents: 2020",
    ]


def test_a_map_of_walking_names_no_timetable(assessment: tg.Assessment) -> None:
    ours = _of(
        assessment,
        ("network.osm", "OSM", None),
        ("transit.gtfs.0", "Buses, CC BY 4.0", "2022"),
        ("population.source", "City", "2020"),
    )
    told = {way: short_credits(ours, catalogue("en"), not_travelled_by(way)) for way in ("walk", "transit", None)}
    assert told["walk"] == ["OSM", "City", "Streets (date not known)", "Residents: 2020"]
    assert told["transit"] == told[None]
    assert {*told[None]} - {*told["walk"]} == {"Buses, CC BY 4.0", "Public transport: 2022"}
    # A licence that something else on the map has too stays.
    shared = _of(assessment, ("transit.gtfs.0", "City", None), ("population.source", "City", "2020"))
    assert credit_lines(shared, not_travelled_by("walk")) == ["City"]


def test_a_layer_report_without_content_is_no_source(assessment: tg.Assessment) -> None:
    one = LayerReport("hub.entrances", next(iter(assessment.reports)).path, rows=2)
    ours = replace(assessment, inputs=replace(assessment.inputs, reports=(one,)))
    assert dated_credits(ours, catalogue("en")) == []

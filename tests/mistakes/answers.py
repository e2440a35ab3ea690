"""Plausible mistakes in residents' answers."""

import geopandas as gpd
import shapely

from tests.conftest import CRS
from tests.mistakes.table import Mistakes, add_rows
from tests.small_district import degrees

MISTAKES = Mistakes()
mistake = MISTAKES.mistake


@mistake("outside the study area")
def answers_of_another_district(d):
    d.answers = d.answers.set_geometry(d.answers.translate(0.1, 0.0), crs=d.answers.crs)


@mistake("annotations")
def answers_with_swapped_coordinates(d):
    d.answers = d.answers.set_geometry(
        [shapely.Point(point.y, point.x) for point in d.answers.geometry], crs=d.answers.crs
    )


@mistake("at one spot")
def answers_all_at_one_spot(d):
    d.answers = d.answers.set_geometry([d.answers.geometry.iloc[0]] * len(d.answers), crs=d.answers.crs)


@mistake("there twice")
def answers_exported_twice(d):
    d.answers = add_rows(d.answers, d.answers.assign(id=[f"b{number}" for number in range(12)]))


@mistake("one respondent gave")
def a_column_of_respondents_that_is_not(d):
    places = [shapely.Point(degrees(40 * number, 1000 - 37 * number)) for number in range(25)]
    d.answers = gpd.GeoDataFrame(
        {"id": [f"a{number}" for number in range(25)], "respondent": ["web"] * 25, "time": ["2025-03-04T12:00:00"] * 25,
         "text": [f"Answer number {number}" for number in range(25)]}, geometry=places, crs="EPSG:4326",
    )  # fmt: skip


@mistake("answers are older than the year 2000")
def times_that_are_none(d):
    d.answers["time"] = "1970-01-01T00:00:00"


@mistake("annotations")
def a_survey_twice(d):
    d.toml["annotations"].append(dict(d.toml["annotations"][0]))


@mistake("annotations")
def an_unknown_platform(d):
    d.toml["annotations"][0]["platform"] = "surveymonkey"


@mistake("annotations")
def a_column_of_texts_that_is_not_there(d):
    d.toml["annotations"][0]["columns"]["text"] = "Comment"


@mistake("columns.text")
def a_column_of_texts_that_is_empty(d):
    d.answers["comment"] = None
    d.toml["annotations"][0]["columns"]["text"] = "comment"


@mistake("values.kind")
def a_kind_that_is_none(d):
    d.answers["sort"] = "bad place"
    d.toml["annotations"][0]["columns"]["kind"] = "sort"
    d.toml["annotations"][0]["values"] = {"kind": {"bad place": "barier", "x": "idea"}}


@mistake("it holds no answer on the map")
def empty_survey(d):
    return lambda folder: (folder / "answers.geojson").write_text('{"type":"FeatureCollection","features":[]}')


@mistake("after the year 2050")
def times_in_future(d):
    d.answers["time"] = "2062-03-04T12:00:00"


@mistake("more was left out than taken")
def ids_twice(d):
    d.answers["id"] = "a1"


@mistake("the texts are the same")
def texts_all_alike(d):
    d.answers["text"] = "test"


@mistake("look decoded wrongly")
def texts_decoded_wrongly(d):
    d.answers["text"] = "PyÃ¶rÃ¤tie on mutkainen"


@mistake("larger than the district")
def areas_over_the_city(d):
    d.answers = d.answers.set_geometry(
        [shapely.Point(p.x, p.y).buffer(1) for p in d.answers.geometry], crs=d.answers.crs
    )


@mistake("annotations.0.kind: 'barrier_'")
def kind_unknown(d):
    d.toml["annotations"][0]["kind"] = "barrier_"


@mistake("annotations.0.columns.respondent")
def respondents_missing(d):
    d.answers["respondent"] = None


@mistake("the texts are numbers")
def texts_are_numbers(d):
    d.answers["text"] = [str(i) for i in range(12)]


@mistake("but its coordinates are metres")
def survey_in_metres_as_degrees(d):
    d.answers = d.answers.to_crs(CRS).set_crs(4326, allow_override=True)


@mistake("no column for time = 'tiem'")
def column_misspelt_time(d):
    d.toml["annotations"][0]["columns"]["time"] = "tiem"


T = "transit"

"""What mapping walks bring back: tables that were filled in, and OpenStreetMap edits."""

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.survey_walk import read_walk

HEAD = "rank,kind,thing,name,surface,smoothness,width,kerb,seen_on,remark\n"


def told(answers):
    return {(one.element, one.osm_id, one.tag): one.value for one in answers.itertuples()}


def reasons(left_out):
    return {one.reason: one.count for one in left_out}


def test_a_row_answers_for_all_its_objects(tmp_path):
    path = tmp_path / "walk.csv"
    path.write_text(
        HEAD + "1,street,way/7;way/8,A, Asphalt ,good,1.5,,2026-05-01,a dog\n2,crossing,node/3,,,,,raised,,\n"
    )
    answers, left_out = read_walk(path, key="survey_walk.0")
    assert told(answers) == {
        **{("way", way, tag): value for way in (7, 8)
           for tag, value in (("surface", "asphalt"), ("smoothness", "good"), ("width", "1.5"))},
        ("node", 3, "kerb"): "raised",
    }  # fmt: skip
    assert left_out == ()


def test_what_is_no_answer_is_counted(tmp_path):
    path = tmp_path / "walk.csv"
    path.write_text(
        HEAD + "1,street,way/7,,,,,,,only a remark\n2,street,the bridge,,asphalt,,,,,\n"
        "3,street,way/9,,<b>gravel</b>,,,,,\n4,street,way/5,,gravel,,,,,\n5,street,way/5,,asphalt,,,,,\n"
    )
    answers, left_out = read_walk(path, key="survey_walk.0")
    assert told(answers) == {("way", 5, "surface"): "asphalt"}
    assert reasons(left_out) == {
        "nothing is filled in": 1,
        "they name no way or node": 1,
        "no value of a tag": 1,
        "a later answer is about the same": 1,
    }


def test_a_geopackage_is_read_as_the_table_is(tmp_path):
    path = tmp_path / "walk.gpkg"
    rows = {"thing": ["way/7", "way/8"], "surface": ["sett", ""], "width": [2.0, None]}
    gpd.GeoDataFrame(rows, geometry=[shapely.Point(0, 0)] * 2, crs=3067).to_file(path)
    answers, left_out = read_walk(path, key="survey_walk.0")
    assert told(answers) == {("way", 7, "surface"): "sett", ("way", 7, "width"): "2"}
    assert reasons(left_out) == {"nothing is filled in": 1}


@pytest.mark.parametrize(
    ("name", "begin", "end"),
    [
        ("walk.osc", '<osmChange version="0.6"><modify>', "</modify></osmChange>"),
        ("walk.osm", '<osm version="0.6">', "</osm>"),
    ],
)
def test_an_edit_is_read_by_its_tags(tmp_path, name, begin, end):
    path = tmp_path / name
    path.write_text(
        f'{begin}<node id="3" version="2" lat="61" lon="23"><tag k="kerb" v="lowered"/></node>'
        '<way id="7" version="4" action="modify"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/>'
        f'<tag k="surface" v="asphalt"/></way>{end}'
    )
    answers, _ = read_walk(path, key="survey_walk.0")
    assert told(answers) == {("node", 3, "kerb"): "lowered", ("way", 7, "surface"): "asphalt"}


@pytest.mark.parametrize(
    ("content", "says"),
    [("a,b\n1,2\n", "lacks the column 'thing'"), ("thing,name\nway/1,A\n", "lacks columns of tags")],
)
def test_a_table_of_something_else_is_refused(tmp_path, content, says):
    path = tmp_path / "walk.csv"
    path.write_text(content)
    with pytest.raises(SourceError, match=says):
        read_walk(path, key="survey_walk.0")


def test_a_damaged_edit_is_refused(tmp_path):
    path = tmp_path / "walk.osc"
    path.write_text("<osmChange><modify><way id=")
    with pytest.raises(SourceError, match=r"walk\.osc"):
        read_walk(path, key="survey_walk.0")

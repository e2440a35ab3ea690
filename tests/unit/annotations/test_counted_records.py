"""What of a survey is counted: a row a topic, nothing hidden or private, and a mark that tells what changed."""

import numpy as np
import pandas as pd
import pytest
from made_annotations import at, said
from shapely import LineString, Polygon, box, set_precision

from tesoma_geo.annotations.counted_records import (
    AGE,
    AREA,
    BARRIER,
    ROLE,
    SAID,
    UNSPECIFIED,
    area_records,
    counted_annotations,
    fingerprints,
    people_records,
    said_records,
    topics_of,
)
from tesoma_geo.annotations.database import HIDDEN, PENDING
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.survey import unmoderated

CELL_M = 250.0


@pytest.fixture(scope="module")
def survey():
    return unmoderated([said(40)], Key(b"k" * 32))


def test_neither_hidden_nor_private_annotations_are_counted(survey):
    annotations = survey[0].copy()
    annotations.loc[annotations.index[:7], "state"] = HIDDEN
    annotations.loc[annotations.index[5:12], "private"] = True
    counted = counted_annotations(annotations)
    assert set(counted["annotation_id"]) == set(annotations["annotation_id"].iloc[12:])
    assert counted.index.tolist() == list(range(len(annotations) - 12))
    assert set(counted["state"]) == {PENDING}


@pytest.mark.parametrize(
    ("category", "themes", "topics"),
    [
        ("dark", "", ["dark"]),
        (None, "youth;routes", ["routes", "youth"]),
        ("dark", "dark;;dark", ["dark"]),
        (np.nan, "", [UNSPECIFIED]),
        (pd.NA, ";", [UNSPECIFIED]),
    ],
)
def test_topics_are_named_once_and_never_none(category, themes, topics):
    assert topics_of(category, themes) == topics


def test_each_topic_of_an_annotation_is_a_row_in_its_cell(survey):
    counted = counted_annotations(survey[0])
    counted.loc[0, "themes"] = "youth;routes"
    records = said_records(counted, CELL_M)
    expected = sorted(
        (item, topic)
        for item, category, themes in zip(counted["annotation_id"], counted["category"], counted["themes"], strict=True)
        for topic in topics_of(category, themes)
    )
    assert list(zip(records["annotation_id"], records["topic"], strict=True)) == expected
    where = counted.set_index("annotation_id").geometry.reindex(records["annotation_id"])
    assert records["column"].tolist() == np.floor(where.x.to_numpy() / CELL_M).tolist()
    assert records["row"].tolist() == np.floor(where.y.to_numpy() / CELL_M).tolist()
    assert set(records["family"]) == {SAID}
    assert records["places"].isna().all()  # no streets were given


def test_lines_and_areas_are_counted_where_they_are(survey):
    counted = counted_annotations(survey[0]).iloc[:2].copy()
    ring = Polygon([at(0, 0), at(1000, 0), at(1000, 1000), at(0, 1000)], [[at(50, 50), at(950, 50), at(500, 990)]])
    counted.geometry = [LineString([at(10, 10), at(20, 10)]), ring]
    records = said_records(counted, 10.0)
    for item, shape in zip(counted["annotation_id"], counted.geometry, strict=True):
        for row in records[records["annotation_id"] == item].itertuples():
            cell = box(row.column * 10, row.row * 10, row.column * 10 + 10, row.row * 10 + 10)
            assert cell.intersects(shape)


class Streets:
    """Streets that name the place of every geometry they are asked for."""

    def places_of(self, geometries):
        return [((shape.wkt, 1.0),) for shape in geometries]


def test_barriers_alone_are_counted_on_streets(survey):
    counted = counted_annotations(survey[0])
    records = said_records(counted, CELL_M, Streets())
    wkt = dict(zip(counted["annotation_id"], counted.geometry.to_wkt(), strict=True))
    shape = {item: counted.geometry.iloc[i].wkt for i, item in enumerate(counted["annotation_id"])}
    assert len(wkt) == len(shape)
    for row in records.itertuples():
        assert row.places == (((shape[row.annotation_id], 1.0),) if row.kind == BARRIER else None)
    assert 0 < (records["kind"] == BARRIER).sum() < len(records)


def test_people_are_counted_once_by_each_of_what_they_are(survey):
    annotations, respondents = survey
    counted = counted_annotations(annotations)
    respondents = respondents.copy()
    respondents.loc[respondents.index[0], "age_group"] = pd.NA
    areas = pd.DataFrame({"code": ["west", "east"]})
    west = box(*at(-10, -10).coords[0], *at(1000, 2010).coords[0])
    east = box(*at(1000, -10).coords[0], *at(2010, 2010).coords[0])
    areas = counted[[counted.geometry.name]].iloc[:2].set_geometry([west, east]).assign(code=["west", "east"])
    people = people_records(respondents)
    assert set(people["kind"]) == {AGE, ROLE}
    records = pd.concat([people, area_records(respondents, counted, areas)], ignore_index=True)
    for kind in (AGE, ROLE, AREA):
        of_kind = records[records["kind"] == kind]
        assert sorted(of_kind["respondent"]) == sorted(respondents["respondent"])
        assert (of_kind["annotation_id"] == kind + ":" + of_kind["respondent"].astype(str)).all()
        assert (of_kind["family"] == kind).all()
    ages = records[records["kind"] == AGE]["topic"]
    assert (ages == UNSPECIFIED).sum() == 1
    assert set(records[records["kind"] == AREA]["topic"]) == {"west", "east"}
    assert records[["column", "row", "severity"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("column", "value", "alike"),
    [
        ("kind", "wish", False),
        ("category", "ice", False),
        ("themes", "youth;routes", False),
        ("severity", 9, False),
        ("text", "quite other words", True),
        ("state", HIDDEN, True),
    ],
)
def test_a_mark_changes_with_what_is_counted_alone(survey, column, value, alike):
    counted = counted_annotations(survey[0])
    before, changed = fingerprints(counted), counted.copy()
    changed.loc[3, column] = value
    after = fingerprints(changed)
    assert (after[3] == before[3]) == alike
    assert after[:3] + after[4:] == before[:3] + before[4:]
    assert all(len(mark) == 16 and int(mark, 16) >= 0 for mark in before)


def test_a_mark_changes_with_the_place(survey):
    counted = counted_annotations(survey[0])
    moved = counted.copy()
    moved.geometry = moved.geometry.translate(0.1, 0)
    assert not set(fingerprints(moved)) & set(fingerprints(counted))
    assert fingerprints(counted.set_geometry(set_precision(counted.geometry, 0))) == fingerprints(counted)

"""The one schema: ids, geometries and respondents of whatever a reader gives."""

import pytest
from made_annotations import CRS, at
from shapely import Point, Polygon

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.annotations.schema import annotation_reading, require_columns


def read(*rows, respondents=()):
    made = [{"respondent": "a", "question": "q", "kind": "idea", "geometry": at(0, 0), **row} for row in rows]
    return annotation_reading(made, list(respondents), crs=CRS, source="made")


def counted(made):
    return {left.reason: left.count for left in made.left_out}


@pytest.mark.parametrize("geometry", [None, Point(), Point(float("nan"), 1)])
def test_rows_without_a_usable_geometry_are_counted(geometry):
    made = read({"geometry": geometry}, {})
    assert len(made.annotations) == 1
    assert counted(made) == {"no geometry, or an empty one": 1}


def test_the_same_id_twice_keeps_the_first():
    made = read({"annotation_id": "1", "text": "first"}, {"annotation_id": "1", "text": "second"})
    assert made.annotations["text"].tolist() == ["first"]
    assert counted(made) == {"the same id twice in one export": 1}


def test_rows_without_ids_are_known_by_who_what_and_where():
    first, again = read({}, {}, {"geometry": at(9, 9)}), read({"geometry": at(9, 9)}, {}, {})
    assert set(first.annotations["annotation_id"]) == set(again.annotations["annotation_id"])
    assert first.annotations["annotation_id"].is_unique


def test_shapes_that_cross_themselves_are_repaired():
    bow = Polygon([at(0, 0), at(50, 50), at(50, 0), at(0, 50)])
    assert read({"geometry": bow}).annotations.geometry.is_valid.all()


def test_who_answered_on_the_map_alone_is_a_respondent_without_answers():
    made = read({"answers": '{"a": 1}'}, respondents=[{"respondent": "b", "answers": '{"b": 2}'}])
    assert dict(zip(made.respondents["respondent"], made.respondents["answers"], strict=True)) == {
        "b": '{"b": 2}', "a": "{}",
    }  # fmt: skip


def test_an_unknown_kind_is_refused():
    with pytest.raises(SourceError):
        read({"kind": "mood"})


def test_columns_that_the_workspace_names_must_be_there():
    require_columns(["a", "b"], {"text": "a"}, "file")
    with pytest.raises(SourceError, match=r"file has no column for text = 'c'; its columns are a, b"):
        require_columns(["a", "b"], {"text": "c"}, "file")

"""Rows with a column a field, whatever the platform calls them."""

import pytest
from made_annotations import at

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.annotations.flat import UNNAMED, FlatRows
from tesoma_geo.workspace.annotations import Annotations


def rows(defaults=None, **keys):
    section = Annotations.model_validate({"platform": "table", "geometries": "x", **keys})
    return FlatRows(section, defaults or {}, {})


def test_the_workspace_s_columns_come_before_the_platform_s():
    flat = rows({"text": "description", "time": "when"}, columns={"text": "sanottu"})
    assert (flat.column("text"), flat.column("time"), flat.column("photo")) == ("sanottu", "when", None)


def test_a_row_of_an_unknown_kind_is_left_out_and_counted():
    flat = rows(columns={"kind": "tyyppi"})
    assert flat.row({"tyyppi": "avaruus"}, at(0, 0), 0) is None
    assert sum(left.count for left in flat.left_out()) == 1


def test_unnamed_rows_are_one_respondent_or_one_each():
    assert rows(kind="idea").row({}, at(0, 0), 3)["respondent"] == UNNAMED
    assert rows(kind="idea", unnamed_are_people=True).row({}, at(0, 0), 3)["respondent"] == f"{UNNAMED} 3"


def test_the_question_of_a_layer_tells_its_kind_and_whether_it_is_private():
    flat = rows(questions=[{"title": "Kodit", "kind": "place", "private": True}])
    row = flat.row({}, at(0, 0), 0, "Kodit")
    assert (row["kind"], row["private"], row["question"]) == ("place", True, "Kodit")


def test_own_words_are_translated_by_the_workspace():
    flat = rows(kind="barrier", columns={"category": "syy"}, values={"category": {"Pimeä": "dark"}})
    assert flat.row({"syy": "PIMEÄ"}, at(0, 0), 0)["category"] == "dark"
    assert flat.row({"syy": float("nan")}, at(0, 0), 0)["category"] is None


def test_a_column_for_something_else_is_refused():
    with pytest.raises(SourceError, match=r"columns.mood is no field"):
        rows(columns={"mood": "x"})

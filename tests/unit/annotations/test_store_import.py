"""Rows of an export as the store knows them again."""

import numpy as np
import pandas as pd
import pytest
from made_annotations import CRS, at

from tesoma_geo.annotations.database import CONTENT
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store_import import content_hash, content_hashes, content_of, plain_value, pseudonymous
from tesoma_geo.sources.annotations.schema import annotation_reading

KEY = Key(b"k" * 32)


def rows_of(**fields):
    row = {"annotation_id": "1", "respondent": "maija", "question": "q", "kind": "idea", "geometry": at(0, 0)}
    return pseudonymous(annotation_reading([{**row, **fields}], [], crs=CRS, source="made"), KEY)


def test_ids_are_pseudonyms_by_source():
    annotations, respondents = rows_of()
    assert respondents["respondent"].tolist() == [KEY.pseudonym("made", "maija")] == annotations["respondent"].tolist()
    assert annotations["annotation_id"].tolist() == [KEY.annotation("made", "1")]


@pytest.mark.parametrize("change", [{"text": "a"}, {"severity": 3}, {"geometry": at(0, 1)}, {"themes": ["youth"]}])
def test_every_change_is_another_hash(change):
    assert content_hashes(rows_of()[0])[0] != content_hashes(rows_of(**change)[0])[0]
    assert content_hashes(rows_of(**change)[0])[0] == content_hashes(rows_of(**change)[0])[0]


@pytest.mark.parametrize(
    ("value", "plain"),
    [(None, None), (pd.NA, None), (float("nan"), None), (np.int64(3), 3), (np.bool_(True), 1), (True, 1), ("a", "a")],
)
def test_values_as_a_database_takes_them(value, plain):
    assert plain_value(value) == plain
    assert plain is None or type(plain_value(value)) is type(plain)


def test_columns_taken_at_once_are_as_value_by_value():
    rows = [
        {
            "annotation_id": str(number),
            "respondent": "maija",
            "question": "q",
            "kind": "idea",
            "geometry": at(0, number),
        }
        for number in range(3)
    ]
    rows[1] |= {"text": "ä\n", "severity": 3, "themes": ["youth"]}
    annotations, _ = pseudonymous(annotation_reading(rows, [], crs=CRS, source="made"), KEY)
    named = annotations[list(CONTENT)]
    expected = [tuple(plain_value(value) for value in row) for row in named.itertuples(index=False)]
    assert [list(map(repr, row)) for row in content_of(annotations)] == [list(map(repr, row)) for row in expected]
    assert any(None in row for row in expected)
    one_by_one = [content_hash(row, place) for row, place in zip(expected, annotations.geometry, strict=True)]
    assert content_hashes(annotations).tolist() == one_by_one

"""The annotations of a workspace file: what they may say, and their defaults."""

import pytest
from pydantic import ValidationError

from tesoma_geo.workspace.annotations import Annotations, Moderation, Publish

EXPORT = {"platform": "table", "geometries": "a.csv"}


@pytest.mark.parametrize(("name", "filed"), [(None, "table"), ("Spring survey", "Spring survey"), ("", "table")])
def test_annotations_are_filed_under_their_name_or_their_platform(name, filed):
    assert Annotations(**EXPORT, name=name).source_name == filed


def test_unnamed_rows_are_one_respondent_unless_said_otherwise():
    assert not Annotations(**EXPORT).unnamed_are_people
    assert Annotations(**EXPORT).trust is None


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Annotations, {"platform": "", "geometries": "a.csv"}),
        (Annotations, {"platform": "table", "geometries": ""}),
        (Annotations, {**EXPORT, "kind": "rumour"}),
        (Annotations, {**EXPORT, "trust": "perhaps"}),
        (Annotations, {**EXPORT, "as_of": "17.8.2025"}),
        (Annotations, {**EXPORT, "as_of": "2025-08-17/"}),
        (Annotations, {**EXPORT, "platfrom": "table"}),
        (Moderation, {"flood": 1}),
        (Moderation, {"far_m": -1}),
        (Publish, {"k": 0}),
    ],
)
def test_what_cannot_be_is_refused(model, values):
    with pytest.raises(ValidationError):
        model(**values)


def test_a_publication_keeps_at_least_three_together():
    assert Publish().k >= 3


@pytest.mark.parametrize(
    ("licence", "made_up"),
    [("Invented answers, CC0 1.0", True), ("Made-up data", True), (" synthetic", True), ("CC0 1.0, invented", False),
     ("City of Tampere, CC BY 4.0", False), (None, False)],
)  # fmt: skip
def test_a_licence_that_begins_so_is_of_made_up_answers(licence, made_up):
    assert Annotations(**EXPORT, licence=licence).licensed_as_made_up is made_up
    assert not Annotations(**EXPORT, licence=licence).made_up

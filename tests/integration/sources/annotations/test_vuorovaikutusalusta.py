"""The survey in the form of Tampere's own platform, whole."""

import json

import pyogrio

from tesoma_geo.sources.annotations.platforms import read_annotations
from tesoma_geo.workspace import Workspace


def test_the_shared_survey_is_read_whole(shared_data):
    workspace = Workspace.load(shared_data / "tesoma.toml")
    (read,) = read_annotations(workspace)
    assert len(read.respondents) == 240
    assert read.annotations["kind"].value_counts().to_dict() == {
        "barrier": 304, "missing_link": 90, "place": 190, "area": 47,
    }  # fmt: skip
    assert read.left_out == ()


def test_every_sub_answer_of_the_shared_survey_is_in_its_column(shared_data):
    workspace = Workspace.load(shared_data / "tesoma.toml")
    (read,) = read_annotations(workspace)
    path = shared_data / "survey" / "geopackage.gpkg"
    checked = 0
    for layer, _ in pyogrio.list_layers(path):
        raw = pyogrio.read_dataframe(path, layer=layer)
        mine = read.annotations[read.annotations["question"] == layer.split(": ", 1)[1]]
        answers = [json.loads(text) for text in mine["answers"]]
        for column in (name for name in raw.columns if name.startswith("Alikysymys")):
            title, _, option = column.split(": ", 1)[1].partition(" - ")
            if option:
                expected = int((raw[column] == "true").sum())
                found = sum(option in answer.get(title, ()) for answer in answers)
            else:
                expected = raw[column].dropna().value_counts().to_dict()
                values = [answer[title] for answer in answers if title in answer]
                found = {value: values.count(value) for value in set(values)}
            assert found == expected, column
            checked += 1
    assert checked == 3 + 1 + 6 + 2

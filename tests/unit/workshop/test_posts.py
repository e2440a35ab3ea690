"""What a phone sends is checked at the door."""

import json

import pytest
from pydantic import ValidationError

from tesoma_geo.errors import InputError
from tesoma_geo.workshop.alternatives import ChangeMessage
from tesoma_geo.workshop.posts import MOST_CHARACTERS, Post, fault_lines

WHOLE = {"id": "0" * 32, "kind": "idea", "shape": "point", "places": [[23.6, 61.5]]}


def post(**content):
    return Post.model_validate_json(json.dumps(WHOLE | content))


@pytest.mark.parametrize(
    "content",
    [
        {"id": "0" * 31},
        {"id": "x" * 32},
        {"kind": "wish"},
        {"shape": "line"},
        {"shape": "area", "places": [[23.6, 61.5], [23.7, 61.5]]},
        {"places": []},
        {"places": [[23.6, 61.5], [23.7, 61.5]]},
        {"places": [[200, 61.5]]},
        {"places": [[23.6, float("nan")]]},
        {"places": [[23.6]]},
        {"shape": "line", "places": [[23.6, 61.5]] * 201},
        {"severity": 6},
        {"theme": "a b"},
        {"text": "x" * (MOST_CHARACTERS + 1)},
        {"role": "mayor"},
        {"state": "approved"},
        {"language": "../x"},
    ],
)
def test_what_is_no_annotation_is_refused(content):
    with pytest.raises(ValidationError):
        post(**content)


def test_a_text_keeps_its_line_breaks_and_no_control_characters():
    assert post(text="  a\u0000\u001b[31mb\nc\u007f ").text == "a[31mb\nc"


def test_half_a_surrogate_pair_is_no_json_of_a_phone():
    with pytest.raises(ValidationError):
        Post.model_validate_json('{"text": "\\ud83d", ' + json.dumps(WHOLE)[1:])


def test_faults_do_not_repeat_what_was_sent():
    with pytest.raises(ValidationError) as caught:
        post(kind="<script>", severity="secret words")
    assert "secret" not in " ".join(fault_lines(caught.value))
    assert "script" not in " ".join(fault_lines(caught.value))


def test_shapes_become_valid_geometries_in_metres():
    bow_tie = post(shape="area", places=[[23.60, 61.50], [23.61, 61.51], [23.61, 61.50], [23.60, 61.51]])
    assert bow_tie.geometry("EPSG:3067").is_valid
    line = post(shape="line", places=[[23.60, 61.50], [23.61, 61.50]]).geometry("EPSG:3067")
    assert line.length == pytest.approx(532, abs=3)


@pytest.mark.parametrize(("shape", "places"), [("line", [[23.6, 61.5]] * 2), ("area", [[23.6, 61.5]] * 3)])
def test_a_shape_without_extent_is_refused(shape, places):
    with pytest.raises(InputError, match="no extent"):
        post(shape=shape, places=places).geometry("EPSG:3067")


DRAWN = {"section": "links", "entry": {}, "kind": "path"}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("A path\x07 ", "A path"),
        ({"fi": " Polku\x00", "sv": "", "en-x-simple": "Path"}, {"fi": "Polku", "en-x-simple": "Path"}),
        ({"fi": ""}, ""),
        ({}, ""),
    ],
)
def test_a_name_is_plain_or_by_language_without_what_nobody_types(name, kept):
    assert ChangeMessage.model_validate(DRAWN | {"name": name}).name == kept


@pytest.mark.parametrize("name", [{"<b>": "x"}, {"fi": ["x"]}, {"fi": "x" * (MOST_CHARACTERS + 1)}, 5])
def test_a_name_in_no_language_or_too_long_is_refused(name):
    with pytest.raises(ValidationError):
        ChangeMessage.model_validate(DRAWN | {"name": name})

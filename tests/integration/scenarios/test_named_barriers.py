"""Barriers that a run has published, as improvements: what mending each saves is what the run says of it."""

import json
from dataclasses import replace

import pytest

from tesoma_geo.analysis.lived_access import published_lived_access
from tesoma_geo.annotations.publish import GEOJSON, feature_collection
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.publication import published
from tesoma_geo.scenarios.better_streets import BARRIERS, better_streets
from tesoma_geo.scenarios.named_barriers import barriers_of_run


@pytest.fixture(scope="module")
def collection(inputs):
    return feature_collection(published(inputs, who=None))


@pytest.fixture(scope="module")
def run(collection, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    (folder / GEOJSON).write_text(json.dumps(collection), encoding="utf-8")
    return folder


@pytest.mark.parametrize("profile", ["walk", "wheelchair"])
def test_mending_one_saves_what_the_run_says(inputs, collection, run, profile):
    lived = published_lived_access(inputs, collection).barriers
    expected = lived[lived["level"].isin(["stretch", "street"]) & (lived[f"{profile}_resident_min"] >= 0.1)]
    found = better_streets(inputs, profile, count=100, named=barriers_of_run(inputs, run))
    found = found[found["kind"] == BARRIERS]
    assert len(found)
    mine = sorted(zip(found["category"], found["respondents"], found["all_min"], strict=True))
    theirs = sorted(
        zip(expected["category"], expected["respondents"], expected[f"{profile}_resident_min"], strict=True)
    )
    assert mine == theirs
    assert (found["respondents"] >= inputs.workspace.publish.k).all()


def test_the_file_alone_is_asked(inputs, run):
    silent = replace(inputs, survey=None, publication=None)
    of_file = better_streets(silent, "walk", named=barriers_of_run(silent, run))
    assert of_file.equals(better_streets(inputs, "walk", named=barriers_of_run(inputs, run)))
    assert BARRIERS not in set(better_streets(inputs, "walk")["kind"])


def test_what_is_no_place_is_told_and_not_tried(inputs, collection, run, tmp_path):
    named = barriers_of_run(inputs, run)
    wide = int((~named.at_places).sum())
    assert wide
    assert any(line.startswith(f"{wide} published numbers") for line in named.told())
    streets = [one for one in collection["features"] if one["properties"].get("level") in ("stretch", "street")]
    rest = [one for one in collection["features"] if one not in streets]
    (tmp_path / GEOJSON).write_text(json.dumps({**collection, "features": rest}), encoding="utf-8")
    without = better_streets(inputs, "walk", named=barriers_of_run(inputs, tmp_path))
    assert BARRIERS not in set(without["kind"])


@pytest.mark.parametrize("text", [
    "", "[]", "{", "null", "7", '{"features": 3}', '{"features": [1]}', '{"features": [{"properties": null}]}',
    '{"features": [{"properties": {"type": "street", "kind": "barrier"}, "geometry": null}]}',
    '{"features": [{"properties": {"type": "street", "kind": "barrier", "topic": "dark", "voices": "many", '
    '"level": "stretch"}, "geometry": {"type": "Point", "coordinates": [23.6, 61.5]}}]}',
    '{"features": [{"properties": {"type": "street", "kind": "barrier", "topic": "dark", "voices": 5, '
    '"level": "nowhere known"}, "geometry": {"type": "Point", "coordinates": [23.6, 61.5]}}]}',
    '{"features": [{"properties": {"type": "street", "kind": "barrier", "topic": "dark", "voices": 5, '
    '"level": "stretch"}, "geometry": {"type": "Cloud", "coordinates": []}}]}',
    "[" * 100_000,
], ids=range(13))  # fmt: skip
def test_a_file_that_is_none_is_refused(inputs, tmp_path, text):
    (tmp_path / GEOJSON).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="holds no published barriers"):
        barriers_of_run(inputs, tmp_path)


def test_a_folder_without_one_is_refused(inputs, tmp_path):
    with pytest.raises(InputError, match=f"holds no {GEOJSON}"):
        barriers_of_run(inputs, tmp_path)

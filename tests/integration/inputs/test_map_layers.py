"""What maps alone show of the street file is read once, and again of another file."""

import pytest

from tesoma_geo._steps import Steps
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.inputs.map_layers import read_map_layers
from tesoma_geo.workspace import Workspace
from tests.small_district import SmallDistrict, node


@pytest.fixture
def district(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    district = SmallDistrict()
    district.node_tags[node(4, 4)] = {"addr:street": "Long Street", "addr:housenumber": "17"}
    return district


def numbers(district, folder, **steps):
    inputs = read_inputs(Workspace.load(district.write(folder)))
    read_map_layers(inputs, Steps("one job", **steps))
    assert {"ground", "addresses"} <= {*inputs.__dict__}
    return inputs.addresses["number"].tolist()


def test_house_numbers_follow_from_the_street_file(district, tmp_path):
    assert numbers(district, tmp_path) == numbers(district, tmp_path) == ["17"]
    district.node_tags[node(4, 4)]["addr:housenumber"] = "71"
    assert numbers(district, tmp_path) == numbers(district, tmp_path, keep=False) == ["71"]


def test_what_was_kept_is_taken(district, tmp_path, monkeypatch):
    assert numbers(district, tmp_path) == ["17"]
    monkeypatch.setattr("tesoma_geo.inputs.inputs.read_osm_addresses", None)  # it would be called
    assert numbers(district, tmp_path) == ["17"]

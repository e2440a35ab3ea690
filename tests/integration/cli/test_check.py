"""``check``: all layers in a table or in JSON, faults and doubts with their keys, and the exit that tells of them."""

import json

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tests.small_district import SmallDistrict


@pytest.fixture
def checked(tmp_path):
    """Runs check on a small district; gives the exit, what it prints, and what it says beside it."""

    def check(district, *words):
        folder = tmp_path / f"district-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        workspace = district.write(folder)
        result = CliRunner().invoke(commands, ["check", "--workspace", str(workspace), *words])
        return result.exit_code, result.stdout, result.stderr

    return check


def as_json(checked, district, *words):
    code, printed, said = checked(district, "--json", *words)
    return code, json.loads(printed), said


def test_a_row_a_layer_and_the_same_in_json(checked):
    code, table, said = checked(SmallDistrict())
    _, told, _ = as_json(checked, SmallDistrict())
    assert code == 0
    assert "in order" in said
    layers = [layer["key"] for layer in told["layers"]]
    assert len(layers) > 4
    assert all(key in table for key in layers)
    assert len(set(layers)) == len(layers)


def test_a_missing_file_is_a_fault_with_its_key(checked):
    district = SmallDistrict()
    district.toml["network"]["osm"] = "absent.osm"
    code, told, said = as_json(checked, district)
    assert code == 1
    assert told["faults"]
    assert "absent.osm" in json.dumps(told)
    assert "Traceback" not in said


def test_doubts_stop_nothing_but_for_who_is_strict(checked):
    district = SmallDistrict()
    district.areas.loc[0, "residents"] = 10_000_000
    code, told, _ = as_json(checked, district)
    doubts = [doubt for layer in told["layers"] for doubt in layer["doubts"]]
    assert code == 0
    assert doubts
    strict, refused, _ = as_json(checked, district, "--strict")
    assert strict == 1
    assert not refused["can_run"]
    _, _, said = checked(district, "--strict")
    assert "Traceback" not in said


def test_the_same_twice(tmp_path):
    words = ["check", "--json", "--workspace", str(SmallDistrict().write(tmp_path))]
    one, other = (CliRunner().invoke(commands, words).stdout for _ in range(2))
    assert one == other
    assert json.loads(one)["can_run"]

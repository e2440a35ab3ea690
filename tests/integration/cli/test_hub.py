"""``tesoma-geo hub``: one hub as it was, several beside each other."""

import json

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tests.workspaces import moved, of_profiles

HUBS = """
[[hubs]]
name = "Itäpää"
entrances = [[23.6330, 61.5060]]
[[hubs]]
name = "Länsi"
entrances = [[23.6215, 61.5035]]
planned = true
"""


@pytest.fixture(scope="module")
def several(sample_workspace, tmp_path_factory):
    path = moved(sample_workspace, tmp_path_factory.mktemp("several"), *of_profiles("walk", "bicycle"))
    path.write_text(path.read_text(encoding="utf-8") + HUBS, encoding="utf-8")
    return path


def test_each_hub_and_what_a_planned_one_takes(several):
    shown = CliRunner().invoke(commands, ["hub", "--workspace", str(several), "--profile", "walk"])
    assert shown.exit_code == 0, shown.stderr
    told = CliRunner().invoke(commands, ["hub", "--workspace", str(several), "--profile", "walk", "--json"])
    hubs = json.loads(told.stdout)["hubs"]
    assert list(hubs["profiles"]) == ["walk"]
    figures = hubs["profiles"]["walk"]
    lines = [line.split() for line in shown.stdout.splitlines() if line.startswith("walk ")]
    (east,) = (line for line in lines if line[1:2] == ["itapaa"])
    assert east[2] == f"{figures['hubs']['itapaa']['nearest_population']:,}"
    taken = {line[2]: line[3] for line in lines if line[1:2] == ["lansi"] and line[2:3] != ["(planned)"]}
    assert taken["itapaa"] == f"{figures['planned']['lansi']['nearest_from']['itapaa']:,}"
    assert "(the nearest, planned ones too)" in shown.stdout


def test_one_hub_says_nothing_of_others(finished_run):
    shown = CliRunner().invoke(commands, ["hub", "--results", str(finished_run.results), "--json"])
    assert shown.exit_code == 0, shown.stderr
    assert "hubs" not in json.loads(shown.stdout)
    manifest = json.loads((finished_run.results / "manifest.json").read_text(encoding="utf-8"))
    assert not {"hubs", "hub_choice"} & set(manifest["parameters"]["workspace"])
    assert not (finished_run.results / "hubs.gpkg").exists()


def test_a_way_of_moving_by_timetable_is_told_alone(sample_workspace, tmp_path):
    path = moved(sample_workspace, tmp_path, *of_profiles("bicycle", "walk", "transit"))
    shown = CliRunner().invoke(commands, ["hub", "--workspace", str(path), "--profile", "transit", "--json"])
    assert shown.exit_code == 0, shown.stderr
    assert list(json.loads(shown.stdout)["profiles"]) == ["transit"]

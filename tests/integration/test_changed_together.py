"""After several changes at once, one that is taken back, and a house number, a run gives the bytes of a run anew."""

import json
import re

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tests.finished_runs import differing, told
from tests.small_district import SmallDistrict, node

FASTER = (r"\Z", "\n[profiles.bicycle]\nspeed_kmh = 9.0\n")
RENAMED = (r'"Middle"', '"Elsewhere"')
OTHER_CUTOFFS = (r"^cutoffs_min = .*$", "cutoffs_min = [5, 12]")


@pytest.fixture
def town(tmp_path, monkeypatch):
    """The folder of a district on foot and by bicycle where nobody was asked and nothing drives, run once."""
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    district = SmallDistrict()
    del district.toml["annotations"]
    district.toml["access"]["profiles"] = ["walk", "bicycle"]
    district.node_tags[node(4, 4)] = {"addr:street": "Long Street", "addr:housenumber": "17"}
    told("run", "-q", "--workspace", district.write(tmp_path), "--out", tmp_path / "first")
    return tmp_path


def changed(file, *changes):
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        text, count = re.subn(old, new, text, count=1, flags=re.MULTILINE)
        assert count == 1
    file.write_text(text, encoding="utf-8")


def run_again(town):
    """Step of a run → whether it was kept; the run gives the bytes of a run anew."""
    workspace = town / "tesoma.toml"
    run = ["run", "--explain", "--overwrite", "--workspace", str(workspace), "--out", str(town / "kept")]
    done = CliRunner().invoke(commands, run, catch_exceptions=False)
    told("run", "-q", "--overwrite", "--no-cache", "--workspace", workspace, "--out", town / "anew")
    assert_alike(town / "kept", town / "anew")
    return {line.partition("  ")[0]: " kept: " in line for line in done.stderr.splitlines() if " s  " in line}


def assert_alike(one, other):
    assert set(differing(one, other)) <= {"manifest.json"}
    manifests = [json.loads((folder / "manifest.json").read_text(encoding="utf-8")) for folder in (one, other)]
    assert {**manifests[0], "made_at": ""} == {**manifests[1], "made_at": ""}


def test_of_another_speed_by_bicycle_the_raster_on_foot_stays(town):
    changed(town / "tesoma.toml", FASTER)
    kept = run_again(town)
    assert kept["raster walk"]
    assert not kept["raster bicycle"]
    assert not kept["tables"]


def test_a_speed_a_name_and_cutoffs_at_once_and_back(town):
    before = (town / "tesoma.toml").read_text(encoding="utf-8")
    changed(town / "tesoma.toml", FASTER, RENAMED, OTHER_CUTOFFS)
    assert not run_again(town)["tables"]
    (town / "tesoma.toml").write_text(before, encoding="utf-8")
    assert all(run_again(town).values())
    assert_alike(town / "kept", town / "first")


def test_a_house_number_alone_is_found_by_the_search_of_the_map(town):
    changed(town / "town.osm", (r'v="17"', 'v="71"'))
    assert not run_again(town)["map data"]

"""Faults in a planner's words: the nearest key, the missing file."""

import tomllib

import pytest
from pydantic import ValidationError

from tesoma_geo.near_names import did_you_mean, nearest_name
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.faults import fault_of, missing_files


@pytest.mark.parametrize(
    ("name", "remedy"), [("walkk", "Did you mean walk?"), ("e_bik", "Did you mean e_bike?"), ("hover", "")]
)
def test_the_nearest_name_is_asked_for(name, remedy):
    assert did_you_mean(name, ["walk", "e_bike", "car"]) == remedy


def test_a_misspelt_word_or_target_is_told_the_nearest(sample_workspace):
    content = tomllib.loads(sample_workspace.read_text(encoding="utf-8"))
    wrong = {"winter": {**content["winter"], "values": {"I": "maintaned"}}, "path": sample_workspace}
    with pytest.raises(ValidationError) as refused:
        Workspace.model_validate({**content, **wrong})
    (told,) = [fault_of(one, Workspace) for one in refused.value.errors()]
    assert told.remedy == "Did you mean maintained?"
    with pytest.raises(ValidationError, match=r"Did you mean wheelchair\?"):
        Workspace.model_validate({**content, "targets": {"wheelchar_within_20_min": 0.5}, "path": sample_workspace})


def test_files_are_looked_for_wherever_they_are_named(tmp_path):
    (tmp_path / "there.gpkg").touch()
    content = {
        "network": {"osm": "no.osm"},
        "services": {"files": [{"source": "there.gpkg"}, {"source": "no.csv"}]},
        "transit": {"gtfs": ["no.zip"]},
        "elevation": {"source": "https://example.org/dem.tif"},
    }
    faults = missing_files(tmp_path / "tesoma.toml", content, fetched=True)
    assert [fault.where for fault in faults] == [
        "network.osm", "services.files.1.source", "transit.gtfs.0", "elevation.source",
    ]  # fmt: skip
    assert len(missing_files(tmp_path / "tesoma.toml", content, fetched=False)) == 3


def test_a_name_that_no_file_can_have_is_not_there(tmp_path):
    (fault,) = missing_files(tmp_path / "tesoma.toml", {"network": {"osm": "a" * 5000}}, fetched=True)
    assert fault.where == "network.osm"


@pytest.mark.parametrize(
    ("section", "key", "value", "remedy"),
    [
        ("hub", "entrances", [23.62, 61.5], "[[lon, lat]]"),
        ("hub", "entrances", "23.62, 61.5", "[[lon, lat]]"),
        ("hub", "entrances", [[23.62, 61.5, 100]], "[[lon, lat]]"),
        ("transit", "date", "10.3.2026", "2026-03-10"),
    ],
)
def test_one_wrong_value_is_one_fault_with_its_remedy(section, key, value, remedy, sample_workspace, tmp_path):
    content = tomllib.loads(sample_workspace.read_text(encoding="utf-8"))
    content[section][key] = value
    with pytest.raises(ValidationError) as raised:
        Workspace.model_validate({**content, "path": tmp_path / "tesoma.toml"})
    (fault,) = [fault_of(detail, Workspace) for detail in raised.value.errors()]
    assert fault.where == f"{section}.{key}"
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Haitta", "Haitta (1–5)"),  # goes on
        ("syy", "Syy"),  # case
        ("Kerro  tarkemmin", "Kerro tarkemmin"),  # blanks
        ("Kero tarkemin", "Kerro tarkemmin"),  # letters
        ("Ikä", None),
    ],
)
def test_the_nearest_name_is_found_whatever_its_case(name, near):
    assert nearest_name(name, ["Syy", "Haitta (1–5)", "Kerro tarkemmin"]) == near


def test_a_name_of_several_words_is_quoted():
    assert did_you_mean("kerro tarkemin", ["Kerro tarkemmin"]) == "Did you mean 'Kerro tarkemmin'?"

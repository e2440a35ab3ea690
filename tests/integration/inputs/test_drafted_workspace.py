"""A workspace file written from files alone."""

import tomllib
from pathlib import Path

import geopandas as gpd
import pytest
import tomlkit
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.errors import SourceError
from tesoma_geo.inputs.drafted_workspace import TO_DO, drafted_workspace
from tesoma_geo.inputs.layers import check_inputs
from tesoma_geo.workspace import Workspace
from tests.small_district import SmallDistrict

SAMPLE = Path(__file__).parents[3] / "layers" / "sample"


@pytest.fixture
def district(tmp_path):
    district = SmallDistrict().with_transit()
    district.areas = district.areas.assign(town=["Kylä", "Kylä", "Kaupunki", "Kylä"])
    district.write(tmp_path)
    return tmp_path


def test_each_file_comes_to_its_section(district):
    names = ("town.osm", "areas.gpkg", "heights.tif", "gtfs", "libraries.csv", "water.gpkg")
    text, seen = drafted_workspace([district / name for name in names], district / "kylä")
    content = tomllib.loads(text)
    holds = [one.holds for one in seen]
    assert holds == ["streets", "areas", "heights", "timetable", "services", "water"]
    assert content["district"]["area"] == {"source": "../areas.gpkg", "where": "town == 'Kylä'"}
    assert content["district"]["name"] == "Kylä"
    assert content["population"] == {
        "source": "../areas.gpkg", "column": "residents", "code": "code", "name": "name",
        "age_groups": {"0-17": "age_0_17", "18-64": "age_18_64", "65-": "age_65"},
    }  # fmt: skip
    assert content["services"]["files"] == [
        {"kind": "libraries", "source": "../libraries.csv", "lon": "lon", "lat": "lat", "name": "name"}
    ]
    assert "transit" in content["access"]["profiles"]
    assert TO_DO in text  # the hub


def test_what_is_written_can_be_read(district, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(district / "cache"))
    files = [str(district / name) for name in ("town.osm", "areas.gpkg", "heights.tif", "libraries.csv")]
    folder = district / "new"
    result = CliRunner().invoke(commands, ["init", str(folder), "--from", *files])
    assert result.exit_code == 0, result.output
    _, reports = check_inputs(Workspace.load(folder / "tesoma.toml"))
    assert [str(fault) for report in reports for fault in report.faults] == []


def test_questions_of_a_survey_and_its_respondents(tmp_path):
    survey = SAMPLE / "survey"
    text, _ = drafted_workspace([survey / "geopackage.gpkg", survey / "data.csv"], tmp_path / "mallila")
    (section,) = tomllib.loads(text)["annotations"]
    by_title = {question["title"]: question for question in section["questions"]}
    barrier = by_title["Vaarallinen tai hankala paikka"]
    assert (barrier["kind"], barrier["severity"], barrier["text"]) == (
        "barrier", "Haitta (1–5)", "Mikä paikassa on hankalaa?",
    )  # fmt: skip
    assert by_title["Puuttuva yhteys"]["kind"] == "missing_link"
    assert by_title["Hyvä paikka tai kokeilun paikka"]["themes"] == "Teema"
    assert section["respondent"] == {"age_group": "Ikäryhmä", "role": "Vastaan roolissa"}


def test_what_cannot_be_used_is_told_with_its_columns(tmp_path):
    (tmp_path / "plain.csv").write_text("street,length\nKuusikatu,3\n", encoding="utf-8")
    (tmp_path / "broken.gpkg").write_bytes(b"nothing")
    text, seen = drafted_workspace([tmp_path / "plain.csv", tmp_path / "broken.gpkg"], tmp_path / "d")
    assert [one.holds for one in seen] == ["unknown", "unknown"]
    assert "its columns are street, length" in text
    assert "broken.gpkg cannot be read" in text
    with pytest.raises(SourceError, match="no such file"):
        drafted_workspace([tmp_path / "nowhere.gpkg"], tmp_path / "d")


def test_names_in_files_stay_text(tmp_path, district):
    areas = gpd.read_file(district / "areas.gpkg")
    areas["name"] = ['"]\n[evil]\nx = "', "\\", "b", "c"]
    areas.to_file(tmp_path / "odd.gpkg")
    text, _ = drafted_workspace([tmp_path / "odd.gpkg"], tmp_path / 'a "quoted" \\ place')
    assert "evil" not in tomlkit.parse(text)


def test_files_without_from_are_wrong_usage(tmp_path):
    result = CliRunner().invoke(commands, ["init", str(tmp_path / "new"), "areas.gpkg"])
    assert result.exit_code == 2
    assert "--from" in result.output

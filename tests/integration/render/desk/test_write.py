"""What a run leaves for the desk, of the bundled district."""

import sqlite3
import zipfile
from xml.etree import ElementTree

import geopandas as gpd
import openpyxl
import pyogrio
import pytest
from click.testing import CliRunner

from tesoma_geo.assessment.outputs import write_results
from tesoma_geo.cli import commands
from tesoma_geo.render.desk.looks import looks_of, looks_of_map
from tesoma_geo.render.desk.write import write_desk
from tesoma_geo.render.text.catalogue import catalogue_of


@pytest.fixture(scope="module")
def run(sample_assessment, tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk") / "run"
    folder.mkdir()
    write_results(sample_assessment, folder)
    write_desk(sample_assessment, folder)
    return folder


@pytest.fixture(scope="module")
def project(run):
    with zipfile.ZipFile(run / "project-fi.qgz") as archive:
        return ElementTree.fromstring(archive.read("project-fi.qgs"))


def test_every_layer_of_the_project_is_there(run, project):
    sources = [layer.findtext("datasource") for layer in project.iter("maplayer")]
    assert len(sources) == len(set(sources)) + 6  # the cells once for each of seven ways of moving
    for source in sources:
        file, _, layer = source.removeprefix("./").partition("|layername=")
        assert (run / file).exists(), source
        assert not layer or layer in pyogrio.list_layers(run / file)[:, 0]


def test_columns_of_rules_are_in_their_layers(sample_assessment):
    words = catalogue_of(sample_assessment.workspace, "sv")
    for look in [*looks_of_map(sample_assessment, words), *looks_of(sample_assessment, words)]:
        for rule in look.rules:
            if rule.condition not in ("", "ELSE"):
                assert rule.condition.split('"')[1] in look.rows.columns


def test_looks_are_in_the_files_and_their_rows_stay(run, sample_assessment):
    with sqlite3.connect(run / "cells.gpkg") as database:
        looks = [name for (name,) in database.execute("SELECT styleName FROM layer_styles ORDER BY id")]
        own = database.execute("SELECT COUNT(*) FROM layer_styles WHERE useAsDefault").fetchone()
    assert looks[:3] == ["Kävely (fi)", "Till fots (sv)", "Walking (en)"]
    assert own == (1,)
    cells = gpd.read_file(run / "cells.gpkg", layer="cells")
    assert cells["origin_id"].tolist() == sample_assessment.cells["origin_id"].tolist()
    assert (run / "cells.qml").exists()
    assert (run / "travel_time_walk.qml").exists()
    assert (run / "styles/isochrones_walk.qml").exists()


def test_the_workbook_has_every_table_with_its_rows(run, sample_assessment):
    book = openpyxl.load_workbook(run / "tables.xlsx", read_only=True)
    assert book.sheetnames[:2] == ["Selitykset", "Ruudut"]
    assert sum(1 for _ in book["Ruudut"].iter_rows()) == len(sample_assessment.cells) + 1


def test_the_same_bytes_twice(run, sample_assessment, tmp_path, every_core):
    with every_core():
        write_results(sample_assessment, tmp_path)
        write_desk(sample_assessment, tmp_path)
    names = {path.relative_to(run).as_posix() for path in run.rglob("*") if path.is_file()} - {"manifest.json"}
    assert [name for name in sorted(names) if (run / name).read_bytes() != (tmp_path / name).read_bytes()] == []


@pytest.mark.parametrize("end", [".txt", ".csv", ".md", ".xlsx"])
@pytest.mark.parametrize("by", ["area", "age", "service"])
def test_tables_for_a_memo(run, tmp_path, by, end):
    out = tmp_path / f"memo{end}"
    arguments = ["table", "--results", str(run), "--by", by, "--language", "en", "--profile", "walk", "--out", str(out)]
    done = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    if end == ".xlsx":
        head = [cell.value for cell in next(openpyxl.load_workbook(out).worksheets[1].iter_rows())]
        assert "Walking, median, min" in head
    else:
        assert "Walking, median, min" in out.read_text(encoding="utf-8").splitlines()[0]

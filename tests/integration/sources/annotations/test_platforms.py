"""A survey platform is a file and a line, or another package's entry point; unknown ones are refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from made_annotations import CRS, at, read_export

from tesoma_geo.errors import SourceError, TesomaError, WorkspaceError
from tesoma_geo.sources.annotations import platforms
from tesoma_geo.sources.annotations.platforms import READERS, find_reader, platform_names, read_annotations
from tesoma_geo.sources.annotations.schema import AnnotationReading, SurveyExport, annotation_reading
from tesoma_geo.workspace import Workspace

ROOT = Path(__file__).resolve().parents[4]
WORKSPACE = """
[district]
name = "Kylä"
area = "areas.gpkg"
crs = "EPSG:3067"
[hub]
name = "Keskus"
entrances = [[23.6, 61.5]]
[network]
osm = "streets.osm"
[population]
source = "areas.gpkg"
[[annotations]]
platform = "postcards"
geometries = "postcards.txt"
"""


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    """A workspace with a survey of a platform that the package does not know."""
    for name in ("areas.gpkg", "streets.osm"):
        (tmp_path / name).touch()
    (tmp_path / "postcards.txt").write_text("hello\nmore trees\n", encoding="utf-8")
    (tmp_path / "tesoma.toml").write_text(WORKSPACE, encoding="utf-8")
    return Workspace.load(tmp_path / "tesoma.toml")


def read_postcards(export: SurveyExport) -> AnnotationReading:
    """The file of the walk: an annotation a line, each of somebody else."""
    rows = [
        {"respondent": f"writer {number}", "kind": "idea", "text": line, "geometry": at(number, 0)}
        for number, line in enumerate(export.path.read_text(encoding="utf-8").splitlines())
    ]
    return annotation_reading(rows, [], crs=export.crs, source=export.section.source_name)


def test_every_platform_of_the_list_has_a_reader_that_refuses_what_is_no_export(tmp_path, workspace):
    for name in READERS:
        section = workspace.annotations[0].model_copy(update={"platform": name})
        with pytest.raises(SourceError):
            find_reader(name)(SurveyExport(section, tmp_path / "absent", CRS, {}))


def test_a_new_platform_is_one_function_and_one_line(workspace, monkeypatch):
    monkeypatch.setattr(platforms, "READERS", {**READERS, "postcards": read_postcards})
    (reading,) = read_annotations(workspace)
    assert reading.annotations["text"].tolist() == ["hello", "more trees"]
    assert set(reading.annotations["source"]) == {"postcards"}
    assert "postcards" in platform_names()


def test_an_unknown_platform_is_refused_with_those_that_there_are(workspace):
    with pytest.raises(
        WorkspaceError, match=r"annotations.platform: 'postcards' is no known survey platform"
    ) as refused:
        read_annotations(workspace)
    assert all(name in str(refused.value) for name in READERS)


def test_a_misspelt_platform_is_told_the_nearest():
    with pytest.raises(WorkspaceError, match=r"Did you mean maptionnaire\?"):
        find_reader("maptionaire")


def test_another_package_adds_a_platform_by_an_entry_point(workspace, tmp_path):
    site = tmp_path / "site"
    info = site / "postcard_reader-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: postcard-reader\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[tesoma_geo.platforms]\npostcards = postcard_reader:read\n")
    (site / "postcard_reader.py").write_text(
        "import shapely\n"
        "from tesoma_geo.sources.annotations.schema import annotation_reading\n"
        "def read(export):\n"
        "    rows = [{'respondent': 'all', 'kind': 'idea', 'text': export.path.read_text(),"
        " 'geometry': shapely.Point(0, 0)}]\n"
        "    return annotation_reading(rows, [], crs=export.crs, source=export.section.source_name)\n"
    )
    program = (
        "from tesoma_geo.sources.annotations.platforms import platform_names, read_annotations\n"
        "from tesoma_geo.workspace import Workspace\n"
        f"(reading,) = read_annotations(Workspace.load({str(workspace.path)!r}))\n"
        "print(platform_names()[-1], repr(reading.annotations['text'][0]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == r"postcards 'hello\nmore trees\n'"


CANARY = "kanarie7QX"


@pytest.mark.parametrize(
    ("platform", "name", "content"),
    [
        ("table", "a.geojson", f'{{"type":"FeatureCollection","features":[{{"text":"{CANARY}"'),
        ("table", "a.geojson", f'["{CANARY}"]'),
        ("table", "a.geojson", f'{{"type":"FeatureCollection","features":["{CANARY}"]}}'),
        ("table", "a.csv", f'lon,lat,text,kind\n"{CANARY}\n'),
        ("table", "a.csv", f"{CANARY},a\n1,2,3,4\n"),
        ("table", "a.csv", f"lon,lat,kind,text\n{CANARY},{CANARY},{CANARY},{CANARY}\n"),
        ("open311", "a.xml", f"<a><{CANARY}></a>"),
        ("open311", "a.xml", f"<a>&{CANARY};</a>"),
        ("open311", "a.xml", f"<a {CANARY}>"),
        ("open311", "a.xml", f'<?xml version="1.0" encoding="{CANARY}"?><a/>'),
        ("open311", "a.json", f"[{CANARY}]"),
        ("umap", "a.umap", f'{{"type":"umap","layers":["{CANARY}"]}}'),
        ("umap", "a.umap", CANARY),
        ("kobo", "a.json", f'[{{"{CANARY}'),
        ("maptionnaire", "a.xlsx", CANARY),
        ("paper", "a.csv", f"frame,{CANARY}\n{CANARY},{CANARY}"),
        ("vuorovaikutusalusta", "a.gpkg", CANARY),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_without_a_word_of_an_answer(tmp_path, platform, name, content):
    """What `check` and logs say is passed on."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TesomaError) as error:
        read_export(path, platform=platform)
    assert path.name in str(error.value)
    assert CANARY not in str(error.value)

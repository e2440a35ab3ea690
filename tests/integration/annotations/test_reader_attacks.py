"""A reader asks of what was added lately: who left, whose idea is it, what did somebody write.

Besides the whole release (``test_run_attacks.py``): what every other command prints and writes, quotes, doubts, errors.
"""

import csv
import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import CliRunner
from made_annotations import CRS, copied_sample, said
from shapely import box

from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.privacy import publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.publish import script_safe
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_cohorts import close_due, stored_cohorts
from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.cli import commands
from tesoma_geo.inputs.plausibility.answers import answer_doubts
from tesoma_geo.inputs.plausibility.survey_answers import survey_doubts
from tesoma_geo.inputs.reports import LayerReport, of_annotations
from tesoma_geo.sources.annotations.platforms import read_section
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish
from tests.workspaces import moved, of_profiles

CANARY = "KANARIALINTU"
#: When a folder was made is the one thing in it that time changes.
MADE_AT = re.compile(rb'"made_at": "[^"]*"')
#: What a machine's load changes: seconds, and memory.
SECONDS = re.compile(rb"\d+(\.\d+)? (s|ms|MB)\b")

#: A plan that needs no timetable.
LIBRARY = """
name = { en = "A library" }
[[services]]
kind = "library"
name = "Library"
lon = 23.6300
lat = 61.4995
"""


def printed(workspace_file: Path, *arguments: object, code: int | None = 0) -> str:
    done = CliRunner().invoke(commands, [*map(str, arguments), "--workspace", str(workspace_file)])
    assert code is None or done.exit_code == code, done.output
    return done.stdout + done.stderr


def every_other_command(workspace_file: Path, folder: Path) -> dict[str, bytes]:
    """What the commands beside a whole release print and write, by name."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    scenario = workspace_file.parent / "library.toml"
    scenario.write_text(LIBRARY, encoding="utf-8")
    points = workspace_file.parent / "points.csv"
    points.write_text("id,lon,lat\na,23.6252,61.5069\nb,23.63,61.5\n", encoding="utf-8")
    lines = {
        "hub": ("hub", "--json"), "links": ("links", "--json", "--out", folder / "links.gpkg"),
        "explain": ("explain", "23.6252", "61.5069", "--json"), "still": ("still", "--out", folder / "still.svg"),
        "scenario": ("scenario", scenario, "--json", "--out", folder / "scenario"),
        "matrix": ("matrix", points, points), "improve": ("links", "--improve", "--json"), "check": ("check", "-v"),
        "unknowns": ("unknowns", "--profile", "walk", "--places", "3", "--out", folder / "unknowns", "--json"),
        "batch": ("batch", workspace_file, "--out", folder / "batch", "--json"),
    }  # fmt: skip
    told = {name: printed(workspace_file, *line).encode() for name, line in lines.items() if name != "batch"}
    told["batch"] = CliRunner().invoke(commands, [*map(str, lines["batch"])]).output.encode()
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: SECONDS.sub(b"", MADE_AT.sub(b"", content)) for name, content in {**files, **told}.items()}


@pytest.mark.slow
def test_no_other_command_tells_who_left_joined_or_hid_something(tmp_path, monkeypatch):
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    path = moved(copied_sample(tmp_path), tmp_path, *of_profiles("walk"))
    printed(path, "annotations", "import")
    before = every_other_command(path, tmp_path / "out")
    store = open_store(Workspace.load(path))
    told = store.annotations()
    links = told[told["kind"] == "missing_link"]
    leaver = links["respondent"].iloc[0]
    stayed = links[links["respondent"] != leaver]
    store.erase(leaver, who="me", why="asked")
    store.set_state([stayed["annotation_id"].iloc[-1]], "hidden", who="me", why="spam")
    store.import_reading(said(9), "me")
    texts = [text for text in told["text"].dropna() if len(text) > 12]
    store.database.close()
    after = every_other_command(path, tmp_path / "out")
    assert sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)) == []
    assert {"links", "scenario", "explain", "still.svg", "links.gpkg"} <= set(before)
    assert len(texts) > 20
    assert [(name, text) for name, content in before.items() for text in texts if text.encode() in content] == []


def test_nothing_tells_whose_a_quote_is(tmp_path):
    """Another member who had said the same gives the same bytes: no age, role, area, pin or order goes with a quote."""
    store = Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), Key(b"k" * 32), CRS)
    store.import_reading(said(60), "me")
    areas = gpd.GeoDataFrame({"code": ["1"]}, geometry=[box(300_000, 6_800_000, 340_000, 6_850_000)], crs=CRS)
    settings = Publish()
    close_due(store, settings, who="me", today=date(2026, 12, 31), areas=areas)
    everybody = store.annotations()
    people = sorted(set(everybody["respondent"]))
    quoted = [everybody["annotation_id"][everybody["respondent"] == person].iloc[0] for person in people[:3]]
    store.set_state(quoted, "approved", who="me", why="")
    table, cohorts, released = store.annotations(), stored_cohorts(store), set()
    for author in people[:1] + people[3:]:
        other = {people[0]: author, author: people[0]}
        of_other = table.assign(respondent=[other.get(person, person) for person in table["respondent"]])
        done = publication(of_other, cohorts, key=store.key, settings=settings, areas=areas)
        released.add(script_safe([done.tables, done.audit(), done.features.to_json()]))
    assert len(released) == 1
    assert len(json.loads(released.pop())[0]["quotes"]) == 3
    store.database.close()


def test_before_the_import_check_says_the_same_whichever_respondent_leaves(shared_data):
    """Of files that were not imported `check` doubts what drawn numbers of respondents show: here always the same.

    After the import nothing is said of answers, see ``test_run_attacks.py``.
    """
    workspace = Workspace.load(shared_data / "tesoma.toml")
    study_area = box(300_000, 6_800_000, 340_000, 6_850_000)
    for section in workspace.annotations:
        reading = read_section(workspace, section)
        every, told = reading.annotations, said_by_check(reading, section, study_area)
        for person in sorted(set(every["respondent"])):
            others = every[every["respondent"] != person].reset_index(drop=True)
            assert said_by_check(replace(reading, annotations=others), section, study_area) == told
        twice = [every, every.iloc[:1].assign(respondent="new", annotation_id="new")]
        assert said_by_check(replace(reading, annotations=pd.concat(twice)), section, study_area) == told


def said_by_check(reading, section, study_area):
    doubts = [*answer_doubts(reading, "annotations.0", study_area), *survey_doubts(reading, section, "annotations.0")]
    return doubts, of_annotations(LayerReport("annotations.0.geometries", Path("survey.gpkg")), reading)


COLUMNS = ("respondent", "kind", "category", "severity", "themes", "text", "time", "age_group", "role", "lon", "lat")


@pytest.mark.parametrize("broken", [None, "kind", "severity", "lon"])
def test_check_tells_no_word_of_a_cell_that_cannot_be_used(broken, tmp_path, monkeypatch):
    """One column is broken in all rows; or each in a row of its own."""
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    path = moved(copied_sample(tmp_path), tmp_path, *of_profiles("walk"))
    rows = [
        dict(zip(COLUMNS, (f"p{number}", "barrier", "dark", "3", "youth", "pimeää", "2026-05-01", "30-64", "asukas",
                           23.62 + number / 1000, 61.5), strict=True))
        for number in range(len(COLUMNS) if broken is None else 8)
    ]  # fmt: skip
    for number, row in enumerate(rows):
        row[broken or COLUMNS[number]] = f"{CANARY} 7"
    with (tmp_path / "walk.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    names = ", ".join(f'{name} = "{name}"' for name in COLUMNS)
    section = (
        f'\n[[annotations]]\nplatform = "table"\nname = "walk"\ngeometries = "walk.csv"\ncolumns = {{ {names} }}\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + section, encoding="utf-8")
    words = printed(path, "check", "--json", code=None)
    assert "annotations.1.geometries" in words
    assert CANARY not in words

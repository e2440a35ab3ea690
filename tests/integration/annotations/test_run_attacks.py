"""A whole run, attacked by who compares two: no byte of it tells who left, joined, changed or hid something.

Before, a run after an erasure differed in barriers, cells, origins, the summary and the page of the voices, since lived
accessibility was computed from the reports themselves. Now it follows from the public file and the map, and both stay.
"""

import json
import re
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from click.testing import CliRunner
from geopandas.testing import assert_geodataframe_equal
from made_annotations import copied_sample, said

from tesoma_geo._geopackage import write_layers
from tesoma_geo.analysis.lived_access import published_lived_access
from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.cli import commands
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles

pytestmark = pytest.mark.slow

#: When a folder was made is the one thing in it that time changes.
MADE_AT = re.compile(rb'"made_at": "[^"]*"')


def run(workspace_file: Path, *arguments: object) -> str:
    line = [*map(str, arguments), "--workspace", str(workspace_file)]
    done = CliRunner().invoke(commands, line, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def everything(workspace_file: Path, folder: Path) -> dict[str, bytes]:
    """All that a release may hold, by file; and what the commands print for everybody."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    run(workspace_file, "run", "--out", folder / "run")
    run(workspace_file, "site", "--single", "--out", folder / "single")
    run(workspace_file, "report", "--out", folder / "report.html")
    run(workspace_file, "annotations", "publish", "--out", folder / "voices")
    (folder / "snippet.html").write_text(run(workspace_file, "embed", "--site", "https://example.fi/map"))
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): MADE_AT.sub(b"", path.read_bytes()) for path in files}


@pytest.fixture
def workspace_file(tmp_path, monkeypatch):
    """The sample on foot, its survey in a store."""
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    made = copied_sample(tmp_path)
    path = moved(made, tmp_path, *of_profiles("walk"))
    run(path, "annotations", "import")
    return path


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def test_leaving_joining_changing_and_hiding_change_no_byte_of_a_whole_release(workspace_file, tmp_path):
    folder = tmp_path / "out"
    before = everything(workspace_file, folder)
    assert {"run/barriers.gpkg", "run/cells.gpkg", "run/summary.json", "single/index.html", "report.html"} <= set(
        before
    )
    assert json.loads(before["run/summary.json"])["experience"]["barriers"] > 0
    store = open_store(Workspace.load(workspace_file))
    told = store.annotations()
    barrier = told[told["kind"] == "barrier"]
    leaver = barrier["respondent"].iloc[0]
    hidden = barrier[barrier["respondent"] != leaver]["annotation_id"].iloc[-1]
    store.erase(leaver, who="me", why="asked")
    store.database.close()
    assert differing(before, everything(workspace_file, folder)) == []  # G3: who left

    store = open_store(Workspace.load(workspace_file))
    store.set_state([hidden], "hidden", who="me", why="spam")
    store.import_reading(said(7), "me")
    store.import_reading(said(7, seed=3), "me")  # and they changed their minds
    store.database.close()
    assert differing(before, everything(workspace_file, folder)) == []


def test_approving_changes_the_one_item_that_is_shown(workspace_file, tmp_path):
    before = everything(workspace_file, tmp_path / "out")
    store = open_store(Workspace.load(workspace_file))
    told = store.annotations()
    own = told[(told["kind"] == "place") & told["text"].notna() & ~told["private"]]
    store.set_state(own["annotation_id"].iloc[:1].tolist(), "approved", who="me", why="", shown=True)
    store.database.close()
    after = everything(workspace_file, tmp_path / "out")
    changed = differing(before, after)
    assert "run/annotations_public.geojson" in changed
    # The manifest holds the hash of every file, the public one's among them.
    assert all("site" in name or name.split("/")[0] in ("single", "report.html") or "annotations_public" in name
               or name.endswith("/manifest.json") for name in changed), changed  # fmt: skip
    known = json.loads(before["run/annotations_public.geojson"])["features"]
    more = [one for one in json.loads(after["run/annotations_public.geojson"])["features"] if one not in known]
    assert [one["properties"]["type"] for one in more] == ["shown"]


def test_lived_accessibility_is_made_again_from_the_published_file_without_survey_or_store(workspace_file, tmp_path):
    run(workspace_file, "run", "--out", tmp_path / "out")
    public = json.loads((tmp_path / "out" / "annotations_public.geojson").read_text(encoding="utf-8"))
    bare = tmp_path / "bare"
    bare.mkdir()
    text = re.sub(r"(?ms)^\[\[?annotations.*?(?=^\[access\])", "", workspace_file.read_text(encoding="utf-8"))
    (bare / "tesoma.toml").write_text(text, encoding="utf-8")
    shutil.copytree(workspace_file.parent / "sample", bare / "sample", ignore=shutil.ignore_patterns("survey"))
    inputs = read_inputs(Workspace.load(bare / "tesoma.toml"))
    assert inputs.survey is None
    lived = published_lived_access(inputs, public)
    write_layers(tmp_path / "barriers.gpkg", {"barriers": lived.barriers})
    # Beside its rows the file of a run has looks and names for the desk.
    made, published = (gpd.read_file(folder / "barriers.gpkg") for folder in (tmp_path, tmp_path / "out"))
    assert_geodataframe_equal(made, published)
    told = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["experience"]
    assert json.loads(json.dumps(lived.summary)) == {name: told[name] for name in lived.summary}


def test_the_planner_s_own_view_says_on_every_file_that_it_is_not_public(workspace_file, tmp_path):
    folder = tmp_path / "planner"
    run(workspace_file, "annotations", "lived", "--out", folder)
    files = sorted(path.name for path in folder.iterdir())
    assert files == ["manifest.json", "not_public_barriers.gpkg", "not_public_lived.json", "not_public_origins.gpkg"]
    assert all(b"not for publication" in (folder / name).read_bytes() for name in files)
    figures = json.loads((folder / "not_public_lived.json").read_text(encoding="utf-8"))
    assert figures["fewest_respondents"] == 1
    assert figures["barriers"] >= 10


def told_to_all(workspace_file: Path, out: Path) -> str:
    """What the commands print that anybody may run, and pass on; seconds aside."""
    lines = [
        ("check",),
        ("check", "--json"),
        ("check", "-vv"),
        ("run", "-vv", "--no-cache", "--out", out, "--overwrite"),
    ]
    texts = []
    for line in lines:
        done = CliRunner().invoke(commands, [*map(str, line), "--workspace", str(workspace_file)])
        assert done.exit_code == 0, done.output
        texts.append(done.stdout + done.stderr)
    return re.sub(r"\d+(\.\d+)? (s|ms|min)\b", "", "\n".join(texts))


def test_check_and_logs_say_the_same_words_whoever_answered(workspace_file, tmp_path):
    out = tmp_path / "out"
    before = told_to_all(workspace_file, out)
    store = open_store(Workspace.load(workspace_file))
    store.import_reading(said(7), "me")
    store.import_reading(said(7, seed=3), "me")
    store.erase(store.annotations()["respondent"].iloc[0], who="me", why="asked")
    everything_said = [text for text in store.annotations()["text"].dropna() if len(text) > 12]
    store.database.close()
    assert told_to_all(workspace_file, out) == before
    assert len(everything_said) > 20
    assert not [text for text in everything_said if text in before]


def test_check_of_files_that_were_not_imported_says_the_same_words_whoever_answered(tmp_path, monkeypatch):
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    path = moved(copied_sample(tmp_path), tmp_path, *of_profiles("walk"))
    rows = [
        {"type": "Feature", "properties": {"respondent": f"p{number}", "kind": "idea", "severity": "kanarie 9"},
         "geometry": {"type": "Point", "coordinates": [23.62 + number / 1000, 61.50]}}
        for number in range(9)
    ]  # fmt: skip
    section = '\n[[annotations]]\nplatform = "table"\nname = "walk"\ngeometries = "walk.geojson"\n'
    path.write_text(path.read_text(encoding="utf-8") + section, encoding="utf-8")
    words = []
    for count in (9, 8, 1):
        answers = json.dumps({"type": "FeatureCollection", "features": rows[:count]})
        (path.parent / "walk.geojson").write_text(answers, encoding="utf-8")
        words.append(run(path, "check", "--json"))
    assert words[0] == words[1] == words[2]
    assert "annotations.1.geometries" in words[0]
    assert "kanarie" not in words[0]

"""The main job: what it leaves and where, the same bytes anew or with what was kept, and which steps were done."""

import json
import shutil

import pytest
from click.testing import CliRunner

from tesoma_geo._files import cache_folder
from tesoma_geo.cli import commands
from tesoma_geo.follow_up.kept_inputs import kept_run
from tesoma_geo.follow_up.trend import trend
from tests import dated_runs as made
from tests.finished_runs import differing, told
from tests.workspaces import moved, of_profiles


def test_a_run_leaves_tables_pages_and_what_a_desk_needs(sample_workspace, tmp_path):
    workspace = moved(sample_workspace, tmp_path, *of_profiles("walk"))
    out = tmp_path / "results"
    arguments = ["run", "--workspace", str(workspace), "--out", str(out), "--json", "-q"]
    done = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    assert list(json.loads(done.stdout)["profiles"]) == ["walk"]
    made = {path.name for path in out.iterdir()}
    assert {"summary.json", "site", "project-fi.qgz", "tables.xlsx", "cells.qml"} <= made
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["result"]["files"]
    assert {"project-fi.qgz", "project.gpkg", "tables.xlsx"} <= set(listed)
    again = CliRunner().invoke(commands, arguments)
    assert again.exit_code == 1
    assert "--overwrite" in again.output


def test_anew_and_kept_give_equal_bytes(finished_run, tmp_path):
    kept = told("run", "-q", "--workspace", finished_run.workspace, "--out", tmp_path / "kept")
    for whole in (path for kind in ("run", "alike", "retold") for path in cache_folder().glob(f"{kind}-*")):
        shutil.rmtree(whole)
    told("run", "-q", "--workspace", finished_run.workspace, "--out", tmp_path / "by step")
    anew = told("run", "-q", "--no-cache", "--workspace", finished_run.workspace, "--out", tmp_path / "anew")
    assert kept != anew  # each names its own page
    for other in ("kept", "by step", "anew"):
        assert differing(finished_run.results, tmp_path / other) == ["manifest.json"]
        one, two = (
            json.loads((folder / "manifest.json").read_text()) for folder in (finished_run.results, tmp_path / other)
        )
        assert one.pop("made_at")
        assert two.pop("made_at")
        assert one == two


def test_explain_tells_what_was_kept_and_why(finished_run, tmp_path):
    told_now = CliRunner().invoke(
        commands,
        ["run", "-q", "--explain", "--workspace", str(finished_run.workspace), "--out", str(tmp_path / "again")],
    )
    steps = [line for line in told_now.stderr.splitlines() if " kept: " in line or " done: " in line]
    assert {line.split("  ")[0].strip() for line in steps} >= {"reach walk", "study walk", "stills walk", "pages fi"}
    assert not [line for line in steps if " done: " in line]


@pytest.mark.usefixtures("nobody_assesses")
def test_a_run_of_which_nothing_changed_tells_the_same_and_reads_no_layer(finished_run, tmp_path):
    arguments = ["run", "--workspace", str(finished_run.workspace), "--json"]
    told_now = CliRunner().invoke(commands, [*arguments, "--out", str(tmp_path / "again")], catch_exceptions=False)
    assert json.loads(told_now.stdout) == json.loads((finished_run.results / "summary.json").read_text())
    assert "Left out: " in told_now.stderr
    assert set(differing(finished_run.results, tmp_path / "again")) <= {"manifest.json"}  # its second may be the same


@pytest.fixture
def said_otherwise(finished_run):
    """The workspace of the finished run says something else of the site while a test lasts."""
    before = finished_run.workspace.read_text(encoding="utf-8")
    site = '[site]\ncontact = "someone@elsewhere.example"\nauthor = "<Somebody>"'
    assert "\n[site]\n" in before
    finished_run.workspace.write_text(before.replace("[site]", site), encoding="utf-8")
    yield finished_run
    finished_run.workspace.write_text(before, encoding="utf-8")


@pytest.mark.usefixtures("nobody_assesses")
def test_another_contact_is_told_without_reading_a_layer(said_otherwise, tmp_path):
    run = ["run", "--explain", "--workspace", str(said_otherwise.workspace), "--out", str(tmp_path / "said")]
    done = CliRunner().invoke(commands, run, catch_exceptions=False)
    assert [line.partition("  ")[0] for line in done.stderr.splitlines() if " done: " in line] == [
        "targets, licences and words of the site"
    ]
    page = (tmp_path / "said" / "site" / "index.html").read_text(encoding="utf-8")
    assert 'href="mailto:someone@elsewhere.example"' in page
    told("site", "--results", tmp_path / "said", "--out", tmp_path / "drawn")
    assert (tmp_path / "drawn" / "index.html").read_text(encoding="utf-8") == page
    again = CliRunner().invoke(commands, [*run[:-1], str(tmp_path / "again")], catch_exceptions=False)
    assert " done: " not in again.stderr
    assert set(differing(tmp_path / "said", tmp_path / "again")) <= {"manifest.json"}


def test_another_contact_gives_the_bytes_of_a_run_anew(said_otherwise, tmp_path):
    run = ["run", "-q", "--workspace", said_otherwise.workspace, "--out"]
    told(*run, tmp_path / "said")
    told(*run, tmp_path / "anew", "--no-cache")
    assert differing(tmp_path / "said", tmp_path / "anew") == ["manifest.json"]
    one, two = (json.loads((tmp_path / name / "manifest.json").read_text()) for name in ("said", "anew"))
    assert {**one, "made_at": ""} == {**two, "made_at": ""}


@pytest.mark.usefixtures("nobody_assesses")
def test_pages_that_are_no_longer_kept_are_not_taken(said_otherwise, tmp_path, monkeypatch):
    for whole in (*cache_folder().glob("run-*"), *cache_folder().glob("retold-*")):
        shutil.rmtree(whole)
    monkeypatch.setattr("tesoma_geo.assessment.said_otherwise.kept_value", lambda *_: None)
    done = CliRunner().invoke(
        commands, ["run", "--workspace", str(said_otherwise.workspace), "--out", str(tmp_path / "said")]
    )
    assert done.exit_code == 1  # it would assess


def test_a_run_keeps_its_inputs_and_today_s_software_gives_its_figures_again(sample_workspace, tmp_path):
    """Stored against rerun: nothing of the change is the software's."""
    workspace = moved(sample_workspace, tmp_path, *of_profiles("walk"))
    out = tmp_path / "runs" / "first"
    done = CliRunner().invoke(
        commands,
        ["run", "--workspace", str(workspace), "--out", str(out), "--keep-inputs", "--as-of", "2026-01-01", "-q"],
    )
    assert done.exit_code == 0, done.stderr
    assert kept_run(out).date == "2026-01-01"
    later = made.state(sample_workspace, tmp_path, "2027-01-01", made.with_library, profiles='profiles = ["walk"]')
    (step,) = trend([out, later])["steps"]
    assert {row["software"] for row in step["indicators"].values()} == {0.0}

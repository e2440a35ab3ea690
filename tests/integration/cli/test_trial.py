"""Trials on the command line: begun, noted, ended and told; texts stay texts, and what is no trial is refused."""

import json

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tests.figure_marks import leading_nowhere, unmarked
from tests.trials import PLAN, trial_workspace

HOSTILE = '<img src=x onerror="alert(1)">'


def call(*arguments):
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


@pytest.fixture
def workspace(sample_workspace, tmp_path):
    return trial_workspace(sample_workspace, tmp_path / "workspace")


def test_a_trial_is_begun_noted_ended_and_told(workspace, tmp_path):
    begun = call("trial", "start", workspace.parent / "crossing.toml", "--workspace", workspace, "--on", "2026-05-01")
    assert begun.exit_code == 0, begun.stderr
    assert call("trial", "note", "crossing", HOSTILE, "--workspace", workspace, "--on", "2026-05-02").exit_code == 0
    out = tmp_path / "out"
    done = call("trial", "report", "--workspace", workspace, "--out", out, "--json")
    assert done.exit_code == 0, done.stderr
    (figures,) = json.loads((out / "trials.json").read_text(encoding="utf-8"))
    assert figures["state"] == "running"
    assert figures["by_the_map"][0]["gaining"] > 300
    for language in ("fi", "sv", "en"):
        page = (out / "site" / f"trial-1-{language}.html").read_text(encoding="utf-8")
        assert HOSTILE not in page
        # What the organiser wrote is in the workspace's first language; of the plan it is told which it is in.
        assert page.count('<span lang="fi">&lt;img src=x') == (language != "fi")
        assert page.count("&lt;img src=x") == 1
        trials = (out / "site" / f"trials-{language}.html").read_text(encoding="utf-8")
        assert "Crossing" in trials
        for told in (page, trials):
            assert unmarked(told) == leading_nowhere(told) == []
            assert "trials.json: " in told
    others = ("--in", "sv", "Det & blir", "--in", "en", "It & stays")
    ending = ("trial", "end", "crossing", "--workspace", workspace)
    strange = call(*ending, "--result", "x", "--in", "de", "y")
    assert (strange.exit_code, "--in de" in strange.stderr) == (1, True)
    assert call(*ending, *others).exit_code == 1, "no result beside the others"
    assert call(*ending, "--result", "Se & jää", *others).exit_code == 0
    assert call("trial", "report", "--workspace", workspace, "--out", out, "--overwrite").exit_code == 0
    for language, words in {"fi": "Se &amp; jää", "sv": "Det &amp; blir", "en": "It &amp; stays"}.items():
        page = (out / "site" / f"trial-1-{language}.html").read_text(encoding="utf-8")
        assert words in page
        assert f'<span lang="fi">{words}' not in page
    again = call("trial", "start", workspace.parent / "crossing.toml", "--workspace", workspace)
    assert again.exit_code == 1
    assert "is ended" in again.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PLAN.split("[trial]")[0], "has no [trial]"),
        (PLAN.replace('who = "City"', ""), "trial.who"),
        (PLAN + "ends = 2026-04-01", "before it begins"),
        (PLAN.replace("2026-05-01", "'soon'"), "trial.begins"),
        (PLAN + "expects = 'less'", "trial.expects"),
        (PLAN + "rounds = { earlier = ['a'] }", "trial.rounds"),
    ],
)
def test_a_plan_that_is_no_trial_is_refused(workspace, text, says):
    plan = workspace.parent / "crossing.toml"
    plan.write_text(text, encoding="utf-8")
    done = call("trial", "start", plan, "--workspace", workspace)
    assert done.exit_code == 1
    assert says in done.stderr
    assert not (workspace.parent / "trials.toml").exists()

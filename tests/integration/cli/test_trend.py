"""The years on the command line: a series, its files and its pages; and what cannot be is told."""

import json

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tests import dated_runs as made

FOOT = 'profiles = ["walk"]'


def call(*arguments):
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


def test_a_series_is_told(sample_workspace, tmp_path):
    for date, edits in (("2026-01-01", ()), ("2027-01-01", (made.with_library,))):
        made.state(sample_workspace, tmp_path, date, *edits, profiles=FOOT)
    trials = "[trials.a]\nscenario = 'a.toml'\nstate = 'running'\nbegun = 2026-05-01\n"
    (tmp_path / "trials.toml").write_text(trials, encoding="utf-8")
    out = tmp_path / "out"
    done = call(
        "trend", "--series", tmp_path / "runs", "--trials", tmp_path / "trials.toml", "--out", out,
        "--indicator", "walk_library_within_15_min",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert "services" in done.stdout
    figures = json.loads((out / "trend.json").read_text(encoding="utf-8"))
    assert figures["events"] == [{"date": "2026-05-01", "what": "trial_begun", "name": "a"}]
    for name in ("trend.csv", "trend.parquet", "trend-fi.html", "trend-sv.html", "trend-en.html"):
        assert (out / name).is_file()
    page = (out / "trend-en.html").read_text(encoding="utf-8")
    assert page.count("<svg") > 5
    assert "the trial a began" in page


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "0 run"),
        (("--series", "nowhere"), "holds no run"),
        (("nowhere", "there"), "no kept inputs"),
        (("--marks", "nowhere.toml"), "no such file of marks"),
    ],
)
def test_what_cannot_be_is_told(tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    done = call("trend", *arguments)
    assert done.exit_code == 1
    assert says in done.stderr
    assert "should not happen" not in done.stderr

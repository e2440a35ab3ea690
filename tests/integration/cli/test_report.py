"""The report on the command line: with plans that it recommends."""

import re

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tests.trials import PLAN, trial_workspace


def call(*arguments):
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


@pytest.fixture
def workspace(sample_workspace, tmp_path):
    file = trial_workspace(sample_workspace, tmp_path / "workspace")
    (file.parent / "crossing.toml").write_text(f"{PLAN.split('[trial]')[0]}cost_eur = 90000\n", encoding="utf-8")
    return file


def test_a_plan_is_recommended_with_its_cost(workspace, tmp_path):
    out, plan = tmp_path / "report.html", workspace.parent / "crossing.toml"
    done = call("report", "--workspace", workspace, "--scenario", plan, "--language", "en", "--out", out)
    assert done.exit_code == 0, done.stderr
    html = out.read_text(encoding="utf-8")
    assert re.search(r"<strong>Recommendations</strong>\s*(<ul>\s*<li>)?Crossing: ", html)
    assert "It costs €90,000." in html
    assert "Plan: Crossing</h2>" in html


def test_a_plan_needs_the_layers_of_a_workspace(workspace, tmp_path):
    plan = workspace.parent / "crossing.toml"
    for results, says in ((["--results", tmp_path], "both named"), ([], "no such scenario file")):
        file = plan if results else tmp_path / "none.toml"
        given = results or ["--workspace", workspace]
        done = call("report", *given, "--scenario", file, "--out", tmp_path / "report.html")
        assert done.exit_code == 1
        assert says in done.stderr
        assert not (tmp_path / "report.html").exists()

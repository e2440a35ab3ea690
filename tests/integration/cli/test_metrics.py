"""Logs and figures for whoever runs the program every night."""

import json
import re

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.cli.metrics import FIRST_LINE
from tests.workspaces import moved, of_profiles

SAMPLE = re.compile(r'tesoma_geo_[a-z_]+(\{step="[^"\n]*"(,kept="[01]")?\})? -?[0-9.e+]+')


@pytest.fixture
def workspace(sample_workspace, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    (tmp_path / "workspace").mkdir()
    return moved(sample_workspace, tmp_path / "workspace", *of_profiles("walk"))


def test_a_run_leaves_lines_and_figures_for_programs(workspace, tmp_path):
    metrics = tmp_path / "tesoma.prom"
    words = ["run", "--workspace", str(workspace), "--out", str(tmp_path / "out"), "--metrics", str(metrics)]
    done = CliRunner().invoke(commands, [*words, "--log-format", "json"])
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    parts = [line for line in lines if line["message"] == "part"]
    assert "writing the results and drawing the pages" in [line["part"] for line in parts]
    assert all(line["seconds"] >= 0 and line["peak_memory_mb"] >= line["memory_mb"] > 50 for line in parts)
    steps = [line for line in lines if line["message"] == "step"]
    assert not any({"kept", "why"} & line.keys() for line in steps)  # nobody asked
    assert all(line["seconds"] >= 0 and line["peak_memory_mb"] > 50 for line in steps)
    first, *rest = metrics.read_text().splitlines()
    assert first == FIRST_LINE
    assert [line for line in rest if not line.startswith("# ") and not SAMPLE.fullmatch(line)] == []
    figures = dict(line.rsplit(" ", 1) for line in rest if not line.startswith("#"))
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert float(figures["tesoma_geo_residents"]) == pytest.approx(summary["population_total"])
    of_steps = [f'tesoma_geo_step_seconds{{step="{line["step"]}",kept="0"}}' for line in steps]
    assert 'tesoma_geo_step_seconds{step="study walk",kept="0"}' in of_steps
    assert sorted(of_steps) == sorted(name for name in figures if name.startswith("tesoma_geo_step_seconds"))
    most = float(figures["tesoma_geo_peak_memory_bytes"])
    assert 50e6 < float(figures['tesoma_geo_step_peak_memory_bytes{step="study walk"}']) <= most
    refused = CliRunner().invoke(commands, [*words, "--log-format", "json"])
    assert refused.exit_code == 1
    error = json.loads(refused.stderr.splitlines()[-1])
    assert error["level"] == "error"
    assert "--overwrite" in error["more"][0]

    again = ["run", "-q", "--explain", *words[1:-2], "--overwrite", "--log-format", "json"]
    quiet = [json.loads(line) for line in CliRunner().invoke(commands, again).stderr.splitlines()]
    assert [line["step"] for line in quiet] == sorted(line["step"] for line in steps)
    assert all(line["kept"] for line in quiet)


def test_a_file_of_somebody_else_is_not_replaced(workspace, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    words = ["run", "--workspace", str(workspace), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(commands, [*words, "--metrics", str(tmp_path / "notes.txt")])
    assert done.exit_code == 1
    assert "was not written by tesoma-geo run" in done.stderr
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert not (tmp_path / "out").exists()

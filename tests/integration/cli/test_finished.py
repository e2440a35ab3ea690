"""Commands on a finished run: as from its workspace, and nothing is assessed again."""

import json

import pytest

from tests.finished_runs import differing, told


@pytest.mark.usefixtures("nobody_assesses")
def test_pages_of_a_run_are_those_that_it_wrote(finished_run, tmp_path):
    told("site", "--results", finished_run.results, "--out", tmp_path / "site")
    (tmp_path / "site" / "manifest.json").unlink()
    assert differing(finished_run.results / "site", tmp_path / "site") == []


@pytest.mark.usefixtures("nobody_assesses")
def test_reports_and_figures_need_no_workspace(finished_run, tmp_path):
    told("report", "--results", finished_run.results, "--out", tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_size > 10_000
    summary = json.loads((finished_run.results / "summary.json").read_text())
    assert json.loads(told("hub", "--json", "--results", finished_run.results)) == summary
    assert "iframe" in told("embed", "--results", finished_run.results, "--site", "https://example.org/map")
    on_foot = told(
        "embed", "--results", finished_run.results, "--site", "https://a.org", "--departure", "07:15", ok=False
    )
    assert "no timetable" in on_foot
    assert "both named" in told(
        "hub", "--results", finished_run.results, "--workspace", finished_run.workspace, ok=False
    )
    assert "no profile" in told("hub", "--results", finished_run.results, "--profile", "car", ok=False)


@pytest.mark.usefixtures("nobody_assesses")
def test_what_is_no_longer_kept_is_told(finished_run, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "another"))
    output = told("still", "--results", finished_run.results, "--out", tmp_path / "a.png", ok=False)
    assert "not kept here" in output
    assert "tesoma-geo run" in output

"""The commands on the bundled sample, as a planner runs them."""

import csv
import http.client
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tests.workspaces import moved, of_profiles

#: How long a program may take to answer or to end before it counts as hung: a busy machine is slow, not wrong.
PATIENCE_S = 300

HOMES = "id,lon,lat\nnear,23.6270,61.5050\nfar,23.6400,61.5040\nabroad,25.0,60.2\n"


def call(*arguments: str | Path):
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def results(sample_workspace, tmp_path_factory) -> Path:
    """What ``run`` leaves of the sample."""
    out = tmp_path_factory.mktemp("run") / "results"
    done = call("run", "--workspace", sample_workspace, "--out", out, "-q")
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout == f"{out / 'site' / 'index.html'}\n"
    return out


def test_run_leaves_what_it_promises(results):
    names = {path.name for path in results.iterdir()}
    assert names >= {"summary.json", "manifest.json", "origins.parquet", "isochrones.gpkg", "services.parquet", "site"}
    assert "cells.gpkg" in names
    profiles = json.loads((results / "summary.json").read_text(encoding="utf-8"))["profiles"]
    assert {f"travel_time_{profile}.tif" for profile in profiles} <= names
    assert list(profiles) == ["walk", "walk_slow", "wheelchair", "bicycle", "e_bike", "car", "transit"]
    assert [path.name for path in results.parent.iterdir()] == ["results"]


@pytest.fixture
def on_foot(sample_workspace, tmp_path) -> Path:
    """The sample's workspace with one way of moving, so that it takes seconds."""
    folder = tmp_path / "on_foot"
    folder.mkdir()
    return moved(sample_workspace, folder, *of_profiles("walk"))


def test_run_as_json_is_the_summary_that_it_wrote(on_foot, tmp_path):
    done = call("run", "--workspace", on_foot, "--out", tmp_path / "results", "--json")
    assert "Left out" in done.stderr
    summary = json.loads(done.stdout)
    assert summary == json.loads((tmp_path / "results" / "summary.json").read_text(encoding="utf-8"))
    assert {"fairness", "winter", "uncertainty", "hub_services", "targets", "experience"} <= set(summary)


def test_run_overwrites_only_when_asked_and_only_its_own(results, sample_workspace, tmp_path):
    again = call("run", "--workspace", sample_workspace, "--out", results)
    assert again.exit_code == 1
    assert "--overwrite" in again.stderr
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.odt").write_text("years of work")
    refused = call("run", "--workspace", sample_workspace, "--out", mine, "--overwrite")
    assert refused.exit_code == 1
    assert (mine / "thesis.odt").read_text() == "years of work"


def test_check_as_json_for_a_program(sample_workspace):
    done = call("check", "--workspace", sample_workspace, "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["can_run"] is True
    assert told["faults"] == []
    assert {doubt["key"] for doubt in told["doubts"]} == {"network.osm"}
    strict = call("check", "--workspace", sample_workspace, "--json", "--strict")
    assert (strict.exit_code, json.loads(strict.stdout)["can_run"]) == (1, False)
    assert "network.osm: " in strict.stderr
    streets = next(layer for layer in told["layers"] if layer["key"] == "network.osm")
    assert streets["rows"] > 1000
    west, south, east, north = streets["extent"]
    assert west < 23.6275 < east
    assert south < 61.5052 < north


@pytest.mark.parametrize("text", ["[district", "[district]\nnam = 1"])
def test_check_tells_a_program_about_faults_too(tmp_path, text):
    path = tmp_path / "tesoma.toml"
    path.write_text(text)
    done = call("check", "--workspace", path, "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert told["can_run"] is False
    assert told["problem"]


def test_hub_tells_the_same_figures_as_run(results, sample_workspace):
    summary = json.loads((results / "summary.json").read_text(encoding="utf-8"))
    one = json.loads(call("hub", "--workspace", sample_workspace, "--profile", "walk", "--json").stdout)
    assert one["profiles"] == {"walk": summary["profiles"]["walk"]}
    table = call("hub", "--workspace", sample_workspace, "--profile", "walk", "--profile", "wheelchair").stdout
    rows = {line.split()[0]: line.split()[1:] for line in table.splitlines()[2:]}
    assert list(rows) == ["walk", "wheelchair"]
    within = [f"{residents:,}" for residents in summary["profiles"]["walk"]["population_within"].values()]
    assert rows["walk"][: len(within)] == within


def test_hub_refuses_a_profile_that_nobody_knows(sample_workspace):
    done = call("hub", "--workspace", sample_workspace, "--profile", "hovercraft")
    assert done.exit_code == 1
    assert "'hovercraft'" in done.stderr


@pytest.fixture
def homes(tmp_path) -> Path:
    path = tmp_path / "homes.csv"
    path.write_text(HOMES)
    return path


def test_matrix_is_a_row_a_pair_with_inf_for_no_way(homes, sample_workspace):
    done = call("matrix", homes, homes, "--workspace", sample_workspace)
    rows = {
        (row["from_id"], row["to_id"]): float(row["travel_time"]) for row in csv.DictReader(io.StringIO(done.stdout))
    }
    assert len(rows) == 9
    assert 5 < rows["near", "far"] < 30
    assert rows["near", "abroad"] == float("inf")
    assert "origins farther than 250 m from a street of this profile: 1, all inf" in done.stderr


def test_matrix_in_seconds_as_parquet_is_the_same(homes, sample_workspace, tmp_path):
    out = tmp_path / "times.parquet"
    minutes = pd.read_csv(io.StringIO(call("matrix", homes, homes, "--workspace", sample_workspace).stdout))
    done = call("matrix", homes, homes, "--workspace", sample_workspace, "--unit", "s", "--out", out)
    assert (done.exit_code, done.stdout) == (0, "")
    seconds = pd.read_parquet(out)
    assert list(seconds.columns) == ["from_id", "to_id", "travel_time"]
    pd.testing.assert_series_equal(
        seconds["travel_time"].astype(float) / 60, minutes["travel_time"], atol=1e-3, check_names=False
    )


def test_matrix_by_timetable_has_the_percentiles_of_the_window(homes, sample_workspace):
    options = ("--workspace", sample_workspace, "--profile", "transit")
    table = pd.read_csv(io.StringIO(call("matrix", homes, homes, *options).stdout))
    percentiles = [f"travel_time_p{percentile}" for percentile in (5, 25, 50, 75, 95)]
    assert list(table.columns) == ["from_id", "to_id", "travel_time", *percentiles]
    pd.testing.assert_series_equal(table["travel_time"], table["travel_time_p50"], check_names=False)
    there = table[np.isfinite(table["travel_time"])]
    assert (there[percentiles].diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    walked = pd.read_csv(io.StringIO(call("matrix", homes, homes, "--workspace", sample_workspace).stdout))
    assert (table["travel_time"] <= walked["travel_time"]).all()
    assert np.isinf(table["travel_time"][table["to_id"] == "abroad"]).any()


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        (["--profile", "hovercraft"], "walk_slow"),
        (["--id", "name"], "id, lon, lat"),
        (["--out", "times.xlsx"], ".csv"),
    ],
)
def test_matrix_refuses_what_it_cannot_do(homes, sample_workspace, options, remedy):
    done = call("matrix", homes, homes, "--workspace", sample_workspace, *options)
    assert done.exit_code == 1
    assert remedy in done.stderr


def test_matrix_needs_ids_that_differ(tmp_path, sample_workspace):
    path = tmp_path / "twice.csv"
    path.write_text("id,lon,lat\na,23.627,61.505\na,23.628,61.505\n")
    done = call("matrix", path, path, "--workspace", sample_workspace)
    assert done.exit_code == 1
    assert "repeat" in done.stderr


def test_site_makes_the_pages_alone_and_again(on_foot, tmp_path):
    out = tmp_path / "pages"
    first = call("site", "--workspace", on_foot, "--out", out)
    again = call("site", "--workspace", on_foot, "--out", out, "--overwrite")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert Path(again.stdout.strip()) == out / "index.html"
    assert (out / "index.html").is_file()


def test_fetch_has_nothing_to_do_for_the_sample(sample_workspace):
    done = call("fetch", "--workspace", sample_workspace)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing to fetch" in done.stderr


@pytest.fixture
def ctrl_c():
    """Programs that the test starts hear ctrl-C, even where the tests run in the background, deaf to it.

    What is ignored stays ignored in a program that is started; what is handled begins anew there.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_serve_shows_the_pages_until_ctrl_c(results):
    with subprocess.Popen(
        [sys.executable, "-m", "tesoma_geo", "serve", results / "site", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            host, port = server.stdout.readline().strip().removeprefix("http://").rstrip("/").split(":")
            connection = http.client.HTTPConnection(host, int(port), timeout=PATIENCE_S)
            connection.request("GET", "/")
            answer = connection.getresponse()
            assert (host, answer.status) == ("127.0.0.1", 200)
            assert b"<html" in answer.read()
            connection.close()
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=PATIENCE_S) == 0
        finally:
            server.kill()


def test_a_reader_that_goes_away_is_no_error_of_ours(homes, sample_workspace):
    piped = f"'{sys.executable}' -m tesoma_geo matrix {homes} {homes} --workspace {sample_workspace} -q | head -1"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, env=os.environ)
    assert done.stdout == "from_id,to_id,travel_time\n"
    assert done.stderr == ""


def test_being_told_to_stop_leaves_nothing_half_written(sample_workspace, tmp_path):
    # Without what is kept: the whole result of an earlier run would be there before the signal is.
    asked = ["run", "--workspace", sample_workspace, "--out", tmp_path / "out", "--no-cache", "-v"]
    run = subprocess.Popen(
        [sys.executable, "-m", "tesoma_geo", *asked],
        stderr=subprocess.PIPE,
        text=True,
    )
    # The first step is told inside the block that writes.
    line = run.stderr.readline()
    run.send_signal(signal.SIGTERM)
    rest = run.communicate()[1]
    assert line
    assert run.returncode == 1
    assert "Traceback" not in rest
    assert list(tmp_path.iterdir()) == []

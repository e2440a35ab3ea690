"""``batch``: where it writes and how long it waits are looked at before any work."""

import json

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.errors import TesomaError
from tests.integration.batch.made_batches import sample_batch
from tests.workspaces import moved, of_profiles


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--out", "gs://bucket/a"], "gs://bucket/a is no place for results"),
        (["--out", "s3://Bucket/a"], "'Bucket' in s3://Bucket/a is no name of a bucket"),
        (["--wait", "0"], "Invalid value for '--wait'"),
        (["--scheduler", "proceses"], "'proceses' is no scheduler"),
        (["--scheduler", "tcp://127.0.0.1:9"], "no Dask scheduler answers at tcp://127.0.0.1:9"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_write(sample_workspace, tmp_path, monkeypatch, options, says):
    monkeypatch.setattr("tesoma_geo.batch.cluster.PATIENCE_S", 1)
    batch = sample_batch(sample_workspace, tmp_path)
    where = [] if "--out" in options else ["--out", str(tmp_path / "out")]
    done = CliRunner().invoke(commands, ["batch", str(batch.path), *where, *options])
    assert done.exit_code != 0
    assert says in " ".join(f"{done.output} {done.exception}".split())
    assert isinstance(done.exception, TesomaError | SystemExit)


@pytest.mark.parametrize("scheduler", ["local", "processes"])
def test_each_district_is_a_line_for_programs_whoever_does_it(sample_workspace, tmp_path, scheduler):
    moved(sample_workspace, tmp_path, *of_profiles("walk")).rename(tmp_path / "b.toml")
    (tmp_path / "a.toml").write_text("district = 1", encoding="utf-8")
    words = ["batch", str(tmp_path / "?.toml"), "--scheduler", scheduler, "--log-format", "json", "--out"]
    done = CliRunner().invoke(commands, [*words, str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    told = {line["district"]: line for line in lines if line["message"] == "district"}
    assert sorted(told) == ["a", "b"]
    assert {line["done"] for line in told.values()} == {1, 2}
    assert {line["districts"] for line in told.values()} == {2}
    assert told["a"]["level"] == "error"
    assert "a.toml" in told["a"]["reason"]
    assert (told["b"]["level"], "reason" in told["b"]) == ("info", False)
    assert told["b"]["seconds"] > told["a"]["seconds"] >= 0  # its own, not those since the line before
    assert told["b"]["peak_memory_mb"] > 50
    assert not [line for line in lines if "Failed" in line["message"]]
    quiet = CliRunner().invoke(commands, ["batch", "-q", *words[1:], str(tmp_path / "out")])
    assert [json.loads(line)["district"] for line in quiet.stderr.splitlines()] == ["a"]

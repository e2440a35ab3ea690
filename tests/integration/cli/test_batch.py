"""``batch``: where it writes and how long it waits are looked at before any work."""

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.errors import TesomaError
from tests.integration.batch.made_batches import sample_batch


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

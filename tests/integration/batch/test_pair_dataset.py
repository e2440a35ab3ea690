"""A travel matrix as a folder that other programs read as one table: whoever does its blocks, the same files."""

from contextlib import suppress

import pandas as pd
import pyarrow.dataset
import pytest

from tesoma_geo.batch.kept_blocks import kept_blocks
from tesoma_geo.batch.pair_dataset import write_pair_dataset
from tesoma_geo.batch.pairs import MatrixRows, SharedPairs, matrix_done
from tesoma_geo.batch.schedule import IN_TURN, Schedule
from tesoma_geo.errors import OutputError
from tests.integration.batch.local_cluster import cluster_of_two

MINUTES = MatrixRows(60.0, ())


def files(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def made(asked, tmp_path):
    """The folder, made here one block after the other."""
    write_pair_dataset(SharedPairs.of(asked), MINUTES, IN_TURN, tmp_path / "made")
    return tmp_path / "made"


def test_two_processes_and_a_cluster_leave_the_same_files(asked, made, tmp_path):
    pytest.importorskip("distributed")
    shared, out = SharedPairs.of(asked), tmp_path / "out"
    count = write_pair_dataset(shared, MINUTES, Schedule("processes", 2), out / "processes")
    with cluster_of_two(tmp_path) as (address, _):
        write_pair_dataset(shared, MINUTES, Schedule(address), out / "cluster")
    assert files(out / "processes") == files(out / "cluster") == files(made)
    assert count == len(pd.read_parquet(made))
    assert len(files(made)) > 3
    assert sorted(path.name for path in out.iterdir()) == ["cluster", "processes"]


def test_programs_read_the_folder_as_the_one_table(asked, made):
    whole = pd.concat(asked.times(*asked.points()).tables(60.0), ignore_index=True)
    read = pyarrow.dataset.dataset(made, format="parquet").to_table().to_pandas()
    pd.testing.assert_frame_equal(read, whole, check_exact=True)
    pd.testing.assert_frame_equal(pd.read_parquet(made), whole, check_exact=True)
    near = pd.read_parquet(made, filters=[("travel_time", "<", 3.0)])
    assert 0 < len(near) == (whole["travel_time"] < 3.0).sum() < len(whole)


def test_a_call_that_was_stopped_goes_on_and_shows_nothing_before_the_end(asked, made, tmp_path):
    out, shared = tmp_path / "stopped", SharedPairs.of(asked)
    with suppress(KeyboardInterrupt), kept_blocks(out, shared.key, MINUTES) as kept:
        matrix_done(shared, kept, IN_TURN, MINUTES)
        kept.place.remove("matrix/000001.parquet")
        raise KeyboardInterrupt
    assert not out.exists()
    blocks = tmp_path / ".stopped.blocks" / "matrix"
    done = {path.name: path.stat().st_ino for path in blocks.iterdir()}
    write_pair_dataset(shared, MINUTES, IN_TURN, out)
    assert files(out) == files(made)
    assert done == {name: (out / name).stat().st_ino for name in done}
    assert not blocks.exists()


def test_a_folder_of_somebody_else_stays_and_the_blocks_with_it(asked, tmp_path):
    out, shared = tmp_path / "mine", SharedPairs.of(asked)
    out.mkdir()
    (out / "000000.parquet").write_bytes(b"mine")
    for overwrite in (False, True):
        with pytest.raises(OutputError):
            write_pair_dataset(shared, MINUTES, IN_TURN, out, overwrite=overwrite)
    assert files(out) == {"000000.parquet": b"mine"}
    assert len(list((tmp_path / ".mine.blocks" / "matrix").iterdir())) > 3


def test_a_folder_of_ours_is_replaced_where_asked_for_unless_anybody_changed_it(asked, made, tmp_path):
    seconds = MatrixRows(1.0, ())
    with pytest.raises(OutputError, match="exists already"):
        write_pair_dataset(SharedPairs.of(asked), seconds, IN_TURN, made)
    minutes = pd.read_parquet(made)["travel_time"]
    write_pair_dataset(SharedPairs.of(asked), seconds, IN_TURN, made, overwrite=True)
    assert pd.read_parquet(made)["travel_time"].sub(60 * minutes).abs().max() < 0.1
    (made / "000001.parquet").write_bytes(b"changed")
    with pytest.raises(OutputError, match=r"holds 000001\.parquet, which somebody changed"):
        write_pair_dataset(SharedPairs.of(asked), MINUTES, IN_TURN, made, overwrite=True)
    assert (made / "000001.parquet").read_bytes() == b"changed"

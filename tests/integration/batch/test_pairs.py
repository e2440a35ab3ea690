"""Blocks of pairs done by other processes: the same bytes as here, whoever ends in the midst."""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from tesoma_geo import decay
from tesoma_geo._row_groups import write_row_groups
from tesoma_geo.analysis.measures_in_blocks import measured
from tesoma_geo.assessment.pairs_asked import PairsAsked
from tesoma_geo.batch.kept_blocks import kept_blocks
from tesoma_geo.batch.pairs import MatrixRows, SharedPairs, matrix_in_blocks, measure_in_blocks
from tesoma_geo.batch.schedule import IN_TURN, Schedule
from tesoma_geo.errors import InputError
from tests.integration.batch.local_cluster import cluster_of_two

TWO = Schedule("processes", 2)


@dataclass(frozen=True)
class EndingOnce(MatrixRows):
    """Rows whose second block ends its process, the first time that it is tried."""

    tried: Path = Path()

    def tables(self, times, rows, place):
        if rows.start and not self.tried.exists():
            self.tried.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().tables(times, rows, place)


def written(tables, path) -> bytes:
    write_row_groups(tables, path)
    return path.read_bytes()


@pytest.fixture
def whole(asked, tmp_path) -> bytes:
    return written(asked.times(*asked.points()).tables(60.0), tmp_path / "whole.parquet")


def test_a_process_that_ends_in_the_midst_changes_no_byte(asked, whole, tmp_path):
    out, shared = tmp_path / "two.parquet", SharedPairs.of(asked)
    with kept_blocks(out, shared.key) as kept:
        rows = EndingOnce(60.0, (), tmp_path / "tried")
        assert written(matrix_in_blocks(shared, kept, TWO, rows), out) == whole
        assert len(kept.place.names("matrix")) > 3
    assert (tmp_path / "tried").exists()
    assert not list(tmp_path.glob(".two.parquet*"))


def test_a_worker_of_a_cluster_that_ends_changes_no_byte(asked, whole, tmp_path):
    pytest.importorskip("distributed")
    out, shared = tmp_path / "two.parquet", SharedPairs.of(asked)
    with cluster_of_two(tmp_path) as (address, workers), kept_blocks(out, shared.key) as kept:
        rows = EndingOnce(60.0, (), tmp_path / "tried")
        assert written(matrix_in_blocks(shared, kept, Schedule(address), rows), out) == whole
        assert [worker.poll() for worker in workers].count(None) == 1


def test_what_was_stopped_goes_on_unless_anything_changed(asked, whole, tmp_path):
    out, shared, rows = tmp_path / "two.parquet", SharedPairs.of(asked), MatrixRows(60.0, ())
    with suppress(KeyboardInterrupt), kept_blocks(out, shared.key, rows) as kept:
        list(matrix_in_blocks(shared, kept, IN_TURN, rows))
        kept.place.remove("matrix/000001.parquet")
        made = {name: (kept.place.folder / name).stat().st_ino for name in kept.place.names("matrix")}
        raise KeyboardInterrupt
    with suppress(KeyboardInterrupt), kept_blocks(out, shared.key, rows) as kept:
        assert written(matrix_in_blocks(shared, kept, IN_TURN, rows), out) == whole
        again = {name: (kept.place.folder / name).stat().st_ino for name in kept.place.names("matrix")}
        assert again.items() > made.items()
        assert again.keys() - made.keys() == {"matrix/000001.parquet"}
        raise KeyboardInterrupt
    assert (tmp_path / ".two.parquet.blocks").is_dir()
    asked.origins.write_text(asked.origins.read_text().replace("h1,", "other,"))
    changed = SharedPairs.of(asked)
    assert changed.key != shared.key
    with kept_blocks(out, changed.key, rows) as kept:
        assert kept.place.names("matrix") == []


COUNTED = {"opportunity": "seats", "demand": "people"}


@pytest.mark.parametrize(
    ("schedule", "measure", "arguments"),
    [
        (TWO, "two_step_fca", {**COUNTED, "decay": decay.exponential(0.1)}),
        (IN_TURN, "two_step_fca", {**COUNTED, "decay": decay.step(9.0), "active": False}),
        (IN_TURN, "cost_to_closest", {"opportunity": "seats", "k": [1, 3]}),
        (IN_TURN, "cumulative_opportunities", {"opportunity": "people", "cutoff": [5.0, 10.0], "active": False}),
    ],
)
def test_a_measure_in_blocks_that_are_kept_is_the_same(asked, tmp_path, schedule, measure, arguments):
    shared, told = SharedPairs.of(asked), []
    with kept_blocks(tmp_path / "values.csv", shared.key) as kept:
        found = measure_in_blocks(shared, kept, schedule, measure, arguments, 60.0, told.append)
    here = measured(asked.times(*asked.points()), measure, arguments, 60.0)
    pd.testing.assert_frame_equal(found, here, check_exact=True)
    assert len(told) == len(set(told))
    assert (here["value"] > 0).any()


def test_a_measure_on_a_cluster_is_that_of_this_process(asked, tmp_path):
    pytest.importorskip("distributed")
    shared, arguments = SharedPairs.of(asked), {**COUNTED, "decay": decay.exponential(0.1)}
    with cluster_of_two(tmp_path) as (address, _), kept_blocks(tmp_path / "values.csv", shared.key) as kept:
        found = measure_in_blocks(shared, kept, Schedule(address), "two_step_fca", arguments, 60.0, lambda _: None)
        assert len(kept.place.names("")) > 6  # several blocks of each step
    here = measured(asked.times(*asked.points()), "two_step_fca", arguments, 60.0)
    pd.testing.assert_frame_equal(found, here, check_exact=True)
    assert (here["value"] > 0).any()


def test_what_is_wrong_is_told_as_it_is_here(asked, tmp_path):
    wrong = PairsAsked(asked.workspace, asked.origins, asked.destinations, "wlak")
    shared = SharedPairs.of(wrong)
    with pytest.raises(InputError, match="--profile wlak: there is none") as told, \
            kept_blocks(tmp_path / "out.csv", shared.key) as kept:  # fmt: skip
        list(matrix_in_blocks(shared, kept, TWO, MatrixRows(60.0, ())))
    assert "walk" in told.value.remedy

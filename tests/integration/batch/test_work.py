"""One district: its files are whole or not there, whatever its name and whatever goes wrong."""

import errno
from dataclasses import replace

import pytest

from tesoma_geo.assessment.assess import assess_inputs
from tesoma_geo.assessment.street_analysis import NetworkDraws, StudyOfAll
from tesoma_geo.batch.results import LocalFolder
from tesoma_geo.batch.tasks import centred, tasks_of
from tesoma_geo.batch.work import cells_name, do, done_before, record_name
from tesoma_geo.errors import SourceError
from tesoma_geo.inputs.layers import read_inputs, read_shared
from tests.integration.batch.made_batches import content, sample_batch


@pytest.mark.parametrize("district", ["../up", "a/b", "x=1", "..", "å ä", "%2F"])
def test_no_name_leads_out_of_the_folder(tmp_path, district):
    for path in (tmp_path / cells_name(district), tmp_path / record_name(district)):
        assert path.resolve().is_relative_to(tmp_path)
        assert len(path.relative_to(tmp_path).parts) <= 3


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (MemoryError(), "more memory than memory_gb"),
        (OSError(errno.ENOMEM, "x"), "more memory than memory_gb"),
        (SourceError("areas.gpkg cannot be read: out of memory"), "more memory than memory_gb"),
        (RuntimeError("can't start new thread"), "more memory than memory_gb"),
        (ImportError("a.so: failed to map segment from shared object"), "more memory than memory_gb"),
        (SourceError("areas.gpkg cannot be read"), "areas.gpkg cannot be read"),
        (ZeroDivisionError("x"), "unexpected ZeroDivisionError: x"),
    ],
)
def test_whatever_goes_wrong_is_told_and_takes_older_cells_away(sample_workspace, tmp_path, error, says):
    task = replace(tasks_of(sample_batch(sample_workspace, tmp_path))[0], district="it")
    out = tmp_path / "out"
    (out / cells_name("it")).parent.mkdir(parents=True)
    (out / cells_name("it")).write_bytes(b"old")

    def shared():
        raise error

    done = do(task, "00", LocalFolder(out), shared)
    assert done.failed
    assert says in done.record["reason"]
    assert list(content(out)) == ["records/it.json"]
    assert done_before(LocalFolder(out), task, "00") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"key": "00"}', '{"key": "00", "reason": ""}'])
def test_a_record_that_is_not_whole_counts_for_nothing(sample_workspace, tmp_path, text):
    task = tasks_of(sample_batch(sample_workspace, tmp_path))[0]
    (tmp_path / record_name(task.district)).parent.mkdir()
    (tmp_path / record_name(task.district)).write_text(text, encoding="utf-8")
    assert done_before(LocalFolder(tmp_path), task, "00") is None


def test_draws_of_shared_streets_are_those_of_each_district_alone(sample_workspace, tmp_path):
    task = next(task for task in tasks_of(sample_batch(sample_workspace, tmp_path)) if task.district == "900101")
    layers = read_shared(task.shares)
    inputs = read_inputs(centred(task, layers.homes), layers)
    alone = assess_inputs(inputs, lambda _: None)
    drawn = NetworkDraws(layers.network)
    elsewhere = replace(layers.network)
    for draws in (drawn, drawn, NetworkDraws(elsewhere)):
        found = assess_inputs(inputs, lambda _: None, draws=draws)
        assert found.cells.equals(alone.cells)
        assert found.summary == alone.summary
    assert StudyOfAll.of(inputs, drawn).draws is drawn
    assert StudyOfAll.of(inputs, NetworkDraws(elsewhere)).draws.network is inputs.network

"""Drafts of killed processes: swept by the next one, and a former result that was moved aside comes back."""

import os
import signal
import threading

import pytest

from tesoma_geo import _drafts
from tesoma_geo._drafts import SUFFIX, draft_folder, exchange, sweep, uninterrupted
from tesoma_geo._files import written_folder


def killed(out, *, aside=False):
    """Leave behind what a process leaves that is killed while it writes ``out``."""
    child = os.fork()
    if child == 0:
        try:
            with written_folder(out, overwrite=True) as draft:
                (draft / "half.txt").write_text("half")
                if aside:
                    out.rename(draft.parent / "old")
                os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert any(out.parent.glob(f".*{SUFFIX}"))


def test_the_next_run_sweeps_what_killed_ones_left_beside_it(tmp_path):
    killed(tmp_path / "one")
    killed(tmp_path / "two")
    with written_folder(tmp_path / "two") as draft:
        assert [path.name for path in draft.parent.iterdir() if path.name != "lock"] == ["new"]
        assert not (tmp_path / f".one{SUFFIX}").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["two"]


def test_a_former_result_that_was_moved_aside_comes_back(tmp_path):
    with written_folder(tmp_path / "out") as draft:
        (draft / "a.txt").write_text("former")
    killed(tmp_path / "out", aside=True)
    assert not (tmp_path / "out").exists()
    assert sweep(tmp_path) == [tmp_path / f".out{SUFFIX}"]
    assert (tmp_path / "out" / "a.txt").read_text() == "former"


def test_drafts_of_the_living_and_folders_of_others_stay(tmp_path):
    other = tmp_path / f".mine{SUFFIX}"
    other.mkdir()
    (other / "thesis.txt").write_text("years of work")
    with draft_folder(tmp_path / "out") as draft:
        assert sweep(tmp_path) == []
        assert draft.exists()
    assert (other / "thesis.txt").exists()


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_change_of_places_is_taken_back_where_the_former_one_is_not_ours(tmp_path, monkeypatch, in_one_step):
    if not in_one_step:  # as on systems without renameat2
        monkeypatch.setattr(_drafts, "_rename_with", lambda *_: False)
    for name in ("new", "out"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "name.txt").write_text(name)

    def not_ours(folder):
        assert (folder / "name.txt").read_text() == "out"
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - raised just above
        exchange(tmp_path / "new", tmp_path / "out", not_ours)
    assert (tmp_path / "out" / "name.txt").read_text() == "out"
    exchange(tmp_path / "new", tmp_path / "out", lambda _: None)
    assert (tmp_path / "out" / "name.txt").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_signals_wait_for_the_end_of_a_block():
    steps = []
    # A process that was started in the background may ignore it.
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012 - the signal is raised within
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            steps.append("done")
        steps.append("not reached")
    signal.signal(signal.SIGINT, former)
    assert steps == ["done"]


def test_blocks_of_other_threads_are_run_as_they_are():
    ran = []

    def work():
        with uninterrupted():
            ran.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ran == [True]

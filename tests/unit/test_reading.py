"""Readers within a guard: whatever happens in them, an answer or one clear error that names the file."""

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tesoma_geo import _reading
from tesoma_geo._reading import guarded, guarded_apart
from tesoma_geo.errors import Fault, SourceError, WorkspaceError

REMEDY = "Download it again"


def dies(path):
    ctypes.string_at(0)


def hangs(path):
    time.sleep(60)


def eats(path):
    return bytes(50_000_000_000)


def unforeseen(path):
    raise KeyError("name")


def unnamed(path):
    raise SourceError("row 7 is no number", "Correct it")


def unnamed_faults(path):
    raise WorkspaceError([Fault("row 7", "is no number", "Correct it"), Fault("row 8", "is no number", "Correct it")])


def ends(path):
    os._exit(0)


@pytest.mark.parametrize("apart", [guarded, guarded_apart])
@pytest.mark.parametrize(
    ("reader", "cause"),
    [(unforeseen, "KeyError: 'name'"), (unnamed, "row 7 is no number"), (unnamed_faults, "row 8: is no number")],
)
def test_every_error_names_the_file_and_the_cause(apart, reader, cause, tmp_path):
    with pytest.raises((SourceError, WorkspaceError)) as raised:
        apart("a layer", REMEDY)(reader)(tmp_path / "layer.gpkg")
    assert "layer.gpkg" in str(raised.value)
    assert cause in str(raised.value)
    assert raised.value.remedy
    assert len(raised.value.faults) == (2 if reader is unnamed_faults else 0)


@pytest.mark.skipif(sys.platform != "linux", reason="readers have a process of their own on Linux alone")
class TestApart:
    @pytest.mark.parametrize(("reader", "cause"), [(dies, "SIGSEGV"), (eats, "MB of memory"), (ends, "unforeseen")])
    def test_what_would_end_the_program_is_an_error(self, reader, cause, tmp_path):
        with pytest.raises(SourceError, match=cause) as raised:
            guarded_apart("a layer", REMEDY)(reader)(tmp_path / "layer.gpkg")
        assert "layer.gpkg" in str(raised.value)

    def test_what_takes_too_long_is_given_up(self, tmp_path, monkeypatch):
        monkeypatch.setattr(_reading, "SECONDS", 0.2)
        with pytest.raises(SourceError, match=r"layer\.gpkg took more than"):
            guarded_apart("a layer", REMEDY)(hangs)(tmp_path / "layer.gpkg")

    def test_the_limit_of_memory_can_be_named(self, tmp_path, monkeypatch):
        monkeypatch.setenv("TESOMA_GEO_READ_MEMORY_MB", "100")
        read = guarded_apart("a layer", REMEDY)(lambda path: len(bytes(300_000_000)))
        with pytest.raises(SourceError, match="100 MB"):
            read(tmp_path / "layer.gpkg")
        monkeypatch.setenv("TESOMA_GEO_READ_MEMORY_MB", "1000")
        assert read(tmp_path / "layer.gpkg") == 300_000_000

    def test_what_was_read_comes_back_whole(self, tmp_path):
        values = np.arange(3_000_000.0)
        read = guarded_apart("a layer", REMEDY)(lambda path: {"values": values, "path": path})
        back = read(tmp_path)
        assert back["path"] == tmp_path
        assert (back["values"] == values).all()

    def test_no_child_outlives_its_parent(self, tmp_path):
        told = tmp_path / "pid"

        def read(path):
            told.write_text(str(os.getpid()))
            time.sleep(60)

        parent = os.fork()
        if parent == 0:
            try:
                guarded_apart("a layer", REMEDY)(read)("x")
            finally:
                os._exit(1)
        while not (told.exists() and told.read_text()):
            time.sleep(0.01)
        child = int(told.read_text())
        os.kill(parent, signal.SIGKILL)
        os.waitpid(parent, 0)
        for _ in range(1000):
            stat = Path(f"/proc/{child}/stat")
            if not stat.exists() or ") Z " in stat.read_text():
                break
            time.sleep(0.01)
        else:
            raise AssertionError("the child lives on")


@pytest.mark.skipif(sys.platform != "linux", reason="a child process takes fork and limits of Linux")
def test_what_a_reader_apart_reads_besides_is_read_in_the_same_child(tmp_path):
    inner = guarded_apart("a layer", REMEDY)(lambda path: os.getpid())
    both = guarded_apart("layers", REMEDY)(lambda path: (os.getpid(), inner(path)))
    outside, inside = both(tmp_path)
    assert outside == inside != os.getpid()
    assert inner(tmp_path) not in (os.getpid(), inside)

"""What is kept on disk: whole or not there, never too large, and never the reason why a job fails."""

import errno
import json
import os
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
from click.testing import CliRunner

from tesoma_geo._cache import cached_entry, entries, keep_value, kept_value, load_arrays, save_arrays
from tesoma_geo.cli import commands
from tesoma_geo.errors import InputError

NUMBERS = np.arange(1, 10_001)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def key_of(number):
    return number.to_bytes(16)


def ask(number=0, built=None):
    """The numbers, and a mark in ``built`` if they were not on disk."""

    def build():
        if built is not None:
            built.append(number)
        return NUMBERS

    return cached_entry(
        "numbers",
        key_of(number),
        lambda folder: load_arrays(folder)["numbers"],
        build,
        lambda folder, numbers: save_arrays(folder, {"numbers": numbers}),
    )


def ask_often(folder):
    os.environ["TESOMA_GEO_CACHE"] = folder
    return all(np.array_equal(ask(number % 3), NUMBERS) for number in range(60))


DAMAGES = {
    "a zeroed page": ("numbers.npy", lambda content: content[:8192] + bytes(4096) + content[12288:]),
    "swapped pages": (
        "numbers.npy",
        lambda content: content[:4096] + content[8192:12288] + content[4096:8192] + content[12288:],
    ),
    "a bit": ("numbers.npy", lambda content: content[:-1] + bytes([content[-1] ^ 1])),
    "cut short": ("numbers.npy", lambda content: content[:5000]),
    "empty": ("numbers.npy", lambda content: content[:0]),
    "gone": ("numbers.npy", None),
    "listing of another form": ("checksums.json", lambda _: b"[1, 2]"),
    "listing too deep": ("checksums.json", lambda _: b"[" * 100_000),
    "listing cut short": ("checksums.json", lambda content: content[:10]),
    "listing empty": ("checksums.json", lambda content: content[:0]),
    "listing gone": ("checksums.json", None),
}


def test_what_is_kept_is_not_built_again(cache):
    built = []
    assert np.array_equal(ask(built=built), NUMBERS)
    assert np.array_equal(ask(built=built), NUMBERS)
    assert built == [0]
    assert [path.name for path in cache.iterdir()] == [f"numbers-{0:032x}"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_told_and_heals(cache, damage, caplog):
    ask()
    file, change = DAMAGES[damage]
    path = cache / f"numbers-{0:032x}" / file
    whole = path.read_bytes()
    if change is None:
        path.unlink()
    else:
        path.write_bytes(change(whole))
        assert path.read_bytes() != whole
    built = []
    assert np.array_equal(ask(built=built), NUMBERS)
    assert built == [0]
    assert "damaged" in caplog.text
    assert path.read_bytes() == whole
    assert len(list(cache.iterdir())) == 1


LACKS = {
    "memory of Python": MemoryError(),
    "memory of the system": OSError(errno.ENOMEM, "Cannot allocate memory"),
    "memory of a library": RuntimeError("std::bad_alloc"),
    "open files of the process": OSError(errno.EMFILE, "Too many open files"),
    "open files of the machine": OSError(errno.ENFILE, "Too many open files in system"),
}


@pytest.mark.parametrize("lack", LACKS.values(), ids=LACKS)
def test_an_entry_that_the_machine_cannot_read_now_is_not_damaged_and_stays(cache, lack, caplog):
    def read(_):
        raise lack

    ask()
    path = cache / f"numbers-{0:032x}"
    before = {file.name: (file.stat().st_ino, file.read_bytes()) for file in path.iterdir()}
    assert cached_entry("numbers", key_of(0), read, lambda: "made", lambda *_: None) == "made"
    assert kept_value("numbers", key_of(0), read, "otherwise") == "otherwise"
    assert "damaged" not in caplog.text
    assert caplog.text.count(f"{path.name} in the cache stays") == 2
    assert {file.name: (file.stat().st_ino, file.read_bytes()) for file in path.iterdir()} == before


def test_a_kept_value_stays_where_a_newer_one_cannot_be_written(cache):
    def write(folder):
        (folder / "half").touch()
        raise MemoryError

    keep_value("numbers", key_of(0), lambda folder: (folder / "a").write_text("1"))
    with pytest.raises(MemoryError):
        keep_value("numbers", key_of(0), write)
    assert kept_value("numbers", key_of(0), lambda folder: (folder / "a").read_text(), None) == "1"
    keep_value("numbers", key_of(0), lambda folder: (folder / "a").write_text("2"))
    assert kept_value("numbers", key_of(0), lambda folder: (folder / "a").read_text(), None) == "2"
    assert len(list(cache.iterdir())) == 1


def test_the_least_recently_used_goes_first(cache, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE_LIMIT_MB", "1")
    for number in range(12):
        ask(number)
        os.utime(cache / f"numbers-{number:032x}", (number, number))
    ask(0)  # read again
    ask(12)
    kept = {entry.path.name for entry in entries()}
    assert sum(entry.size_bytes for entry in entries()) <= 1_000_000
    assert len(kept) == 12
    assert f"numbers-{0:032x}" in kept
    assert f"numbers-{1:032x}" not in kept


def test_a_limit_of_nothing_keeps_nothing(cache, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE_LIMIT_MB", "0")
    assert np.array_equal(ask(), NUMBERS)
    assert list(cache.iterdir()) == []


def test_a_limit_that_is_no_number_is_an_error(cache, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE_LIMIT_MB", "much")
    with pytest.raises(InputError, match="TESOMA_GEO_CACHE_LIMIT_MB is 'much'"):
        ask()


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "file"))
    assert np.array_equal(ask(), NUMBERS)
    assert entries() == []


def test_what_cannot_be_written_whole_is_not_kept(cache):
    def write(folder, numbers):
        save_arrays(folder, {"numbers": numbers})
        raise OSError("No space left on device")

    assert cached_entry("numbers", key_of(0), load_arrays, lambda: NUMBERS, write) is NUMBERS
    assert list(cache.iterdir()) == []


def test_two_processes_share_a_cache(cache, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE_LIMIT_MB", "1")
    with ProcessPoolExecutor(2) as pool:
        assert all(pool.map(ask_often, [str(cache)] * 2))
    assert len(entries()) == 3
    assert len(list(cache.iterdir())) == 3


def test_files_of_others_are_neither_counted_nor_removed(cache):
    ask()
    (cache / "compiled-1").touch()
    (cache / "my-notes").mkdir()
    assert len(entries()) == 1
    assert CliRunner().invoke(commands, ["cache", "clear"]).stderr.startswith("1 entries removed, 0.1 MB")
    assert sorted(path.name for path in cache.iterdir()) == ["compiled-1", "my-notes"]


def test_info_tells_what_is_kept(cache):
    ask()
    ask(1)
    out = CliRunner().invoke(commands, ["cache", "info"]).stdout.splitlines()
    assert out[0] == str(cache)
    assert out[1].split() == ["numbers", "2", "0.2", "MB"]
    content = json.loads(CliRunner().invoke(commands, ["cache", "info", "--json"]).stdout)
    assert content["bytes"] == sum(entry.size_bytes for entry in entries())
    assert content["kinds"]["numbers"]["entries"] == 2

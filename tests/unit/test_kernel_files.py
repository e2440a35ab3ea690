"""Compiled kernels that a disk has damaged are compiled anew: what is kept comes back whole or not at all."""

import errno
import pickle

import pytest

from tesoma_geo import _kernel_files
from tesoma_geo._kernel_files import CheckedFiles

KEY, DATA = ("float64", "x86"), {"code": bytes(range(256)) * 64}


def _with_bit(content, at):
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


DAMAGES = {
    "a zeroed page": lambda content: content[:4096] + bytes(4096) + content[8192:],
    "a bit in the middle": lambda content: _with_bit(content, len(content) // 2),
    "a bit of the digest": lambda content: _with_bit(content, len(content) - 1),
    "the last page zeroed": lambda content: content[:-600] + bytes(600),
    "cut short": lambda content: content[:5000],
    "cut by a byte": lambda content: content[:-1],
    "empty": lambda _: b"",
    "text": lambda _: b"<html>Not found</html>",
    "something behind it": lambda content: content + b"more",
    "gone": None,
}


def files(folder):
    return CheckedFiles(cache_path=str(folder), filename_base="kernel", source_stamp=(1, 2))


def damage(path, change):
    if change is None:
        path.unlink()
    else:
        path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize("suffix", [".nbi", ".nbc"])
@pytest.mark.parametrize("change", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_not_there(change, suffix, tmp_path):
    files(tmp_path).save(KEY, DATA)
    (path,) = tmp_path.glob(f"*{suffix}")
    damage(path, change)
    assert files(tmp_path).load(KEY) in (None, DATA)
    if suffix == ".nbc":
        assert files(tmp_path).load(KEY) is None
    files(tmp_path).save(KEY, DATA)
    assert files(tmp_path).load(KEY) == DATA


@pytest.mark.parametrize("error", [MemoryError(), OSError(errno.ENOMEM, "Cannot allocate memory")])
def test_kernels_for_which_there_is_no_memory_are_whole(error, tmp_path, monkeypatch):
    def lacks(_):
        raise error

    files(tmp_path).save(KEY, DATA)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with monkeypatch.context() as patch:
        patch.setattr(_kernel_files, "_loaded", lacks)
        with pytest.raises(type(error)):
            files(tmp_path).save(("int64", "x86"), DATA)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert files(tmp_path).load(KEY) == DATA


def test_files_of_numba_itself_are_read(tmp_path):
    files(tmp_path).save(KEY, DATA)
    (path,) = tmp_path.glob("*.nbc")
    path.write_bytes(pickle.dumps(DATA))
    assert files(tmp_path).load(KEY) == DATA

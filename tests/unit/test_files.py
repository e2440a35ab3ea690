"""Files appear whole or not at all, and nobody's files are overwritten unasked."""

import pytest

from tesoma_geo._files import sha256, write_json, written_file, written_folder
from tesoma_geo.errors import OutputError


def test_a_file_appears_when_the_block_succeeds(tmp_path):
    with written_file(tmp_path / "deep" / "a.txt") as draft:
        draft.write_text("whole")
        assert not (tmp_path / "deep" / "a.txt").exists()
    assert (tmp_path / "deep" / "a.txt").read_text() == "whole"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["a.txt"]


def test_a_failure_leaves_nothing_behind(tmp_path):
    def fail(draft):
        draft.write_text("half")
        raise RuntimeError

    with pytest.raises(RuntimeError), written_file(tmp_path / "a.txt") as draft:
        fail(draft)
    with pytest.raises(RuntimeError), written_folder(tmp_path / "out") as draft:
        fail(draft / "b.txt")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten_unasked(tmp_path):
    (tmp_path / "a.txt").write_text("mine")
    with pytest.raises(OutputError, match="--overwrite"), written_file(tmp_path / "a.txt"):
        pass
    with written_file(tmp_path / "a.txt", overwrite=True) as draft:
        draft.write_text("new")
    assert (tmp_path / "a.txt").read_text() == "new"


def test_a_run_is_replaced_whole(tmp_path):
    out = tmp_path / "out"
    for content in ({"manifest.json": "1", "old.txt": "1"}, {"manifest.json": "2"}):
        with written_folder(out, overwrite=True) as draft:
            for name, text in content.items():
                (draft / name).write_text(text)
    assert [path.name for path in out.iterdir()] == ["manifest.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failed_run_leaves_the_old_one(tmp_path):
    out = tmp_path / "out"
    with written_folder(out) as draft:
        (draft / "manifest.json").write_text("1")
    with pytest.raises(RuntimeError), written_folder(out, overwrite=True):
        raise RuntimeError
    assert (out / "manifest.json").read_text() == "1"


def test_a_folder_of_somebody_else_is_never_replaced(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("years of work")
    with (
        pytest.raises(OutputError, match=r"holds no manifest\.json"),
        written_folder(tmp_path / "home", overwrite=True),
    ):
        pass
    assert (tmp_path / "home" / "thesis.txt").exists()


def test_an_empty_folder_is_used(tmp_path):
    (tmp_path / "out").mkdir()
    with written_folder(tmp_path / "out") as draft:
        (draft / "a").touch()
    assert (tmp_path / "out" / "a").exists()


def test_a_place_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"), written_file(tmp_path / "file" / "a.txt"):
        pass


def test_hash_is_that_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_json_refuses_what_other_readers_cannot_read(tmp_path):
    with pytest.raises(ValueError, match="JSON"):
        write_json(tmp_path / "a.json", {"x": float("nan")})

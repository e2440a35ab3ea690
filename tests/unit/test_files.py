"""Files appear whole or not at all, and nobody's files are overwritten unasked."""

from pathlib import Path

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
    for content in ({"new.txt": "1", "deep/old.txt": "1"}, {"new.txt": "2"}):
        with written_folder(out, overwrite=True) as draft:
            for name, text in content.items():
                (draft / name).parent.mkdir(exist_ok=True)
                (draft / name).write_text(text)
    assert sorted(path.name for path in out.iterdir()) == ["manifest.json", "new.txt"]
    assert (out / "new.txt").read_text() == "2"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failed_run_leaves_the_old_one(tmp_path):
    out = tmp_path / "out"
    with written_folder(out) as draft:
        (draft / "a.txt").write_text("1")
    with pytest.raises(RuntimeError), written_folder(out, overwrite=True):
        raise RuntimeError
    assert (out / "a.txt").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("former", [False, True])
def test_what_comes_into_being_during_the_work_is_kept(former, overwrite, tmp_path):
    out = tmp_path / "out"
    if former and overwrite:
        with written_folder(out) as draft:
            (draft / "a.txt").write_text("1")

    def work(draft):
        (draft / "a.txt").write_text("2")
        out.mkdir(exist_ok=True)
        (out / "thesis.txt").write_text("years of work")

    with pytest.raises(OutputError), written_folder(out, overwrite=overwrite) as draft:
        work(draft)
    assert (out / "thesis.txt").read_text() == "years of work"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert not (former and overwrite) or (out / "a.txt").read_text() == "1"


def test_a_file_that_comes_into_being_during_the_work_is_kept(tmp_path):
    def work(draft):
        draft.write_text("ours")
        (tmp_path / "a.txt").write_text("theirs")

    with pytest.raises(OutputError, match="came into being"), written_file(tmp_path / "a.txt") as draft:
        work(draft)
    assert (tmp_path / "a.txt").read_text() == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("written", [written_file, written_folder])
def test_two_at_once_are_not_possible(written, tmp_path):
    with written(tmp_path / "out") as draft:
        with pytest.raises(OutputError, match="another tesoma-geo is at work"), written(tmp_path / "out"):
            pass
        assert draft.parent.exists()
        if written is written_file:
            draft.write_text("first")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["store.gpkg", "deep/store.key"])
def test_stores_and_keys_may_not_lie_in_a_result(name, tmp_path):
    kept = tmp_path / "out" / name
    with pytest.raises(OutputError, match="would lie inside"), written_folder(tmp_path / "out", protected=[kept]):
        pass
    kept.parent.mkdir(parents=True)
    kept.write_text("secret")
    with pytest.raises(OutputError, match="reads or keeps"), written_file(kept, overwrite=True, protected=[kept]):
        pass
    assert kept.read_text() == "secret"


def test_a_symbolic_link_is_followed(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "there")
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    with written_folder(tmp_path / "out") as draft, written_file(tmp_path / "a.txt") as file:
        (draft / "x").touch()
        file.write_text("b")
    assert (tmp_path / "there" / "x").exists()
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "a.txt").is_symlink()
    assert (tmp_path / "b.txt").read_text() == "b"


def test_folders_made_for_work_that_fails_are_removed(tmp_path):
    with pytest.raises(RuntimeError), written_folder(tmp_path / "a" / "b" / "out"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


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


@pytest.mark.parametrize("name", ["new\nline", "bell\a", "escape\x1b[2J", "right\u202eleft"])
def test_names_that_cannot_be_printed_are_refused(tmp_path: Path, name: str):
    for written in (written_file, written_folder):
        with pytest.raises(OutputError, match="cannot be printed") as caught, written(tmp_path / name):
            pass
        assert str(caught.value).isprintable()
    assert list(tmp_path.iterdir()) == []

"""A folder of blocks beside what is to be written: whose it is, and of what."""

from contextlib import suppress

import pytest

from tesoma_geo.batch.kept_blocks import kept_blocks
from tesoma_geo.errors import OutputError


def stopped(out, *follows_from):
    """A call that put one block and was stopped; which blocks it found."""
    with suppress(KeyboardInterrupt), kept_blocks(out, *follows_from) as kept:
        found = kept.place.names("rows")
        kept.place.put(f"rows/{len(found)}", b"block")
        raise KeyboardInterrupt
    return found


def test_blocks_stay_for_the_next_call_of_the_same_and_go_for_another(tmp_path):
    out = tmp_path / "out.csv"
    assert stopped(out, "points", 60.0) == []
    assert stopped(out, "points", 60.0) == ["rows/0"]
    assert stopped(out, "points", 1.0) == []
    with kept_blocks(out, "points", 1.0) as kept:
        assert kept.place.names("rows") == ["rows/0"]
    assert list(tmp_path.iterdir()) == []


def test_two_calls_are_never_at_work_on_one_place(tmp_path):
    with kept_blocks(tmp_path / "out.csv", "points") as kept:
        kept.place.put("rows/0", b"block")
        with pytest.raises(OutputError, match="another tesoma-geo is at work"), kept_blocks(tmp_path / "out.csv"):
            pass
        assert kept.place.names("rows") == ["rows/0"]


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    other = tmp_path / ".out.csv.blocks"
    other.mkdir()
    (other / "mine.txt").touch()
    with pytest.raises(OutputError, match="holds no blocks"), kept_blocks(tmp_path / "out.csv", "points"):
        pass
    assert [path.name for path in other.iterdir()] == ["mine.txt"]

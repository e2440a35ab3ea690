"""Damage of a store is noticed whenever it is opened, wherever in the file it is."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tesoma_geo.errors import SourceError, TesomaError
from tests.stores import opened, texts


def what_is_told(path: Path) -> list[str] | str:
    """The texts of a store, or the error."""
    try:
        return texts(path)
    except TesomaError as error:
        return str(error)


def test_damage_in_every_page_is_noticed(path: Path):
    whole, before = path.read_bytes(), texts(path)
    noticed = 0
    for page in range(1, len(whole) // 4096):
        for offset, bytes_ in ((0, bytes(4096)), (2048, b"\xff" * 64), (4000, b"Q"), (100, bytes(7))):
            at = page * 4096 + offset
            path.write_bytes(whole[:at] + bytes_ + whole[at + len(bytes_) :])
            told = what_is_told(path)
            assert told == before or ("annotations.gpkg" in told and "store restore" in told)  # or it hit free space
            noticed += told != before
    assert noticed > len(whole) // 4096


def test_one_other_letter_in_a_text_is_noticed(path: Path):
    text = max(texts(path), key=len).encode()
    content = path.read_bytes()
    assert text in content
    path.write_bytes(content.replace(text, b"X" + text[1:]))
    with pytest.raises(SourceError, match="not those that were written"):
        texts(path)


def test_what_another_program_writes_is_no_damage(path: Path):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE annotations SET text = 'by hand'")
    assert set(texts(path)) == {"by hand"}


@pytest.mark.parametrize("size", [0, 1, 99, 100, 512, 4096, 5000])
def test_a_file_that_was_cut_off_is_one_clear_error_or_empty(path: Path, size: int):
    copy = path.with_name("cut.gpkg")
    shutil.copy(path.with_suffix(".key"), copy.with_suffix(".key"))
    copy.write_bytes(path.read_bytes()[:size])
    told = what_is_told(copy)
    assert told == [] if size == 0 else "cut.gpkg" in told


def test_what_was_written_without_a_seal_is_no_damage_and_the_next_one_seals(path: Path):
    store = opened(path)
    with store.database.transaction(sealed=False):
        store.database.execute("UPDATE annotations SET text = 'later' WHERE fid = 1")
    store.database.close()
    assert "later" in texts(path)
    store = opened(path)
    with store.database.transaction():
        pass
    store.database.close()
    path.write_bytes(path.read_bytes().replace(b"later", b"loter"))
    assert "damaged" in what_is_told(path)

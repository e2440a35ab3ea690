"""A copy of the store leads back after damage, and a full disk does none."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from made_annotations import CRS, said

from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store_backup import back_up, backup_path, restore
from tesoma_geo.errors import InputError, OutputError, SourceError, WorkspaceError
from tests.stores import opened, texts


def test_a_copy_brings_everything_back_and_the_damaged_file_stays(path: Path):
    before = texts(path)
    assert back_up(path, backup_path(path), CRS) == len(before)
    damaged = path.read_bytes()[:8192] + bytes(8192) + path.read_bytes()[16384:]
    path.write_bytes(damaged)
    path.with_name(f"{path.name}-journal").write_bytes(b"of the damaged one")
    done = restore(path, backup_path(path), CRS)
    assert done.annotations == len(before)
    assert texts(path) == before
    assert done.aside is not None
    assert done.aside.read_bytes() == damaged
    assert restore(path, backup_path(path), CRS).aside != done.aside


def test_who_was_erased_after_the_copy_stays_out(path: Path, tmp_path: Path):
    elsewhere = tmp_path / "copy.gpkg"
    back_up(path, elsewhere, CRS)
    back_up(path, backup_path(path), CRS)
    store = opened(path)
    gone = store.respondents()["respondent"][0] if len(store.respondents()) else store.annotations()["respondent"][0]
    said_by = set(store.annotations().query("respondent == @gone")["annotation_id"])
    store.erase(gone, who="me", why="asked")
    store.database.close()
    assert gone.encode() not in _rows_of(backup_path(path), "annotations")  # written anew with the store
    done = restore(path, elsewhere, CRS)
    assert done.erased == 1
    store = opened(path)
    assert said_by
    assert not said_by & set(store.annotations()["annotation_id"])
    store.database.close()


def _rows_of(path: Path, table: str) -> bytes:
    with sqlite3.connect(path) as connection:
        return repr(connection.execute(f"SELECT * FROM {table}").fetchall()).encode()


def test_nothing_but_a_copy_is_replaced_and_nothing_but_a_whole_one_used(path: Path, tmp_path: Path):
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("1")
    with pytest.raises(OutputError, match="is no copy of"):
        back_up(path, thesis, CRS)
    with pytest.raises(InputError, match="the store itself"):
        back_up(path, path, CRS)
    with pytest.raises(InputError, match="there is no copy"):
        restore(path, backup_path(path), CRS)
    back_up(path, backup_path(path), CRS)
    backup_path(path).write_bytes(backup_path(path).read_bytes()[:9000])
    before = path.read_bytes()
    with pytest.raises(SourceError, match="cannot be used"):
        restore(path, backup_path(path), CRS)
    back_up(path, tmp_path / "other.gpkg", CRS)
    back_up(path, backup_path(path), CRS)  # a damaged copy is made anew
    back_up(path, tmp_path / "other.gpkg", CRS)
    with pytest.raises(InputError, match="the store itself"):
        restore(path, path, CRS)
    path.with_suffix(".key").write_text("0" * 64)
    with pytest.raises(WorkspaceError, match="another key"):
        restore(path, tmp_path / "other.gpkg", CRS)
    assert path.read_bytes() == before
    assert thesis.read_text() == "1"


def test_a_full_disk_leaves_the_store_as_it_was(path: Path):
    before = texts(path)
    store = opened(path)
    connection = store.database.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite answers as on a full disk
    with pytest.raises(OutputError, match=r"is full.*as it was before.*Make room"):
        store.import_reading(said(400, seed=2), "me")
    assert store.annotations()["text"].tolist() == before
    store.database.close()
    assert texts(path) == before


@pytest.mark.parametrize("way", ["of_another_district", "taken_along"])
def test_a_store_in_use_is_no_copy_to_be_replaced(path: Path, tmp_path: Path, way: str):
    other = tmp_path / "other" / "annotations.gpkg"
    other.parent.mkdir()
    if way == "taken_along":  # the folder of the district was copied, the key with it
        shutil.copy(path, other)
        shutil.copy(path.with_suffix(".key"), other.with_suffix(".key"))
    else:
        Key.read_or_create(other.with_suffix(".key"))
        store = opened(other)
        store.import_reading(said(5, seed=3), "me")
        store.database.close()
    before = other.read_bytes()
    with pytest.raises(OutputError, match="is no copy of"):
        back_up(path, other, CRS)
    assert other.read_bytes() == before


def test_a_store_brought_back_is_no_copy(path: Path, tmp_path: Path):
    back_up(path, backup_path(path), CRS)
    restore(path, backup_path(path), CRS)
    other = tmp_path / "second.gpkg"
    back_up(path, other, CRS)
    with pytest.raises(OutputError, match="is no copy of"):
        back_up(other, path, CRS)

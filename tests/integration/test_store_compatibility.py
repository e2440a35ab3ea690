"""A store made by the package of November 2026 opens, takes the same export, and publishes the same bytes.

The store, its key and what was published from it are made up; ``tests/data/store-2026-11/make.py`` made them.
"""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tesoma_geo.annotations.publish import publish, write_publication
from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.sources.annotations.platforms import read_annotations
from tesoma_geo.workspace import Workspace

KEPT = Path(__file__).resolve().parents[1] / "data" / "store-2026-11"


@pytest.fixture
def workspace(tmp_path, monkeypatch) -> Workspace:
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    shutil.copytree(KEPT, tmp_path / "kept")
    return Workspace.load(tmp_path / "kept" / "tesoma.toml")


@pytest.fixture
def store_file(workspace) -> Path:
    return workspace.path.with_name("store-2026-11.gpkg")


def rows_of(store_file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row that is neither a line of the log nor a time of change."""
    tables = ("annotations", "respondents", "erased", "parts", "released", "about")
    connection = sqlite3.connect(store_file)
    try:
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in tables}
    finally:
        connection.close()


def test_the_next_release_has_the_same_bytes(workspace, tmp_path):
    pytest.importorskip("sklearn")
    write_publication(publish(workspace, who="made up"), tmp_path, workspace.path.parent)
    for name in ("annotations_public.geojson", "annotations_tables.json", "annotations_audit.json"):
        assert (tmp_path / name).read_bytes() == (KEPT / "expected" / name).read_bytes(), name


def test_the_store_remembers_the_same_of_the_next_release(workspace, store_file):
    publish(workspace, who="made up")
    expected = json.loads((KEPT / "expected" / "remembered.json").read_text(encoding="utf-8"))
    rows = rows_of(store_file)
    assert sorted(map(list, rows["released"])) == sorted(expected["released"])
    assert sorted(map(list, rows["parts"])) == sorted(expected["parts"])


def test_the_same_export_again_changes_no_row(workspace, store_file):
    before = rows_of(store_file)
    store = open_store(workspace)
    done = [store.import_reading(reading, "made up") for reading in read_annotations(workspace)]
    store.database.close()
    assert [(one.new, one.changed, one.unchanged, one.erased) for one in done] == [(0, 0, 183, 3)]
    assert rows_of(store_file) == before


def test_an_erased_respondent_is_still_known_by_the_same_pseudonym(workspace, store_file):
    store = open_store(workspace)
    pseudonym = store.key.pseudonym("made", "made-7")
    store.database.close()
    assert rows_of(store_file)["erased"] == [(pseudonym,)]

"""The state of a store is another one after whatever changes it, and tells nobody without its key anything."""

import hashlib
import shutil
import sqlite3
from datetime import date

import pytest
from made_annotations import said

from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store_cohorts import close_due, remember_shown, withdraw
from tesoma_geo.annotations.store_seal import hash_of_rows
from tesoma_geo.annotations.store_state import state_of_store
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish
from tests.stores import opened

DAY = date(2026, 12, 31)


@pytest.fixture
def workspace(sample_workspace, path, monkeypatch):
    """A workspace whose store is that of sixty respondents."""
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    return Workspace.load(sample_workspace).model_copy(update={"path": path.with_name("tesoma.toml")})


def close(store):
    close_due(store, Publish(cohort=20), who="me", today=DAY)


#: What may be done to a store, in this order.
CHANGES = {
    "approved": lambda store, ids: store.set_state(ids[:2], "approved", who="me", why="read"),
    "shown": lambda store, ids: store.set_state(ids[:1], "approved", who="me", why="read", shown=True),
    "hidden": lambda store, ids: store.set_state(ids[2:3], "hidden", who="me", why="no"),
    "redacted": lambda store, ids: store.redact(ids[3], "…", who="me", why="a name"),
    "a further answer": lambda store, ids: store.import_reading(said(61), "me"),
    "closed": lambda store, ids: close(store),
    "remembered": lambda store, ids: remember_shown(store, {"somebody": ids[0]}),
    "withdrawn": lambda store, ids: withdraw(store, "1", who="me", why="wrong"),
    "erased": lambda store, ids: store.erase(store.respondents()["respondent"].iloc[0], who="me", why="asked"),
}


def test_every_change_gives_another_state_and_looking_does_not(workspace, path):
    states = [state_of_store(workspace)]
    for what, change in CHANGES.items():
        store = opened(path)
        change(store, store.annotations()["annotation_id"].tolist())
        store.database.close()
        states.append(state_of_store(workspace))
        assert states[-1], what
        store = opened(path)
        store.annotations()
        store.database.close()
        assert state_of_store(workspace) == states[-1], what
    assert len(set(states)) == 1 + len(CHANGES)


def test_a_cohort_that_cannot_close_yet_leaves_the_state_as_it_is(workspace, path):
    """The file is written then, by a transaction that changes nothing, and every night again."""
    before, file = state_of_store(workspace), path.read_bytes()
    store = opened(path)
    assert close_due(store, Publish(cohort=100), who="me", today=DAY) == []
    store.database.close()
    assert path.read_bytes() != file
    assert state_of_store(workspace) == before


def test_a_photograph_that_is_another_one_gives_another_state(workspace, path):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE annotations SET photo = 'bench.jpg' WHERE fid = 1")
    states = {state_of_store(workspace)}
    for content in (b"one", b"other"):
        path.with_name("bench.jpg").write_bytes(content)
        states.add(state_of_store(workspace))
    assert len(states) == 3


def test_what_another_program_wrote_gives_another_state(workspace, path):
    before = state_of_store(workspace)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE annotations SET text = 'by hand' WHERE fid = 1")
    assert state_of_store(workspace) != before


def test_nobody_without_the_key_can_try_what_a_store_holds(workspace, path):
    """Of the same rows the state is another one with another key; and no digest of the rows alone is in it."""
    with sqlite3.connect(path) as connection:
        rows = hash_of_rows(connection)
    before = state_of_store(workspace)
    plain = {rows, hashlib.sha256(rows.encode()).hexdigest(), hashlib.sha256(path.read_bytes()).hexdigest()}
    assert before not in plain
    path.with_suffix(".key").write_text(Key.random().secret.hex())
    with sqlite3.connect(path) as connection:
        assert hash_of_rows(connection) == rows
    assert state_of_store(workspace) != before


def test_a_store_put_back_as_it_was_has_the_state_of_then(workspace, path):
    before = state_of_store(workspace)
    shutil.copy(path, path.with_name("copy"))
    store = opened(path)
    close(store)
    store.database.close()
    assert state_of_store(workspace) != before
    shutil.copy(path.with_name("copy"), path)
    assert state_of_store(workspace) == before


def test_no_state_is_told_of_what_cannot_be_read_whole(workspace, path):
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert state_of_store(workspace) is None
    path.write_bytes(b"")
    assert state_of_store(workspace) is None
    path.write_bytes(content)
    assert state_of_store(workspace)
    key = path.with_suffix(".key").read_text()
    path.with_suffix(".key").unlink()
    assert state_of_store(workspace) is None
    path.with_suffix(".key").write_text(key)
    path.unlink()
    assert state_of_store(workspace) is None
    path.with_suffix(".key").unlink()
    assert state_of_store(workspace) == ""
    assert not path.exists()  # looking makes none


def test_a_store_that_is_being_written_is_read_as_it_was_before(workspace, path):
    before = state_of_store(workspace)
    store = opened(path)
    with store.database.transaction():
        store.database.execute("UPDATE annotations SET text = 'later' WHERE fid = 1")
        assert state_of_store(workspace) in (before, None)
    store.database.close()
    assert state_of_store(workspace) not in (before, None)


def test_of_a_database_of_a_server_no_state_is_told(workspace):
    moderation = workspace.moderation.model_copy(update={"store": "postgresql://db/answers"})
    assert state_of_store(workspace.model_copy(update={"moderation": moderation})) is None

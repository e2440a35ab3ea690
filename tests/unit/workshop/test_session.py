"""Keys are made once, for their owner alone, and are there after a restart."""

import stat
import tomllib

import pytest

from tesoma_geo.errors import InputError, SourceError
from tesoma_geo.workshop.room_code import new_code, plain_code, words
from tesoma_geo.workshop.session import open_session
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved


@pytest.fixture
def workspace(sample_workspace, tmp_path):
    return Workspace.load(moved(sample_workspace, tmp_path))


def test_a_session_keeps_its_keys(workspace):
    session = open_session(workspace, "spring")
    assert open_session(workspace, "spring") == session
    assert open_session(workspace, "autumn").keys.host != session.keys.host
    assert session.folder == workspace.path.parent / "workshop" / "spring"
    assert len({session.keys.host, session.keys.wall, session.keys.room}) == 3
    assert len(session.keys.host) >= 32


def test_the_keys_are_for_their_owner_alone_and_not_shown(workspace):
    session = open_session(workspace, "spring")
    (file,) = session.folder.glob("*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["", "..", "a/b", "Ä", "a" * 33, "-a", "A", "a.b"])
def test_a_name_that_is_no_plain_word_is_refused(workspace, name):
    with pytest.raises(InputError, match="small letters"):
        open_session(workspace, name)


@pytest.mark.parametrize("content", ["", "{}", '{"host": "", "wall": "", "room": ""}', "[1]"])
def test_a_damaged_file_is_told(workspace, content):
    session = open_session(workspace, "spring")
    (session.folder / "room.json").write_text(content)
    with pytest.raises(SourceError, match="keys of a room"):
        open_session(workspace, "spring")


def test_a_workspace_names_rounds_and_prices(sample_workspace, tmp_path):
    path = moved(sample_workspace, tmp_path)
    path.write_text(path.read_text() + '\n[workshop]\nrounds = [{ name = "day 1", date = 2026-03-10, votes = 3 }]\n'
                    "cost_eur_per_m = { path = 150 }\n")  # fmt: skip
    workshop = Workspace.load(path).workshop
    assert workshop.rounds[0].on == tomllib.loads("x = 2026-03-10")["x"]
    assert workshop.cost_eur_per_m == {"path": 150.0}


def test_codes_are_read_however_they_are_typed():
    assert len(set(words())) == len(words()) >= 128
    code = new_code()
    assert plain_code("  " + code.upper().replace("-", " , ")) == code
    assert plain_code("x" * 1000) == "x" * 64

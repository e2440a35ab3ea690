"""Where a store is: beside the workspace, or among the user's own data where that cannot be written."""

from pathlib import Path

import pytest

from tesoma_geo.annotations.store_location import has_store, open_store
from tesoma_geo.annotations.store_path import store_path
from tesoma_geo.workspace import Workspace


@pytest.fixture
def workspace(tmp_path, sample_workspace, monkeypatch):
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    folder = tmp_path / "district"
    folder.mkdir()
    return Workspace.load(sample_workspace).model_copy(update={"path": folder / "tesoma.toml"})


def test_beside_the_workspace(workspace):
    assert store_path(workspace) == workspace.path.parent / "annotations.gpkg"


def test_a_folder_that_is_read_only_has_its_store_among_the_user_s_data(workspace, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    workspace.path.parent.chmod(0o555)
    path = store_path(workspace)
    workspace.path.parent.chmod(0o755)
    assert path.is_relative_to(tmp_path / "data" / "tesoma_geo")
    assert path.name == "annotations.gpkg"


def test_another_folder_is_named_by_the_environment(workspace, monkeypatch, tmp_path):
    monkeypatch.setenv("TESOMA_GEO_ANNOTATIONS", str(tmp_path / "own"))
    assert store_path(workspace).is_relative_to(tmp_path / "own")


def test_an_absolute_path_is_itself(workspace):
    moderation = workspace.moderation.model_copy(update={"store": "/srv/a.gpkg"})
    assert store_path(workspace.model_copy(update={"moderation": moderation})) == Path("/srv/a.gpkg")


def test_opening_makes_the_store_and_its_key(workspace):
    assert not has_store(workspace)
    store = open_store(workspace)
    assert (store.annotations().empty, store.revision()) == (True, 0)
    store.database.close()
    assert has_store(workspace)
    assert (workspace.path.parent / "annotations.key").is_file()

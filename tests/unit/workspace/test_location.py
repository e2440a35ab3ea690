"""Which workspace file is used, and where the package's own files are."""

from pathlib import Path

import pytest

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.workspace import bundled_folder, find_workspace


def test_the_workspace_is_looked_for_in_order(tmp_path, monkeypatch, sample_workspace):
    monkeypatch.chdir(tmp_path)
    assert find_workspace().samefile(sample_workspace)
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers" / "tesoma.toml").touch()
    assert find_workspace() == Path("layers/tesoma.toml")
    (tmp_path / "tesoma.toml").touch()
    assert find_workspace() == Path("tesoma.toml")
    with pytest.raises(WorkspaceError, match="no such workspace file"):
        find_workspace("other.toml")


def test_folders_of_the_package_are_found_or_named_by_the_environment(tmp_path, monkeypatch):
    assert (bundled_folder("layers") / "tesoma.toml").is_file()
    assert bundled_folder("maps/templates").is_dir()
    monkeypatch.setenv("TESOMA_GEO_MAPS", str(tmp_path))
    assert bundled_folder("maps") == tmp_path
    monkeypatch.setenv("TESOMA_GEO_LAYERS", str(tmp_path / "absent"))
    with pytest.raises(WorkspaceError, match="Install tesoma-geo again"):
        bundled_folder("layers")

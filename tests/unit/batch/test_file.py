"""The file of a batch: what it may say, and what is told of one that says otherwise."""

import pytest

from tesoma_geo.batch.file import Batch
from tesoma_geo.errors import WorkspaceError


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "neither or both of template and workspaces"),
        ('workspaces = ["a.toml"]\ntemplate = "b.toml"\n[districts]\nid = "code"', "neither or both"),
        ('template = "b.toml"', "one of template and [districts] without the other"),
        ('workspaces = ["a.toml"]\n[districts]\nid = "code"', "one of template and [districts] without the other"),
        ('template = "b.toml"\n[districts]\nid = "code"\nlon = "x"', "one of lon and lat"),
        ('template = "b.toml"\n[districts]\nname = "name"', "districts.id: is missing"),
        ('workspaces = ["a.toml"]\nmemory_gb = 0', "memory_gb"),
        ('workspaces = ["a.toml"]\nhub = "middle"', "hub"),
        ('workspaces = ["a.toml"]\nprofile = ["walk"]', "is not a key of the batch file"),
        ("workspaces = [", "is not TOML"),
    ],
)
def test_what_a_file_cannot_say_is_told(tmp_path, text, says):
    (tmp_path / "batch.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError) as told:
        Batch.load(tmp_path / "batch.toml")
    assert says in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(WorkspaceError, match="no such file of a batch"):
        Batch.load(tmp_path / "batch.toml")


def test_a_template_over_a_table(tmp_path):
    text = 'template = "t.toml"\nmemory_gb = 3\n[districts]\nid = "code"\nlon = "x"\nlat = "y"\n'
    (tmp_path / "batch.toml").write_text(text, encoding="utf-8")
    batch = Batch.load(tmp_path / "batch.toml")
    assert (batch.hub, batch.memory_gb, batch.districts.id) == ("centre", 3, "code")


def test_workspaces_without_a_file_are_found_from_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    batch = Batch.of_workspaces(["*.toml"])
    assert batch.path.parent == tmp_path
    assert batch.workspaces == ("*.toml",)


def test_what_a_command_names_is_told_apart_by_what_it_holds(tmp_path):
    (tmp_path / "all.toml").write_text('workspaces = ["*.toml"]', encoding="utf-8")
    (tmp_path / "batch.toml").write_text("[district]", encoding="utf-8")
    assert Batch.of([str(tmp_path / "all.toml")]).path == tmp_path / "all.toml"
    assert Batch.of([str(tmp_path / "batch.toml")]).workspaces == (str(tmp_path / "batch.toml"),)
    assert Batch.of([str(tmp_path / "*.toml")]).workspaces == (str(tmp_path / "*.toml"),)

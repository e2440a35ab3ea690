"""Keys that go with the next release are taken, told by `check` and warned of; files without them hear nothing."""

import json
import warnings

import pytest
from click.testing import CliRunner
from pydantic import Field

from tesoma_geo.cli import commands
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish
from tesoma_geo.workspace.deprecated_keys import deprecated_keys
from tesoma_geo.workspace.model import FrozenModel
from tests.workspaces import moved, of_profiles


class Row(FrozenModel):
    old: int | None = Field(default=None, deprecated="new takes its place")
    new: int = 1


class File(FrozenModel):
    table: Row = Row()
    rows: tuple[Row, ...] = ()
    numbers: tuple[int, ...] = ()


def test_only_what_somebody_wrote_is_told_in_tables_and_rows():
    told = "new takes its place"
    assert list(deprecated_keys(File())) == []
    written = File.model_validate({"table": {"old": 1}, "rows": [{"new": 2}, {"old": 3}], "numbers": [1]})
    assert list(deprecated_keys(written)) == [("table.old", told), ("rows.1.old", told)]


def test_line_end_m_is_taken_and_changes_nothing():
    assert Publish(line_end_m=70).model_copy(update={"line_end_m": None}) == Publish()
    ((key, text),) = deprecated_keys(Publish(line_end_m=70), "publish.")
    assert key == "publish.line_end_m"
    assert "no effect" in text
    assert "line_ends_m" in text


@pytest.mark.filterwarnings("ignore::DeprecationWarning:tesoma_geo")
def test_check_notes_it_and_loading_warns(sample_workspace, tmp_path):
    path = moved(sample_workspace, tmp_path, *of_profiles("walk"))
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        Workspace.load(path)
    text = path.read_text(encoding="utf-8")
    section = "[publish]\n" if "\n[publish]\n" in text else "\n[publish]\n"
    text = (
        text.replace(section, f"{section}line_end_m = 70\n") if section in text else f"{text}{section}line_end_m = 70\n"
    )
    path.write_text(text, encoding="utf-8")
    with pytest.warns(DeprecationWarning, match=r"publish\.line_end_m of .*no effect"):
        Workspace.load(path)
    done = CliRunner().invoke(commands, ["check", "--json", "--workspace", str(path)], catch_exceptions=False)
    notes = [note for note in json.loads(done.stdout)["notes"] if note["key"] == "publish.line_end_m"]
    assert len(notes) == 1
    assert "line_ends_m" in notes[0]["problem"]

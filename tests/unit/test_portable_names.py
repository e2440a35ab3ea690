"""Names of files that every system can hold."""

import pytest

from tesoma_geo._portable_names import name_problem
from tesoma_geo.errors import WorkspaceError
from tesoma_geo.workspace import Workspace
from tests.conftest import ROOT
from tests.workspaces import moved


@pytest.mark.parametrize(
    "names", [[], ["walk", "walk_slow"], ["Äänekoski", "Ala-Tesoma 2"], ["a.b"], ["walk", "walk"], ["console", "com10"]]
)
def test_what_every_system_can_hold(names):
    assert name_problem(names) is None


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["a:b"], "the character ':'"), (["a/b"], "'/'"), (["a\\b"], "character"), (["what?"], "'?'"),
        (["a\nb"], "character"),
        (["walk."], "ends in a point"), (["walk "], "ends in a point or a blank"), ([""], "empty"),
        (["CON"], "name of a device"), (["nul.walk"], "name of a device"), (["lpt1"], "name of a device"),
        (["walk", "Walk"], "'walk' and 'Walk' differ in capitals alone"), (["ÄITI", "äiti"], "capitals alone"),
    ],
)  # fmt: skip
def test_what_some_system_cannot_hold(names, words):
    assert words in name_problem(names)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('[profiles.Stroll]\nbase = "walk"\n[profiles.stroll]\nbase = "walk"', "capitals alone"),
        ('[profiles.aux]\nbase = "walk"', "name of a device"),
        ('[profiles."with:colon"]\nbase = "walk"', "character ':'"),
    ],
)
def test_a_workspace_names_its_profiles_for_every_system(tmp_path, table, words):
    path = moved(ROOT / "layers" / "tesoma.toml", tmp_path)
    Workspace.load(path)
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{table}\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=f"profiles: .*{words}"):
        Workspace.load(path)

"""What is said in one language has no name in others to look at, and a name in another where it has none."""

import pytest

from tesoma_geo.render.text.one_language import in_one, named_in
from tesoma_geo.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(sample_workspace):
    return Workspace.load(sample_workspace)


def test_names_in_other_languages_are_not_there(workspace):
    spoken = named_in(workspace, "sv")
    assert spoken.district.name == {"sv": "Tesoma (påhittad modell)"}
    assert spoken.hub.name == {"sv": "Västcentrum (påhittad modell)"}
    assert {*workspace.hub.name} == {"fi", "sv", "en"}  # the workspace stays as it is
    assert spoken.model_copy(update={"district": workspace.district, "hub": workspace.hub}) == workspace


def test_where_there_is_none_in_a_language_all_are_there(workspace):
    assert named_in(workspace, "et").district.name == workspace.district.name
    assert in_one({"fi": "a", "en": "b"}, "sv") == {"fi": "a", "en": "b"}

"""Pages as they are written have neither marks nor what is told of another workspace."""

import pytest

from tesoma_geo.render.pages.complete import complete
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.sections import Site

PAGE = b"<!--site:contact-->\n<!--targets:section-->\n<p>end</p>\n"
FIGURES = {"walk_within_15_min": {"target": 0.7, "value": 0.65, "met": False}}


@pytest.fixture
def workspace(sample_workspace):
    return Workspace.load(sample_workspace).model_copy(update={"site": Site(contact="a@b.example")})


def test_only_pages_are_completed(workspace):
    done = complete({"index.html": PAGE, "assets/map-fi.js": PAGE}, workspace, "fi", FIGURES)
    assert b"a@b.example" in done["index.html"]
    assert b'<section id="targets"' in done["index.html"]
    assert b"<!--" not in done["index.html"]
    assert done["assets/map-fi.js"] == PAGE

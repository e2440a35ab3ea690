"""What pages say of the site is put where its marks are, escaped, and only there."""

from datetime import date

import pytest

from tesoma_geo.render.pages.site_words import with_site_words
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.sections import Site

FOOTER = "  </nav>\n<!--site:contact-->\n  <p>end</p>\n"


@pytest.fixture
def workspace(sample_workspace):
    return Workspace.load(sample_workspace)


def test_a_mark_becomes_a_line_or_nothing(workspace):
    catalogue = catalogue_of(workspace, "en")
    assert with_site_words(FOOTER, catalogue, Site()) == "  </nav>\n  <p>end</p>\n"
    told = with_site_words(FOOTER, catalogue, Site(contact="a@b.example"))
    assert told.splitlines()[0] == "  </nav>"
    assert told.splitlines()[1].endswith('<a href="mailto:a@b.example">a@b.example</a></p>')
    assert told.splitlines()[2:] == ["  <p>end</p>"]


def test_every_mark_of_the_templates_has_words(workspace):
    catalogue = catalogue_of(workspace, "fi")
    names = {"fi": "Kylän <kunta>", "sv": "Byn", "en": "Village"}
    site = Site(contact="a@b.example", authority=names, checked_on=date(2026, 11, 2), compliance="partial")
    pages = [assets.asset(f"pages/{name}.html.j2").read_text(encoding="utf-8") for name in ("base", "accessibility")]
    for told in (Site(), site):
        for page in pages:
            assert "<!--site:" in page
            assert "<!--" not in with_site_words(page, catalogue, told)
    assert "Kylän &lt;kunta&gt;" in with_site_words("<!--site:commitment-->\n", catalogue, site)


def test_text_from_data_is_no_mark(workspace):
    rendered = assets.environment().from_string("{{ said }}").render(said="<!--site:contact-->")
    assert with_site_words(rendered, catalogue_of(workspace, "en"), Site(contact="a@b.example")) == rendered

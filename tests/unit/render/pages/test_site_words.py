"""What pages say of the site is put where its marks are, escaped, and only there."""

from datetime import date

import pytest

from tesoma_geo.render.pages.site_words import with_site_words
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.sections import Site

#: How a group came to its plan.
PUBLISHED = "workshop/published.html.j2"
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
    pages = [
        assets.asset(f"pages/{name}.html.j2").read_text(encoding="utf-8") for name in ("base", "accessibility", "embed")
    ]
    for told in (Site(), site):
        for page in pages:
            assert "<!--site:" in page
            assert "<!--" not in with_site_words(page, catalogue, told)
    assert "Kylän &lt;kunta&gt;" in with_site_words("<!--site:commitment-->\n", catalogue, site)


def test_text_from_data_is_no_mark(workspace):
    rendered = assets.environment().from_string("{{ said }}").render(said="<!--site:contact-->")
    assert with_site_words(rendered, catalogue_of(workspace, "en"), Site(contact="a@b.example")) == rendered


def test_every_kind_of_page_tells_whom_to_write_to():
    """A page is made from a template of its own, which has the contact, or has a foot or extends a page that has it."""
    templates = {path.name: path.read_text(encoding="utf-8") for path in assets.asset("pages").glob("*.html.j2")}
    templates |= {name: assets.asset(name).read_text(encoding="utf-8") for name in (PUBLISHED,)}
    assert len(templates) >= 16
    told = ("<!--site:contact", "{{ write_to(", "{{ foot(", '{% extends "pages/base.html.j2" %}')
    assert [name for name, text in templates.items() if not any(one in text for one in told)] == []


def test_a_foot_tells_whom_to_write_to_where_the_workspace_states_it(workspace):
    foot = assets.environment().get_template("foot.html.j2").module.foot
    assert "<a" not in foot(catalogue_of(workspace, "en"), False, (), Site())
    told = foot(catalogue_of(workspace, "en"), False, (), Site(contact="https://b.example/write"))
    assert 'Feedback: <a href="https://b.example/write">https://b.example/write</a>' in told

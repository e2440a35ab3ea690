"""Targets are put where their marks are, and nothing is left of these where the district has none."""

import pytest

from tesoma_geo.render.pages.target_words import with_target_words
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import catalogue

FIGURES = {"walk_within_15_min": {"target": 0.7, "value": 0.65, "met": False}}
PAGE = (
    "<ul>\n<!--targets:if-->\n<li>Targets</li>\n<!--targets:end-->\n</ul>\n"
    "<!--targets:section-->\n<!--targets:if-->\n<dt>Targets</dt>\n<!--targets:end-->\n<p>end</p>\n"
)


def test_without_targets_nothing_is_left_of_marks():
    assert with_target_words(PAGE, catalogue("en"), {}, "fi") == "<ul>\n</ul>\n<p>end</p>\n"


def test_targets_are_told_at_their_marks():
    told = with_target_words(PAGE, catalogue("en"), FIGURES, "fi")
    assert "<!--" not in told
    assert "<li>Targets</li>\n" in told
    assert "<dt>Targets</dt>\n" in told
    assert told.count('href="method-en.html#from-targets"') == 2  # of the section and its table
    assert told.count('<section id="targets"') == 1
    assert "0 of the district’s 1 targets are met." in told
    assert told.endswith("<p>end</p>\n")


@pytest.mark.parametrize("name", ["pages/figures", "pages/method", "sections"])
def test_marks_of_templates_have_lines_of_their_own(name):
    lines = assets.asset(f"{name}.html.j2").read_text(encoding="utf-8").splitlines()
    marks = [line for line in lines if "<!--targets:" in line]
    assert marks
    for mark in marks:
        assert mark in ("<!--targets:if-->", "<!--targets:end-->", "<!--targets:section-->")


def test_text_from_data_is_no_mark():
    rendered = assets.environment().from_string("{{ said }}\n").render(said="<!--targets:section-->")
    assert with_target_words(rendered, catalogue("en"), FIGURES, "fi") == rendered

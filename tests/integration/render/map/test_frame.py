"""The frame of the map: every way of moving, nothing unfilled, and what waits to be asked for."""

import re

import pytest

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.frame import frame
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import LANGUAGES


@pytest.fixture(scope="module")
def contents(assessment: tg.Assessment):
    return layers.contents(assessment, None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_has_every_profile_and_no_gap(assessment, contents, language):
    text = catalogue(language)
    html = frame(assessment, text, contents)
    for profile in headline.profiles(assessment):
        assert text.named("profile", profile) in html
    assert "{{" not in html
    assert "<script" not in html


def test_a_frame_of_one_profile_has_no_choice(assessment, contents):
    english = catalogue("en")
    every, one = frame(assessment, english, contents), frame(assessment, english, contents, "walk")
    choice = 'name="profile"'
    assert every.count(choice) >= len(headline.profiles(assessment))
    assert one.count(choice) < every.count(choice)


def test_hidden_layers_wait_to_be_asked_for(assessment, contents):
    english = catalogue("en")
    shown, hidden = (frame(assessment, english, contents, hidden=names) for names in ((), ("services",)))
    assert len(re.findall(r"<input[^>]*checked", hidden)) < len(re.findall(r"<input[^>]*checked", shown))
    assert len(re.findall("<input", hidden)) == len(re.findall("<input", shown))

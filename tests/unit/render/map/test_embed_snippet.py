"""The address and the frame that a designer pastes."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.render.map.embed_snippet import Look, embed_address, script_snippet, snippet

SITE = "https://example.org/map"


def test_a_plain_look_has_a_plain_address():
    assert embed_address(SITE + "/", "fi", Look()) == "https://example.org/map/embed-fi.html"
    assert embed_address("", "sv", Look()) == "embed-sv.html"


def test_options_stand_behind_the_hash():
    look = Look(
        "wheelchair",
        ["cells", "services_grocery"],
        (15, 61.505, 23.63),
        "legend",
        {"frame-accent": "#51127C"},
        "winter",
        "07:15",
    )
    options = parse_qs(urlsplit(embed_address(SITE, "en", look)).fragment)
    assert options == {
        "profile": ["wheelchair"],
        "season": ["winter"],
        "departure": ["07:15"],
        "show": ["cells,services_grocery"],
        "at": ["15/61.505/23.63"],
        "controls": ["legend"],
        "colour.frame-accent": ["51127c"],
    }


def test_what_comes_from_elsewhere_stays_one_option():
    look = Look(profile='a&controls=none#"<b>', departure="x y&ä")
    options = parse_qs(urlsplit(embed_address(SITE, "en", look)).fragment)
    assert options == {"profile": ['a&controls=none#"<b>'], "departure": ["x y&ä"]}


def test_no_layers_is_not_all_layers():
    assert embed_address(SITE, "en", Look(layers=[])).endswith("#show=")


@pytest.mark.parametrize(
    ("site", "colours", "says"),
    [
        ("javascript:alert(1)", {}, "no address of a site"),
        ("example.org", {}, "no address of a site"),
        (SITE, {"accent": "51127c"}, "no colour of the map"),
        (SITE, {"map-x;y": "51127c"}, "no colour of the map"),
        (SITE, {"map-land": "red"}, "no colour"),
        (SITE, {"map-land": "51127c;"}, "no colour"),
        (SITE, {"dark.map-land": "red"}, "no colour"),
        (SITE, {"dim.map-land": "51127c"}, "no colour of the map"),
    ],
)
def test_what_is_no_address_or_colour_is_refused(site, colours, says):
    with pytest.raises(InputError, match=says):
        embed_address(site, "en", Look(colours=colours))


def test_the_frame_is_escaped():
    html = snippet(embed_address(SITE, "en", Look('"><script>')), 'Map of "A" <b>', "80%", 500)
    assert html.startswith("<iframe")
    assert "<script>" not in html
    assert "<b>" not in html
    assert 'height="500"' in html


@pytest.mark.parametrize(("layer", "remedy"), [
    ("watr", "water"), ("spaceship", "Use"),
    ("voices_0", "Use one of voices_barrier"), ("voices_barier", "voices_barrier"),
])  # fmt: skip
def test_a_layer_that_is_not_there_is_refused_with_the_nearest(layer, remedy):
    with pytest.raises(InputError, match=remedy):
        embed_address(SITE, "en", Look(layers=[layer]))


def test_a_script_has_the_options_that_are_said():
    told = script_snippet(SITE + "/", "sv", Look(profile="walk", theme="dark", home=(61.50396, 23.59853)), "Karta")
    assert '<script src="https://example.org/map/embed.js"></script>' in told
    options = '{"language":"sv","title":"Karta","profile":"walk","home":[61.50396,23.59853],"theme":"dark"}'
    assert f'new TesomaMap("#tesoma-map", {options});' in told


def test_an_element_has_them_as_attributes():
    told = script_snippet(SITE, "en", Look(layers=["water", "cells"]), "A map", 400, as_element=True)
    assert '<tesoma-map language="en" title="A map" layers="water cells" height="400"></tesoma-map>' in told


def test_colours_may_be_of_one_theme_in_every_form():
    look = Look(colours={"frame-accent": "0B5D1E", "light.map-land": "#eef3ea", "dark.map-land": "101820"})
    options = parse_qs(urlsplit(embed_address(SITE, "en", look)).fragment)
    assert options["colour.dark.map-land"] == ["101820"]
    assert options["colour.light.map-land"] == ["eef3ea"]
    told = '"colours":{"frame-accent":"0b5d1e","light":{"map-land":"eef3ea"},"dark":{"map-land":"101820"}}'
    assert told in script_snippet(SITE, "en", look, "A map")
    attribute = 'colours="frame-accent:0b5d1e light.map-land:eef3ea dark.map-land:101820"'
    assert attribute in script_snippet(SITE, "en", look, "A map", as_element=True)


def test_a_title_stays_a_title():
    title = '</script><script>alert(1)</script>"><b>'
    for as_element in (False, True):
        told = script_snippet(SITE, "en", Look(), title, as_element=as_element)
        assert told.count("<script") == (1 if as_element else 2)
        assert "<b>" not in told

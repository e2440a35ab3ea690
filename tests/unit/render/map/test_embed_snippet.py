"""The address and the frame that a designer pastes."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.render.map.embed_snippet import Look, check_departure, embed_address, script_snippet, snippet

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


def test_a_departure_is_one_of_the_timetables():
    known = ("05:50", "06:05", "24:20")
    for clock in known:
        check_departure(clock, known)
    for clock, nearest in (("06:01", "06:05"), ("00:00", "05:50"), ("23:59", "24:20")):
        with pytest.raises(InputError, match=f"the nearest is {nearest}") as error:
            check_departure(clock, known)
        assert "from 05:50 to 24:20" in str(error.value)


def test_without_a_timetable_there_is_no_departure():
    with pytest.raises(InputError, match="no timetable"):
        check_departure("07:15", ())


def test_where_only_a_run_tells_the_departures_any_time_of_day_is_let_in():
    check_departure("03:07", None)
    for clock in ("7:15", "07.15", "31:00", "07:60", "", "07:15 "):
        with pytest.raises(InputError, match="07:15"):
            check_departure(clock, None)

"""The frame of the map: every way of moving, nothing unfilled, and what waits to be asked for."""

import re

import pytest

import tesoma_geo as tg
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.hub_cards import told_percent
from tesoma_geo.render.figures.map_steps import map_steps
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.frame import frame
from tesoma_geo.render.map.planned import PlannedShares
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.scenarios.compare import Comparison
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


def test_a_step_that_no_home_has_is_not_in_the_legend(assessment, contents):
    english = catalogue("en")
    for reach in headline.reaches(assessment):
        html = frame(assessment, english, contents, reach.profile)
        hidden = [" hidden" in row for row in re.findall(r'<li class="band"(.*?)>', html)]
        assert hidden == [not count for count in map_steps(assessment, reach).bands]
    assert any(0 in reach.bands for reach in headline.reaches(assessment))


@pytest.mark.parametrize("language", CATALOGUES)
def test_shares_of_a_plan_are_those_of_today_and_of_the_plan_and_say_so(comparison: Comparison, language):
    words, before = catalogue(language), comparison.before
    packed = layers.contents(before, None, comparison)
    html = frame(before, words, packed, swipe=True, planned=PlannedShares.of(comparison, words))
    total, at = comparison.figures["population_total"], f"{headline.headline_cutoff(before):g}"
    pairs = [row["population_within"][at] for row in comparison.figures["profiles"].values()]
    shares = [tuple(words.percent(pair[side] / total) for side in ("before", "after")) for pair in pairs]
    # What stays as it is is told once, and that it stays.
    told = [
        words("map.share_same", share=today) if today == planned else f"{today} → {planned}"
        for today, planned in shares
    ]
    assert any(today == planned for today, planned in shares)
    assert any(today != planned for today, planned in shares)
    assert re.findall(r'<span class="share">(.*?)</span>\s*<svg class="bar"', html) == told
    assert words("map.share_note_plan", n=words.number(float(at), 1)) in html

    today = frame(before, words, packed)
    cutoff = headline.headline_cutoff(before)
    alone = [told_percent(words, reach, cutoff) for reach in headline.reaches(before)]
    assert re.findall(r'<span class="share">(.*?)</span>\s*<svg class="bar"', today) == alone
    # All are "98–100 %" where the interval begins below everybody.
    assert all(one == told or told.endswith(f"–{one}") for (one, _), told in zip(shares, alone, strict=True))
    assert "→" not in today
    assert words("map.share_note", n=words.number(float(at), 1)) in today


def test_the_bar_of_a_plan_shows_what_it_changes(comparison: Comparison):
    words = catalogue("en")
    packed, planned = layers.contents(comparison.before, None, comparison), PlannedShares.of(comparison, words)
    html = frame(comparison.before, words, packed, planned=planned)
    total, at = comparison.figures["population_total"], f"{headline.headline_cutoff(comparison.before):g}"
    walk = comparison.figures["profiles"]["walk"]["population_within"][at]
    bars = re.findall(r'<rect class="bar-share( bar-change)?" width="([\d.]+)"', html)[:2]
    assert walk["after"] > walk["before"]
    assert bars == [
        (" bar-change", str(round(100 * walk["after"] / total, 1))),
        ("", str(round(100 * walk["before"] / total, 1))),
    ]


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize(("numbers", "offered"), [([], False), ([0, 1, 0], False), ([1, 0, 2, 0], True), ([1], True)])
def test_addresses_are_offered_where_half_of_the_streets_have_any_in_every_language(
    assessment, contents, language, numbers, offered
):
    text = catalogue(language)
    searched = Content("places", "places", {}, ({"numbers": [["1 A"] * count for count in numbers]},))
    html = frame(assessment, text, (*(one for one in contents if one.painter != "places"), searched))
    label = text("map.search_addresses" if offered else "map.search")
    assert f'<label for="map-search">{label}</label>' in html
    assert f'placeholder="{label}"' in html
    assert text("map.search") != text("map.search_addresses")

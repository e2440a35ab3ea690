"""What the map's script is told: plain JSON, words in every language, and a view that holds the homes."""

import json
from dataclasses import replace

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.crs import to_wgs84
from tesoma_geo.render.figures import headline
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.script_options import degree_bounds, limit_text, options, profile_texts, profiles_of
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import LANGUAGES


@pytest.fixture(scope="module")
def contents(assessment: tg.Assessment):
    return layers.contents(assessment, None, None)


def structure(value):
    """Keys of nested dictionaries, without what they hold."""
    return {key: structure(one) for key, one in value.items()} if isinstance(value, dict) else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_can_hold_it_and_every_language_has_the_same_words(assessment, contents, language):
    told = options(assessment, catalogue(language), contents)
    assert json.loads(json.dumps(told, allow_nan=False)).keys() == told.keys()
    english = options(assessment, catalogue("en"), contents)
    forms = {"residents", "found", "heard"}  # languages differ in how many forms of plural they have
    for one in (told, english):
        for key in forms:
            assert one["words"].pop(key)
    assert structure(told) == structure(english)
    assert {key: told[key] for key in told if key != "words"} == {
        key: english[key] for key in english if key != "words"
    }


def test_the_first_profile_and_the_cutoffs_are_those_of_the_assessment(assessment, contents):
    told = options(assessment, catalogue("en"), contents)
    assert told["profile"] == headline.profiles(assessment)[0]
    assert told["cutoffs"] == list(assessment.workspace.access.cutoffs_min)
    assert len(told["ramp_steps"]) == len(told["cutoffs"])
    assert set(told["words"]["profiles"]) == set(headline.profiles(assessment))


def test_the_view_holds_all_homes_within_the_streets(assessment, contents):
    told = options(assessment, catalogue("en"), contents)
    (south, west), (north, east) = told["bounds"]
    lon, lat = to_wgs84(assessment.origins.geometry.x, assessment.origins.geometry.y, str(assessment.origins.crs))
    assert np.all((np.asarray(lon) >= west - 1e-5) & (np.asarray(lon) <= east + 1e-5))
    assert np.all((np.asarray(lat) >= south - 1e-5) & (np.asarray(lat) <= north + 1e-5))
    outer = told["max_bounds"]
    assert outer[0][0] <= south < north <= outer[1][0]
    assert outer[0][1] <= west < east <= outer[1][1]


def test_a_rectangle_in_metres_lies_within_that_in_degrees():
    bounds = (300_000.0, 6_800_000.0, 340_000.0, 6_860_000.0)
    (south, west), (north, east) = degree_bounds(bounds, "EPSG:3067")
    lon, lat = to_wgs84(
        np.array([bounds[0], bounds[2]] * 2), np.array([bounds[1], bounds[1], bounds[3], bounds[3]]), "EPSG:3067"
    )
    assert west == pytest.approx(lon.min(), abs=1e-5)
    assert north == pytest.approx(lat.max(), abs=1e-5)
    assert south == pytest.approx(lat.min(), abs=1e-5)
    assert east == pytest.approx(lon.max(), abs=1e-5)


def test_bands_of_a_profile_make_the_whole(assessment):
    english = catalogue("en")
    texts = profile_texts(assessment, english)
    for reach in headline.reaches(assessment):
        told = texts[reach.profile]
        assert told["profile"] == english.named("profile", reach.profile)
        shares = [int(told[f"band-{i}"].strip("<%")) for i in range(len(reach.bands)) if reach.bands[i]]
        assert sum(shares) == pytest.approx(100, abs=sum(told[f"band-{i}"] == "<1%" for i in range(len(reach.bands))))
        for number, count in enumerate(reach.bands):
            share = float(told[f"band-{number}"].strip("<%"))
            assert share == pytest.approx(100 * reach.share(count), abs=1.0)


def test_layers_about_some_profiles_name_those_alone(assessment):
    every = headline.profiles(assessment)
    about = profiles_of(assessment, every)
    assert set(about["stops"]) == {"transit"}
    assert "transit" not in about["winter"]
    assert all(set(of) <= set(every) for of in about.values())
    assert profiles_of(assessment, ["walk"])["stops"] == ()


def test_the_limit_is_that_of_the_workspace(assessment):
    assert limit_text(assessment, catalogue("en")) == f"{assessment.workspace.access.services_within_min:g}"


def test_of_an_assessment_without_winter_no_share_of_winter_is_told(assessment):
    summary = {name: section for name, section in assessment.summary.items() if name != "winter"}
    usual, without = (profile_texts(one, catalogue("en")) for one in (assessment, replace(assessment, summary=summary)))
    assert "winter" in usual["walk"]
    assert without["walk"].keys() == usual["walk"].keys() - {"winter"}

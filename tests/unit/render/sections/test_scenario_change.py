"""Who gains and who loses as a sentence: those first that there are, and nobody as a word."""

import pytest

from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.sections.scenario_change import (
    SENTENCES,
    asked_answers,
    destination_words,
    gains_by_all,
    gains_sentence,
    gains_words,
    losers_words,
)
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import HubName

HUB = {"profile": "Walking", "n": "1"}
SERVICE = {"profile": "Walking", "n": "1", "kind": "Libraries"}


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize(("to", "values"), [("hub", HUB), ("service", SERVICE)])
def test_nobody_is_a_word_and_never_comes_first(language, to, values):
    words = catalogue(language)
    nobody = words("scenario.none")
    for gaining, losing in ((549, 0), (0, 197), (12, 34)):
        told = gains_sentence(
            words, {"gaining": gaining, "losing": losing}, to, hub=HubName.of("Centre", words), **values
        )
        assert (nobody in told) == (0 in (gaining, losing))
        assert not told.lower().removeprefix("libraries: ").startswith(nobody)
        assert all(str(many) in told for many in (gaining, losing) if many)
        assert told.endswith(".")


@pytest.mark.parametrize("to", SENTENCES)
def test_of_one_who_gains_and_one_who_loses_the_gain_is_told_first(to):
    told = gains_sentence(catalogue("en"), {"gaining": 5, "losing": 7}, to, **HUB, hub="Centre", kind="Libraries")
    assert told.index("5 residents") < told.index("7")


def test_where_nothing_changes_it_says_so():
    told = gains_sentence(catalogue("en"), {"gaining": 0, "losing": 0}, "hub", hub="Centre", **HUB)
    assert told == catalogue("en")("scenario.nobody", hub="Centre", **HUB)


def test_each_is_counted_or_nobody():
    assert gains_words(catalogue("fi"), {"gaining": 1, "losing": 0}) == {"gaining": "1 asukas", "losing": "kukaan ei"}


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize(("to", "values"), [("hub", {}), ("service", {"kind": "Libraries"})])
def test_who_loses_by_another_way_of_moving_is_named(language, to, values):
    words = catalogue(language)
    values = {"n": "1", "hub": HubName.of("Centre", words), **values}
    rows = {
        "walk": {"gaining": 413, "losing": 0},
        "transit": {"gaining": 549, "losing": 0},
        "bicycle": {"gaining": 9, "losing": 31},
        "car": {"gaining": 0, "losing": 197},
    }
    told = gains_by_all(words, rows, to, **values)
    first = gains_sentence(words, rows["transit"], to, profile=words.named("profile", "transit"), **values)
    rest = told.removeprefix(f"{first} ")
    assert rest != told
    for profile, many in (("bicycle", 31), ("car", 197)):
        assert f"{words.named('profile', profile).lower()} ({words.counted('residents', many)})" in rest
    assert words.named("profile", "walk").lower() not in rest
    assert rest.endswith(".")
    # Who loses by the way that is told already is not told again.
    assert gains_by_all(words, {"car": rows["car"], "walk": {"gaining": 3, "losing": 0}}, to, **values) == (
        gains_sentence(words, rows["car"], to, profile=words.named("profile", "car"), **values)
    )


def test_who_loses_is_nobody_where_no_way_of_moving_has_any():
    words = catalogue("en")
    assert losers_words(words, {"walk": 0, "car": 0}) == losers_words(words, {}) == ""
    assert "7" in losers_words(words, {"walk": 0, "car": 7})
    assert words.named("profile", "walk") not in losers_words(words, {"walk": 0, "car": 7})


def test_a_plan_is_about_the_hub_and_what_it_changes():
    answers = [{"to": to, "asked": asked} for to, asked in (("hub", False), ("library", True), ("school", False))]
    assert [answer["to"] for answer in asked_answers(answers)] == ["hub", "library"]
    assert destination_words(catalogue("en"), "hub") == ("hub", "")
    assert destination_words(catalogue("en"), "library") == ("service", catalogue("en").named("kind", "library"))

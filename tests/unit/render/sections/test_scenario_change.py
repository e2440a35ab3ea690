"""Who gains and who loses as a sentence: those first that there are, by the first way of moving before the others."""

import pytest

from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.sections.scenario_change import (
    SENTENCES,
    asked_answers,
    destination_words,
    gains_by_all,
    gains_sentence,
    others_sentence,
)
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import HubName
from tesoma_geo.render.text.terms import by_way

KIND = {"hub": {}, "service": {"kind": "Libraries"}}


def _values(language, to):
    return {"n": "1", "hub": HubName.of("Centre", catalogue(language)), **KIND[to]}


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("to", SENTENCES)
def test_nobody_is_not_told(language, to):
    words = catalogue(language)
    for gaining, losing in ((549, 0), (0, 197), (12, 34)):
        told = gains_sentence(words, {"gaining": gaining, "losing": losing}, to, "walk", **_values(language, to))
        assert [many for many in (549, 197, 12, 34) if str(many) in told] == [one for one in (gaining, losing) if one]
        assert "0" not in told
        assert by_way(words, "walk") in told.lower()
        assert told[0].isupper()
        assert told.endswith(".")


@pytest.mark.parametrize("to", SENTENCES)
def test_of_one_who_gains_and_one_who_loses_the_gain_is_told_first(to):
    told = gains_sentence(catalogue("en"), {"gaining": 5, "losing": 7}, to, "walk", **_values("en", to))
    assert told.index("5 residents") < told.index("7 residents")


def test_where_nothing_changes_it_says_so():
    told = gains_sentence(catalogue("en"), {"gaining": 0, "losing": 0}, "hub", "walk", hub="Centre", n="1")
    assert told == catalogue("en")("scenario.nobody", hub="Centre")


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("to", SENTENCES)
def test_the_first_way_that_changes_comes_first_and_all_others_are_named(language, to):
    words, values = catalogue(language), _values(language, to)
    rows = {
        "walk_slow": {"gaining": 0, "losing": 0},
        "walk": {"gaining": 413, "losing": 0},
        "transit": {"gaining": 549, "losing": 0},
        "bicycle": {"gaining": 9, "losing": 31},
        "car": {"gaining": 0, "losing": 197},
    }
    first = gains_sentence(words, rows["walk"], to, "walk", **values)
    gaining = others_sentence(words, {"transit": 549, "bicycle": 9}, "gaining", "1")
    losing = others_sentence(words, {"bicycle": 31, "car": 197}, "losing", "1")
    assert gains_by_all(words, rows, to, **values) == f"{first} {gaining} {losing}"
    assert gains_by_all(words, rows, to, all_gain=False, **values) == f"{first} {losing}"
    assert by_way(words, "walk_slow") not in gains_by_all(words, rows, to, **values)


@pytest.mark.parametrize("language", CATALOGUES)
def test_others_are_told_with_their_way_and_nobody_not_at_all(language):
    words = catalogue(language)
    assert others_sentence(words, {"walk": 0, "car": 0}, "losing", "1") == ""
    told = others_sentence(words, {"walk": 0, "car": 7, "bicycle": 9}, "losing", "1")
    assert by_way(words, "car") in told.lower()
    assert words.counted("residents", 9) in told
    assert by_way(words, "walk") not in told


def test_a_plan_is_about_the_hub_and_what_it_changes():
    answers = [{"to": to, "asked": asked} for to, asked in (("hub", False), ("library", True), ("school", False))]
    assert [answer["to"] for answer in asked_answers(answers)] == ["hub", "library"]
    assert destination_words(catalogue("en"), "hub") == ("hub", "")
    assert destination_words(catalogue("en"), "library") == ("service", catalogue("en").named("kind", "library"))

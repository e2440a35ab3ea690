"""Several hubs beside each other, in every language; nothing where there is one."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.render.sections.several_hubs import hubs, hubs_of
from tesoma_geo.render.text.catalogue import catalogue
from tests.integration.render.conftest import HOSTILE

WITHIN = {"5": 10, "10": 20, "15": 30, "20": 40, "30": 50}
REACH = {"population_within": WITHIN, "median_min": 9.5, "p90_min": None, "unreachable_population": 3}


def place(key: str, name: str, *, planned: bool = False) -> dict[str, object]:
    return {
        "key": key,
        "name": {"fi": name, "en": name},
        "entrances": [[23.6, 61.5]],
        "attraction": 1.0,
        "planned": planned,
    }


TAKEN = {
    "nearest_from": {"one": 7, "two": 0},
    "choice_from": {"one": 5.5, "two": 1.5},
    "reached_none": 2,
    "closer_population": 4,
    "saved_resident_min": 12.0,
    "median_before_min": 9.5,
    "median_after_min": 8.0,
}
NONE_TAKEN = {**TAKEN, "nearest_from": {"one": 0, "two": 0}, "reached_none": 0}
FIGURES = {
    "hubs": {
        key: {**REACH, "nearest_population": n, "choice_population": n + 0.4}
        for key, n in {"one": 60, "two": 40, "new": 9, "far": 0}.items()
    },
    "nearest": REACH,
    "with_planned": REACH,
    "planned": {"new": TAKEN, "far": NONE_TAKEN},
}


@pytest.fixture
def several(assessment: tg.Assessment) -> tg.Assessment:
    told = {
        "places": [
            place("one", "Kaleva"), place("two", HOSTILE), place("new", "Uusi", planned=True),
            place("far", "Kauko", planned=True),
        ],
        "choice": {"exponent": 2.0, "least_min": 1.0},
        "profiles": dict.fromkeys(assessment.workspace.access.profiles, FIGURES),
    }  # fmt: skip
    return replace(assessment, summary={**assessment.summary, "population_total": 100, "hubs": told})  # type: ignore[typeddict-unknown-key]


def test_one_hub_has_no_section(assessment: tg.Assessment) -> None:
    assert hubs(assessment, catalogue("en")) is None
    assert hubs_of(assessment, catalogue("en"), "car") is None


def test_english_sentences_and_figures(several: tg.Assessment) -> None:
    section = hubs(several, catalogue("en"))
    assert section is not None
    assert section.short == "There are 2 hubs: 30% of residents reach the nearest within 15 minutes (walking)."
    takes, none = section.sentences
    assert takes.startswith("Uusi (planned) would be the nearest for 9 residents (nearest now: Kaleva 7, none 2).")
    assert none == "Kauko (planned) would not be the nearest for anyone."
    (table,) = section.tables
    assert [row.values[1].plain for row in table.rows] == [60, 40, 9, 0]
    assert [row.values[3].plain for row in table.rows] == [60, 40, 9, 0]
    assert [bar.end for bar in section.charts[0].bars] == [0.6, 0.4]  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_language_has_all_words(several: tg.Assessment, language: str) -> None:
    words = catalogue(language)
    for profile in several.workspace.access.profiles:
        section = hubs_of(several, words, profile)
        assert section is not None
        assert section.notes is not None
        told = (section.title, section.short, *section.sentences, section.notes.title, section.notes.lines[0].text)
        assert not any("hubs." in text or "{" in text for text in told)

"""Shares as people say them."""

import pytest

from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.shares import sentence, share_name, share_of_residents

NB = "\u00a0"


@pytest.mark.parametrize(
    ("percent", "name"),
    [
        (0, "percent"),
        (0.3, "below_one"),
        (3, "percent"),
        (8, "percent"),
        (9, "tenth"),
        (11, "tenth"),
        (12, "percent"),
        (17.5, "percent"),
        (19, "fifth"),
        (22, "fifth"),
        (22.5, "percent"),
        (24, "quarter"),
        (27, "quarter"),
        (28, "percent"),
        (33, "third"),
        (36, "percent"),
        (48, "half"),
        (53, "percent"),
        (65, "two_thirds"),
        (74, "three_quarters"),
        (79, "four_fifths"),
        (85, "percent"),
        (90, "nine_tenths"),
        (92, "percent"),
        (95, "nearly_all"),
        (99.4, "nearly_all"),
        (99.5, "nearly_everyone"),
        (99.99, "nearly_everyone"),
        (100, "all"),
    ],
)
def test_a_share_has_the_name_that_it_is_near(percent: float, name: str) -> None:
    assert share_name(percent / 100) == name


@pytest.mark.parametrize(
    ("language", "share", "told"),
    [
        ("fi", 0.24, f"joka neljäs asukas (24{NB}%)"),
        ("fi", 0.74, f"kolme asukasta neljästä (74{NB}%)"),
        ("fi", 0.41, f"41{NB}% asukkaista"),
        ("sv", 0.5, f"hälften av invånarna (50{NB}%)"),
        ("sv", 0.41, f"41{NB}% av invånarna"),
        ("en", 0.34, "one in three residents (34%)"),
        ("en", 0.99, "almost every resident (99%)"),
        ("en", 0.9999, "nearly everyone"),
        ("fi", 0.9999, "lähes jokainen"),
        ("sv", 0.9999, "nästan alla"),
        ("en", 0.001, "fewer than 1% of residents"),
    ],
)
def test_a_share_is_told_in_words_with_its_per_cent(language: str, share: float, told: str) -> None:
    assert share_of_residents(catalogue(language), share) == told


def test_neighbouring_shares_never_read_the_same() -> None:
    for language in CATALOGUES:
        told = [share_of_residents(catalogue(language), percent / 100) for percent in range(101)]
        assert len(set(told)) == 101


def test_a_sentence_begins_large() -> None:
    assert sentence("åtta av tio") == "Åtta av tio"
    assert sentence("") == ""

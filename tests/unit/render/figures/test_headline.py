"""Figures as sentences."""

import pytest

from tesoma_geo.render.figures import headline
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import Language


@pytest.mark.parametrize(
    ("within", "told"),
    [(0, "fewer than 1 resident in 10"), (12, "1 resident in 10"), (70, "7 residents in 10"), (100, "almost all")],
)
def test_the_card_counts_residents_in_ten(within: int, told: str) -> None:
    reach = headline.Reach("walk", {15.0: within}, (within, 100 - within, 0), 100, 10.0, 20.0, {})
    sentence = headline.headline_sentence(catalogue("en"), reach, "Länsikeskus", 15.0)
    assert told in sentence
    assert "Länsikeskus" in sentence
    assert "walk there in 15 minutes" in sentence


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_profile_of_ones_own_has_a_card(language: Language) -> None:
    reach = headline.Reach("roller_skates", {15.0: 5}, (5, 5, 0), 10, 10.0, 20.0, {})
    assert "roller_skates" in headline.headline_sentence(catalogue(language), reach, "Hub", 15.0)

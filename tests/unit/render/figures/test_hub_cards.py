"""The hub's card in sentences: which share gets there, and how sure that is."""

import pytest

from tesoma_geo.render.figures import headline, hub_cards
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import HubName
from tesoma_geo.workspace import Language


@pytest.mark.parametrize(
    ("within", "told"),
    [
        (0, "Nobody can get from home to Länsikeskus in 15 minutes (walking)."),
        (12, "12% of residents can walk from home to Länsikeskus in 15 minutes."),
        (24, "One in four residents (24%) can walk from home to Länsikeskus in 15 minutes."),
        (100, "Every resident can walk from home to Länsikeskus in 15 minutes."),
    ],
)
def test_the_card_tells_which_share_of_residents_is_there(within: int, told: str) -> None:
    reach = headline.Reach("walk", {15.0: within}, (within, 100 - within, 0), 100, 10.0, 20.0, {})
    english = catalogue("en")
    assert hub_cards.headline_sentence(english, reach, HubName.of("Länsikeskus", english), 15.0) == told


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_profile_of_ones_own_has_a_card(language: Language) -> None:
    reach = headline.Reach("roller_skates", {15.0: 5}, (5, 5, 0), 10, 10.0, 20.0, {})
    texts = catalogue(language)
    assert "(roller skates)" in hub_cards.headline_sentence(texts, reach, HubName.of("Hub", texts), 15.0)


@pytest.mark.parametrize(("low", "told"), [(98, "100% of residents"), (100, "Every resident")])
def test_everybody_is_told_only_where_it_cannot_be_fewer(low: int, told: str) -> None:
    between = {"population_within_15_min": (low, 100)}
    reach = headline.Reach("bicycle", {15.0: 100}, (100, 0, 0), 100, 10.0, 12.0, {}, between)
    english = catalogue("en")
    said = hub_cards.headline_sentence(english, reach, HubName.of("Centre", english), 15.0)
    assert told.lower() in said.lower()


@pytest.mark.parametrize("low", [98, 100])
def test_a_share_below_all_keeps_its_words(low: int) -> None:
    reach = headline.Reach("walk", {15.0: 24}, (24, 76, 0), 100, 10.0, 12.0, {}, {"population_within_15_min": (2, low)})
    english = catalogue("en")
    assert "One in four" in hub_cards.headline_sentence(english, reach, HubName.of("Centre", english), 15.0)

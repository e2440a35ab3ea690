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


@pytest.mark.parametrize(("low", "told"), [(98, "nearly everyone"), (99, "nearly everyone"), (100, "every resident")])
def test_everybody_is_told_only_where_it_cannot_be_fewer(low: int, told: str) -> None:
    between = {"population_within_15_min": (low, 100)}
    reach = headline.Reach("bicycle", {15.0: 100}, (100, 0, 0), 100, 10.0, 12.0, {}, between)
    english = catalogue("en")
    said = hub_cards.headline_sentence(english, reach, HubName.of("Centre", english), 15.0)
    assert said == f"By bicycle, {told} can get from home to Centre in 15 minutes."


@pytest.mark.parametrize(
    ("within", "between", "least", "percent"),
    [
        (1000, (981, 1000), "98%", "98–100%"),
        (1000, (1000, 1000), "", "100%"),
        (1000, (996, 1000), "", "100%"),  # rounds to all, as the share does
        (1000, None, "", "100%"),
        (997, (960, 1000), "96%", "96–100%"),
        (997, None, "99%", "99–100%"),  # not everybody, however the per cent is rounded
        (990, (981, 1000), "", "99%"),
        (300, (250, 340), "", "30%"),
    ],
)
def test_where_all_may_be_fewer_it_is_told_how_many_at_least(
    within: int, between: tuple[float, float] | None, least: str, percent: str
) -> None:
    known = {} if between is None else {"population_within_15_min": between}
    reach = headline.Reach("walk", {15.0: within}, (within, 1000 - within, 0), 1000, 10.0, 12.0, {}, known)
    assert hub_cards.least_of_nearly_all(catalogue("en"), reach, 15.0) == least
    assert hub_cards.told_percent(catalogue("en"), reach, 15.0) == percent


def test_of_ways_by_which_all_get_there_the_surest_has_most() -> None:
    def reach(profile: str, within: int, low: float) -> headline.Reach:
        between = {"population_within_15_min": (low, within)}
        return headline.Reach(profile, {15.0: within}, (within, 100 - within, 0), 100, 10.0, 12.0, {}, between)

    rows = [reach("walk", 20, 15), reach("bicycle", 100, 98), reach("e_bike", 100, 100), reach("car", 100, 100)]
    rows += [reach("wheelchair", 20, 18)]
    most, least = hub_cards.most_and_least(rows, 15.0)
    assert (most.profile, least.profile) == ("e_bike", "wheelchair")


@pytest.mark.parametrize("low", [98, 100])
def test_a_share_below_all_keeps_its_words(low: int) -> None:
    reach = headline.Reach("walk", {15.0: 24}, (24, 76, 0), 100, 10.0, 12.0, {}, {"population_within_15_min": (2, low)})
    english = catalogue("en")
    assert "One in four" in hub_cards.headline_sentence(english, reach, HubName.of("Centre", english), 15.0)

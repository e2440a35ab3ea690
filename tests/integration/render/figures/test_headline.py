"""The figures of the sample."""

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import HubName


def test_bands_add_up_to_all_residents(assessment: tg.Assessment) -> None:
    for reach in headline.reaches(assessment):
        assert sum(reach.bands) == reach.residents == assessment.summary["population_total"]
        assert min(reach.bands) >= 0


def test_areas_keep_their_residents(assessment: tg.Assessment) -> None:
    rows = headline.area_reaches(assessment)
    assert sum(row.residents for row in rows) == assessment.summary["population_total"]


def test_what_is_said_in_large_letters_and_how_sure_it_is_are_the_card(assessment: tg.Assessment) -> None:
    text = catalogue("fi")
    hub = HubName.of("Torikeskus", text)
    for reach in headline.reaches(assessment):
        message, sure = headline.message(assessment, text, reach, hub)
        assert "todennäköisesti" not in message
        assert f"{message} {sure}".strip() == headline.card(assessment, text, reach, hub)
    assert any(headline.message(assessment, text, reach, hub)[1] for reach in headline.reaches(assessment))


def test_every_card_whose_share_has_an_interval_tells_it(assessment: tg.Assessment) -> None:
    text, sure = catalogue("en"), assessment.summary["uncertainty"]
    for reach in headline.reaches(assessment):
        card = headline.card(assessment, text, reach, HubName.of("Hub", text))
        figure = sure.get(reach.profile, {}).get("figures", {}).get("population_within_15_min")
        if figure is None:
            assert "Most likely" not in card
            continue
        low, high = (round(100 * figure[at] / reach.residents) for at in ("low", "high"))
        assert ("Most likely" in card) == (low != high)
        assert low == high or f"{low}–{high}%" in card

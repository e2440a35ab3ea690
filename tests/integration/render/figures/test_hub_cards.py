"""The hub's card in sentences: which share gets there, and how sure that is."""

from dataclasses import replace

import tesoma_geo as tg
from tesoma_geo.render.figures import headline, hub_cards
from tesoma_geo.render.figures.departures_told import by_timetable
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import HubName


def test_what_is_said_in_large_letters_and_how_sure_it_is_are_the_card(assessment: tg.Assessment) -> None:
    text = catalogue("fi")
    hub = HubName.of("Torikeskus", text)
    for reach in headline.reaches(assessment):
        message, sure = hub_cards.message(assessment, text, reach, hub)
        assert "todennäköisesti" not in message
        assert f"{message} {sure}".strip() == hub_cards.card(assessment, text, reach, hub)
    assert any(hub_cards.message(assessment, text, reach, hub)[1] for reach in headline.reaches(assessment))


def test_every_card_whose_share_has_an_interval_tells_it(assessment: tg.Assessment) -> None:
    text, sure = catalogue("en"), assessment.summary["uncertainty"]
    for reach in headline.reaches(assessment):
        card = hub_cards.card(assessment, text, reach, HubName.of("Hub", text))
        figure = sure.get(reach.profile, {}).get("figures", {}).get("population_within_15_min")
        if figure is None:
            assert "Most likely" not in card
            continue
        low, high = (round(100 * figure[at] / reach.residents) for at in ("low", "high"))
        nearly_all = hub_cards.least_of_nearly_all(text, reach, 15.0)
        assert ("Most likely" in card) == (low != high or bool(nearly_all))
        assert nearly_all or low == high or f"{low}–{high}%" in card


def test_below_nearly_everyone_stands_how_many_at_least(assessment: tg.Assessment) -> None:
    text, hub = catalogue("en"), HubName.of("Hub", catalogue("en"))
    for reach in headline.reaches(assessment):
        known = reach.between.get("population_within_15_min", (0.0, 0.0))
        few = {"population_within_15_min": (0.97 * reach.residents, reach.residents)} if known[1] else {}
        all_there = replace(reach, within=reach.within | {15.0: reach.residents - (not few)}, between=few)
        said, sure = hub_cards.message(assessment, text, all_there, hub)
        assert "nearly everyone" in said.lower()
        assert "%" not in said
        assert sure.startswith(f"Most likely at least {'97%' if few else '99%'}.")


def test_by_public_transport_it_is_told_who_would_be_there_on_foot(assessment: tg.Assessment) -> None:
    text, hub = catalogue("en"), HubName.of("Hub", catalogue("en"))
    transit = next(reach for reach in headline.reaches(assessment) if reach.profile == "transit")

    def told(on_foot: int) -> str:
        profiles = assessment.summary["profiles"]
        walk = profiles["walk"] | {"population_within": profiles["walk"]["population_within"] | {"15": on_foot}}
        known = replace(assessment, summary=assessment.summary | {"profiles": profiles | {"walk": walk}})
        return hub_cards.message(known, text, transit, hub)[1]

    there = transit.within[15.0]
    assert f"On foot alone {text.percent(transit.share(there - 40))}." in told(there - 40)
    assert "On foot alone, just as many are there in the same time." in told(there)


def test_by_public_transport_the_time_of_departure_tells_between_what_the_share_is(assessment: tg.Assessment) -> None:
    text, transit = catalogue("en"), assessment.summary["transit"]

    def told(within: list[int]) -> list[str]:
        clocks = ["06:45", "07:00", "08:00", "09:15"]
        day = [{"clock": clock, "within": {"15": count}} for clock, count in zip(clocks, within, strict=True)]
        summary = {**assessment.summary, "transit": {**transit, "window": ["07:00", "09:00"], "day": day}}
        return list(by_timetable(summary, text, 15.0, 400, 1000))

    # Departures outside the window do not count.
    assert (
        told([1, 300, 412, 990])[0]
        == f"30–41% by time of departure ({text.day(transit['date'])}, 7:00–9:00), if everything runs on time."
    )
    assert not any("by time of departure" in line for line in told([1, 300, 301, 990]))


def test_by_car_it_is_told_that_one_needs_a_car(assessment: tg.Assessment) -> None:
    text = catalogue("en")
    by_car = next(reach for reach in headline.reaches(assessment) if reach.profile == "car")
    card = hub_cards.headline_sentence(text, by_car, HubName.of("Hub", text), 15.0)
    assert card == "By car, every resident could get from home to Hub in 15 minutes, if they have one."
    assert hub_cards.message(assessment, text, by_car, HubName.of("Hub", text))[1].endswith(
        "Congestion is not included."
    )


def test_where_everybody_is_surely_there_the_headline_tells_the_time(assessment: tg.Assessment) -> None:
    text, hub = catalogue("en"), HubName.of("Hub", catalogue("en"))
    walk = headline.reaches(assessment)[0]
    everyone = (walk.residents, walk.residents)
    all_there = replace(
        walk,
        within=walk.within | {15.0: walk.residents},
        median_min=6.6,
        between={"population_within_15_min": everyone, "median_min": (6.0, 8.0)},
    )
    said, sure = hub_cards.message(assessment, text, all_there, hub)
    assert said == "Half of the residents can walk from home to Hub in 7 minutes."
    assert sure == "Everyone is there within 15 minutes. Half need at most 7 minutes, most likely 6–8."
    unsure = replace(all_there, between={"population_within_15_min": (walk.residents - 1, walk.residents)})
    assert "Half" not in hub_cards.message(assessment, text, unsure, hub)[0]


def test_in_winter_a_headline_that_tells_a_time_tells_that_of_winter(assessment: tg.Assessment) -> None:
    text, hub = catalogue("en"), HubName.of("Hub", catalogue("en"))
    car = next(reach for reach in headline.reaches(assessment) if reach.profile == "car")
    everyone = (car.residents, car.residents)
    all_there = replace(
        car,
        within=car.within | {15.0: car.residents},
        median_min=6.6,
        between={"population_within_15_min": everyone, "median_min": (6.0, 8.0)},
    )
    winter = {"population_within": {"15": car.residents}, "median_min": 8.2}
    told = hub_cards.winter_message(text, all_there, hub, 15.0, winter)
    assert told is not None
    said, below, usual = told
    assert said == "By car, half of the residents could get from home to Hub in 8 minutes, if they have one."
    # No range is known for winter; queues are not counted in any season.
    assert below == "Everyone is there within 15 minutes. Congestion is not included."
    assert usual.startswith("This is in winter")
    assert "within 7 minutes" in usual
    fewer = winter | {"population_within": {"15": car.residents - 1}}
    assert hub_cards.winter_message(text, all_there, hub, 15.0, fewer) is None
    assert hub_cards.winter_message(text, replace(all_there, between={}), hub, 15.0, winter) is None

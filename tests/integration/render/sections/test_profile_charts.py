"""Areas and services of one way of moving: a sentence where bars would be alike, intervals or a word why none."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.travellers import traveller_sentences
from tesoma_geo.render.sections.profile_charts import areas_told, services_told
from tesoma_geo.render.text.catalogue import catalogue

ENGLISH = catalogue("en")
NONE_HERE = ENGLISH("sure.none_here")


def with_services(assessment: tg.Assessment, profile: str, **within: int) -> tg.Assessment:
    """The assessment where so many residents have a service of each kind near."""
    services = {}
    for kind, number in within.items():
        row = assessment.summary["services"][kind]
        here = row["profiles"][profile] | {"population_within_15_min": number}
        services[kind] = row | {"profiles": row["profiles"] | {profile: here}}
    return replace(assessment, summary=assessment.summary | {"services": assessment.summary["services"] | services})


def test_areas_are_bars_with_a_word_why_they_have_no_interval(assessment: tg.Assessment) -> None:
    told = areas_told(assessment, ENGLISH, "walk")
    first, *_, last = headline.area_reaches(assessment, ["walk"])
    (span,) = told.lines
    assert f"soonest in {first.name}, {ENGLISH.minutes(first.median_min['walk'])} (" in span
    assert f"latest in {last.name}, {ENGLISH.minutes(last.median_min['walk'])} (" in span
    assert told.chart is not None
    assert told.note == NONE_HERE


def test_where_all_of_every_area_are_there_one_sentence_says_so(assessment: tg.Assessment) -> None:
    origins = assessment.origins.assign(**{TO_HUB_S.of("walk"): 60.0})
    told = areas_told(replace(assessment, origins=origins), ENGLISH, "walk")
    assert told.lines[0] == "In every area, all residents get there within 15 minutes."
    assert told.chart is None


@pytest.mark.parametrize("profile", ["walk", "transit"])
def test_shares_of_services_have_their_interval_or_a_word_why_not(assessment: tg.Assessment, profile: str) -> None:
    kind = headline.service_kinds(assessment.services)[0]
    told = services_told(with_services(assessment, profile, **{kind: 100}), ENGLISH, profile)
    assert told.chart is not None
    values = [bar.value for bar in told.chart.bars]
    figures = assessment.summary["uncertainty"].get(profile, {}).get("figures", {})
    known = f"{kind}_population_within_15_min" in figures
    assert any("–" in value for value in values) == known
    # Above the map of public transport it is said of the whole page.
    above = " ".join(line.text for line in traveller_sentences(assessment, ENGLISH, profile))
    assert [told.note == NONE_HERE, "No range was calculated" in above].count(True) == (not known)


def test_what_everybody_has_near_is_a_sentence_and_what_nobody_has_says_how_near_the_nearest_is(
    assessment: tg.Assessment,
) -> None:
    residents = int(assessment.summary["population_total"])
    first, second, *_ = headline.service_kinds(assessment.services)
    told = services_told(with_services(assessment, "transit", **{first: residents, second: 0}), ENGLISH, "transit")
    everyone, nobody = told.lines[:2]
    assert ENGLISH.named("kind", first).lower() in everyone
    median = assessment.summary["services"][second]["profiles"]["transit"]["median_min"]
    assert nobody.startswith(f"{ENGLISH.named('kind', second)}: as far as the map knows, nobody has any within")
    assert f"more than {ENGLISH.minutes(median)} away" in nobody
    assert told.chart is None or ENGLISH.named("kind", first) not in [bar.label for bar in told.chart.bars]

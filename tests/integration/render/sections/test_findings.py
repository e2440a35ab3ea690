"""The one sentence that stands for a table: of ways of moving, areas and services."""

import pytest

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.findings import areas_sentence, rarest_service_sentence, ways_sentence
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import HubName

TEXT = catalogue("en")
HUB = HubName.of("The Market", TEXT)


def test_ways_are_told_from_the_quickest_to_the_slowest(assessment: tg.Assessment) -> None:
    cutoff = headline.headline_cutoff(assessment)
    shares = {row.profile: row.share(row.within[cutoff]) for row in headline.reaches(assessment)}
    sentence = ways_sentence(assessment, TEXT, HUB)
    assert sentence is not None
    assert "The Market" in sentence
    most, least = max(shares, key=lambda way: shares[way]), min(shares, key=lambda way: shares[way])
    assert f"{TEXT.percent(shares[most])} of residents" in sentence
    assert sentence.endswith(f"{TEXT.percent(shares[least])} ({TEXT.named('profile', least).lower()}).")


def test_the_nearest_and_the_farthest_area_are_named(assessment: tg.Assessment) -> None:
    rows = sorted(headline.area_reaches(assessment), key=lambda row: row.median_min["walk"])
    sentence = areas_sentence(assessment, TEXT, "walk")
    assert sentence is not None
    assert sentence.index(rows[0].name) < sentence.index(rows[-1].name)


@pytest.mark.parametrize("profile", ["walk", "wheelchair"])
def test_the_service_that_fewest_have_near_is_named(assessment: tg.Assessment, profile: str) -> None:
    rarest = min(headline.kind_reaches(assessment), key=lambda row: row.within[profile])
    sentence = rarest_service_sentence(assessment, TEXT, profile)
    assert sentence is not None
    assert TEXT.named("kind", rarest.kind).lower() in sentence

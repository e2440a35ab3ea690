"""The one sentence that stands for a table: of ways of moving, areas and services."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.findings import (
    areas_sentence,
    elsewhere_sentences,
    rarest_service_sentence,
    ways_sentence,
)
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import HubName
from tesoma_geo.render.text.terms import by_way

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
    assert sentence.endswith(f"{by_way(TEXT, most)}, {TEXT.percent(shares[least])} {by_way(TEXT, least)}.")


def test_a_way_by_which_all_may_be_fewer_is_told_with_its_interval(assessment: tg.Assessment) -> None:
    """And of two ways by which all get there the one by which they surely do is told."""
    total, sure = int(assessment.summary["population_total"]), assessment.summary["uncertainty"]

    def told(**low: float) -> str:
        ways = {way: assessment.summary["profiles"][way] for way in ("walk", *low)}
        within = {way: {**ways[way]["population_within"], "15": total if way in low else 0} for way in ways}
        profiles = {way: {**ways[way], "population_within": within[way]} for way in ways}
        ends = {way: {"population_within_15_min": {"low": at * total, "high": total}} for way, at in low.items()}
        drawn = {way: {**sure[way], "figures": sure[way]["figures"] | ends[way]} for way in low}
        summary = assessment.summary | {"profiles": profiles, "uncertainty": drawn}
        return str(ways_sentence(replace(assessment, summary=summary), TEXT, HUB))

    assert "97–100% of residents get to The Market by bicycle" in told(bicycle=0.97)
    assert "minutes 100% of residents get to The Market by e-bike" in told(bicycle=0.97, e_bike=1.0)


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


def _with(assessment: tg.Assessment, within: int, median_min: float | None) -> tg.Assessment:
    """The sample as if so many had a library near, fewer than any other kind, and half were so far from it."""
    limit = f"population_within_{assessment.workspace.access.services_within_min:g}_min"
    services = {
        kind: {**told, "profiles": {"walk": {limit: 2000, "median_min": 4.0}}}
        for kind, told in assessment.summary["services"].items()
    }
    services["library"] = {**services["library"], "profiles": {"walk": {limit: within, "median_min": median_min}}}
    return replace(assessment, summary={**assessment.summary, "services": services})


def test_the_rarest_service_is_told_by_how_many_have_it_near_or_how_far_it_is(assessment: tg.Assessment) -> None:
    assert rarest_service_sentence(_with(assessment, 251, 30.0), TEXT, "walk") == (
        "Of the services in the district, the fewest residents have libraries near home: as far as the map knows, 10% "
        "of residents get to the nearest within 15 minutes (walking)."
    )
    assert rarest_service_sentence(_with(assessment, 0, 55.6), TEXT, "walk") == (
        "Libraries: as far as the map knows, nobody has any within 15 minutes of home (walking). For half of the "
        "residents the nearest is more than 50\N{NO-BREAK SPACE}min away."
    )
    nowhere = rarest_service_sentence(_with(assessment, 0, None), TEXT, "walk")
    assert nowhere is not None
    assert "0% of residents" in nowhere


def test_a_kind_that_the_map_knows_only_elsewhere_is_no_headline(assessment: tg.Assessment) -> None:
    none_near = _with(assessment, 0, 55.6)
    at_library = assessment.services["kind"] == "library"
    far = assessment.services.geometry.where(~at_library, assessment.services.geometry.translate(100_000))
    elsewhere = replace(none_near, services=assessment.services.set_geometry(far))
    sentence = rarest_service_sentence(elsewhere, TEXT, "walk")
    assert sentence is not None
    assert "ibraries" not in sentence
    assert elsewhere_sentences(elsewhere, TEXT) == (
        "Libraries: as far as the map knows, there are none in the district, so the share is only of journeys "
        "elsewhere.",
    )
    assert elsewhere_sentences(assessment, TEXT) == ()


def test_ways_that_the_workspace_named_itself_stand_in_brackets(assessment: tg.Assessment) -> None:
    cutoff = headline.headline_cutoff(assessment)
    least = min(headline.reaches(assessment), key=lambda row: row.share(row.within[cutoff])).profile
    own = replace(TEXT, texts={key: text for key, text in TEXT.texts.items() if key != f"by.{least}"})
    sentence = ways_sentence(assessment, own, HUB)
    assert sentence is not None
    assert sentence.endswith(f"({TEXT.named('profile', least).lower()}).")

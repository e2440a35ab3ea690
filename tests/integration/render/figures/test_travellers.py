"""Who is meant by a way of moving."""

from dataclasses import replace

import tesoma_geo as tg
from tesoma_geo.render.figures.travellers import traveller_sentences
from tesoma_geo.render.text.catalogue import catalogue


def told(assessment: tg.Assessment, profile: str, language: str = "en") -> str:
    return " ".join(line.text for line in traveller_sentences(assessment, catalogue(language), profile))


def test_a_wheelchair_has_its_speed_its_limits_and_their_source(assessment: tg.Assessment) -> None:
    said = told(assessment, "wheelchair")
    assert "2.7\u00a0km/h" in said
    assert "No slopes steeper than 8%" in said
    assert "Steps are not used." in said
    assert "University of Bath" in said


def test_the_greatest_slope_has_its_source(assessment: tg.Assessment) -> None:
    for language in ("fi", "sv", "en", "et", "pt"):
        assert "405.2: 1:12" in told(assessment, "wheelchair", language)
        assert "405.2" not in told(assessment, "walk", language)
    profiles = tuple(
        one.model_copy(update={"sources": {**one.sources, "max_grade": "Own survey"}})
        if one.name == "wheelchair"
        else one
        for one in assessment.inputs.profiles
    )
    own = replace(assessment, inputs=replace(assessment.inputs, profiles=profiles))
    assert told(own, "wheelchair").endswith("Source of the greatest slope: Own survey")


def test_who_goes_with_a_walker_is_told_which_times_come_nearest(assessment: tg.Assessment) -> None:
    for language, word in {
        "fi": "Rollaattor",
        "sv": "rollator",
        "en": "walker",
        "et": "ulaator",
        "pt": "andador",
    }.items():
        assert word in told(assessment, "walk_slow", language)
        assert word in told(assessment, "wheelchair", language)
        assert word not in told(assessment, "bicycle", language)


def test_the_source_of_a_speed_has_no_second_unit_of_it(assessment: tg.Assessment) -> None:
    for profile in ("walk", "walk_slow", "wheelchair"):
        assert "m/s" not in told(assessment, profile, "fi")
    assert told(assessment, "bicycle", "en").count("km/h") == 1


def test_those_who_walk_take_steps(assessment: tg.Assessment) -> None:
    said = told(assessment, "walk", "fi")
    assert "4,7\u00a0km/h" in said
    assert "Portaita" not in said


def test_what_is_in_english_says_so(assessment: tg.Assessment) -> None:
    """The name of a study that the workspace gives stands as it is."""
    profiles = tuple(
        each.model_copy(update={"sources": {**each.sources, "speed_kmh": "1.3 m/s: a study of its own"}})
        if each.name == "walk"
        else each
        for each in assessment.inputs.profiles
    )
    own = replace(assessment, inputs=replace(assessment.inputs, profiles=profiles))
    lines = traveller_sentences(own, catalogue("sv"), "walk")
    assert (lines[-1].text, lines[-1].language) == ("a study of its own", "en")


def test_public_transport_tells_the_day_of_its_timetable(assessment: tg.Assessment) -> None:
    assert "10\u00a0March 2026" in told(assessment, "transit")


def test_a_source_that_describes_people_is_told_in_the_readers_language(assessment: tg.Assessment) -> None:
    for language in ("fi", "sv", "et", "pt"):
        for profile in ("walk", "walk_slow", "wheelchair", "bicycle"):
            lines = traveller_sentences(assessment, catalogue(language), profile)
            assert {line.language for line in lines} == {language}
        assert "mobility-limited" not in told(assessment, "wheelchair", language)

"""What the sample leaves out is told in the reader's language."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES, default_profiles
from tesoma_geo.render.figures.left_out import left_out_line
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace import LANGUAGES

PROFILES = [*default_profiles(), *TIMETABLE_PROFILES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_sample_leaves_out_is_told_in_the_readers_language(assessment: tg.Assessment, language: str) -> None:
    lines = [left_out_line(catalogue(language), item, PROFILES) for item in assessment.left_out]
    assert [line.text for line in lines if line.language != language] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "item",
    [
        LeftOut("ways", "closed to bicycle by their class alone", 150, ("motorway",)),
        LeftOut("ways", "outlines, or not for moving on", 5),
        LeftOut("values of maxspeed", "not understood: taken as not tagged", 3, ("maxspeed=fast",)),
        LeftOut("conditional tags", "conditions that were not understood", 1),
        LeftOut("answers about difficult places", "outside the district, or on no street", 35),
    ],
    ids=["class", "outlines", "values", "conditions", "nowhere"],
)
def test_what_street_files_of_towns_leave_out_is_told_likewise(item: LeftOut, language: str) -> None:
    line = left_out_line(catalogue(language), item, PROFILES)
    assert line.language == language
    assert "{" not in line.text


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize(
    "item",
    [
        LeftOut("barriers", "of a type that is not known: taken as open", 2, ("fallen_tree", "ha-ha")),
        LeftOut("values of maxspeed:backward", "not understood: taken as not tagged", 3, ("maxspeed:backward=Slow",)),
        LeftOut("values of kerb:height", "not understood: taken as not tagged", 1, ("kerb:height=low",)),
        LeftOut("values of motorcar", "not understood: taken as not tagged", 2, ("motorcar=perhaps",)),
        LeftOut("values of never_heard_of", "not understood: taken as not tagged", 2, ("never_heard_of=it",)),
        LeftOut("conditional tags", "conditions that were not understood", 1, ("access:conditional=no @ (wet)",)),
    ],
    ids=["type", "direction", "part", "access", "other", "condition"],
)
def test_words_of_the_street_file_are_not_shown_to_a_reader(item: LeftOut, language: str) -> None:
    line = left_out_line(catalogue(language), item, PROFILES)
    assert line.language == language
    words = [
        word for text in (item.what.partition("values of ")[2], *item.examples) for word in text.split("=") if word
    ]
    assert [word for word in words if word in line.text] == []
    assert "(" not in line.text


def test_a_tag_goes_by_what_it_tells() -> None:
    english = catalogue("en")

    def told(tag: str) -> str:
        return left_out_line(english, LeftOut(f"values of {tag}", "cannot be used", 2), PROFILES).text.split(":")[0]

    assert told("maxspeed:type") == told("zone:maxspeed") == "Speed limits"
    assert told("foot") == told("access")
    assert told("width") != told("maxwidth:physical")


def test_a_name_in_capitals_is_written_as_people_write_it(assessment: tg.Assessment) -> None:
    known = next(item for item in assessment.left_out if item.examples)
    line = left_out_line(catalogue("fi"), replace(known, examples=("MYLLYPURO",)), PROFILES)
    assert line.text.endswith("(Myllypuro)")

"""What the sample leaves out is told in the reader's language."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
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
        LeftOut("barriers", "outside the district, or on no street (voices)", 35),
    ],
    ids=["class", "outlines", "values", "conditions", "nowhere"],
)
def test_what_street_files_of_towns_leave_out_is_told_likewise(item: LeftOut, language: str) -> None:
    line = left_out_line(catalogue(language), item, PROFILES)
    assert line.language == language
    assert "{" not in line.text


def test_a_name_in_capitals_is_written_as_people_write_it(assessment: tg.Assessment) -> None:
    known = next(item for item in assessment.left_out if item.examples)
    line = left_out_line(catalogue("fi"), replace(known, examples=("MYLLYPURO",)), PROFILES)
    assert line.text.endswith("(Myllypuro)")

"""Words of tags in one spelling."""

import pandas as pd

from tesoma_geo.sources.osm_tags import tidied


def test_words_are_in_small_letters_and_without_blanks():
    table = pd.DataFrame({"access": [" no", "Private", None], "highway": ["residential", "Path", "path "]})
    tidy = tidied(table)
    assert tidy["access"].tolist()[:2] == ["no", "private"]
    assert tidy["access"].isna().tolist() == [False, False, True]
    assert tidy["highway"].tolist() == ["residential", "path", "path"]


def test_names_and_hours_keep_their_letters():
    table = pd.DataFrame({"name": [" Tesomankatu"], "opening_hours": ["Mo-Fr 08:00-18:00"], "maxspeed": ["FI:urban"]})
    assert tidied(table) is table


def test_a_table_that_is_tidy_stays_the_same_object():
    table = pd.DataFrame({"access": ["no", None]})
    assert tidied(table) is table

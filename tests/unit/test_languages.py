"""Tags of languages: their form, and the way they are written."""

import pytest

from tesoma_geo.languages import CATALOGUES, LANGUAGES, is_language_tag, is_right_to_left


@pytest.mark.parametrize("tag", ["he", "ar", "ar-EG", "fa", "ur-PK", "az-Arab", "pa-Arab-PK", "HE", "iw"])
def test_languages_from_right_to_left(tag):
    assert is_right_to_left(tag)


@pytest.mark.parametrize("tag", [*CATALOGUES, "ks-Deva", "ar-Latn", "az", "hr", "sv-x-simple", "lt-x-long", "ja"])
def test_languages_from_left_to_right(tag):
    assert is_language_tag(tag)
    assert not is_right_to_left(tag)


def test_pages_are_in_languages_with_a_catalogue():
    assert set(LANGUAGES) <= set(CATALOGUES)

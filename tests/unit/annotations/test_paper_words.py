"""Forms ask the same in every language."""

from dataclasses import fields

import pytest

from tesoma_geo.annotations.paper_words import FORM_WORDS, FormWords
from tesoma_geo.sources.annotations.labels import age_group_of

COPIED = ("title", "how", "private", "asks", "back", "boundary", "kinds")


@pytest.mark.parametrize("language", [one for one in FORM_WORDS if one != "en"])
def test_every_form_has_as_many_choices_and_words_of_its_own(language):
    form, english = FORM_WORDS[language], FORM_WORDS["en"]
    for field in fields(FormWords):
        said, there = getattr(form, field.name), getattr(english, field.name)
        assert said
        assert isinstance(said, str) or len(said) == len(there)
    assert all(getattr(form, name) != getattr(english, name) for name in COPIED)


def test_ages_of_the_form_are_those_that_a_sheet_is_read_with():
    assert None not in [age_group_of(age) for age in FORM_WORDS["fi"].ages]

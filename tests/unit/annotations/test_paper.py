"""The forms beside a paper map."""

import pytest

from tesoma_geo.annotations.paper import form_languages


@pytest.mark.parametrize(
    ("languages", "forms"),
    [
        (("fi", "sv", "en"), ("fi", "sv", "en")),
        (("en", "fi"), ("en", "fi")),
        (("se", "sv"), ("sv",)),
        (("se",), ("en",)),
    ],
)
def test_there_is_always_a_form(languages, forms):
    assert form_languages(languages) == forms

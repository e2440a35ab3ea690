"""In which language words are that stand on a page in another."""

import pytest

from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.terms import told_in


@pytest.mark.parametrize(
    ("page", "theirs", "says"),
    [
        ("en", "fi", "(in Finnish)"),
        ("sv", "fi", "(på finska)"),
        ("fi", "sv", "(kieli: ruotsi)"),
        ("en", "en-x-short", ""),
        ("fi", "fi", ""),
    ],
)
def test_words_in_another_language_are_told_to_be(page: str, theirs: str, says: str) -> None:
    assert told_in(catalogue(page), theirs) == says

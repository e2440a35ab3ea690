"""Titles and options of the platform's columns, which may hold the separator themselves."""

import pytest

from tesoma_geo.sources.annotations._titles import OWN_WORDS, split_titles


@pytest.mark.parametrize(
    ("texts", "known", "expected"),
    [
        (["Teema - a", "Teema - b"], [], [("Teema", "a"), ("Teema", "b")]),
        (["Teema - a - b", "Teema - c"], [], [("Teema", "a - b"), ("Teema", "c")]),
        (["Miten - miksi - a"], ["Miten - miksi"], [("Miten - miksi", "a")]),
        (["Kerro vapaasti"], [], [("Kerro vapaasti", None)]),
        ([f"Teema - {OWN_WORDS[0]}"], [], [("Teema", OWN_WORDS[0])]),
        (["Syy - sana"], [], [("Syy - sana", None)]),
    ],
)
def test_a_column_is_a_title_or_a_title_and_an_option(texts, known, expected):
    assert split_titles(texts, known) == expected

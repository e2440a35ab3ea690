"""Numbers in words as digits."""

import pytest

from tesoma_geo.annotations.personal_data.number_words import words_as_digits


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("nolla neljä", "0 4"), ("nollaneljä", "04"), ("kolmesataaviisi", "305"), ("kaksitoista", "12"),
        ("neljäkymmentäkolme", "43"), ("nelkytneljä", "44"), ("kaksisataaviisikymmentäyksi", "251"), ("NOLLA", "0"),
        ("tvåhundratrettiofyra", "234"), ("sjuttioåtta", "78"), ("forty-five", "45"), ("double five", "55"),
        ("kolme kertaa viisi", "555"), ("tuplaviis", "55"), ("nolla4nolla", "040"), ("kahdessatoista", "12"),
    ],
)  # fmt: skip
def test_numbers_are_read(text, digits):
    assert words_as_digits(text) == digits


@pytest.mark.parametrize("text", ["kuusikko", "nollasta", "viisikko", "onni", "tietä", "sexig", "stone", "kympillä"])
def test_words_that_hold_a_number_are_left(text):
    assert words_as_digits(text) == text

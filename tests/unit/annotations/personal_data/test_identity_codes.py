"""Personal identity codes of Finland and its neighbours, passports; and numbers that are none."""

import pytest

from tesoma_geo.annotations.personal_data.identity_codes import find_identity_codes, is_identity_code

#: A day that is one, an individual number that is given to nobody, the right character.
CODE = "010190-930N"


@pytest.mark.parametrize("sign", "-YXWVU+ABCDEF")
def test_every_sign_of_a_century_is_one(sign):
    assert list(find_identity_codes(f"tunnus {CODE.replace('-', sign)}, kiitos"))


@pytest.mark.parametrize(
    "text",
    [
        "010190 - 930N", "01.01.90-930N", "010190-930 W", "010190*930N", "hetu 010190930N",
        "loppuosa 930N, alku 010190",
        "henkilötunnukseni loppu on 930N", "syntymäaika 010190, tunnus 930N",
        "19811228-9874", "personnummer 8112289874",
        "passin numero FP1234567", "isikukood 38001085718",
    ],
)  # fmt: skip
def test_other_ways_to_write_one_are_found(text):
    assert list(find_identity_codes(text))


@pytest.mark.parametrize(
    "text",
    ["", "1.1.1990", "320190-930N", "837-217-2501-3", "Dnro 2023-4567", "010190", "passi puuttuu", "12345678901"],
)
def test_other_numbers_are_none(text):
    assert list(find_identity_codes(text)) == []


@pytest.mark.parametrize(("text", "right"), [(CODE, True), ("010190-930X", False), (f" {CODE}", False), ("", False)])
def test_the_whole_text_is_a_code_or_not(text, right):
    assert is_identity_code(text) is right

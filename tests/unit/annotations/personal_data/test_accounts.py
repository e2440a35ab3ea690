"""Bank accounts: by the check digits, by the form of their country, by what stands before them."""

import pytest
from stdnum import iban

from tesoma_geo.annotations.personal_data.accounts import find_accounts


def found(text):
    return list(find_accounts(text))


@pytest.mark.parametrize("sign", ["", " ", "-", ".", "*", "~", " | ", ", "])
@pytest.mark.parametrize("number", ["FI2112345600000785", "DE68210501700091284736", "EE622200221047386615"])
def test_an_account_of_a_countrys_length_is_one_whatever_its_check_digits(number, sign):
    groups = [number[:4], *(number[at : at + 4] for at in range(4, len(number), 4))]
    assert found(f"Tilille {sign.join(groups)} kiitos")
    assert not iban.is_valid("DE68210501700091284736")


@pytest.mark.parametrize(
    "text", ["Linja FI12 34", "EN 12 345 678 901 234", "ISO 9001 2015 2020", "AB 12 talo 3456789012"]
)
def test_other_letters_and_digits_are_none(text):
    assert found(text) == []


def test_finlands_groups_are_an_account_without_its_country():
    assert found("Suomen koodi puuttuu: 85 1820 3500 7729 46") == ["85 1820 3500 7729 46"]
    assert found("vuosina 12 2019 2020 2021 2022") == []


def test_short_old_numbers_need_a_word_about_accounts_or_a_bank():
    assert found("ennen oli 218618-2263 nyt joku iban") == ["218618-2263"]
    assert found("Nordean numero 114630-8842") == ["114630-8842"]
    assert found("Kaivuulupa 218618-2263 on ovessa") == []


def test_two_days_are_no_card():
    assert found("Avoinna 17.12.2025-12.17.2025") == []

"""Names of the other direction stand apart from the sentences around them; all else is left as it is."""

import sys
import unicodedata

import pytest

from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.direction import apart, isolated, joined, runs_against, without_marks
from tesoma_geo.render.text.filling import FILLING

FSI, PDI = "\u2068", "\u2069"


@pytest.mark.parametrize("name", ["באר שבע", "القدس", "ދިވެހި", "Kaivola (באר)", "ߒߞߏ", "𐤀𐤁"])
def test_names_from_right_to_left_stand_apart_from_left_to_right(name):
    assert isolated(name, False) == f"{FSI}{name}{PDI}"


@pytest.mark.parametrize("name", ["", "Tesoma", "Тула 5", "ทดสอบ", "東京, 25", "1 – 2 %", "–", "Järvi"])
def test_other_names_are_left_as_they_are(name):
    assert isolated(name, False) == name
    assert apart(name, False) is name


def test_from_right_to_left_latin_names_stand_apart_and_numbers_do_not():
    assert isolated("Duo", True) == f"{FSI}Duo{PDI}"
    assert [isolated(text, True) for text in ("78%", "5–10", "באר שבע 5")] == ["78%", "5–10", "באר שבע 5"]


def test_what_stands_apart_already_does_not_a_second_time():
    once = isolated("באר", False)
    assert not runs_against(f"near {once}, 5 min", False)
    assert isolated(f"{once}, {once}", False) == f"{once}, {once}"
    nested = isolated(f"from {once} to Hub", True)
    assert isolated(nested, True) == nested


def test_each_name_of_a_list_has_its_own_direction():
    assert joined(("באר", "Duo", "ים"), False) == f"{FSI}באר{PDI}, Duo, {FSI}ים{PDI}"
    assert without_marks(joined(("באר", 5), False)) == "באר, 5"


def test_texts_are_filled_so_in_both_directions():
    assert FILLING[False].format("to {hub} in {n} min", hub="באר", n=15) == f"to {FSI}באר{PDI} in 15 min"
    assert FILLING[True].format("אל {hub} {n}", hub="Duo", n="15") == f"אל {FSI}Duo{PDI} 15"
    told = catalogue("en")("place.near", street="הרצל")
    assert f"{FSI}הרצל{PDI}" in told


def test_a_cell_holds_an_element_and_its_letters_escaped():
    assert str(apart("<b>באר</b>", False)) == "<bdi>&lt;b&gt;באר&lt;/b&gt;</bdi>"
    assert apart(5, False) == 5


def test_no_letter_from_right_to_left_is_overlooked():
    letters = (chr(number) for number in range(sys.maxunicode + 1))
    assert all(runs_against(one, False) for one in letters if unicodedata.bidirectional(one) in ("R", "AL"))

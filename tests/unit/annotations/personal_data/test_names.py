"""Names of people, in the cases of three languages; and words that are none."""

import pytest

from tesoma_geo.annotations.personal_data.names import find_names


def found(text):
    return list(find_names(text))


@pytest.mark.parametrize(
    "name",
    [
        "Matti Virtanen", "Matin Virtasen",
        "Virtanen Matti", "Kirsi-Marja Korhonen", "Liisa M. Lahtinen", "Erik von Berg",
        "Anna Lindqvist", "Johan Erikssons", "Pekka Niemelle", "Mohamed Hassan", "Olena Kovalenko", "Tiina Mäkiselle",
        "MATTI VIRTANEN",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "Tapasin {} eilen.", "Hej, {}!", "({})", "portti on rikki, terv. {}"])
def test_a_first_name_beside_a_surname_is_found(name, around):
    pieces = found(around.format(name))
    assert any(part in piece for piece in pieces for part in name.split()), name


@pytest.mark.parametrize(
    "text",
    [
        "nimeni on Aino", "Jag heter Sven", "my name is Omar", "herra Virtanen", "fru Lindqvist", "Mrs. Johnson",
        "terveisin Matti", "mvh Anna", "naapurin Virtanen", "perhe Korhonen", "A. Virtanen", "M.K. Lindqvist",
    ],
)  # fmt: skip
def test_what_introduces_a_name_is_enough(text):
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Valot ovat pimeinä ja tie on liukas.", "Tesoman koulu", "Länsikeskus on hyvä paikka", "Bench",
        "Det är mörkt vid torget", "Bussi 25 kulkee Pispalan kautta", "Penkki puuttuu", "Ilta on pimeä", "sää on kylmä",
        "Tampereen kaupunki", "Myllypuro", "toivo paremmasta", "Kalevan puisto", "herra tietää",
    ],
)  # fmt: skip
def test_words_of_places_and_everyday_are_no_names(text):
    assert found(text) == []


@pytest.mark.parametrize("street", ["katu", "tie", "puisto", "koulu", "polulla", "torilla"])
def test_a_name_that_a_street_or_a_school_bears_is_none(street):
    assert found(f"Matti Virtanen {street}") == []
    assert found("Matti Virtanen") != []


def test_a_common_word_that_is_a_first_name_too_needs_a_surname():
    assert found("Toivo Virtanen") == ["Toivo Virtanen"]
    assert found("Toivo Tampere") == []


def test_two_people_are_two_pieces():
    pieces = found("Matti Virtanen ja Anna Lindqvist")
    assert pieces == ["Matti Virtanen", "Anna Lindqvist"]


def test_every_piece_that_is_told_stands_in_the_text_but_for_what_is_between():
    text = "Liisa M. Lahtinen asuu tässä; nimeni on Aino Korhonen. A. Virtanen"
    for piece in found(text):
        assert all(word.strip(".") in text for word in piece.split())

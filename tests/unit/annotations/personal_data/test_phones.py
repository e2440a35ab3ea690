"""Telephone numbers, as people write them; and numbers that are none."""

import pytest

from tesoma_geo.annotations.personal_data.phones import find_phones


@pytest.mark.parametrize(
    "number",
    [
        "040 123 4567", "0401234567", "+358 40 123 4567", "040-123-4567", "(040) 1234567", "00358401234567",
        "358 40 1234567", "+358 (0)40 123 4567", "050.123.4567", "+46 70 123 45 67", "+44 20 7946 0958", "03 2119 1234",
    ],
)  # fmt: skip
def test_numbers_are_found_wherever_they_stand(number):
    for text in (number, f"Soittakaa {number}!", f"({number})", f"valot pimeinä, {number} Matti"):
        assert any(piece in text and sum(map(str.isdigit, piece)) >= 7 for piece in find_phones(text)), text


@pytest.mark.parametrize("text", ["numeroni on 1234567", "puh. 45 678 901", "call me at 5551234"])
def test_what_is_called_a_number_is_one(text):
    assert list(find_phones(text))


@pytest.mark.parametrize(
    "text",
    [
        "", "Bussi 25 kulkee 10 minuutin välein", "12.5.2026 klo 14.30", "vuosina 2019–2024", "33270 Tampere",
        "leveys 2,5 m ja 120 cm", "61.5052, 23.6275", "maksaa 1 200 000 euroa",
    ],
)  # fmt: skip
def test_other_numbers_are_none(text):
    assert list(find_phones(text)) == []

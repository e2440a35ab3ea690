"""Number plates of cars, mopeds, boats and of the neighbours; and roads, norms and shops that are none."""

import pytest

from tesoma_geo.annotations.personal_data.plates import find_plates


@pytest.mark.parametrize(
    "text",
    [
        "KLX-493 ajaa lujaa", "klx-493", "KLX 493", "KLX493", "rek klx493", "kilpi X-1", "moottoripyörä AB 123",
        "mopo 493-KLX", "vene P 12345", "purjevene T12345", "CD-1234", "auto KL12 XYZ", "bilen KLX 49B",
        "virolainen auto 123 KLX", "kilpi KLX viiva 493",
    ],
)  # fmt: skip
def test_plates_are_found(text):
    assert list(find_plates(text))


@pytest.mark.parametrize(
    "text",
    [
        "", "VT-12", "LED-100", "ISO-900", "Linja 5 A", "COVID-19", "klo 12", "vene on rannassa 12345 kertaa",
        "auto ja 30 km", "SFS-123", "mopo 45 km/h",
    ],
)  # fmt: skip
def test_other_letters_with_numbers_are_none(text):
    assert list(find_plates(text)) == []

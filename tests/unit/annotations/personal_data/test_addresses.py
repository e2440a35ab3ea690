"""Street addresses: a street with a house number, and no stretch, time or count beside a street."""

import pytest

from tesoma_geo.annotations.personal_data.addresses import find_addresses


@pytest.mark.parametrize(
    "text",
    [
        "Mäntykuja 6", "Kirkkotiellä 88", "Hämeenkadulla 13:ssa", "Pispalan valtatiellä 31", "Aleksis Kiven kadulla 21",
        "Peltotanhua 3 A 2", "Norra Esplanaden 25", "Kyrkogatan nr 9", "Skeppsbron 15 lgh 3", "Main Street 14",
        "Ruotulan puistotie 9",
    ],
)  # fmt: skip
def test_a_street_with_a_house_number_is_found(text):
    assert list(find_addresses(f"Se on {text}"))


@pytest.mark.parametrize(
    "text",
    [
        "Tesomankadulla 30 km/h", "Tesomankadulla 12.5.2026 asti", "Kirkkotiellä 5 autoa", "Linja 5 A 15 min välein",
        "Halli 12 C 5 tuntia", "Church Street 20 000 people pass", "Along the Main Road 4 of 5 stars",
        "Sotkankatu 18:n kohdalla", "Valtatie 12",
    ],
)  # fmt: skip
def test_what_else_stands_beside_a_street_is_none(text):
    assert list(find_addresses(text)) == []

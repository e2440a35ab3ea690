"""Countries: named by a national grid or by the place, their words for speeds, their winters."""

import pytest

from tesoma_geo.network.streets.countries import country_of, country_rules, known_countries
from tesoma_geo.network.streets.quantities import speed_kmh


@pytest.mark.parametrize(
    ("crs", "lon", "lat", "code"),
    [
        ("EPSG:3067", 23.7, 61.5, "FI"),
        ("EPSG:31983", -46.63, -23.55, "BR"),
        ("EPSG:27700", -0.1, 51.5, "GB"),
        ("EPSG:2154", 2.35, 48.85, "FR"),
        ("EPSG:32635", 24.9, 60.2, "FI"),
        ("EPSG:32648", 103.8, 1.35, "SG"),
        ("EPSG:32737", 36.8, -1.3, ""),
    ],
)
def test_the_country_of_a_place(crs, lon, lat, code):
    assert country_of(crs, lon, lat) == code


@pytest.mark.parametrize(
    ("text", "kmh"),
    [("FI:urban", 50), ("DE:rural", 100), ("GB:nsl_single", 96.56), ("UK:nsl_dual", 112.65), ("BR:urban", 40),
     ("BE-VLG:rural", 70), ("FI:zone30", 30), ("none", 120), ("walk", 20)],
)  # fmt: skip
def test_words_of_all_countries_are_speeds_everywhere(text, kmh):
    for code in ("", "FI", "BR"):
        assert speed_kmh(text, country_rules(code).speeds_kmh) == pytest.approx(kmh)


def test_a_bare_word_is_the_countrys_own():
    assert speed_kmh("rural", country_rules("FI").speeds_kmh) == 80
    assert speed_kmh("rural", country_rules("FR").speeds_kmh) == 80
    assert speed_kmh("rural", country_rules("DE").speeds_kmh) == 100
    assert speed_kmh("rural", country_rules("").speeds_kmh) != speed_kmh("rural", country_rules("").speeds_kmh)


def test_there_is_winter_in_finland_and_none_in_brazil():
    assert country_rules("FI").winter
    assert not country_rules("BR").winter
    assert not country_rules("").winter


def test_codes_are_of_two_letters():
    assert all(len(code) == 2 and code.isupper() for code in known_countries())


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ((151.2, -33.9), "AU"),
        ((174.8, -36.9), "NZ"),
        ((139.7, 35.7), "JP"),
        ((103.8, 1.35), "SG"),
        ((-0.1, 51.5), "GB"),
    ],
)
def test_where_one_drives_on_the_left(place, code):
    lon, lat = place
    zone = int((lon + 180) // 6) + 1
    assert country_of(f"EPSG:{326 if lat > 0 else 327}{zone:02d}", lon, lat) == code
    assert country_rules(code).left_hand


def test_elsewhere_one_drives_on_the_right():
    assert not any(country_rules(code).left_hand for code in ("", "FI", "SE", "BR", "US", "DE", "MM"))
    assert country_rules("KE").left_hand  # a country without rules of its own

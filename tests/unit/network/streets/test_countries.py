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
        ("EPSG:32737", 36.8, -1.3, "KE"),
    ],
)
def test_the_country_of_a_place(crs, lon, lat, code):
    assert country_of(crs, lon, lat) == code


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        # Far from a border, in countries that the rectangle around another one covers.
        (11.57, 48.14, "DE"), (12.5, 41.9, "IT"), (14.42, 50.08, "CZ"), (77.2, 28.6, "IN"), (-74.0, 40.7, "US"),
        (-122.33, 47.6, "US"), (10.75, 59.91, "NO"), (13.0, 55.6, "SE"), (37.6, 55.75, "RU"), (18.42, -33.93, "ZA"),
        (-99.13, 19.43, "MX"), (-60.02, -3.1, "BR"), (-149.9, 61.2, "US"),
        # Towns on both sides of a border.
        (7.59, 47.555, "CH"), (9.175, 47.66, "DE"), (7.75, 48.58, "FR"), (6.145, 46.2, "CH"), (9.52, 47.14, "LI"),
        (24.13, 65.83, "SE"), (24.15, 65.85, "FI"), (28.75, 60.71, "RU"), (28.77, 61.17, "FI"), (17.11, 48.15, "SK"),
        # Parts with codes of their own, and the ends of the world.
        (19.94, 60.1, "FI"), (15.63, 78.22, "NO"), (180.0, -16.8, "FJ"), (-179.999, -16.8, "FJ"), (0.0, 0.0, ""),
    ],
)  # fmt: skip
def test_the_country_of_a_place_in_any_zone_of_utm(lon, lat, code):
    zone = min(int((lon + 180) // 6) + 1, 60)
    assert country_of(f"EPSG:{326 if lat > 0 else 327}{zone:02d}", lon, lat) == code


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

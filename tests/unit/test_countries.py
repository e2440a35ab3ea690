"""Countries: named by a national grid or by the place, their words for speeds, their winters."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from pyproj import CRS

from tesoma_geo import countries
from tesoma_geo.countries import country_of, country_rules, easter, known_countries, population_columns, time_zone_at
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
    [("FI:urban", 50), ("DE:rural", 100), ("ES:urban", 30), ("DK:living_street", 15), ("NZ:rural", 100),
     ("IN:motorway", 120), ("IL:living_street", 30), ("RS:motorway", 130),
     ("IS:living_street", 10),
     ("GB:nsl_single", 96.56), ("UK:nsl_dual", 112.65), ("BR:urban", 40),
     ("BE-VLG:rural", 70), ("FI:zone30", 30), ("none", 120), ("walk", 20), ("BG:trunk", 120), ("RS:rural", 80),
     ("UZ:urban", 70), ("AR:urban", 40), ("JP:nsl", 60), ("AU:rural", 100), ("SE:trunk", 90), ("SK:trunk", 90),
     ("AT:bicycle_road", 30), ("BE:cyclestreet", 30), ("BE:living_street", 20)],
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


FILES = sorted(path.stem.upper() for path in (Path(countries.__file__).parent / "country_files").glob("??.toml"))


def test_each_country_file_is_read_and_says_where_its_numbers_are_from():
    assert FILES == ["BR", "EE", "FI", "GB", "IL", "SE"]
    for code in FILES:
        rules = country_rules(code)
        assert rules.speeds_kmh["urban" if code != "GB" else "nsl_restricted"] > 0
        assert rules.languages
        text = (Path(countries.__file__).parent / "country_files" / f"{code.lower()}.toml").read_text(encoding="utf-8")
        assert text.count("#") >= 4


@pytest.mark.parametrize(
    ("code", "lon", "lat", "crs"),
    [("FI", 23.6, 61.5, "EPSG:3067"), ("AX", 19.9, 60.1, "EPSG:3067"), ("SE", 18.1, 59.3, "EPSG:3006"),
     ("EE", 24.7, 59.4, "EPSG:3301"), ("GB", -1.9, 52.5, "EPSG:27700"), ("IL", 34.8, 32.1, "EPSG:2039"),
     ("BR", -46.6, -23.6, "EPSG:31983"), ("BR", -51.2, -30.0, "EPSG:31982"), ("BR", -60.7, 2.8, "EPSG:31974"),
     ("", -46.6, -23.6, "EPSG:32723"), ("KE", 36.8, 1.3, "EPSG:32637"), ("NZ", 180.0, -17.0, "EPSG:32760")],
)  # fmt: skip
def test_the_grid_of_a_place_is_made_for_it(code, lon, lat, crs):
    assert country_rules(code).local_crs(lon, lat) == crs
    area = CRS.from_user_input(crs).area_of_use
    assert area.west - 1e-9 <= lon <= area.east + 1e-9
    assert area.south <= lat <= area.north


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1961, 4, 2),
        (2000, 4, 23),
        (2008, 3, 23),
        (2019, 4, 21),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2038, 4, 25),
    ],
)
def test_easter(year, month, day):
    assert easter(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("code", "off", "ordinary"),
    [("FI", "2026-06-19 2026-06-20 2026-05-14 2026-04-03 2026-12-06 2026-10-31", "2026-06-18 2026-03-10 2026-06-26"),
     ("SE", "2026-06-06 2026-05-14 2026-12-31", "2026-12-30 2026-12-07"),
     ("EE", "2026-02-24 2026-06-23 2026-08-20", "2026-04-06 2026-01-06"),
     ("GB", "2026-05-04 2026-05-25 2026-08-31 2027-05-31 2026-04-06", "2026-05-11 2026-12-24"),
     # The days that stand for those at a weekend, as the package holidays 0.109 has them for England.
     ("GB", "2026-12-28 2027-12-27 2027-12-28 2028-01-03 2022-12-27 2023-01-02", "2025-12-29 2027-01-04 2028-12-27"),
     ("BR", "2026-02-17 2026-06-04 2026-11-20 2026-09-07", "2026-12-26 2026-02-18"),
     ("", "2026-01-01", "2026-12-25 2026-05-01")],
)  # fmt: skip
def test_days_off(code, off, ordinary):
    rules = country_rules(code)
    assert [day for day in off.split() if not rules.is_holiday(date.fromisoformat(day))] == []
    assert [day for day in ordinary.split() if rules.is_holiday(date.fromisoformat(day))] == []


@pytest.mark.parametrize("code", ["", *known_countries()])
def test_every_rule_of_holidays_falls_on_a_day_of_every_year(code):
    for year in (2023, 2024, 2026):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year == 2024))]
        for rule in country_rules(code).holidays:
            found = sum(countries._falls_on(rule, day) for day in days)
            assert found == 1 or (found == 0 and " if " in rule), (code, rule)


@pytest.mark.parametrize("code", known_countries())
def test_each_file_says_that_its_acts_were_not_verified(code):
    path = Path(countries.__file__).with_name("country_files") / f"{code.lower()}.toml"
    if path.is_file():
        assert "not verified since" in path.read_text(encoding="utf-8")


def test_weekends_miles_and_grids_of_population():
    assert country_rules("AX").speeds_kmh["rural"] == country_rules("FI").speeds_kmh["rural"]
    assert country_rules("AX").languages == ("sv", "fi", "en")
    assert country_rules("IL").weekend == (4, 5)
    assert country_rules("FI").weekend == (5, 6)
    assert [code for code in ("GB", "US", "FI", "IL", "") if country_rules(code).miles] == ["GB", "US"]
    assert {total for total, _ in population_columns()} == {"vaesto", "T"}
    assert [code for code in known_countries() if country_rules(code).web_enforcement] == ["AX", "FI"]


@pytest.mark.parametrize(
    ("lon", "lat", "zone"),
    [(23.6, 61.5, "Europe/Helsinki"), (-46.6, -23.5, "America/Sao_Paulo"), (24.7, 59.4, "Europe/Tallinn")],
)
def test_the_zone_of_time_of_a_place(lon, lat, zone):
    assert str(time_zone_at(lon, lat)) == zone

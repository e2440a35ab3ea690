"""Tags at a moment: conditions, opening hours, seasons, winter roads."""

import pandas as pd
import pytest

from tesoma_geo.network.streets.conditional import SUMMER, When
from tesoma_geo.network.streets.permissions import Permission, permissions
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.network.streets.tags_now import SEASON_UNREAD, tags_now

PROFILES = default_profiles()
WINTER = When.in_winter()
OPEN, PUSHED, CLOSED = Permission.OPEN, Permission.PUSHED, Permission.CLOSED


def ways(**tags: str) -> pd.DataFrame:
    table = {"highway": "service", **tags}
    return pd.DataFrame({key: pd.Series([value], dtype="str") for key, value in table.items()})


@pytest.mark.parametrize(
    ("tags", "profile", "summer", "winter"),
    [
        ({"foot:conditional": "no @ (Nov-Mar)"}, "walk", OPEN, CLOSED),
        ({"access:conditional": "no @ (snow)"}, "walk", OPEN, CLOSED),
        ({"access:conditional": "no @ (Dec-Feb)"}, "car", OPEN, CLOSED),
        ({"access:conditional": "no @ winter", "foot": "yes"}, "walk", OPEN, OPEN),
        ({"access": "no", "access:conditional": "yes @ (May-Sep)"}, "bicycle", OPEN, CLOSED),
        ({"motor_vehicle:conditional": "no @ (Mo-Fr 10:00-14:00)"}, "car", CLOSED, CLOSED),
        ({"motor_vehicle:conditional": "no @ (Mo-Fr 16:00-18:00)"}, "car", OPEN, OPEN),
        ({"opening_hours": "Mo-Fr 10:00-16:00"}, "walk", OPEN, OPEN),
        ({"opening_hours": "Sa-Su 10:00-16:00", "foot": "yes"}, "walk", CLOSED, CLOSED),
        ({"opening_hours": "May-Sep", "foot": "designated"}, "walk", OPEN, CLOSED),
        ({"opening_hours": "24/7"}, "walk", OPEN, OPEN),
        ({"seasonal": "winter"}, "walk", CLOSED, OPEN),
        ({"seasonal": "summer"}, "walk", OPEN, CLOSED),
        ({"seasonal": "spring;summer;autumn"}, "car", OPEN, CLOSED),
        ({"seasonal": "yes"}, "walk", OPEN, OPEN),
        ({"seasonal": "no"}, "walk", OPEN, OPEN),
        ({"winter_road": "yes"}, "car", CLOSED, OPEN),
        ({"ice_road": "yes", "access": "yes"}, "walk", CLOSED, OPEN),
        ({"ice_road": "no"}, "walk", OPEN, OPEN),
        ({"foot:winter": "no", "foot": "designated"}, "walk", OPEN, CLOSED),
        ({"seasonal:winter": "no"}, "walk", OPEN, CLOSED),
        ({"snowplowing": "no"}, "car", OPEN, CLOSED),
        ({"snowplowing": "no"}, "bicycle", OPEN, PUSHED),
        ({"snowplowing": "no"}, "wheelchair", OPEN, CLOSED),
        ({"snowplowing": "no"}, "walk", OPEN, OPEN),
        ({"snowplowing": "yes"}, "car", OPEN, OPEN),
    ],
)  # fmt: skip
def test_who_may_use_a_way_in_summer_and_in_winter(tags, profile, summer, winter):
    table = ways(**tags)
    found = [permissions(tags_now(table, when).table, PROFILES[profile])[0] for when in (SUMMER, WINTER)]
    assert found == [summer, winter]


def test_the_hour_decides():
    table = ways(opening_hours="08:00-20:00")
    found = [permissions(tags_now(table, When(hour=hour)).table, PROFILES["walk"])[0] for hour in (7, 12, 22)]
    assert found == [CLOSED, OPEN, CLOSED]


def test_a_table_without_times_is_itself():
    table = ways(surface="gravel")
    assert tags_now(table, WINTER).table is table


def test_what_is_not_understood_is_counted():
    assert tags_now(ways(seasonal="yes"), SUMMER).unread == {(SEASON_UNREAD, "seasonal=yes"): 1}
    assert sum(tags_now(ways(**{"access:conditional": "no @ (when the cows come home)"}), SUMMER).unread.values()) == 1


def test_a_limit_by_season():
    table = ways(maxspeed="80", **{"maxspeed:conditional": "60 @ (Nov-Mar)"})
    assert tags_now(table, SUMMER).table["maxspeed"].tolist() == ["80"]
    assert tags_now(table, WINTER).table["maxspeed"].tolist() == ["60"]

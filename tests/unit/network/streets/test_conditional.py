"""Tags that hold at some times."""

from collections import Counter

import pandas as pd
import pytest

from tesoma_geo.network.streets.conditional import BY_WEATHER, SUMMER, UNREAD, When, column_now, is_open, value_now

WINTER = When.in_winter()


@pytest.mark.parametrize(
    ("text", "summer", "winter"),
    [
        ("no @ (Nov-Apr)", None, "no"),
        ("no @ (Nov 15-Apr 15)", None, "no"),
        ("no @ Nov-Apr", None, "no"),
        ("no @ snow", None, "no"),
        ("no @ (winter)", None, "no"),
        ("yes @ summer", "yes", None),
        ("no @ (Nov-Apr); destination @ (Nov-Apr AND snow)", None, "destination"),
        ("destination @ (10:00-14:00)", "destination", "destination"),
        ("no @ (22:00-06:00)", None, None),
        ("no @ (Sa-Su)", None, None),
        ("no @ (weight>3.5)", None, None),
        ("no @ (maxweight > 7.5 t)", None, None),
    ],
)
def test_the_value_of_a_season(text, summer, winter):
    assert (value_now(text, SUMMER, Counter()), value_now(text, WINTER, Counter())) == (summer, winter)


def test_weekday_and_hour_decide():
    assert value_now("no @ (Mo-Fr 07:00-09:00)", When(weekday=0, hour=8), Counter()) == "no"
    assert value_now("no @ (Mo-Fr 07:00-09:00)", When(weekday=6, hour=8), Counter()) is None


def test_what_cannot_be_decided_is_counted():
    unread: Counter[str] = Counter()
    assert value_now("no @ (when the ice is thin)", WINTER, unread) is None
    assert value_now("no @ snow", SUMMER, unread) is None
    assert value_now("no", SUMMER, unread) is None
    assert unread == {UNREAD: 2, BY_WEATHER: 1}


def test_a_column_is_laid_over_by_its_conditions():
    table = pd.DataFrame({"foot": ["yes", None, "yes"], "foot:conditional": ["no @ (Nov-Apr)", "no @ ???", None]})
    values, changed, unread = column_now(table, "foot", WINTER)
    assert values.tolist()[0] == "no"
    assert values.isna().tolist() == [False, True, False]
    assert changed.tolist() == [True, False, False]
    assert unread == {(UNREAD, "foot:conditional=no @ ???"): 1}


def test_opening_hours_of_a_way():
    unread: Counter[str] = Counter()
    assert is_open("Mo-Su 06:00-23:00", SUMMER, unread)
    assert not is_open("Mo-Su 18:00-23:00", SUMMER, unread)
    assert is_open("ask the caretaker", SUMMER, unread)
    assert unread == {UNREAD: 1}


def test_the_moment_has_the_weekday_that_was_asked_for():
    for weekday in range(7):
        assert When(weekday=weekday).moment.weekday() == weekday


@pytest.mark.parametrize(
    ("place", "month", "hour", "is_light"),
    [
        # Tampere: the sun sets at half past three in January, and after eleven in July.
        ((23.8, 61.5), 1, 16, False), ((23.8, 61.5), 1, 12, True), ((23.8, 61.5), 7, 22, True),
        ((23.8, 61.5), 7, 2, False),
        # Singapore: twelve hours a day all year. Sydney: the long days are those of January.
        ((103.8, 1.3), 1, 16, True), ((103.8, 1.3), 7, 22, False), ((151.2, -33.9), 1, 19, True),
        ((151.2, -33.9), 7, 18, False),
        # Tromsø: no sun in January at noon, and all night in July.
        ((19.0, 69.6), 1, 12, False), ((19.0, 69.6), 7, 1, True),
    ],
)  # fmt: skip
def test_the_sun_of_the_place(place, month, hour, is_light):
    when = When(month=month, hour=hour, place=place)
    assert is_open("sunrise-sunset", when, {}) == is_light
    assert (value_now("no @ (sunset-sunrise)", when, {}) is None) == is_light


def test_a_place_tells_no_moments_apart():
    assert When(place=(1.0, 2.0)) == When()
    assert hash(When(place=(1.0, 2.0))) == hash(When())


@pytest.mark.parametrize(
    "condition", ["2026 Jan 1-2026 Dec 31", "2020 Mar-2030 Mar", "SH", "Mo-Fr 07:00-16:00; SH off"]
)
def test_what_holds_in_certain_years_is_counted(condition):
    unread = {}
    assert value_now(f"no @ ({condition})", SUMMER, unread) is None
    assert sum(unread.values()) == 1

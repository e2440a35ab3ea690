"""Quantities with units, as mappers write them."""

import math

import pandas as pd
import pytest

from tesoma_geo.network.streets.quantities import duration_s, grade, left_out_values, length_m, quantity, speed_kmh


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("1.5", 1.5), ("0,9", 0.9), ("60 cm", 0.6), ("60cm", 0.6), ("2'", 0.6096), ("6'4\"", 1.9304), ("3 ft", 0.9144),
        ("12 in", 0.3048), ("1.5 m", 1.5), ("900 mm", 0.9), ("6′4″", 1.9304),
        (".9", 0.9), ("0.03", 0.03), ("5 ft 6 in", 1.6764),
    ],
)  # fmt: skip
def test_lengths(text, metres):
    assert length_m(text) == pytest.approx(metres)


@pytest.mark.parametrize("text", ["", "wide", "1.5;2", "1-2", "~1", "2 lanes", "< 1", "1.5 parsec"])
def test_what_is_no_length_is_not_guessed(text):
    assert math.isnan(length_m(text))


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50.0), ("30 mph", 48.28032), ("30mph", 48.28032), ("FI:zone30", 30.0), ("FI:zone:30", 30.0),
        ("GB:zone20", 32.18688),
        ("zone30", 30.0), ("10 knots", 18.52), ("FI:urban", 50.0), ("fi:urban", 50.0), ("gb:zone20", 32.18688),
        ("30 km/h", 30.0),
    ],
)  # fmt: skip
def test_speeds(text, kmh):
    assert speed_kmh(text, {"FI:urban": 50.0}) == pytest.approx(kmh)


@pytest.mark.parametrize("text", ["signals", "50;30", "0", "-10", "XX:rural", "fast"])
def test_what_is_no_speed_is_not_guessed(text):
    assert math.isnan(speed_kmh(text))


@pytest.mark.parametrize(
    ("text", "rise"),
    [("12%", 0.12), ("-3.5 %", -0.035), ("7°", 0.12278), ("1:8", 0.125), ("-1:12", -1 / 12), ("8", 0.08),
     ("0,5%", 0.005), ("+6%", 0.06),
     ("50‰", 0.05), ("7 deg", 0.12278)],
)  # fmt: skip
def test_grades(text, rise):
    assert grade(text) == pytest.approx(rise, abs=1e-5)


@pytest.mark.parametrize("text", ["up", "down", "steep", "1200%", "1:0", "10%-15%", ""])
def test_what_is_no_grade_is_not_guessed(text):
    assert math.isnan(grade(text))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20", 1200.0),
        ("00:20", 1200.0),
        ("1:05:00", 3900.0),
        ("PT1H20M", 4800.0),
        ("P1DT1H", 90000.0),
        ("20 min", 1200.0),
    ],
)
def test_durations(text, seconds):
    assert duration_s(text) == seconds


def test_what_cannot_be_read_is_counted_by_value():
    found = quantity(pd.Series(["1.5", None, "wide", "wide", "narrow", "unknown"]), length_m)
    assert found.values[0] == 1.5
    assert found.unread == {"wide": 2, "narrow": 1}
    (account,) = left_out_values("width", found.unread)
    assert (account.count, account.examples) == (3, ("width=wide × 2", "width=narrow × 1"))

"""Bands of minutes in words."""

import re
from itertools import pairwise

from tesoma_geo.render.text.assets import asset
from tesoma_geo.render.text.bands import band_classes, band_labels, band_shares, brief_labels
from tesoma_geo.render.text.catalogue import catalogue


def test_half_minutes_are_told() -> None:
    assert band_labels(catalogue("en"), (2.5, 5.0))[:2] == ["up to 2.5\u00a0min", "2.5–5\u00a0min"]


def test_shares_of_bands_add_up_to_those_of_each_cutoff_and_to_a_hundred() -> None:
    shares = band_shares(catalogue("en"), [14, 76, 56, 854, 0])
    assert shares == ["1%", "8%", "6%", "85%", "0%"]  # 1.4, 9.0, 14.6 and 100 per cent within
    assert band_shares(catalogue("en"), [301, 686, 13]) == ["30%", "69%", "1%"]


def test_a_few_residents_are_not_none() -> None:
    assert band_shares(catalogue("fi"), [1, 0, 999]) == ["<1\u00a0%", "0\u00a0%", "100\u00a0%"]
    assert band_shares(catalogue("en"), [0, 0]) == ["0%", "0%"]


def test_where_words_have_no_room_a_band_is_its_figures() -> None:
    assert brief_labels(catalogue("fi"), (2.5, 15.0, 30.0)) == ["0–2,5", "2,5–15", "15–30", "30+", "ei reittiä"]
    for cutoffs in ((5.0,), (5.0, 10.0, 15.0, 20.0)):
        assert len(brief_labels(catalogue("en"), cutoffs)) == len(band_labels(catalogue("en"), cutoffs))


def test_further_steps_leave_each_colour_its_minutes():
    usual = band_classes(5)
    further = band_classes(7, 2)
    assert further[:5] == usual[:5]
    assert further[5:] == ["ramp-9", "ramp-10", "beyond", "unreachable"]
    style = asset("styles/map.css").read_text()
    assert all(style.count(f"--{name}:") == 2 for name in further[:7]), "in the light and in the dark"


def lightness(colour: str) -> float:
    """L* of CIE 1976 of a colour as ``#rrggbb``, by its luminance (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def test_every_further_minute_is_lighter_or_in_the_dark_darker():
    style = asset("styles/map.css").read_text()
    for at, sign in ((0, 1), (1, -1)):
        ramp = [lightness(re.findall(rf"--ramp-{step}: (#[0-9a-f]{{6}})", style)[at]) for step in range(11)]
        assert all(sign * (later - one) >= 3 for one, later in pairwise(ramp)), ramp

"""Bands of minutes in words."""

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

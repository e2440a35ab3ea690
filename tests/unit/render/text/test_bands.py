"""Bands of minutes in words."""

from tesoma_geo.render.text.bands import band_labels, brief_labels
from tesoma_geo.render.text.catalogue import catalogue


def test_half_minutes_are_told() -> None:
    assert band_labels(catalogue("en"), (2.5, 5.0))[:2] == ["up to 2.5\u00a0min", "2.5–5\u00a0min"]


def test_where_words_have_no_room_a_band_is_its_figures() -> None:
    assert brief_labels(catalogue("fi"), (2.5, 15.0, 30.0)) == ["0–2,5", "2,5–15", "15–30", "30+", "ei reittiä"]
    for cutoffs in ((5.0,), (5.0, 10.0, 15.0, 20.0)):
        assert len(brief_labels(catalogue("en"), cutoffs)) == len(band_labels(catalogue("en"), cutoffs))

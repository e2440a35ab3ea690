"""Bands of minutes in words."""

from tesoma_geo.render.text.bands import band_labels
from tesoma_geo.render.text.catalogue import catalogue


def test_half_minutes_are_told() -> None:
    assert band_labels(catalogue("en"), (2.5, 5.0))[:2] == ["up to 2.5\u00a0min", "2.5–5\u00a0min"]

"""The scale bar's round lengths, in metres or in feet and miles."""

import pytest

from tesoma_geo.render.stills.basemap import round_lengths


@pytest.mark.parametrize("miles", [False, True])
def test_lengths_grow_from_some_metres_to_a_country(miles):
    metres = [length for length, _ in round_lengths(miles=miles)]
    assert metres == sorted(metres)
    assert metres[0] < 20
    assert metres[-1] > 100_000


def test_lengths_are_written_as_the_country_does():
    assert {"10 m", "500 m", "1 km", "20 km"} <= {label for _, label in round_lengths(miles=False)}
    in_miles = {label: length for length, label in round_lengths(miles=True)}
    assert in_miles["500 ft"] == pytest.approx(152.4)
    assert in_miles["0.5 mi"] == pytest.approx(804.672)
    assert in_miles["5 mi"] == pytest.approx(8046.72)
    assert not any(label.endswith((" m", "km")) for label in in_miles)

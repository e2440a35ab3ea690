"""The scale bar's round lengths, in metres or in feet and miles; the look of the steps of minutes."""

import itertools
import re

import numpy as np
import pytest

from tesoma_geo.render.stills import basemap
from tesoma_geo.render.stills.basemap import round_lengths
from tesoma_geo.render.text import assets


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


def lightness(colour: str) -> float:
    """L* of ``#rrggbb``: 0 black, 100 white."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    y = float(np.dot((0.2126, 0.7152, 0.0722), linear))
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_steps_are_told_apart_by_lightness_or_by_what_is_drawn_over_them(scheme: str) -> None:
    style = assets.asset("styles/map.css").read_text("utf-8")
    light, dark = (dict(re.findall(r"--([a-z]+-\w+): (#[0-9a-f]{6})", part)) for part in style.split("@media")[:2])
    colours = light | (dark if scheme == "dark" else {})
    looks = basemap.band_looks(7, 2)[:-1]  # no way there is hatched
    drawn = {look: (look in basemap.EDGED, look in basemap.DOTTED) for look in looks}
    for one, other in itertools.combinations(looks, 2):
        apart = abs(lightness(colours[one]) - lightness(colours[other]))
        assert apart >= 8 or drawn[one] != drawn[other], (scheme, one, other, apart)
    # What is drawn is seen on its ground.
    for look in basemap.DOTTED:
        assert abs(lightness(colours["map-far_dot"]) - lightness(colours[look])) >= 20
    assert abs(lightness(colours["map-pale_edge"]) - lightness(colours["map-land"])) >= 20
    # No heavier than near homes.
    near, far = (abs(lightness(colours[look]) - lightness(colours["map-land"])) for look in (looks[0], "map-far_dot"))
    assert far < near

"""The icon as pictures: what the drawing shows, in each size, the same bytes each time."""

from hashlib import sha256
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tesoma_geo.render.pages.icons import SIZES, icon_name, icon_png


@pytest.mark.parametrize("dots", SIZES)
def test_it_shows_what_the_drawing_shows(dots: int) -> None:
    picture = np.asarray(Image.open(BytesIO(icon_png(dots))).convert("RGBA")).astype(int)
    assert picture.shape == (dots, dots, 4)
    assert (picture[..., 3] == 255).all(), "a phone would fill corners with black"

    def at(share: float) -> list[int]:
        """The colour so far from the middle to the right, as a part of the side."""
        return picture[dots // 2, round(dots * (0.5 + share)), :3].tolist()

    assert at(0) == [0xFF, 0xFF, 0xFF]
    assert at(13 / 64) == [0xFE, 0xD3, 0x95]
    assert at(21 / 64) == [0xFD, 0xA7, 0x72]
    assert picture[0, 0, :3].tolist() == at(17 / 64) == [0x51, 0x12, 0x7C]
    assert abs(picture - picture[::-1, ::-1]).max() <= 1


def test_it_is_the_same_each_time_and_small() -> None:
    pictures = [icon_png(dots) for dots in SIZES]
    assert [sha256(icon_png(dots)).digest() for dots in SIZES] == [sha256(one).digest() for one in pictures]
    assert sum(map(len, pictures)) < 60_000
    assert [icon_name(dots) for dots in SIZES] == ["icon-180.png", "icon-192.png", "icon-512.png"]

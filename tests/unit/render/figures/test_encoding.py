"""What is packed can be read back, and lies where it lay."""

import base64
from collections.abc import Iterator

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer
from shapely import LineString, MultiPolygon, Polygon, box

from tesoma_geo.crs import to_metric
from tesoma_geo.render.figures.encoding import ZOOM, packed_integers, packed_lines, packed_shapes, pixels

CRS = "EPSG:3067"


def unpacked(text: str) -> list[int]:
    """The reader's side, as scripts/unpack.js has it."""
    values, value, shift = [], 0, 0
    for byte in base64.b64decode(text, b"+-"):
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            values.append((value >> 1) ^ -(value & 1))
            value = shift = 0
    return values


def unpacked_lines(text: str) -> list[list[tuple[int, int]]]:
    stream: Iterator[int] = iter(unpacked(text))
    x = y = 0
    lines = []
    for count in stream:
        line = []
        for _ in range(count):
            x, y = x + next(stream), y + next(stream)
            line.append((x, y))
        lines.append(line)
    return lines


@given(st.lists(st.integers(-(2**31), 2**31 - 1)))
def test_integers_come_back(values: list[int]) -> None:
    assert unpacked(packed_integers(values)) == values


def test_small_steps_take_one_byte() -> None:
    assert len(base64.b64decode(packed_integers(list(range(-64, 64))), b"+-")) == 128


def test_a_pixel_is_where_web_mercator_has_it() -> None:
    x, y = to_metric([23.6275, 27.0], [61.5052, 65.0], CRS)
    east, north = Transformer.from_crs(CRS, "EPSG:3857", always_xy=True).transform(x, y)
    pixel_m = 2 * 20037508.342789244 / (256 * 2**ZOOM)
    expected = np.column_stack([east, -north]) / pixel_m + 128 * 2**ZOOM
    assert np.abs(pixels(np.column_stack([x, y]), CRS) - expected).max() <= 0.51


def test_lines_come_back_within_a_pixel() -> None:
    x, y = to_metric([23.60, 23.61, 23.62], [61.50, 61.51, 61.50], CRS)
    lines = [LineString(np.column_stack([x, y])), LineString(np.column_stack([x[:2] + 50, y[:2]]))]
    read = unpacked_lines(packed_lines(lines, CRS))
    assert [len(line) for line in read] == [3, 2]
    for line, drawn in zip(lines, read, strict=True):
        assert [tuple(at) for at in pixels(shapely.get_coordinates(line), CRS)] == drawn


def test_points_in_one_pixel_are_one() -> None:
    line = LineString([(320000, 6820000), (320000.01, 6820000), (320100, 6820000)])
    assert len(unpacked_lines(packed_lines([line], CRS))[0]) == 2


def test_shapes_tell_their_rings() -> None:
    square = box(320000, 6820000, 321000, 6821000)
    holed = Polygon(square.exterior.coords, [box(320400, 6820400, 320600, 6820600).exterior.coords])
    island = box(330000, 6820000, 331000, 6821000)
    packed = packed_shapes([MultiPolygon([holed, island])], CRS)
    assert unpacked(packed["counts"]) == [2, 1]
    assert len(unpacked_lines(packed["rings"])) == 3


def test_nothing_is_packed_as_nothing() -> None:
    assert packed_lines([], CRS) == ""
    assert packed_shapes([], CRS) == {"rings": "", "counts": ""}

"""The site's icon as pictures, for phones that take no drawing: drawn from ``icon.svg``, the same bytes each time."""

import struct
import zlib
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.render.text import assets

ICON = "icon.svg"
#: Dots of a side: of a home screen's bookmark, and of what a manifest needs.
BOOKMARK, SIZES = 180, (180, 192, 512)


def icon_name(dots: int) -> str:
    """The file of the icon of a size, beside the drawing.

    Parameters
    ----------
    dots
        Of a side; one of :data:`SIZES`.

    Returns
    -------
    str
        Its name.
    """
    return f"icon-{dots}.png"


def icon_png(dots: int) -> bytes:
    """The icon as a PNG without transparent corners: who shows it rounds it as it likes.

    Parameters
    ----------
    dots
        Of a side.

    Returns
    -------
    bytes
        Of the file.
    """
    drawing = ElementTree.parse(assets.asset(ICON)).getroot()  # noqa: S314 - our own file
    side = float(drawing.attrib["viewBox"].split()[2])
    at = (np.arange(dots) + 0.5) * side / dots
    picture = np.zeros((dots, dots, 3))
    for shape in drawing:
        told = shape.attrib
        if shape.tag.endswith("rect"):
            picture[:] = _colour(told["fill"])
            continue
        away = np.hypot(at[:, None] - float(told["cy"]), at[None, :] - float(told["cx"]))
        radius = float(told["r"])
        outline = "stroke" in told
        beyond = np.abs(away - radius) - float(told["stroke-width"]) / 2 if outline else away - radius
        # A dot at an edge has as much of the colour as of it lies inside.
        share = np.clip(0.5 - beyond * dots / side, 0.0, 1.0)[..., None]
        picture += share * (_colour(told["stroke" if outline else "fill"]) - picture)
    return _png(np.round(picture).astype(np.uint8))


def _colour(text: str) -> NDArray[np.float64]:
    """Red, green and blue of ``#rgb`` or ``#rrggbb``, 0 to 255."""
    digits = text.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    return np.array([int(whole[i : i + 2], 16) for i in (0, 2, 4)], dtype=float)


def _png(picture: NDArray[np.uint8]) -> bytes:
    """Rows of dots as a file (RFC 2083): 8 bits a colour, no filter."""
    high, wide, _ = picture.shape
    rows = b"".join(b"\0" + row.tobytes() for row in picture)

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows, 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)

"""The squares of a paper map, and in which of them each street is."""

import html
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.annotations.paper_drawing import HEIGHT_MM, WIDTH_MM, PrintFrame
from tesoma_geo.tables import with_name

#: Squares across, which have letters, and down, which have numbers.
COLUMNS, ROWS = 10, 6
#: A street that is in more squares than this is told by the corners of what it is in.
EACH = 3
#: How near to each other along a street places are looked at, and the height of letters, in millimetres.
STEP_MM, LETTER_MM = 2.0, 4.2


def square_lines() -> str:
    """The lines between squares, with a letter or a number at the end of each row.

    Returns
    -------
    str
        Markup in millimetres from the frame's upper left corner.
    """
    wide, high = WIDTH_MM / COLUMNS, HEIGHT_MM / ROWS
    lines = [f"M{wide * number:.1f} 0v{HEIGHT_MM:g}" for number in range(1, COLUMNS)]
    lines += [f"M0 {high * number:.1f}h{WIDTH_MM:g}" for number in range(1, ROWS)]
    told = "".join(
        f'<text x="{x:.1f}" y="{y + LETTER_MM * 0.35:.1f}" font-size="{LETTER_MM:g}" fill="#333" text-anchor="middle" '
        f'paint-order="stroke" stroke="#fff" stroke-width="1">{name}</text>'
        for name, x, y in _names()
    )
    return f'<path d="{"".join(lines)}" fill="none" stroke="#888" stroke-width=".15" stroke-dasharray="2 1.5"/>{told}\n'


def square_names_at() -> list[shapely.Geometry]:
    """What letters and numbers of the squares cover, in millimetres.

    Returns
    -------
    list of Geometry
    """
    return [shapely.Point(x, y).buffer(LETTER_MM * 0.7) for _, x, y in _names()]


def street_squares(streets: gpd.GeoDataFrame, frame: PrintFrame) -> list[tuple[str, str]]:
    """Every named street of a map with the squares that it is in.

    Parameters
    ----------
    streets
        Lines with ``name``, in the frame's CRS.
    frame
        Where the paper lies.

    Returns
    -------
    list of tuple
        Name, and squares such as ``B2, B3``, or ``B2–D4`` from corner to corner; by name.
    """
    named = with_name(streets)
    told = []
    for name, rows in named.groupby("name", sort=True):
        lines = frame.millimetres(rows.geometry.to_numpy())
        if len(lines):
            xy = shapely.get_coordinates(shapely.segmentize(lines, STEP_MM))
            told.append((str(name), _told(xy)))
    return sorted(told, key=lambda pair: pair[0].casefold())


def index_section(streets: gpd.GeoDataFrame, frame: PrintFrame, titles: Sequence[str]) -> str:
    """The index as a sheet of its own.

    Parameters
    ----------
    streets, frame
        As of :func:`street_squares`.
    titles
        What it is called, in each language.

    Returns
    -------
    str
        Markup; empty where no street has a name.
    """
    rows = "".join(
        f"<li><span>{html.escape(name)}</span> <b>{squares}</b></li>"
        for name, squares in street_squares(streets, frame)
    )
    title = html.escape(" / ".join(dict.fromkeys(titles)))
    return f'<section class="index"><h1>{title}</h1><ul>{rows}</ul></section>\n' if rows else ""


def _told(xy: np.ndarray) -> str:
    size = np.array([WIDTH_MM / COLUMNS, HEIGHT_MM / ROWS])
    squares = np.unique(np.clip(np.floor(xy / size), 0, [COLUMNS - 1, ROWS - 1]).astype(int), axis=0)
    if len(squares) <= EACH:
        return ", ".join(_square(*at) for at in squares.tolist())
    return f"{_square(*squares.min(axis=0).tolist())}–{_square(*squares.max(axis=0).tolist())}"


def _square(column: int, row: int) -> str:
    return f"{chr(ord('A') + column)}{row + 1}"


def _names() -> list[tuple[str, float, float]]:
    """Letters along the upper edge, numbers along both sides, and the middle of each, within the frame."""
    wide, high, aside = WIDTH_MM / COLUMNS, HEIGHT_MM / ROWS, 0.9 * LETTER_MM
    letters = [(_square(column, 0)[0], wide * (column + 0.5), aside) for column in range(COLUMNS)]
    numbers = [(str(row + 1), x, high * (row + 0.5)) for row in range(ROWS) for x in (aside, WIDTH_MM - aside)]
    return [*letters, *numbers]

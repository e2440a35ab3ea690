"""Where things stand in a still picture, and which part of the world its map shows."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tesoma_geo.render.figures import headline

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

MM_PER_INCH = 25.4
#: Left, bottom, width, height in inches of paper.
Box = tuple[float, float, float, float]
#: Between the picture's edge and what stands in it, and between map and legend, in inches.
MARGIN, GAP = 0.15, 0.12
#: What a map without title and credits has above and below it, in inches.
FRAME = 0.03
#: Room around the homes on the map, in metres.
AROUND_M = 250.0
#: A side of the district that is no farther from the homes than this is on the map, with this much room beyond it.
NEAR_M, BEYOND_M = 500.0, 60.0
#: A picture this much wider than high has its legend beside the map, another one below it.
WIDE = 1.1
#: The legend beside the map: its width in inches at A4 across. Below it: a row's height in points.
LEGEND_IN, ROW_PT = 2.35, 14.5


@dataclass(frozen=True)
class Layout:
    """The parts of a picture.

    Attributes
    ----------
    map, legend
        Their boxes.
    beside
        Whether the legend is a column beside the map, or a foot below it.
    metres
        What the map shows: west, south, east, north.
    unit
        Sizes of text and signs, as a part of those of A4 across.
    """

    map: Box
    legend: Box
    beside: bool
    metres: tuple[float, float, float, float]
    unit: float

    @property
    def scale(self) -> float:
        """1 : n."""
        return (self.metres[2] - self.metres[0]) / (self.map[2] * MM_PER_INCH / 1000)


def layout(
    assessment: "Assessment",
    size_mm: tuple[float, float],
    letters: float = 1.0,
    *,
    framed: bool = True,
    legend: bool = True,
    foot_in: float = math.inf,
) -> Layout:
    """The layout of a picture of this size: the same for every profile and language.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    size_mm
        Width and height on paper in millimetres.
    letters, framed, legend
        As of :class:`~tesoma_geo.render.stills.picture.Picture`.
    foot_in
        The most that a legend below the map needs, in inches.

    Returns
    -------
    Layout
        In inches and metres.
    """
    width, height = (side / MM_PER_INCH for side in size_mm)
    unit = letters * min(max(width, height) / 11.7, min(width, height) / 8.3) ** 0.6
    head, foot = (0.64 * unit + 0.02, 0.2 * unit + 0.1) if framed else (FRAME, FRAME)
    wide, high = width - 2 * MARGIN, height - head - foot
    beside = width >= WIDE * height
    if not legend:
        box = (FRAME, foot, width - 2 * FRAME, high)
        room = (FRAME, foot, 0.0, 0.0)
    elif beside:
        side = LEGEND_IN * unit
        box = (MARGIN, foot, wide - side - GAP, high)
        room = (width - MARGIN - side, foot, side, high)
    else:
        rows = 3 + max(
            len(assessment.workspace.access.cutoffs_min) + 2, len(headline.service_kinds(assessment.services))
        )
        # Where no more than the map is drawn, letters are as high on a narrow picture too: rows wrap.
        tall = min(rows * ROW_PT * unit / 72, high / 3) if framed else min(1.4 * rows * ROW_PT * unit / 72, high / 2)
        tall = min(tall, foot_in)
        box = (MARGIN, foot + tall + GAP, wide, high - tall - GAP)
        room = (MARGIN, foot, wide, tall)
    return Layout(box, room, beside, _shown(assessment, box[2] / box[3]), unit)


def parts(box: Box, size_in: tuple[float, float]) -> Box:
    """A box as parts of the picture's width and height, as matplotlib wants it.

    Parameters
    ----------
    box
        Left, bottom, width and height in inches.
    size_in
        Width and height of the picture in inches.

    Returns
    -------
    Box
        0 to 1.
    """
    return (box[0] / size_in[0], box[1] / size_in[1], box[2] / size_in[0], box[3] / size_in[1])


def _shown(assessment: "Assessment", ratio: float) -> tuple[float, float, float, float]:
    """The homes, the hub and the boundary near them with room around, widened to the map's ratio of width to height."""
    outwards = np.array([-1, -1, 1, 1])
    bounds = outwards * np.array([assessment.origins.total_bounds, assessment.hub.total_bounds])
    homes, sides = bounds.max(axis=0), outwards * assessment.district.total_bounds
    near = np.where(sides - homes <= NEAR_M, sides + BEYOND_M, homes)
    west, south, east, north = outwards * np.maximum(homes + AROUND_M, near)
    wide = max(east - west, (north - south) * ratio)
    high = wide / ratio
    x, y = (west + east) / 2, (south + north) / 2
    return (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)

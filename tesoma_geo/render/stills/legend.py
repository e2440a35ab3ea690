"""The legend of a still picture: its colours and signs, and what they mean in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from tesoma_geo._shapes import shapes_of
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.map_steps import map_steps
from tesoma_geo.render.figures.unknown_areas import without_residents
from tesoma_geo.render.stills.basemap import DOTTED, FAR_HATCH, NO_WAY_HATCH, UNKNOWN_HATCH, band_looks, palette
from tesoma_geo.render.stills.layout import GAP, ROW_PT, Box, Layout, parts
from tesoma_geo.render.stills.service_signs import sign_of, sign_places, whole_on_map
from tesoma_geo.render.stills.stop_rings import LINE_PT, RING_PT2, stop_places
from tesoma_geo.render.stills.text import plain, wrapped
from tesoma_geo.render.text.bands import band_labels, band_shares
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from tesoma_geo.assessment.assess import Assessment

#: Sizes in points at A4 across, and the width of a sign in inches.
TEXT_PT, TITLE_PT, NOTE_PT, SIGN_IN = 9.5, 11.0, 8.0, 0.3
#: The signs of stops and of the hub.
RING, STAR = "ring", "star"


@dataclass(frozen=True)
class LegendRow:
    """A line of the legend: a swatch of colour, a sign, a dashed line, or words alone.

    Attributes
    ----------
    label
        The words.
    colour
        Of swatch or sign; empty for words alone.
    hatch
        Of the swatch.
    sign
        A marker of matplotlib, :data:`RING` or :data:`STAR`; empty for a swatch.
    dashed
        Whether a dashed line stands for it.
    size
        Points at A4 across.
    bold
        Whether the words are bold.
    apart
        Whether a sign stands apart from what is before it: it is of another subject than the heading above.
    """

    label: str
    colour: str = ""
    hatch: str = ""
    sign: str = ""
    dashed: bool = False
    size: float = TEXT_PT
    bold: bool = False
    apart: bool = False


def draw_legend(
    figure: "Figure",
    assessment: "Assessment",
    reach: headline.Reach,
    catalogue: Catalogue,
    at: Layout,
    *,
    noted: bool = True,
) -> Box:
    """Draw the legend into its box: one column beside the map, three below it.

    Parameters
    ----------
    figure
        Where to draw.
    assessment
        What :func:`tesoma_geo.assess` found.
    reach
        How residents get there by one way of moving.
    catalogue
        The language.
    at
        Where things stand in the picture.
    noted
        Whether it ends with what squares and shares are; not where a caption says so.

    Returns
    -------
    Box
        What it leaves free below its last column, in inches.
    """
    _, _, width, height = at.legend
    groups = legend_rows(assessment, reach, catalogue, at, noted=noted)
    columns = [[row for group in groups for row in group]] if at.beside else groups
    room = _room(columns, at)
    unit = at.unit * min(1.0, *(height / _height(column, room, at.unit) for column in columns))
    axes = figure.add_axes(parts(at.legend, tuple(figure.get_size_inches())))
    axes.set(xlim=(0, width), ylim=(-height, 0))
    axes.set_axis_off()
    for number, column in enumerate(columns):
        _draw_column(axes, column, number * (room + GAP), room, unit)
    return _free(columns, at, unit)


def legend_heights(
    assessment: "Assessment", reach: headline.Reach, catalogue: Catalogue, at: Layout, *, noted: bool = True
) -> tuple[float, Box]:
    """What the legend below a map needs.

    Parameters
    ----------
    assessment, reach, catalogue, at, noted
        As of :func:`draw_legend`.

    Returns
    -------
    float
        In inches, the highest column.
    Box
        What its last column leaves free below it, in inches.
    """
    columns = legend_rows(assessment, reach, catalogue, at, noted=noted)
    return max(_height(column, _room(columns, at), at.unit) for column in columns), _free(columns, at, at.unit)


def _room(columns: list[list[LegendRow]], at: Layout) -> float:
    """How wide each column of a legend is, in inches."""
    return (at.legend[2] - GAP * (len(columns) - 1)) / len(columns)


def _free(columns: list[list[LegendRow]], at: Layout, unit: float) -> Box:
    """What is free below the last column of a legend, in inches."""
    (left, bottom, _, height), room = at.legend, _room(columns, at)
    return (left + (len(columns) - 1) * (room + GAP), bottom, room, height - _height(columns[-1], room, unit))


def legend_rows(
    assessment: "Assessment", reach: headline.Reach, catalogue: Catalogue, at: Layout, *, noted: bool = True
) -> list[list[LegendRow]]:
    """The rows of the legend: of minutes, of services, and what else is on the map.

    Parameters
    ----------
    assessment, reach, catalogue, at, noted
        As of :func:`draw_legend`.

    Returns
    -------
    list of list of LegendRow
        Three groups; one may be empty.
    """
    return [
        _bands(assessment, reach, catalogue),
        _services(assessment, catalogue, at),
        _notes(assessment, reach.profile, catalogue, at, noted),
    ]


def _bands(assessment: "Assessment", reach: headline.Reach, catalogue: Catalogue) -> list[LegendRow]:
    colours, steps = palette(), map_steps(assessment, reach)
    looks = band_looks(len(steps.minutes), steps.further)
    labels, shares = band_labels(catalogue, steps.minutes), band_shares(catalogue, steps.bands)
    return [
        LegendRow(catalogue.named("profile", reach.profile), size=TITLE_PT, bold=True),
        *(
            LegendRow(
                f"{label}  ({share})",
                colours[look],
                NO_WAY_HATCH if look == "map-unreachable" else FAR_HATCH if look in DOTTED else "",
            )
            for label, look, count, share in zip(labels, looks, steps.bands, shares, strict=True)
            if count  # a step that nobody lives in is not on the map
        ),
    ]


def _services(assessment: "Assessment", catalogue: Catalogue, at: Layout) -> list[LegendRow]:
    """The kinds that have a sign on the map."""
    colour, services = palette()["map-service"], assessment.services
    seen = set(np.asarray(services["kind"], object)[whole_on_map(sign_places(assessment, at), at)])
    rows = [
        LegendRow(catalogue.named("kind", kind), colour, sign=sign_of(number))
        for number, kind in enumerate(headline.service_kinds(services))
        if kind in seen
    ]
    return [LegendRow(catalogue("services.title"), size=TITLE_PT, bold=True), *rows] if rows else []


def _notes(assessment: "Assessment", profile: str, catalogue: Catalogue, at: Layout, noted: bool) -> list[LegendRow]:
    unknown = shapes_of(assessment.district)[without_residents(assessment.district, assessment.origins)]
    shown = shapely.intersects(unknown, shapely.box(*at.metres)).any()
    stops = len(stop_places(assessment, profile, at)) > 0
    return [
        LegendRow(catalogue("section.hub"), palette()["map-hub"], sign=STAR, apart=True),  # the map has its name
        *([LegendRow(catalogue("layer.stops"), palette()["map-text"], sign=RING)] if stops else []),
        LegendRow(catalogue("layer.district"), palette()["map-text"], dashed=True),
        *([LegendRow(catalogue("legend.unknown"), palette()["map-land"], UNKNOWN_HATCH)] if shown else []),
        *([LegendRow(catalogue("legend.note"), size=NOTE_PT)] if noted else []),
    ]


def _lines(row: LegendRow, room: float, unit: float) -> list[str]:
    signed = row.colour != ""
    return wrapped(row.label, row.size * unit * (1.08 if row.bold else 1.0), room - (SIGN_IN * unit if signed else 0.0))


def _row_in(row: LegendRow, unit: float) -> float:
    """Height of a line of text in inches."""
    return ROW_PT * row.size / TEXT_PT * unit / 72


def _height(rows: list[LegendRow], room: float, unit: float) -> float:
    return sum(len(_lines(row, room, unit)) * _row_in(row, unit) + _before(row, unit) for row in rows)


def _before(row: LegendRow, unit: float) -> float:
    """Room above a row: headings, words alone and another subject's signs stand apart from what is before them."""
    return 0.16 * unit if row.apart else 0.0 if row.colour else 0.08 * unit


def _draw_column(axes: "Axes", rows: list[LegendRow], left: float, room: float, unit: float) -> None:
    y = 0.0
    for row in rows:
        lines, step = _lines(row, room, unit), _row_in(row, unit)
        y -= _before(row, unit) if y else 0.0
        if row.colour:
            _draw_sign(axes, row, left, y - step / 2, unit)
        for line in lines:
            axes.text(
                left + (SIGN_IN * unit if row.colour else 0.0), y - step / 2, plain(line),
                fontsize=row.size * unit, weight="bold" if row.bold else "normal", color="#231b2e",
                ha="left", va="center_baseline",
            )  # fmt: skip
            y -= step


def _draw_sign(axes: "Axes", row: LegendRow, x: float, y: float, unit: float) -> None:
    from matplotlib.patches import Rectangle

    wide, high = 0.2 * unit, 0.11 * unit
    if row.sign == RING:
        ring: dict[str, Any] = {"facecolor": "#ffffff", "edgecolor": row.colour, "linewidth": LINE_PT * unit}
        axes.scatter([x + wide / 2], [y], s=RING_PT2 * unit**2, **ring)
    elif row.sign == STAR:
        axes.scatter([x + wide / 2], [y], s=110 * unit**2, marker="o", facecolor=row.colour, linewidth=0)
        axes.scatter([x + wide / 2], [y], s=55 * unit**2, marker="*", facecolor="#ffffff", linewidth=0)
    elif row.sign:
        axes.scatter([x + wide / 2], [y], s=60 * unit**2, marker=row.sign, facecolor=row.colour, linewidth=0)
    elif row.dashed:
        axes.plot([x, x + wide * 1.15], [y, y], color=row.colour, linewidth=1.2 * unit, dashes=(4, 2))
    else:
        edge: dict[str, Any] = {"edgecolor": "#5c5366", "linewidth": 0.5}
        axes.add_patch(Rectangle((x, y - high / 2), wide, high, facecolor=row.colour, hatch=row.hatch, **edge))

"""The map of a still picture: what lies where and how it is drawn, generalised to the picture's scale."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.render import assets, facts
from tesoma_geo.render.layers import STREET_CLASSES
from tesoma_geo.render.webmap import ramp_steps

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tesoma_geo.access.assess import Assessment

MM_PER_INCH = 25.4
#: Detail smaller than this on paper is left out.
FINEST_MM = 0.15
#: From which scale (1 : n) on a class of streets is left out, and its width in points at 1 : 25 000.
STREET_LOOK = ((math.inf, 1.6), (math.inf, 1.1), (90_000, 0.7), (30_000, 0.45), (40_000, 0.4), (20_000, 0.5))
#: Lengths a scale bar may have, and parts of each text size in points of the picture's height.
ROUND_M = tuple(step * 10**power for power in range(1, 6) for step in (1, 2, 5))


@dataclass(frozen=True)
class Place:
    """Where the map stands in the picture (inches: left, bottom, width, height), and what it shows (metres)."""

    box: tuple[float, float, float, float]
    metres: tuple[float, float, float, float]
    unit: float

    @property
    def scale(self) -> float:
        """1 : n."""
        return (self.metres[2] - self.metres[0]) / (self.box[2] * MM_PER_INCH / 1000)


def place(assessment: "Assessment", size_mm: tuple[float, float]) -> Place:
    """Where the map stands in a picture of this size."""
    width, height = (side / MM_PER_INCH for side in size_mm)
    unit = min(width / 11.7, height / 8.3) ** 0.6
    head, foot, side = 0.62 * unit, 0.3 * unit, 2.45 * unit
    box = (0.15, foot, width - side - 0.3, height - head - foot)
    return Place(box, _shown_area(assessment, box[2], box[3]), unit)


def _shown_area(assessment: "Assessment", width: float, height: float) -> tuple[float, float, float, float]:
    """The district with a margin, widened to the picture's shape: west, south, east, north in metres."""
    bounds = np.array([assessment.origins.total_bounds, assessment.hub.total_bounds])
    west, south = bounds[:, :2].min(axis=0) - 250
    east, north = bounds[:, 2:].max(axis=0) + 250
    wide = max(east - west, (north - south) * width / height)
    x, y = (west + east) / 2, (south + north) / 2
    return (x - wide / 2, y - wide * height / width / 2, x + wide / 2, y + wide * height / width / 2)


def draw(
    axes: "Axes",
    assessment: "Assessment",
    profile: str,
    at: Place,
    hub: str,
    raster: NDArray[np.uint8] | None = None,
) -> None:
    """Draw one profile's map; ``raster`` is what :func:`ground` draws, when that is drawn already."""
    metres, colours = at.metres, palette()
    axes.set(xlim=(metres[0], metres[2]), ylim=(metres[1], metres[3]), xticks=[], yticks=[], aspect="equal")
    axes.set_facecolor(colours["map-land"])
    for spine in axes.spines.values():
        spine.set(color="#9a94a1", linewidth=0.6)
    if raster is None:
        ground(axes, assessment, profile, at)
    else:
        _paste(axes, raster, metres)
    _names(axes, assessment, hub, colours, at.unit, metres)
    _scale_bar(axes, metres, at.unit, colours)
    _north(axes, at.unit, colours)


def ground(
    axes: "Axes", assessment: "Assessment", profile: str, at: Place, raster: NDArray[np.uint8] | None = None
) -> None:
    """Draw what a profile's map shows without words; ``raster`` are its streets when they are drawn already."""
    metres, scale = at.metres, at.scale
    colours = palette()
    cutoffs = assessment.workspace.access.cutoffs_min
    ramp = [colours[f"ramp-{step}"] for step in ramp_steps(len(cutoffs))]
    finest_m = FINEST_MM / 1000 * scale
    window = shapely.box(*metres)

    def shown(table: Any) -> NDArray[np.object_]:
        shapes = table.geometry.to_numpy()
        near = shapes[shapely.intersects(shapes, window)]
        return np.asarray(shapely.simplify(near, finest_m), object)

    rings = assessment.isochrones.get(profile)
    if rings is not None:
        ordered = rings.sort_values("cutoff_min", ascending=False)
        for band, shape in zip(reversed(range(len(ordered))), shown_all(ordered, finest_m), strict=True):
            _fill(axes, [shape], _mixed(ramp[band], colours["map-land"], 0.42), 1)
    _fill(axes, shown(assessment.water), colours["map-water"], 2)
    for colour, squares in _home_squares(assessment, profile, ramp, colours):
        _fill(axes, squares, colour, 3, colours["map-land"], 0.3)
    if raster is None:
        streets(axes, assessment, window, scale)
    else:
        _paste(axes, raster, metres)
    outline = shapely.simplify(shapely.union_all(assessment.district.geometry.to_numpy(), grid_size=1.0), finest_m)
    for ring in shapely.get_rings(shapely.get_parts(outline)):
        xy = shapely.get_coordinates(ring)
        axes.plot(*xy.T, color="#ffffff", linewidth=2.2, zorder=5)
        axes.plot(*xy.T, color=colours["map-text"], linewidth=1.0, dashes=(6, 3), zorder=5)
    _services(axes, assessment, colours, at.unit)


def _paste(axes: "Axes", raster: NDArray[np.uint8], metres: tuple[float, float, float, float]) -> None:
    axes.imshow(raster, extent=(metres[0], metres[2], metres[1], metres[3]), zorder=4, interpolation="nearest")
    axes.set_aspect("equal")


def streets(axes: "Axes", assessment: "Assessment", window: shapely.Polygon, scale: float) -> None:
    """Draw the streets that are large enough to be read at this scale (1 : n)."""
    from matplotlib.collections import LineCollection

    kind = assessment.streets["highway"].str.removesuffix("_link")
    thin = min(1.0, math.sqrt(25_000 / scale))
    for number, (names, (until, points)) in enumerate(zip(STREET_CLASSES, STREET_LOOK, strict=True)):
        if scale > until:
            continue
        lines = assessment.streets.geometry.to_numpy()[kind.isin(names).to_numpy()]
        lines = shapely.simplify(lines[shapely.intersects(lines, window)], FINEST_MM / 1000 * scale)
        axes.add_collection(
            LineCollection(
                [shapely.get_coordinates(line) for line in lines],
                colors="#463e50",
                alpha=0.62 if number < 2 else 0.38,
                linewidths=points * thin,
                zorder=4,
            ),
            autolim=False,
        )


def shown_all(table: Any, finest_m: float) -> list[Any]:
    """A table's polygons, generalised."""
    return list(shapely.simplify(table.geometry.to_numpy(), finest_m))


def _home_squares(
    assessment: "Assessment", profile: str, ramp: list[str], colours: dict[str, str]
) -> list[tuple[str, NDArray[np.object_]]]:
    side = assessment.workspace.population.cell_m
    origins = assessment.origins
    xy = np.floor(shapely.get_coordinates(origins.geometry.to_numpy()) / side) * side
    squares = shapely.box(xy[:, 0], xy[:, 1], xy[:, 0] + side, xy[:, 1] + side)
    at_min = origins[f"{profile}_to_hub_s"].to_numpy(float) / 60
    cutoffs = assessment.workspace.access.cutoffs_min
    band = np.where(np.isfinite(at_min), np.searchsorted(cutoffs, at_min), len(cutoffs) + 1)
    looks = [*ramp, colours["map-beyond"], colours["map-unreachable"]]
    return [(colour, squares[band == number]) for number, colour in enumerate(looks)]


def _services(axes: "Axes", assessment: "Assessment", colours: dict[str, str], unit: float) -> None:
    from matplotlib.markers import MarkerStyle

    signs = ("o", "s", "^", "D", "v", "P", "X", "p", "h", "8")
    for number, kind in enumerate(facts.service_kinds(assessment.services)):
        table = assessment.services[assessment.services["kind"] == kind]
        axes.scatter(
            table.geometry.x, table.geometry.y, s=55 * unit**2, marker=MarkerStyle(signs[number % len(signs)]),
            facecolor=colours["map-service"], edgecolor="#ffffff", linewidth=0.8, zorder=6,
        )  # fmt: skip
    x, y = (float(values.mean()) for values in (assessment.hub.geometry.x, assessment.hub.geometry.y))
    axes.scatter(
        [x],
        [y],
        s=230 * unit**2,
        marker="o",
        facecolor=colours["map-hub"],
        edgecolor="#ffffff",
        linewidth=1.6,
        zorder=7,
    )
    axes.scatter([x], [y], s=110 * unit**2, marker="*", facecolor="#ffffff", linewidth=0, zorder=8)


def _names(
    axes: "Axes",
    assessment: "Assessment",
    hub: str,
    colours: dict[str, str],
    unit: float,
    metres: tuple[float, float, float, float],
) -> None:
    """Names of the hub, areas and lakes with halos; one that would cover another stays away."""
    pixel_m = (metres[2] - metres[0]) / axes.get_window_extent().width
    points_m = axes.figure.dpi / 72 * pixel_m
    wanted = [
        (
            hub,
            float(assessment.hub.geometry.x.mean()),
            float(assessment.hub.geometry.y.mean()) - 19 * unit * points_m,
            11.0,
            "bold",
            "normal",
            colours["map-text"],
        )
    ]
    for table, size, style, colour in (
        (assessment.district, 9.0, "normal", colours["map-text"]),
        (assessment.water, 8.0, "italic", colours["map-water_text"]),
    ):
        if "name" not in table:
            continue
        named = table[table["name"].notna()]
        inside = shapely.get_coordinates(shapely.point_on_surface(named.geometry.to_numpy()))
        order = np.argsort(-named.geometry.area.to_numpy(), kind="stable")
        wanted += [
            (str(named["name"].iloc[at]), *inside[at], size, "bold" if style == "normal" else "normal", style, colour)
            for at in order
        ]
    taken: list[tuple[float, float, float, float]] = []
    for name, x, y, size, weight, style, colour in wanted:
        half = (0.31 * len(name) * size * unit * points_m, 0.75 * size * unit * points_m)
        if not (metres[0] + half[0] < x < metres[2] - half[0] and metres[1] + half[1] < y < metres[3] - half[1]):
            continue
        if any(abs(x - other[0]) < half[0] + other[2] and abs(y - other[1]) < half[1] + other[3] for other in taken):
            continue
        taken.append((x, y, *half))
        axes.text(
            x, y, plain(name),
            fontsize=size * unit, weight=weight, style=style, color=colour, ha="center", va="center",
            zorder=9, path_effects=_halo(2.2 * unit),
        )  # fmt: skip


def _scale_bar(axes: "Axes", metres: tuple[float, float, float, float], unit: float, colours: dict[str, str]) -> None:
    wide = metres[2] - metres[0]
    length = max((step for step in ROUND_M if step <= wide / 5), default=ROUND_M[0])
    x, y = metres[0] + wide * 0.02, metres[1] + wide * 0.02
    for part, colour in ((0, colours["map-text"]), (1, "#ffffff")):
        axes.fill(
            x + length / 2 * (part + np.array([0, 1, 1, 0])),
            [y, y, y + wide * 0.006, y + wide * 0.006],
            facecolor=colour, edgecolor=colours["map-text"], linewidth=0.8, zorder=9,
        )  # fmt: skip
    label = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
    axes.text(
        x + length,
        y + wide * 0.009,
        label,
        fontsize=8 * unit,
        ha="right",
        va="bottom",
        zorder=9,
        path_effects=_halo(2.2),
    )
    axes.text(x, y + wide * 0.009, "0", fontsize=8 * unit, ha="left", va="bottom", zorder=9, path_effects=_halo(2.2))


def _north(axes: "Axes", unit: float, colours: dict[str, str]) -> None:
    axes.annotate(
        "N", xy=(0.97, 0.965), xytext=(0.97, 0.88), xycoords="axes fraction", ha="center", va="center",
        fontsize=10 * unit, weight="bold", color=colours["map-text"], zorder=9, path_effects=_halo(2.2),
        arrowprops={"arrowstyle": "-|>", "color": colours["map-text"], "linewidth": 1.4},
    )  # fmt: skip


def _fill(axes: "Axes", shapes: Any, colour: str, order: int, edge: str = "none", width: float = 0.0) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path as Outline

    paths = []
    for part in shapely.get_parts(np.asarray(shapes, object)):
        rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(part)]
        if rings:
            paths.append(Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings)))
    axes.add_collection(
        PathCollection(paths, facecolors=colour, edgecolors=edge, linewidths=width, zorder=order), autolim=False
    )


def plain(text: str) -> str:
    """Text of data as text: no mathematics, no control characters, no line breaks."""
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", " ", text).replace("$", r"\$")


def _halo(width: float) -> list[Any]:
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width, foreground="#ffffff")]


def _mixed(colour: str, ground: str, share: float) -> str:
    parts = [
        round(int(colour[at : at + 2], 16) * share + int(ground[at : at + 2], 16) * (1 - share)) for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


@lru_cache(maxsize=1)
def palette() -> dict[str, str]:
    """The light colours of the map's style sheet, by custom property."""
    light = assets.asset("styles/map.css").read_text("utf-8").split("@media", 1)[0]
    return dict(re.findall(r"--([a-z]+-\w+): (#[0-9a-f]{6})", light))

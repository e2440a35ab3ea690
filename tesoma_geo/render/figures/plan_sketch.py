"""A small map of a plan: streets, water, the hub, and what changes; no script, nothing of what anybody said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.render.figures.credits import ON_STILLS, days_of
from tesoma_geo.render.figures.street_classes import STREET_CLASSES
from tesoma_geo.render.text.place_names import area_names, short_name
from tesoma_geo.tables import with_name

if TYPE_CHECKING:
    from tesoma_geo.inputs.inputs import Inputs

#: The drawing, in dots.
WIDTH, HEIGHT = 480.0, 300.0
#: How much more it shows than the district, and than what changes and the hub, so that neither lies at its edge.
AROUND_DISTRICT, AROUND_CHANGES = 1.15, 1.45
#: The least that it shows across, and how far the hub may be and still be on it, in metres.
LEAST_M, HUB_WITHIN_M = 700.0, 1500.0
#: Above so many metres a dot, main streets alone are drawn.
ALL_STREETS_M = 6.0
#: Names on it at most; width of a letter and height of a line of them, in dots.
NAMES, LETTER, LINE = 7, 9.0, 20.0
#: How far the middle of the hub's name is below its sign, or above it, in dots.
BELOW_HUB, ABOVE_HUB = 20.0, 18.0
#: Where a name may stand along its street, as a part of the length.
ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
#: A line shorter than so many dots has a ring around it.
RINGED = 14.0
#: Steps of minutes saved and lost, as the maps of plans have them; the index of each is its colour.
STEPS_MIN = (-5.0, -2.0, -1.0, 1.0, 2.0, 5.0)
#: The step of those for whom nothing changes.
UNCHANGED = 3
#: Sections of the workspace whose layers are drawn.
SECTIONS = ("district", "network", "basemap", "hub")
#: What changes by closing, which has signs of its own.
CLOSING = frozenset({"closed", "service_closed", "unmapped"})
_MAIN = frozenset(name for names in STREET_CLASSES[:2] for name in (*names, *(f"{one}_link" for one in names)))


@dataclass(frozen=True)
class PlanSketch:
    """What ``sketch.html.j2`` draws, in dots from the upper left corner; paths as SVG has them.

    Attributes
    ----------
    water, streets, main_streets, railways, district
        The ground.
    won
        Step of minutes won → squares of homes; empty where none are told.
    lines
        What changes along streets and around areas.
    ringed
        x and y of what changes along a street too short to be seen: a ring around it shows where.
    points
        x and y of what changes in a place.
    closed_lines, closed_points
        The same of what closes.
    named
        ``lines``, ``points``, ``closed_lines``, ``closed_points`` → kind of change and name of each with that sign;
        empty where the changes have no names here.
    names
        x, y and name of streets and areas; none of them on another or on the hub's.
    near
        Around what changes; empty where no distance is told.
    hub
        x and y of the hub, amid its entrances; None where it is not on the drawing.
    hub_name
        x and y of the middle of its name, with room for the longest that the workspace has without what stands in
        brackets; None where the hub is not on the drawing.
    bar
        Length in dots and in metres of the scale bar.
    licences
        Of the layers that are drawn, each once.
    days
        Section of the workspace → of which day its data is; empty where nobody knows it.
    """

    water: str
    streets: str
    main_streets: str
    railways: str
    district: str
    won: dict[int, str]
    lines: str
    ringed: tuple[tuple[float, float], ...]
    points: tuple[tuple[float, float], ...]
    closed_lines: str
    closed_points: tuple[tuple[float, float], ...]
    named: Mapping[str, tuple[tuple[str, str], ...]]
    names: tuple[tuple[float, float, str], ...]
    near: str
    hub: tuple[float, float] | None
    hub_name: tuple[float, float] | None
    bar: tuple[float, int]
    licences: tuple[str, ...]
    days: Mapping[str, str]


@dataclass(frozen=True)
class _Sheet:
    west: float
    north: float
    m_per_dot: float

    @classmethod
    def around(cls, shape: shapely.Geometry, more: float) -> "_Sheet":
        west, south, east, north = shape.bounds
        m_per_dot = max((east - west) / WIDTH * more, (north - south) / HEIGHT * more, LEAST_M / WIDTH)
        return cls((west + east - WIDTH * m_per_dot) / 2, (south + north + HEIGHT * m_per_dot) / 2, m_per_dot)

    def box(self) -> shapely.Polygon:
        return shapely.box(
            self.west, self.north - HEIGHT * self.m_per_dot, self.west + WIDTH * self.m_per_dot, self.north
        )

    def dots(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Those within the sheet, cut by its edge, as fine as half a dot, in dots."""
        near = shapely.intersection(shapes[shapely.intersects(shapes, self.box())], self.box())
        plain = shapely.simplify(near, self.m_per_dot / 2)
        moved: NDArray[np.object_] = shapely.transform(
            plain, lambda xy: np.column_stack([xy[:, 0] - self.west, self.north - xy[:, 1]]) / self.m_per_dot
        )
        return moved


def plan_sketch(
    inputs: "Inputs",
    places: Sequence[shapely.Geometry],
    *,
    named: Sequence[tuple[str, str]] = (),
    near_m: float = 0.0,
    cells: gpd.GeoDataFrame | None = None,
    gain: str = "",
) -> PlanSketch:
    """A map around what a plan changes; with homes, of the whole district.

    Parameters
    ----------
    inputs
        The layers.
    places
        What changes, in the district's metric CRS.
    named
        Kind of change and name of each of ``places``; none for a legend with one name for all.
    near_m
        A distance around it that is drawn too, m.
    cells
        Homes before and after in the same CRS; None for a map without them.
    gain
        The column of ``cells`` with the minutes that a home wins, min.

    Returns
    -------
    PlanSketch
    """
    changed = np.array(list(places), object)
    around = shapely.union_all(shapely.buffer(changed, near_m) if near_m else changed)
    hub = shapely.centroid(inputs.hub.union_all())
    close = [hub] if around.is_empty or shapely.distance(hub, around) <= HUB_WITHIN_M else []
    shown = [inputs.district.union_all()] if cells is not None else [around, *close]
    sheet = _Sheet.around(
        shapely.union_all(np.array(shown, object)), AROUND_CHANGES if cells is None else AROUND_DISTRICT
    )
    drawn = inputs.network.ways["highway"].notna().to_numpy()
    streets = inputs.network.lines(drawn)
    main = streets["highway"].isin(_MAIN).to_numpy()
    lines = streets.geometry.to_numpy()
    of_sign = _by_sign(changed, list(named))
    drawn_changes = {sign: sheet.dots(changed[rows]) for sign, rows in of_sign.items()}
    middles = shapely.centroid(np.concatenate(list(drawn_changes.values())))
    hub_sign = _places(sheet.dots(np.array([hub], object)))
    signs = (*hub_sign, *_places(middles))
    hub_room = _hub_room(hub_sign, _places(middles), inputs)
    won = {} if cells is None else _won(cells, gain, sheet)
    shown_sections = (*SECTIONS, *(("population",) if cells is not None else ()))
    return PlanSketch(
        water=_path(sheet.dots(inputs.water.geometry.to_numpy())),
        streets=_path(sheet.dots(lines[~main])) if sheet.m_per_dot <= ALL_STREETS_M else "",
        main_streets=_path(sheet.dots(lines[main])),
        railways=_path(sheet.dots(inputs.ground.railways)),
        district=_path(sheet.dots(np.array([shapely.boundary(inputs.district.union_all())]))),
        won={step: _path(shapes) for step, shapes in won.items()},
        lines=_path(drawn_changes["lines"]),
        ringed=_places(shapely.centroid(drawn_changes["lines"][shapely.length(drawn_changes["lines"]) < RINGED])),
        points=_places(drawn_changes["points"]),
        closed_lines=_path(drawn_changes["closed_lines"]),
        closed_points=_places(drawn_changes["closed_points"]),
        named={
            sign: tuple(dict.fromkeys(named[row] for row in rows))
            for sign, rows in of_sign.items()
            if named and len(rows)
        },
        names=_names(
            inputs, streets, sheet, (signs, hub_room), areas=cells is not None, kept_clear=_changed_homes(won)
        ),
        near=_path(sheet.dots(np.array([shapely.boundary(around)]))) if near_m else "",
        hub=next(iter(hub_sign), None),
        hub_name=next(((x, y) for x, y, _ in hub_room), None),
        bar=_bar(sheet.m_per_dot),
        licences=_licences(inputs, shown_sections),
        days=days_of(inputs.reports, [section for section in shown_sections if section in ON_STILLS]),
    )


def _hub_room(
    hub_sign: Sequence[tuple[float, float]], changed: Sequence[tuple[float, float]], inputs: "Inputs"
) -> list[tuple[float, float, float]]:
    """Where the hub's name stands and half of its width: below its sign, above it at the foot and over what changes."""
    letters = max(len(short_name(str(name))) for name in inputs.workspace.hub.name.values())
    half = min(letters * LETTER / 2 + 4.0, WIDTH / 2)
    rooms = []
    for x, y in hub_sign:
        middle, below = min(max(x, half), WIDTH - half), y + BELOW_HUB
        covers = any(abs(middle - other) < half + 8.0 and abs(below - up) < LINE for other, up in changed)
        above = y >= 240 or (covers and y >= 2 * LINE)
        rooms.append((round(middle, 1), round(y - ABOVE_HUB if above else below, 1), half))
    return rooms


def won_step(minutes: NDArray[np.floating]) -> NDArray[np.int_]:
    """Which step of the scale minutes won belong to, from 0 (most lost) on.

    Parameters
    ----------
    minutes
        Minutes won, below 0 those lost, min; ``inf`` where there is a way now.

    Returns
    -------
    ndarray
        The steps, as the script of the maps counts them.
    """
    lost, won = np.array(STEPS_MIN[:3]), np.array(STEPS_MIN[3:])
    step: NDArray[np.int_] = np.searchsorted(lost, minutes, side="left") + np.searchsorted(won, minutes, side="right")
    return step


def _won(cells: gpd.GeoDataFrame, gain: str, sheet: _Sheet) -> dict[int, NDArray[np.object_]]:
    known = cells[cells[gain].notna()]
    steps, shapes = won_step(known[gain].to_numpy(float)), known.geometry.to_numpy()
    return {int(step): sheet.dots(shapes[steps == step]) for step in np.unique(steps)}


def _by_sign(changed: NDArray[np.object_], named: Sequence[tuple[str, str]]) -> dict[str, NDArray[np.intp]]:
    """The rows of what changes by the sign that shows them: along a line or in a place, opened or closed."""
    closes = np.array([what in CLOSING for what, _ in named], bool) if named else np.zeros(len(changed), bool)
    places = shapely.get_dimensions(changed) == 0
    return {
        "lines": np.flatnonzero(~places & ~closes),
        "points": np.flatnonzero(places & ~closes),
        "closed_lines": np.flatnonzero(~places & closes),
        "closed_points": np.flatnonzero(places & closes),
    }


def _names(
    inputs: "Inputs",
    streets: gpd.GeoDataFrame,
    sheet: _Sheet,
    taken: tuple[Sequence[tuple[float, float]], Sequence[tuple[float, float, float]]],
    *,
    areas: bool,
    kept_clear: NDArray[np.object_],
) -> tuple[tuple[float, float, str], ...]:
    """Names of areas on a map of the district, else of streets: the longest first, none over what is taken."""
    if areas:
        by_name = [
            (str(name), shape) for name, shape in zip(_area_names(inputs), inputs.district.geometry, strict=True)
        ]
    else:
        known = with_name(streets)
        parts = known.dissolve("name").geometry if len(known) else known.geometry
        by_name = [(str(name), shape) for name, shape in parts.items()]
    wanted, tree = [], shapely.STRtree(kept_clear)
    for name, shape in by_name:
        within = shapely.get_parts(sheet.dots(np.array([shape], object)))
        if name and len(within):
            longest = within if areas else shapely.get_parts(shapely.line_merge(shapely.multilinestrings(within)))
            largest = max(longest, key=lambda part: (part.area, part.length))
            places = _within(largest) if areas else _along(largest)
            wanted.append((largest.area or largest.length, _clear_first(places, name, tree), name))
    return placed_names(sorted(wanted, key=lambda row: (-row[0], row[2])), *taken)


def _changed_homes(won: Mapping[int, NDArray[np.object_]]) -> NDArray[np.object_]:
    """Squares of homes that win or lose: what a map is about."""
    return np.concatenate([np.array([], object), *(shapes for step, shapes in won.items() if step != UNCHANGED)])


def _clear_first(places: Sequence[tuple[float, float]], name: str, tree: shapely.STRtree) -> list[tuple[float, float]]:
    """Places of a name by how many squares it would cover there, else in their order."""
    half = len(name) * LETTER / 2
    boxes = [shapely.box(x - half, y - LINE / 2, x + half, y + LINE / 2) for x, y in places]
    covered = np.bincount(tree.query(boxes, predicate="intersects")[0], minlength=len(boxes))
    return [places[row] for row in np.argsort(covered, kind="stable")]


def _along(street: shapely.LineString) -> list[tuple[float, float]]:
    """Places of a street's name, the middle first: all of them on the street."""
    at = shapely.line_interpolate_point(street, np.array(ALONG), normalized=True)
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(at)]


def _within(area: shapely.Polygon) -> list[tuple[float, float]]:
    """Places of an area's name, the middle first: all of them in the area."""
    middle, (west, north, east, south) = area.point_on_surface(), area.bounds
    x, y = (ends.ravel() for ends in np.meshgrid(np.linspace(west, east, 9), np.linspace(north, south, 9)))
    grid = shapely.points(x, y)
    inside = grid[shapely.contains(area, grid)]
    nearest = inside[np.argsort(shapely.distance(inside, middle), kind="stable")]
    return [(float(x), float(y)) for x, y in shapely.get_coordinates([middle, *nearest])]


def placed_names(
    wanted: Sequence[tuple[float, Sequence[tuple[float, float]], str]],
    signs: Sequence[tuple[float, float]] = (),
    standing: Sequence[tuple[float, float, float]] = (),
) -> tuple[tuple[float, float, str], ...]:
    """The names that have room on the drawing.

    Parameters
    ----------
    wanted
        Size, places and name of each, the most important first, as the best of its places.
    signs
        x and y of what they may not lie on.
    standing
        x, y and half the width of names that stand already.

    Returns
    -------
    tuple of tuple
        x, y and name, each at the first of its places where it is neither cut nor on another or on a sign; without
        those that have no such place.
    """
    taken = [*((x, y, 10.0) for x, y in signs), *standing]
    shown: list[tuple[float, float, str]] = []
    for _, places, name in wanted:
        half = len(name) * LETTER / 2 + 4.0
        for x, y in places:
            inside = half <= x <= WIDTH - half and LINE <= y <= HEIGHT - 2 * LINE
            if inside and all(abs(x - other) > half + wide or abs(y - up) > LINE for other, up, wide in taken):
                taken.append((x, y, half))
                shown.append((round(float(x), 1), round(float(y), 1), name))
                break
    return tuple(shown[:NAMES])


def _area_names(inputs: "Inputs") -> list[str]:
    names = area_names(inputs.district)
    return [str(names.get(code, "")) for code in inputs.district["code"]] if len(inputs.district) > 1 else [""]


def _path(shapes: NDArray[np.object_]) -> str:
    parts = shapely.get_parts(shapes)
    rings = shapely.get_rings(parts[shapely.get_dimensions(parts) == 2])
    lines = [*parts[shapely.get_dimensions(parts) == 1], *rings]
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(line)) for line in lines)


def _places(points: NDArray[np.object_]) -> tuple[tuple[float, float], ...]:
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in shapely.get_coordinates(points))


def _bar(m_per_dot: float) -> tuple[float, int]:
    """The longest round number of metres that takes a quarter of the drawing at most."""
    metres = next((one for one in (5000, 2000, 1000, 500, 200, 100) if one / m_per_dot <= WIDTH / 4), 50)
    return round(metres / m_per_dot, 1), metres


def _licences(inputs: "Inputs", sections: Sequence[str]) -> tuple[str, ...]:
    of = [report.licence for report in inputs.reports if report.key.split(".")[0] in sections]
    return tuple(sorted(dict.fromkeys(filter(None, of)), key=lambda licence: "OpenStreetMap" not in licence))

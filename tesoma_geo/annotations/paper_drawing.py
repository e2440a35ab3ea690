"""The drawing of the paper map: water, streets, the hub and the names by which people find their way on it."""

import html
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.tables import with_name

#: The printed frame, in millimetres: A3 across, with margins.
WIDTH_MM, HEIGHT_MM = 380.0, 226.0
_TICK_MM = 20
_MAIN = ("motorway", "trunk", "primary", "secondary", "tertiary")
#: Width of a letter beside its height, on average (assumption: the sans serif that prints).
_LETTER = 0.55
_AREA_MM, _MAIN_MM, _STREET_MM, _HUB_MM = 3.4, 2.6, 2.1, 3.6


@dataclass(frozen=True, eq=False)
class PaperMapLayers:
    """What is drawn, all in one metric CRS.

    Attributes
    ----------
    areas
        The district's, with ``name`` where they have one.
    streets
        Lines with ``highway`` and ``name``.
    water
        Polygons.
    hub
        Its entrances.
    hub_name
        What it is called.
    hub_is_light
        Whether its name has the letters of a street's, on a map whose subject is another.
    """

    areas: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    water: gpd.GeoDataFrame
    hub: gpd.GeoDataFrame
    hub_name: str
    hub_is_light: bool = False


@dataclass(frozen=True)
class PrintFrame:
    """Where the printed frame lies on the ground.

    Attributes
    ----------
    west
        Its left edge, in metres of the CRS.
    south
        Its lower edge, in metres of the CRS.
    m_per_mm
        Metres a printed millimetre.
    width_mm, height_mm
        Its sides.
    """

    west: float
    south: float
    m_per_mm: float
    width_mm: float = WIDTH_MM
    height_mm: float = HEIGHT_MM

    @classmethod
    def around(
        cls, district: shapely.Geometry, width_mm: float = WIDTH_MM, height_mm: float = HEIGHT_MM
    ) -> "PrintFrame":
        """A frame with the whole district in it, of a round scale, so that a ruler does.

        Parameters
        ----------
        district
            In a metric CRS.
        width_mm, height_mm
            Sides of the frame.

        Returns
        -------
        PrintFrame
            The district is in its middle, with 5 % to spare; ``m_per_mm`` is a multiple of 0.5.
        """
        west, south, east, north = district.bounds
        needed = max((east - west) / width_mm, (north - south) / height_mm) * 1.05
        m_per_mm = float(np.ceil(needed * 2) / 2)
        left, below = (west + east - width_mm * m_per_mm) / 2, (south + north - height_mm * m_per_mm) / 2
        return cls(left, below, m_per_mm, width_mm, height_mm)

    def millimetres(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Geometries cut by the frame, in millimetres from its upper left corner; what is outside is left out.

        Parameters
        ----------
        shapes
            In the frame's CRS, shape (n,).

        Returns
        -------
        ndarray
            Those that are not empty, shape (at most n,).
        """
        east, north = self.west + self.width_mm * self.m_per_mm, self.south + self.height_mm * self.m_per_mm
        box = shapely.box(self.west, self.south, east, north)
        inside = shapely.transform(
            shapely.intersection(shapes, box),
            lambda xy: np.column_stack(
                [(xy[:, 0] - self.west) / self.m_per_mm, self.height_mm - (xy[:, 1] - self.south) / self.m_per_mm]
            ),
        )
        kept: NDArray[np.object_] = inside[~shapely.is_empty(inside)]
        return kept


def draw_map(
    ground: PaperMapLayers,
    frame: PrintFrame,
    *,
    ruler: bool = True,
    letters: float = 1.0,
    marked: str = "",
    clear: Sequence[shapely.Geometry] = (),
    first: Collection[str] = (),
) -> str:
    """The map as the content of an SVG in millimetres; all names in it are escaped.

    Parameters
    ----------
    ground
        What is drawn.
    frame
        Where the paper lies.
    ruler
        Whether millimetres stand along its edge, outside the frame, by which what was drawn is read off.
    letters
        How many times as high as on the A3 sheet letters are: there, those of the smallest streets are 2.1 mm.
    marked
        Markup that lies on streets and below names.
    clear
        What names keep off, in millimetres of the sheet: the name of a street that would lie on it stands beside it.
    first
        Names of streets that have room before all others, in more places along them.

    Returns
    -------
    str
    """
    wide = ground.streets["highway"].isin(_MAIN).to_numpy()
    streets = ground.streets.geometry.to_numpy()
    outline = boundary_drawn(ground, frame)
    along = list(_street_labels(ground, frame, letters, first))
    named = (
        _hub_label(ground, frame, letters),
        [label for label in along if label.text in first],
        _area_labels(ground, frame, letters),
        [label for label in along if label.text not in first],
    )
    entrances = frame.millimetres(ground.hub.geometry.to_numpy())
    bar, scale_bar = _scale_bar(frame, letters)
    labels = _placed([label for some in named for label in some], frame, [bar], clear)
    return "".join(
        [
            _path(frame.millimetres(ground.water.geometry.to_numpy()), 'fill="#dce8f0" stroke="#9fb6c4"', 0.2),
            _path(frame.millimetres(streets[~wide]), 'fill="none" stroke="#8a8a8a"', 0.3),
            _path(frame.millimetres(streets[wide]), 'fill="none" stroke="#444"', 0.9),
            _path(outline, 'fill="none" stroke="#fff" opacity=".8"', 1.8),
            _path(outline, 'fill="none" stroke="#000" stroke-dasharray="4 2"', 0.7),
            marked,
            *(
                f'<circle cx="{place.x:.1f}" cy="{place.y:.1f}" r="2" fill="#c00" stroke="#fff" stroke-width=".5"/>'
                for place in _amid(entrances)
            ),
            *(label.svg() for label in labels),
            _ruler() if ruler else "",
            scale_bar,
        ]
    )


def boundary_drawn(ground: PaperMapLayers, frame: PrintFrame) -> NDArray[np.object_]:
    """The district's boundary within the frame.

    Parameters
    ----------
    ground
        What is drawn.
    frame
        Where the paper lies.

    Returns
    -------
    ndarray
        Its lines in millimetres; empty where none of it is on the map.
    """
    return frame.millimetres(np.array([shapely.boundary(shapely.union_all(ground.areas.geometry.to_numpy()))]))


@dataclass(frozen=True)
class _Label:
    """A name: where its middle is, in millimetres, by how much it is turned, and how high and heavy its letters are."""

    text: str
    x: float
    y: float
    degrees: float
    size_mm: float
    bold: bool = False
    colour: str = "#000"
    #: Where else it may stand, the best first.
    others: tuple["_Label", ...] = ()

    def moved(self, steps: float) -> "_Label":
        """So many heights of its letters to its side."""
        turn, far = np.radians(self.degrees), steps * 1.3 * self.size_mm
        return replace(self, x=self.x - far * float(np.sin(turn)), y=self.y + far * float(np.cos(turn)))

    def box(self) -> shapely.Geometry:
        """The ground that it covers."""
        half, high = len(self.text) * self.size_mm * _LETTER / 2, self.size_mm / 2
        level = shapely.box(self.x - half, self.y - high, self.x + half, self.y + high)
        turn = np.radians(self.degrees)
        matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        middle = np.array([self.x, self.y])
        return shapely.transform(level, lambda xy: (xy - middle) @ matrix.T + middle)

    def svg(self) -> str:
        weight = ' font-weight="bold"' if self.bold else ""
        colour = "" if self.colour == "#000" else f' fill="{self.colour}"'
        return (
            f'<text x="{self.x:.1f}" y="{self.y + self.size_mm * 0.35:.1f}" font-size="{self.size_mm:g}"'
            f'{weight}{colour} text-anchor="middle" paint-order="stroke" stroke="#fff" stroke-width=".7" '
            f'stroke-linejoin="round" transform="rotate({self.degrees:.0f} {self.x:.1f} {self.y:.1f})">'
            f"{html.escape(self.text)}</text>\n"
        )


def _placed(
    labels: list[_Label], frame: PrintFrame, taken: list[shapely.Geometry], clear: Sequence[shapely.Geometry]
) -> list[_Label]:
    """Those that cover no earlier one and stay within the frame, beside what they keep off."""
    paper = shapely.box(0, 0, frame.width_mm, frame.height_mm)

    def free(one: _Label, of: Sequence[shapely.Geometry]) -> bool:
        return not shapely.intersects(one.box(), np.array(of, object)).any()

    kept = []
    for label in labels:
        places = [
            place
            for one in (label, *label.others)
            for place in ([one] if free(one, clear) else [one.moved(steps) for steps in (1, -1, 1.6, -1.6)])
        ]
        fitting = (one for one in places if paper.contains(one.box()) and free(one, [*clear, *taken]))
        place = next(fitting, None)
        if place is not None:
            taken.append(place.box())
            kept.append(place)
    return kept


def _amid(entrances: NDArray[np.object_]) -> NDArray[np.object_]:
    """The hub is one sign, amid its entrances."""
    return np.array([shapely.centroid(shapely.union_all(entrances))]) if len(entrances) else entrances


def _hub_label(ground: PaperMapLayers, frame: PrintFrame, letters: float) -> Iterator[_Label]:
    """Above its sign or below it, within the frame, in smaller letters where it has no room."""
    entrances = frame.millimetres(ground.hub.geometry.to_numpy())
    if len(entrances):
        x, y = (float(each(_amid(entrances))[0]) for each in (shapely.get_x, shapely.get_y))
        places = []
        size = _MAIN_MM if ground.hub_is_light else _HUB_MM
        for size_mm in (size * letters * share for share in (1.0, 0.8, 0.65)):
            half = len(ground.hub_name) * size_mm * _LETTER / 2 + 1
            middle = min(max(x, half), frame.width_mm - half)
            places += [
                _Label(
                    ground.hub_name,
                    middle,
                    y + side * (2.5 + size_mm * 0.7),
                    0.0,
                    size_mm,
                    bold=not ground.hub_is_light,
                )
                for side in (-1, 1)
            ]
        yield replace(places[0], others=tuple(places[1:]))


def _area_labels(ground: PaperMapLayers, frame: PrintFrame, letters: float) -> Iterator[_Label]:
    named = with_name(ground.areas)
    for name, shape in zip(named["name"], shapely.point_on_surface(named.geometry.to_numpy()), strict=True):
        for place in frame.millimetres(np.array([shape])):
            yield _Label(str(name), place.x, place.y, 0.0, _AREA_MM * letters, colour="#595959")


def _street_labels(
    ground: PaperMapLayers, frame: PrintFrame, letters: float, first: Collection[str]
) -> Iterator[_Label]:
    """A name a street, along its longest piece where that is long enough; main streets and long ones first."""
    named = with_name(ground.streets)
    ranked = []
    for name, rows in named.groupby("name", sort=True):
        pieces = shapely.get_parts(shapely.line_merge(shapely.union_all(frame.millimetres(rows.geometry.to_numpy()))))
        lines = pieces[shapely.get_type_id(pieces) == shapely.GeometryType.LINESTRING]
        if not len(lines):
            continue
        line = lines[np.argmax(shapely.length(lines))]
        is_main = bool(rows["highway"].isin(_MAIN).any())
        size_mm = (_MAIN_MM if is_main else _STREET_MM) * letters
        if name in first:
            label, *others = (_along(str(name), line, size_mm, at) for at in (0.5, 0.65, 0.35, 0.8, 0.2))
            level = (replace(one, degrees=0.0) for one in (label, *others))
            ranked.append(((0, 0.0), replace(label, others=(*others, *level))))
        elif line.length >= len(str(name)) * size_mm * _LETTER:
            ranked.append(((1 if is_main else 2, -line.length), _along(str(name), line, size_mm)))
    return (label for _, label in sorted(ranked, key=lambda one: one[0]))


def _along(name: str, line: shapely.LineString, size_mm: float, at: float = 0.5) -> _Label:
    before, middle, after = (line.interpolate(at + share, normalized=True) for share in (-0.1, 0.0, 0.1))
    degrees = float(np.degrees(np.arctan2(after.y - before.y, after.x - before.x)))
    return _Label(name, middle.x, middle.y, (degrees + 90) % 180 - 90, size_mm)


def _path(shapes: NDArray[np.object_], look: str, width: float) -> str:
    parts = shapely.get_parts(shapely.get_rings(shapely.get_parts(shapes))) if _surfaces(shapes) else _lines(shapes)
    steps = ["M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(part)) for part in parts]
    return f'<path d="{"".join(steps)}" {look} stroke-width="{width}" fill-rule="evenodd"/>\n'


def _surfaces(shapes: NDArray[np.object_]) -> bool:
    return bool(len(shapes)) and bool((shapely.get_dimensions(shapes) == 2).all())


def _lines(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    parts = shapely.get_parts(shapes)
    lines: NDArray[np.object_] = parts[shapely.get_dimensions(parts) == 1]
    return lines


def _ruler() -> str:
    """Millimetres along the frame, counted from the lower left corner."""
    across = "".join(
        f'<text x="{x}" y="{HEIGHT_MM + 5}" font-size="3.6" text-anchor="middle">{x}</text>'
        f'<path d="M{x} {HEIGHT_MM}v2" stroke="#000" stroke-width=".3"/>'
        for x in range(0, int(WIDTH_MM) + 1, _TICK_MM)
    )
    up = "".join(
        f'<text x="-2.5" y="{HEIGHT_MM - y + 1.3}" font-size="3.6" text-anchor="end">{y}</text>'
        f'<path d="M0 {HEIGHT_MM - y}h-2" stroke="#000" stroke-width=".3"/>'
        for y in range(0, int(HEIGHT_MM) + 1, _TICK_MM)
    )
    return across + up


def _scale_bar(frame: PrintFrame, letters: float) -> tuple[shapely.Geometry, str]:
    """A bar of a round number of metres, in the lower right corner, and the ground that it covers."""
    widest = max(frame.width_mm * 70 / WIDTH_MM, 30.0)
    length_m = next(
        metres for metres in (2000, 1000, 500, 200, 100) if metres / frame.m_per_mm <= widest or metres == 100
    )
    length_mm = length_m / frame.m_per_mm
    length = f"{length_m}\u00a0m" if length_m < 1000 else f"{length_m // 1000}\u00a0km"
    x, y, size = frame.width_mm - length_mm - 6, frame.height_mm - 5, 3.6 * letters
    return shapely.box(x - 3, y - 3.4 - size, x + length_mm + 3, y + 3), (
        f'<rect x="{x - 3:.1f}" y="{y - 3.4 - size:g}" width="{length_mm + 6:.1f}" height="{6.4 + size:g}" '
        f'fill="#fff"/>'
        f'<path d="M{x:.1f} {y - 2}v2h{length_mm:.1f}v-2" fill="none" stroke="#000" stroke-width=".5"/>'
        f'<text x="{x + length_mm / 2:.1f}" y="{y - 2 * letters:g}" font-size="{size:g}" '
        f'text-anchor="middle">{length}</text>'
    )

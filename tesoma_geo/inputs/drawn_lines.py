"""What a cohort drew, as lines of the map: the figures of drawn lines, counted once when the cohort closes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.annotations.shared_lines import LINK, ROUTE, WISHED, Line, SharedLine, link_groups, route_groups
from tesoma_geo.annotations.trust import count_within_shares
from tesoma_geo.inputs.line_matching import LineMatcher
from tesoma_geo.network.streets.junction_pieces import JunctionPieces
from tesoma_geo.workspace.annotations import Publish

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

Array = NDArray[np.float64]

#: Side of the squares round which nothing counts where a drawing begins or ends in them, in metres.
END_SQUARE_M = 250.0
#: An end of a wished link is at one of so many junctions, no farther than this (assumption: a finger on a phone).
MOST_JUNCTIONS, JUNCTION_M = 6, 60.0
#: Where no junction is so near, it is at the nearest, or at one not much farther by this factor, within this.
FARTHEST_JUNCTION_M, NOT_MUCH_FARTHER = 200.0, 1.2
#: By so many metres more than the nearest, a junction fits an end of a wished link less, as by a normal curve
#: (assumption).
OFF_M = 30.0
#: What lies farther from every street than this is across a gap (assumption: a finger and half a road).
OFF_STREET_M = 35.0
#: A wish that was drawn so far along streets before the gap, or after it, tells of a walk: the gap is what is wished.
ALONG_STREETS_M = 200.0
#: A drawing is looked at so often for gaps.
LOOK_M = 5.0
#: Fits are whole numbers: their sum does not depend on an order.
FULL_FIT = 1_000_000
#: Decimals of metres.
_DECIMALS = 1


@dataclass(frozen=True, eq=False)
class DrawnLines:
    """Turns what respondents drew into groups of :class:`~tesoma_geo.annotations.shared_lines.SharedLine`.

    Attributes
    ----------
    pieces
        The public streets.
    home_xy, residents
        Where residents live in the metric system of the pieces, shapes (h, 2) and (h,).
    """

    pieces: JunctionPieces
    home_xy: Array
    residents: NDArray[np.float64]

    def figures(self, said: gpd.GeoDataFrame, settings: Publish) -> list[dict[str, Any]]:
        """What a cohort drew, in groups of k respondents or more.

        Parameters
        ----------
        said
            Annotations of a cohort that may be counted, in the metric system of the pieces.
        settings
            The workspace's ``[publish]``.

        Returns
        -------
        list of dict
            Groups as :meth:`~tesoma_geo.annotations.shared_lines.SharedLine.to_json` gives them.
        """
        drawn = said[shapely.get_dimensions(said.geometry.to_numpy()) == 1]
        figures: list[dict[str, Any]] = []
        for kind in sorted(set(drawn["kind"])):
            of_kind = drawn[drawn["kind"] == kind].reset_index(drop=True)
            person, names = pd.factorize(of_kind["respondent"])
            if len(names) < settings.k:
                continue
            groups = self._links if kind == WISHED else self._routes
            for members, lines in groups(of_kind.geometry.to_numpy(), person, len(names), settings):
                voices = count_within_shares(of_kind[np.isin(person, members)], settings)
                if voices >= settings.k:
                    in_steps = voices // settings.k * settings.k
                    shared = SharedLine(LINK if kind == WISHED else ROUTE, kind, in_steps, lines)
                    figures.append(shared.to_json())
        return figures

    def _routes(
        self, drawings: NDArray[np.object_], person: NDArray[np.int64], people: int, settings: Publish
    ) -> Iterator[tuple[NDArray[np.int64], tuple[Line, ...]]]:
        drawn = np.zeros((people, len(self.pieces.ends)), bool)
        for who, drawing in zip(person.tolist(), drawings, strict=True):
            drawn[who, self.walked_away_from_ends(drawing, settings)] = True
        for members, pieces in route_groups(drawn, self.pieces.length_m, settings.k):
            yield members, tuple(_line(self.pieces.line(int(piece))) for piece in pieces)

    def walked_away_from_ends(self, drawing: shapely.Geometry, settings: Publish) -> NDArray[np.int64]:
        """The pieces of street that a drawing follows, without those round its ends.

        Parameters
        ----------
        drawing
            LineString or MultiLineString in the metric system.
        settings
            The workspace's ``[publish]``.

        Returns
        -------
        int array
            Numbers of pieces, sorted.
        """
        walked = self._matcher.walked(drawing)
        lines = self.pieces.lines[walked]
        for part in shapely.get_parts(drawing):
            for end in shapely.get_coordinates(part)[[0, -1]]:
                square, hidden_m = self.hidden_round(end, settings)
                away = shapely.distance(lines, square) >= hidden_m
                walked, lines = walked[away], lines[away]
        return walked

    def hidden_round(self, end: Array, settings: Publish) -> tuple[shapely.Polygon, float]:
        """Where nothing of a drawing counts that begins or ends at a place.

        It follows from the square of :data:`END_SQUARE_M` in which the place lies: were it round the place itself, the
        junction at which a street begins to count would tell how far away the place is.

        Parameters
        ----------
        end
            East and north in the metric system.
        settings
            The workspace's ``[publish]``.

        Returns
        -------
        square : Polygon
            In which the place lies.
        metres : float
            As far from the square nothing counts: ``line_ends_m`` at least, and farther where fewer than
            ``line_ends_residents`` live so near; infinite where fewer live anywhere.
        """
        low = np.floor(end / END_SQUARE_M) * END_SQUARE_M
        away_m = np.hypot(*np.maximum(np.abs(self.home_xy - low - END_SQUARE_M / 2) - END_SQUARE_M / 2, 0).T)
        order = np.argsort(away_m, kind="stable")
        nearer = int(np.searchsorted(np.cumsum(self.residents[order]), settings.line_ends_residents))
        enough_m = float(away_m[order[nearer]]) if nearer < len(order) else np.inf
        return shapely.box(*low, *(low + END_SQUARE_M)), max(settings.line_ends_m, enough_m)

    def _links(
        self, drawings: NDArray[np.object_], person: NDArray[np.int64], people: int, settings: Publish
    ) -> Iterator[tuple[NDArray[np.int64], tuple[Line, ...]]]:
        from scipy.sparse import coo_array, csr_array

        wishes: list[tuple[int, int, int, int]] = []
        for who, drawing in zip(person.tolist(), drawings, strict=True):
            for part in shapely.get_parts(drawing):
                wishes += [(who, *pair, fit) for pair, fit in self._pairs(*self._gap(part)).items()]
        if not wishes:
            return
        table = pd.DataFrame(wishes, columns=["who", "one", "other", "fit"])
        best = table.groupby(["one", "other", "who"], sort=True)["fit"].max().reset_index()
        pair, pairs = pd.factorize(pd.MultiIndex.from_frame(best[["one", "other"]]))
        fits = coo_array((best["fit"], (best["who"], pair)), shape=(people, len(pairs)))
        for members, column in link_groups(csr_array(fits), settings.k):
            yield members, tuple(self._between(*pairs[at]) for at in column)

    def _gap(self, line: shapely.LineString) -> tuple[Array, Array]:
        """The ends of what is wished for: those of the drawing, unless it goes along streets to a gap, or on from one.

        Then it is where the drawing leaves the streets for the first time, and where it comes back for the last.
        """
        along = np.linspace(0, line.length, max(2, int(np.ceil(line.length / LOOK_M)) + 1))
        points = shapely.line_interpolate_point(line, along)
        at = shapely.get_coordinates(points)
        _, away_m = self._tree.query_nearest(points, return_distance=True, all_matches=False)
        off = np.flatnonzero(away_m > OFF_STREET_M)
        first, last = 0, len(at) - 1
        if len(off) and along[off[0]] > ALONG_STREETS_M:
            first = int(off[0])
            while away_m[first - 1] < away_m[first]:
                first -= 1
        if len(off) and line.length - along[off[-1]] > ALONG_STREETS_M:
            last = int(off[-1])
            while away_m[last + 1] < away_m[last]:
                last += 1
        return at[first], at[last]

    def _pairs(self, one: Array, other: Array) -> dict[tuple[int, int], int]:
        """Pairs of junctions that a wished link may be meant to join, the smaller first, and how well they fit."""
        fits: dict[tuple[int, int], int] = {}
        for start, more_m in self._junctions_at(one):
            for end, and_m in self._junctions_at(other):
                if start != end:
                    pair = (min(start, end), max(start, end))
                    fit = 1 + round(FULL_FIT * float(np.exp(-0.5 * (more_m**2 + and_m**2) / OFF_M**2)))
                    fits[pair] = max(fit, fits.get(pair, 0))
        return fits

    def _junctions_at(self, end: Array) -> list[tuple[int, float]]:
        """Junctions that an end of a wished link may be meant for, and how much farther they are than the nearest."""
        away_m, at = self._junctions.query(end, k=min(MOST_JUNCTIONS, self._junctions.n))
        away_m, at = np.atleast_1d(away_m), np.atleast_1d(at)
        nearest_m = float(away_m[0])
        reach_m = max(JUNCTION_M, NOT_MUCH_FARTHER * nearest_m) if nearest_m <= FARTHEST_JUNCTION_M else 0.0
        nodes = self.pieces.junctions[at]
        return [
            (int(node), float(metres) - nearest_m)
            for node, metres in zip(nodes, away_m, strict=True)
            if metres <= reach_m
        ]

    def _between(self, one: int, other: int) -> Line:
        ends = np.column_stack([self.pieces.x[[one, other]], self.pieces.y[[one, other]]])
        return _line(shapely.LineString(ends[np.lexsort(ends.T[::-1])]))

    @cached_property
    def _junctions(self) -> "cKDTree":
        from scipy.spatial import cKDTree

        nodes = self.pieces.junctions
        return cKDTree(np.column_stack([self.pieces.x[nodes], self.pieces.y[nodes]]))

    @cached_property
    def _matcher(self) -> LineMatcher:
        return LineMatcher(self.pieces)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.pieces.segments)


def _line(line: shapely.Geometry) -> Line:
    return tuple((float(east), float(north)) for east, north in shapely.get_coordinates(line).round(_DECIMALS))

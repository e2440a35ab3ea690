"""Homes as the grid cells they stand for: minutes by each way of moving, in winter, at a departure, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from tesoma_geo._shapes import ROUTE_TOLERANCE_M
from tesoma_geo.columns import FROM_HUB_S, NEAREST_S, TO_HUB_S
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.encoding import packed_integers, packed_lines, packed_seconds

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.assessment.transit_analysis import TransitAnalysis

#: Columns of an explanation that are no part of the minutes.
NO_PARTS = ["total_s", "largest"]
#: Services that are told first of what is near a home.
DAILY_KINDS = ("grocery", "school", "pharmacy")
#: The cutoff that the departures speak of, when the workspace has it.
DEPARTURES_MIN = 30.0


@dataclass(frozen=True, eq=False)
class Grid:
    """Which origins the page shows as one: those that share a cell, whose areas differ.

    Attributes
    ----------
    cell
        Of each origin, a position among ``squares``.
    first
        One origin of each cell.
    residents
        Of each origin.
    squares
        The cells, in the origins' CRS.
    """

    cell: NDArray[np.int64]
    first: NDArray[np.int64]
    residents: NDArray[np.float64]
    squares: NDArray[np.object_]

    @classmethod
    def of(cls, origins: gpd.GeoDataFrame, cell_m: float) -> Self:
        """The cells of origins; ``cell_m`` is their side.

        Parameters
        ----------
        origins
            Homes, with seconds by each way of moving, in a metric system.
        cell_m
            Side of a cell in metres.

        Returns
        -------
        Self
            As many as there are squares with a home in them.
        """
        corners = np.floor(np.column_stack([origins.geometry.x, origins.geometry.y]) / cell_m).astype(np.int64)
        grid, first, cell = np.unique(corners, axis=0, return_index=True, return_inverse=True)
        west, south = (grid * cell_m).T
        squares = shapely.box(west, south, west + cell_m, south + cell_m)
        return cls(cell.ravel(), first, origins["population"].to_numpy(float), squares)

    def total(self, values: ArrayLike) -> NDArray[np.float64]:
        """Sum over the origins of each cell.

        Parameters
        ----------
        values
            A number each.

        Returns
        -------
        ndarray
            Shape (cells,).
        """
        return np.bincount(self.cell, np.asarray(values, float), len(self.squares)).astype(np.float64)

    def mean(self, values: ArrayLike) -> NDArray[np.float64]:
        """Mean over the residents of each cell whose value is finite; inf where none is.

        Parameters
        ----------
        values
            A number each.

        Returns
        -------
        ndarray
            Shape (cells,).
        """
        each = np.asarray(values, float)
        finite = np.isfinite(each)
        weight = np.where(finite, np.maximum(self.residents, 1e-9), 0.0)
        weights, sums = self.total(weight), self.total(weight * np.where(finite, each, 0.0))
        mean: NDArray[np.float64] = np.divide(sums, weights, out=np.full(len(weights), np.inf), where=weights > 0)
        return mean


def cells(
    grid: Grid, origins: gpd.GeoDataFrame, profiles: list[str], areas: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The cells with residents and seconds to the hub and back; ``areas`` gives the names of area codes.

    Parameters
    ----------
    grid
        The cells of the origins.
    origins
        Homes, with seconds by each way of moving, in a metric system.
    profiles
        Ways of moving that were assessed.
    areas
        Code → name of the areas; None when they are not known.

    Returns
    -------
    dict
        What ``scripts/painters/times.js`` unpacks.
    """
    known = areas or {}
    codes = origins["area_code"].to_numpy(object)[grid.first] if areas else [""] * len(grid.first)
    area, names = pd.factorize(pd.Series([str(known.get(code, code)) for code in codes], dtype=object))
    seconds = {
        way: {profile: packed_seconds(grid.mean(origins[column.of(profile)])) for profile in profiles}
        for way, column in (("to", TO_HUB_S), ("from", FROM_HUB_S))
    }
    return {
        "quads": packed_lines(shapely.get_exterior_ring(grid.squares), str(origins.crs)),
        "areas": names.tolist(),
        "area": packed_integers(area),
        "residents": packed_integers(grid.total(grid.residents).astype(np.int64)),
        "to_hub_s": seconds["to"],
        "from_hub_s": seconds["from"],
    }


def details(assessment: "Assessment", grid: Grid, profile: str) -> dict[str, Any]:
    """What a cell tells of one profile when it is asked: why, in winter, and how sure; only what is known.

    Seconds: ``parts_s`` by the parts of :mod:`tesoma_geo.analysis.explain_streets` that are something anywhere,
    ``winter_s``. ``routes`` are lines, ``legs`` those of trips by timetable, ``either_side`` the cells that the
    assumptions decide about.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    grid
        The cells of the origins.
    profile
        A way of moving that was assessed.

    Returns
    -------
    dict
        What ``scripts/painters/times.js`` unpacks; only what is known.
    """
    street_analysis = assessment.street_analysis
    packed: dict[str, Any] = {}
    explained = explained_of(assessment, profile)
    if explained is not None:
        packed["parts_s"] = _parts_s(explained, grid)
    if profile in street_analysis.routes:
        packed["routes"] = packed_lines(
            street_analysis.routes[profile][grid.first], str(assessment.origins.crs), ROUTE_TOLERANCE_M
        )
    elif assessment.transit_analysis is not None and profile in TIMETABLE_PROFILES:
        packed["legs"] = packed_legs(assessment.transit_analysis.legs[grid.first], str(assessment.origins.crs))
    if profile in street_analysis.winter_s:
        packed["winter_s"] = packed_seconds(grid.mean(street_analysis.winter_s[profile]))
    if profile in street_analysis.uncertain:
        sure = street_analysis.uncertain[profile].origins
        packed["either_side"] = packed_integers(np.flatnonzero(grid.total(sure["limit_uncertain"])))
    return packed


def packed_legs(legs: NDArray[np.object_], crs: str) -> dict[str, str]:
    """Walks and rides of trips: the first walk of each, and what follows on it once for all who ride alike.

    Parameters
    ----------
    legs
        A tuple a cell, see :func:`~tesoma_geo.analysis.trip_legs.trip_legs`.
    crs
        The coordinate reference system of the lines, such as ``EPSG:3067``.

    Returns
    -------
    dict
        ``walks``, a line a cell, of no points where none is known; ``after``, the lines that follow on some first walk,
        trip after trip; ``count``, how many lines each of these has; ``of``, which of them is a cell's, -1 for none.
    """
    number = {after: at for at, after in enumerate(dict.fromkeys(trip[1:] for trip in legs if len(trip) > 1))}
    return {
        "walks": packed_lines(np.array([trip[0] if trip else None for trip in legs], object), crs),
        "after": packed_lines(np.array([line for after in number for line in after], object), crs),
        "count": packed_integers([len(after) for after in number]),
        "of": packed_integers([number.get(trip[1:], -1) for trip in legs]),
    }


def home_answers(assessment: "Assessment", grid: Grid, profiles: list[str]) -> list[dict[str, Any]]:
    """What a reader is told of a home besides the minutes to the hub: how sure they are, and what is nearest.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    grid
        The cells of the origins.
    profiles
        Ways of moving that were assessed.

    Returns
    -------
    list of dict
        One a profile: ``nearest_s``, each kind of services with packed seconds to the nearest; ``low_s`` and
        ``high_s``, the ends of the interval, where there is one; ``rides``, what is boarded where by a timetable, and
        ``walked_s``, the seconds of the walk to it and from it, cell after cell.
    """
    answers: list[dict[str, Any]] = []
    for profile in profiles:
        answer: dict[str, Any] = {"nearest_s": _nearest_s(assessment, grid, profile)}
        if profile in assessment.street_analysis.uncertain:
            sure = assessment.street_analysis.uncertain[profile].origins
            answer |= {name: packed_seconds(grid.mean(sure[name])) for name in ("low_s", "high_s")}
        if assessment.transit_analysis is not None and profile in TIMETABLE_PROFILES:
            answer["rides"] = _rides(assessment.transit_analysis.boarded[grid.first])
            answer["walked_s"] = packed_seconds(assessment.transit_analysis.walked_s[grid.first].ravel())
        answers.append(answer)
    return answers


def _rides(boarded: NDArray[np.object_]) -> dict[str, Any]:
    """Each sequence of rides that there is once, in the order of cells, and which one is a cell's."""
    number = {rides: at for at, rides in enumerate(dict.fromkeys(boarded))}
    return {"texts": list(number), "of": packed_integers(np.array([number[rides] for rides in boarded], np.int64))}


def _nearest_s(assessment: "Assessment", grid: Grid, profile: str) -> list[tuple[str, str]]:
    """Each kind of services, those that everybody needs first, with whole seconds to the nearest one."""
    kinds, origins = headline.service_kinds(assessment.services), assessment.origins
    first = sorted(kinds, key=lambda kind: (*(kind != daily for daily in DAILY_KINDS), kinds.index(kind)))
    columns = {kind: NEAREST_S.of(profile, kind) for kind in first}
    # A kind is the workspace's text: it names nothing in the script.
    return [(kind, packed_seconds(grid.mean(origins[name]))) for kind, name in columns.items() if name in origins]


def _parts_s(explained: pd.DataFrame, grid: Grid) -> dict[str, str]:
    """Whole seconds of each part, of those who get there."""
    there = np.isfinite(explained["total_s"].to_numpy(float))
    packed = {}
    for column in explained.columns.drop(NO_PARTS):
        seconds = explained[column].to_numpy(float)
        if (seconds[there] != 0).any():
            mean = grid.mean(np.where(there, seconds, np.inf))
            packed[str(column).removesuffix("_s")] = packed_integers(
                np.rint(np.nan_to_num(mean, posinf=0)).astype(np.int64)
            )
    return packed


def parts_of(assessment: "Assessment", profile: str) -> list[str]:
    """Names of the parts of a profile's minutes; none where they are not known.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.

    Returns
    -------
    list of str
        In the order in which they come; none where they are not known.
    """
    explained = explained_of(assessment, profile)
    return [] if explained is None else [str(name).removesuffix("_s") for name in explained.columns.drop(NO_PARTS)]


def explained_of(assessment: "Assessment", profile: str) -> pd.DataFrame | None:
    """The parts of a profile's seconds, a row an origin; None where they are not known.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.

    Returns
    -------
    DataFrame or None
        Seconds, a row an origin; None where they are not known.
    """
    if profile in assessment.street_analysis.explained:
        return assessment.street_analysis.explained[profile]
    transit = assessment.transit_analysis
    return None if transit is None or profile not in TIMETABLE_PROFILES else transit.explained


def departures(street_analysis: "TransitAnalysis", cutoffs_min: tuple[float, ...]) -> dict[str, Any]:
    """What the slider of departures tells: clock times, and residents within a cutoff at each.

    Parameters
    ----------
    street_analysis
        What the timetable tells.
    cutoffs_min
        Minutes, from the smallest to the largest.

    Returns
    -------
    dict
        ``clocks``, ``within`` (residents) and ``cutoff_min``.
    """
    cutoff = DEPARTURES_MIN if DEPARTURES_MIN in cutoffs_min else cutoffs_min[-1]
    return {
        "clocks": list(street_analysis.departure_clocks),
        "within": street_analysis.day[f"within_{cutoff:g}"].astype(int).tolist(),
        "cutoff_min": cutoff,
    }


def departure_minutes(street_analysis: "TransitAnalysis", grid: Grid) -> str:
    """Whole minutes from each cell, rounded up, -1 for no way: a cell after the other, as steps between departures.

    Parameters
    ----------
    street_analysis
        What the timetable tells.
    grid
        The cells of the origins.

    Returns
    -------
    str
        Packed integers.
    """
    minutes = np.ceil(np.column_stack([grid.mean(column) for column in street_analysis.departure_s.T]) / 60)
    whole = np.where(np.isfinite(minutes), minutes, -1).astype(np.int64)
    return packed_integers(np.diff(whole, axis=1, prepend=0).ravel())

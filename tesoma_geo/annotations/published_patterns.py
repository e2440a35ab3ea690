"""What the patterns say in public: made of published squares alone, so that they tell nothing that those do not."""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.annotations.cohorts import Cohort
from tesoma_geo.annotations.counted_records import PEOPLE, UNSPECIFIED
from tesoma_geo.annotations.k_anonymity import Cell, DisclosureGroup, Place
from tesoma_geo.annotations.patterns import benjamini_hochberg
from tesoma_geo.annotations.street_places import STREET, STRETCH
from tesoma_geo.crs import WGS84, to_wgs84

#: Larger squares are no one place.
PLACE_M = 1000.0
#: What is said on a street is said within this of it, for comparing with chance.
STRIP_M = 25.0
#: False discovery rate of the squares that more spoke of than chance explains.
DISCOVERIES = 0.05


def published_patterns(cohorts: Sequence[Cohort], areas: gpd.GeoDataFrame) -> dict[str, Any]:
    """Places that many spoke of, from the frozen squares of cohorts.

    A square is hot when more respondents spoke of it than if those of the same kind and topic were spread evenly over
    the district (Poisson, one-sided; false discovery rate of :data:`DISCOVERIES`, Benjamini & Hochberg 1995).

    Parameters
    ----------
    cohorts
        Those that are published.
    areas
        Polygons of the district in the CRS of the squares.

    Returns
    -------
    dict
        ``crowds``: squares with sides of :data:`PLACE_M` or less, streets and stretches of streets (``kind``,
        ``category`` or None, ``respondents`` at least, in steps of k, ``place`` in degrees, ``hot``). ``hot_spots``:
        ``hot`` of ``cells`` of side ``cell_m`` or less.
    """
    district = shapely.union_all(areas.geometry.to_numpy())
    squares, chances, places = [], [], []
    for cohort in cohorts:
        for group in cohort.groups:
            outline = _small_outline(cohort, group, areas)
            if outline is None:
                continue
            squares.append((cohort, group))
            chances.append(_chance(cohort, group, outline, district))
            places.append(shapely.point_on_surface(outline))
    hot = benjamini_hochberg(np.array(chances), DISCOVERIES) if squares else np.zeros(0, bool)
    at = shapely.get_coordinates(places).reshape(-1, 2)
    degrees = np.column_stack(to_wgs84(at[:, 0], at[:, 1], str(areas.crs))).round(6)
    rows = [
        {"kind": group.kind, "category": group.topic if group.topic not in ("", UNSPECIFIED) else None,
         "respondents": group.voices // cohort.k * cohort.k, "place": place, "hot": bool(many)}
        for (cohort, group), place, many in zip(squares, degrees.tolist(), hot, strict=True)
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row["respondents"], row["place"], row["kind"], row["category"] or ""))
    return {"crowds": rows, "hot_spots": {"cell_m": PLACE_M, "hot": int(hot.sum()), "cells": len(rows)}}


def _small_outline(cohort: Cohort, group: DisclosureGroup, areas: gpd.GeoDataFrame) -> shapely.Geometry | None:
    """The square, or the strip along a street, of a group that has a place; None for all others."""
    if group.kind in PEOPLE.values():
        return None
    if group.place is not None and group.outline is not None and group.place[0] in (STREET, STRETCH):
        lines = gpd.GeoSeries([shapely.from_wkt(group.outline)], crs=WGS84).to_crs(areas.crs)
        return shapely.buffer(lines.iloc[0], STRIP_M)
    if group.cell is None or _side(cohort, group.cell) > PLACE_M:
        return None
    return group_outline(group.cell, group.without, cohort.cell_m)


def group_outline(cell: Cell, without: Sequence[Cell | Place], cell_m: float) -> shapely.Geometry:
    """The square of a group less the smaller ones cut out of it.

    Parameters
    ----------
    cell
        The square.
    without
        Smaller ones.
    cell_m
        Side of the smallest squares, in metres.

    Returns
    -------
    shapely.Geometry
        In metres.
    """
    smaller = shapely.union_all([_square((int(one[0]), int(one[1]), int(one[2])), cell_m) for one in without])
    return _square(cell, cell_m).difference(smaller)


def _square(cell: Cell, cell_m: float) -> shapely.Geometry:
    level, column, row = cell
    side = cell_m * 2**level
    return shapely.box(column * side, row * side, (column + 1) * side, (row + 1) * side)


def _side(cohort: Cohort, cell: Cell) -> float:
    return cohort.cell_m * 2.0 ** cell[0]


def _chance(cohort: Cohort, group: DisclosureGroup, outline: shapely.Geometry, district: shapely.Geometry) -> float:
    """Chance of so many respondents or more, if those of the same table were spread evenly over the district."""
    from scipy.special import pdtrc  # Poisson's upper tail; scipy.stats, which calls it, takes half a second to load

    same = [one.voices for one in cohort.groups if (one.kind, one.topic) == (group.kind, group.topic)]
    expected = sum(same) * min(outline.area / district.area, 1.0)
    return float(pdtrc(group.voices - 1, expected)) if group.voices else 1.0

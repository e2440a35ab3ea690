"""Residents of areas: read with their totals, and spread along the streets where people live."""

import os
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.errors import SourceError
from tesoma_geo.sources._columns import require_columns, residents, texts
from tesoma_geo.sources.area_columns import likely_code
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.sources.population_overlaps import counted_once
from tesoma_geo.tables import AREAS, ORIGINS, LeftOut, Reading, checked

#: Why an area is left out that nobody has told the residents of.
UNKNOWN_RESIDENTS = "their residents are unknown"
#: Streets along which people live.
RESIDENTIAL = ("residential", "living_street")
#: Streets along which nobody does.
_UNINHABITED = ("motorway", "motorway_link", "trunk", "trunk_link")


def read_areas(
    path: str | os.PathLike[str],
    *,
    key: str,
    crs: str,
    column: str,
    code: str | None = None,
    name: str = "name",
    age_groups: Mapping[str, str] | None = None,
    layer: str | None = None,
    where: str | None = None,
) -> Reading:
    """Read areas with numbers of residents.

    Parameters
    ----------
    path, key, crs, layer, where
        As of :func:`tesoma_geo.sources.layers.read_layer`.
    column
        The column of all residents.
    code, name
        Columns that identify and name an area; without a code it is the first of
        :data:`~tesoma_geo.sources.area_columns.CODES` that tells them apart, else the rows are numbered from 1.
    age_groups
        Age group to column, such as ``{"0_14": "under_15"}``.

    Returns
    -------
    Reading
        :data:`~tesoma_geo.tables.AREAS` with columns ``age_<group>``; unknown numbers are NaN.
        Areas whose residents are unknown stay in the table and are named in ``left_out``; sums beside their parts
        and repeated areas do not stay.

    Raises
    ------
    SourceError
        As of ``read_layer``, and for missing columns, what is not a number of residents, codes
        that are not unique, age groups larger than the total, and areas that lie over each other.
    """
    layer_read = read_layer(path, key=key, crs=crs, layer=layer, where=where)
    rows, notes = layer_read.table, layer_read.notes
    groups = {f"age_{group}": source for group, source in (age_groups or {}).items()}
    require_columns(rows, [column, *([code] if code else []), *groups.values()], key, path)
    code = code or likely_code(rows)
    codes = texts(rows[code]) if code else [str(number) for number in range(1, len(rows) + 1)]
    if name in rows.columns:
        names = [text or code for text, code in zip(texts(rows[name]), codes, strict=True)]
    else:
        names, notes = codes, (*notes, f"there is no column {name!r}: areas are named by their codes")
    areas = gpd.GeoDataFrame(
        {"code": pd.array(codes, dtype="str"), "name": pd.array(names, dtype="str")}
        | {"population": residents(rows[column], key, path)}
        | {group: residents(rows[source], key, path) for group, source in groups.items()},
        geometry=rows.geometry.to_numpy(),
        crs=crs,
    )
    _require_consistency(areas, list(groups), key, path)
    once = counted_once(areas, key, path)
    areas, left_out = areas[once.kept].reset_index(drop=True), (*layer_read.left_out, *once.left_out)
    unknown = areas["population"].isna().to_numpy()
    if unknown.any():
        named = tuple(areas["name"][unknown][:10])
        left_out += (LeftOut("areas", UNKNOWN_RESIDENTS, int(unknown.sum()), named),)
    return Reading(checked(areas, AREAS, str(path)), left_out, notes, (*layer_read.doubts, *once.doubts))


def _require_consistency(areas: gpd.GeoDataFrame, groups: list[str], key: str, path: str | os.PathLike[str]) -> None:
    surfaces = areas.geom_type.isin(["Polygon", "MultiPolygon"])
    if not surfaces.all():
        raise SourceError(
            f"{key}: {path}: {int((~surfaces).sum())} rows are not areas but {', '.join(areas.geom_type.unique())}",
            'Name a layer of areas, or say kind = "grid" when its points are the middles of cells',
        )
    without = int((areas["code"] == "").sum())
    if without:
        raise SourceError(
            f"{key}: {path}: {without} areas have no code", "Complete the column, or name another with code = …"
        )
    repeated = areas["code"][areas["code"].duplicated()].unique()
    if len(repeated):
        raise SourceError(
            f"{key}: {path}: {len(repeated)} codes stand for several areas ({', '.join(repeated[:3])})",
            "Name a column with code = … that is different for every area",
        )
    if areas["population"].isna().all():
        raise SourceError(f"{key}: {path}: the residents of all areas are unknown", "Name another column")
    too_many = areas[groups].sum(axis=1) > areas["population"]
    if too_many.any():
        names = ", ".join(areas["name"][too_many][:3])
        raise SourceError(
            f"{key}: {path}: the age groups of {int(too_many.sum())} areas sum to more than all residents ({names})",
            "Name groups that do not overlap, and a column of all residents",
        )


def spread(areas: gpd.GeoDataFrame, streets: gpd.GeoDataFrame, cell_m: float) -> Reading:
    """Spread the residents of areas over a grid, in proportion to residential street in each cell.

    The totals of every area, and of its age groups, are kept exactly: whole residents go to cells
    by largest remainder. An area without residential streets takes its other streets, motorways
    and trunk roads aside, and one without streets its surface; a note says so.

    Parameters
    ----------
    areas
        :data:`~tesoma_geo.tables.AREAS` in a metric CRS; those with unknown residents are passed over.
    streets
        Lines in the same CRS with a column ``highway``.
    cell_m
        Side of the square cells in metres; their corners are multiples of it.

    Returns
    -------
    Reading
        :data:`~tesoma_geo.tables.ORIGINS`: a point for each inhabited part of a cell within an
        area, at the mean of its streets, with columns ``age_<group>`` and ``age_unknown`` when
        the areas have age groups. ``origin_id`` tells the cell's lower left corner and the area.
    """
    areas = areas[areas["population"] > 0].sort_values("code", ignore_index=True)
    pieces, notes = _inhabited_pieces(areas, streets, cell_m)
    cells = _cells(pieces, cell_m)
    area, weight = cells["area"].to_numpy(), cells["weight"].to_numpy()
    total = areas["population"].to_numpy(np.int64)
    population = _by_largest_remainder(total, area, weight)
    groups = [column for column in areas.columns if column.startswith("age_")]
    ages = _ages(areas[groups], total, area, population) if groups else {}
    inhabited = population > 0
    code = areas["code"].to_numpy()[area]
    ids = [
        f"E{east:.0f}N{north:.0f}-{of_area}"
        for east, north, of_area in zip(cells["column"] * cell_m, cells["row"] * cell_m, code, strict=True)
    ]
    origins = gpd.GeoDataFrame(
        {"origin_id": pd.array(ids, dtype="str"), "population": population, "area_code": pd.array(code, dtype="str")}
        | ages,
        geometry=shapely.points(cells["x"], cells["y"]),
        crs=areas.crs,
    )[inhabited].reset_index(drop=True)
    empty = LeftOut("cells", "less than half a resident would live there", int((~inhabited).sum()))
    return Reading(checked(origins, ORIGINS, "population"), (empty,) if empty.count else (), notes)


def _inhabited_pieces(
    areas: gpd.GeoDataFrame, streets: gpd.GeoDataFrame, cell_m: float
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Pieces of street (or of surface) within one cell and one area: ``area, x, y, weight``.

    Weights are whole millimetres of street, or whole square decimetres of surface.
    """
    highway = streets["highway"]
    lines, surfaces = streets.geometry.to_numpy(), areas.geometry.to_numpy()
    residential = highway.isin(RESIDENTIAL).to_numpy()
    pieces = [_street_pieces(surfaces, np.arange(len(areas)), lines[residential], cell_m)]
    notes = []
    without = np.setdiff1d(np.arange(len(areas)), pieces[0]["area"])
    if len(without):
        others = ~highway.isin((*RESIDENTIAL, *_UNINHABITED)).to_numpy()
        pieces.append(_street_pieces(surfaces, without, lines[others], cell_m))
        notes += [_note(areas, pieces[1]["area"], "along other streets, for want of residential ones")]
        without = np.setdiff1d(without, pieces[1]["area"])
        pieces.append(_surface_pieces(surfaces, without, cell_m))
        notes += [_note(areas, without, "evenly, for want of streets")]
    return pd.concat(pieces, ignore_index=True), tuple(note for note in notes if note)


def _note(areas: gpd.GeoDataFrame, area: "NDArray[np.int64] | pd.Series[int]", how: str) -> str:
    names = ", ".join(areas["name"].iloc[np.unique(area)])
    return f"residents of {names} are spread {how}" if names else ""


def _street_pieces(
    surfaces: NDArray[np.object_], chosen: NDArray[np.int64], lines: NDArray[np.object_], cell_m: float
) -> pd.DataFrame:
    """The lines within the chosen areas, cut where they cross the grid."""
    pair = shapely.STRtree(lines).query(surfaces[chosen], predicate="intersects")
    within = shapely.intersection(lines[pair[1]], surfaces[chosen[pair[0]]])
    parts, of_pair = shapely.get_parts(within, return_index=True)
    parts, of_part = shapely.get_parts(parts, return_index=True)  # collections hold multilines
    coordinates, line = shapely.get_coordinates(parts, return_index=True)
    same_line = line[1:] == line[:-1]
    start, end = coordinates[:-1][same_line], coordinates[1:][same_line]
    segment, first, last = _cut_at_grid(start / cell_m, end / cell_m)
    middle = start[segment] + (end - start)[segment] * ((first + last) / 2)[:, None]
    length_mm = np.rint(np.hypot(*(end - start)[segment].T) * (last - first) * 1000)
    area = chosen[pair[0]][of_pair[of_part[line[1:][same_line]]]][segment]
    kept = length_mm > 0
    x, y = middle[kept].T
    return pd.DataFrame({"area": area[kept], "x": x, "y": y, "weight": length_mm[kept]})


def _cut_at_grid(
    start: NDArray[np.float64], end: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Cut segments at whole coordinates: segment, and from and to which fraction of it, by piece."""
    segments, fractions = [np.arange(len(start)).repeat(2)], [np.tile([0.0, 1.0], len(start))]
    for axis in (0, 1):
        low, high = np.minimum(start, end)[:, axis], np.maximum(start, end)[:, axis]
        crossings = np.maximum(np.ceil(high) - np.floor(low) - 1, 0).astype(np.int64)
        segment = np.arange(len(start)).repeat(crossings)
        number = np.arange(len(segment)) - (np.cumsum(crossings) - crossings)[segment]
        line = np.floor(low)[segment] + 1 + number
        segments.append(segment)
        fractions.append((line - start[segment, axis]) / (end - start)[segment, axis])
    segment, fraction = np.concatenate(segments), np.concatenate(fractions)
    order = np.lexsort([fraction, segment])
    segment, fraction = segment[order], fraction[order]
    piece = (segment[1:] == segment[:-1]) & (fraction[1:] > fraction[:-1])
    return segment[1:][piece], fraction[:-1][piece], fraction[1:][piece]


def _surface_pieces(surfaces: NDArray[np.object_], chosen: NDArray[np.int64], cell_m: float) -> pd.DataFrame:
    """The parts of the chosen areas within each cell."""
    frames = []
    for area in chosen:
        west, south, east, north = np.floor(shapely.bounds(surfaces[area]) / cell_m).astype(int)
        column, row = (grid.ravel() for grid in np.mgrid[west : east + 1, south : north + 1])
        squares = shapely.box(column * cell_m, row * cell_m, (column + 1) * cell_m, (row + 1) * cell_m)
        parts = shapely.intersection(squares, surfaces[area])
        parts = parts[shapely.area(parts) > 0]
        x, y = shapely.get_coordinates(shapely.centroid(parts)).T
        frames.append(pd.DataFrame({"area": area, "x": x, "y": y, "weight": np.ceil(shapely.area(parts) * 100)}))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _cells(pieces: pd.DataFrame, cell_m: float) -> pd.DataFrame:
    """Pieces summed by area and cell: ``area, column, row, x, y, weight`` (whole), in that order."""
    pieces = pieces.assign(
        column=np.floor(pieces["x"] / cell_m).astype(np.int64),
        row=np.floor(pieces["y"] / cell_m).astype(np.int64),
        x=pieces["x"] * pieces["weight"],
        y=pieces["y"] * pieces["weight"],
    )
    cells = pieces.groupby(["area", "column", "row"], as_index=False, sort=True)[["x", "y", "weight"]].sum()
    return cells.assign(
        x=cells["x"] / cells["weight"],
        y=cells["y"] / cells["weight"],
        weight=cells["weight"].astype(np.int64),
    )


def _by_largest_remainder(
    total: NDArray[np.int64], area: NDArray[np.int64], weight: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Whole shares of each area's total in proportion to weights; ties go to the earlier cell.

    Whole-number arithmetic keeps quotas and remainders exact.
    """
    weight_of_area = np.bincount(area, weight, len(total)).astype(np.int64)
    share, remainder = np.divmod(total[area] * weight, weight_of_area[area])
    left = total - np.bincount(area, share, len(total)).astype(np.int64)
    order = np.lexsort([-remainder, area])
    first_of_area = np.searchsorted(area[order], np.arange(len(total)))
    rank = np.arange(len(area)) - first_of_area[area[order]]
    share[order[rank < left[area[order]]]] += 1
    return share


def _ages(
    groups: pd.DataFrame, total: NDArray[np.int64], area: NDArray[np.int64], population: NDArray[np.int64]
) -> dict[str, NDArray[np.int64]]:
    """Residents of each cell by age group, keeping the sums of cells and of areas alike.

    An area's residents stand in a row with the age groups evenly mixed, and the cells take them
    from it one after another.
    """
    known = groups.fillna(0).to_numpy(np.int64)
    counts = np.column_stack([known, total - known.sum(axis=1)])
    names = [*groups.columns, "age_unknown"]
    table = np.zeros((len(population), len(names)), np.int64)
    for number, of_group in enumerate(counts):
        group = np.arange(len(names)).repeat(of_group)
        place = np.concatenate([(np.arange(count) + 0.5) / count for count in of_group if count])
        row = group[np.lexsort([group, place])]
        cells = np.flatnonzero(area == number)
        np.add.at(table, (cells.repeat(population[cells]), row), 1)
    return dict(zip(names, table.T, strict=True))

"""Ready population grids: the squares of Statistics Finland, and H3 cells."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.countries import population_columns
from tesoma_geo.crs import to_metric
from tesoma_geo.errors import Doubt, SourceError
from tesoma_geo.sources import _delimited
from tesoma_geo.sources._columns import require_columns, residents, texts
from tesoma_geo.sources.layers import read_layer, read_rows
from tesoma_geo.sources.population_overlaps import counted_once
from tesoma_geo.tables import ORIGINS, LeftOut, Reading, checked

_H3_NAMES = ("h3", "h3_index", "h3_cell", "h3_id", "h3index", "hex_id", "hexid", "cell_id", "cell")


def read_grid(
    path: str | os.PathLike[str],
    *,
    key: str,
    crs: str,
    kind: str = "grid",
    column: str | None = None,
    code: str | None = None,
    age_groups: Mapping[str, str] | None = None,
    layer: str | None = None,
    where: str | None = None,
    within: shapely.Geometry | None = None,
) -> Reading:
    """Read a ready population grid: residents stand at the middle of their cell.

    Parameters
    ----------
    path, key, crs, layer, where
        As of :func:`tesoma_geo.sources.layers.read_layer`. Points of a table whose columns
        are ``xkoord`` and ``ykoord`` (Statistics Finland) are taken as lower left corners.
    kind
        ``"grid"``: cells as squares or points. ``"h3"``: a table of H3 cell ids.
    column
        The column of all residents; unless named, that of the official grid of a country which is there
        (:func:`tesoma_geo.countries.population_columns`), or ``population`` (H3).
    code
        The column of cell ids; guessed from the usual names for H3.
    age_groups
        Age group to column; those of the official grid when its columns are there.
    within
        Cells whose middle lies outside this area (in ``crs``) are left out.

    Returns
    -------
    Reading
        :data:`~tesoma_geo.tables.ORIGINS`; ``area_code`` is empty. Cells whose residents are
        not published are left out and counted.

    Raises
    ------
    SourceError
        As of ``read_layer``, and for missing columns, what is not a number of residents, ids that
        are not H3 cells, and cells that lie over each other.
    """
    if kind == "h3":
        cells = _h3_cells(read_rows(Path(path), key=key, layer=layer, where=where), path, key, crs, code)
    else:
        cells = _square_cells(read_layer(path, key=key, crs=crs, layer=layer, where=where), path, key, code)
    total, known_ages = _usual_columns(cells.table.columns, kind)
    total = column or total
    cells, doubts = _each_once(cells, total, kind, key, path)
    rows, left_out = cells.table, list(cells.left_out)
    ages = dict(age_groups or known_ages)
    require_columns(rows, [total, *ages.values()], key, path)
    number = residents(rows[total], key, path)
    keep = np.ones(len(rows), bool)
    drops = [
        ("their residents are unknown", np.isnan(number)),
        ("nobody lives there", number == 0),
    ]
    if within is not None:
        drops.insert(0, ("outside the study area", ~shapely.intersects(rows.geometry.to_numpy(), within)))
    for reason, dropped in drops:
        if (keep & dropped).any():
            left_out.append(LeftOut("population cells", reason, int((keep & dropped).sum())))
        keep &= ~dropped
    if not keep.any():
        raise SourceError(f"{key}: {path} has no residents in the study area", "Name a grid that covers the district")
    whole = number[keep].astype(np.int64)
    origins = gpd.GeoDataFrame(
        {"origin_id": rows["cell_id"][keep].to_numpy(), "population": whole, "area_code": ""}
        | _age_columns(rows[keep], ages, whole, key, path),
        geometry=rows.geometry.to_numpy()[keep],
        crs=crs,
    ).sort_values("origin_id", ignore_index=True)
    return Reading(checked(origins, ORIGINS, str(path)), tuple(left_out), cells.notes, doubts)


def _usual_columns(columns: Iterable[str], kind: str) -> tuple[str, Mapping[str, str]]:
    """The column of all residents and those of age groups of a grid whose workspace names none."""
    if kind == "h3":
        return "population", {}
    there, known = set(columns), population_columns()
    total, ages = next((one for one in known if one[0] in there), known[0])
    own = next((one for _, one in known if set(one.values()) <= there and one), {})
    return total, (ages if ages and set(ages.values()) <= there else own)


def _each_once(
    cells: Reading, total: str, kind: str, key: str, path: str | os.PathLike[str]
) -> tuple[Reading, tuple[Doubt, ...]]:
    """Cells without those whose residents others hold: larger ones beside their parts, and repeated ones."""
    rows = cells.table
    require_columns(rows, [total], key, path)
    outlines = rows["outline"].to_numpy() if "outline" in rows else rows.geometry.to_numpy()
    if kind == "h3":
        _require_one_resolution(rows["cell_id"], key, path)
    size_m2 = shapely.area(outlines)
    x, y = (np.rint(place(rows.geometry.to_numpy())) for place in (shapely.get_x, shapely.get_y))
    repeated = pd.DataFrame({"x": x, "y": y}).duplicated(keep=False).to_numpy()
    one_size = len(rows) == 0 or size_m2.max() <= 1.1 * size_m2.min()
    asked = np.flatnonzero(repeated) if one_size else np.arange(len(rows))
    if not len(asked):
        return cells, ()
    if not size_m2[asked].all():  # points: squares of a metre say which of them are one
        outlines = shapely.box(x - 0.5, y - 0.5, x + 0.5, y + 0.5)
    number = residents(rows[total], key, path)
    asked_of = gpd.GeoDataFrame(
        {"name": rows["cell_id"].to_numpy()[asked], "population": number[asked]}, geometry=outlines[asked], crs=rows.crs
    )
    once = counted_once(asked_of, key, path)
    kept = np.ones(len(rows), bool)
    kept[asked] = once.kept
    left_out = tuple(replace(left, what="population cells") for left in once.left_out)
    return Reading(rows[kept].reset_index(drop=True), (*cells.left_out, *left_out), cells.notes), once.doubts


def _require_one_resolution(ids: "pd.Series[str]", key: str, path: str | os.PathLike[str]) -> None:
    """Cells of one size, or of several where none lies within another."""
    import h3

    there = set(ids)
    sizes = sorted({h3.get_resolution(cell) for cell in there})
    for cell in sorted(there):
        for size in sizes:
            if size < h3.get_resolution(cell) and h3.cell_to_parent(cell, size) in there:
                raise SourceError(
                    f"{key}: {path}: the cell {cell} lies in the cell {h3.cell_to_parent(cell, size)}: residents would "
                    "count twice",
                    "Take the cells of one size with where = …",
                )


def _square_cells(cells: Reading, path: str | os.PathLike[str], key: str, code: str | None) -> Reading:
    """The middles of cells, with the column ``cell_id``."""
    rows = cells.table
    id_column = code or next((name for name in ("grd_id", "id_nro", "id") if name in rows.columns), None)
    if id_column is None:
        ids = pd.array([str(number) for number in range(1, len(rows) + 1)], dtype="str")
    else:
        require_columns(rows, [id_column], key, path)
        ids = pd.array(texts(rows[id_column]), dtype="str")
    middles = shapely.centroid(rows.geometry.to_numpy())
    if Path(path).suffix.lower() in _delimited.SUFFIXES and {"xkoord", "ykoord"} <= set(rows.columns):
        half_m = _cell_size_m(rows, key, path) / 2
        middles = shapely.points(shapely.get_x(middles) + half_m, shapely.get_y(middles) + half_m)
    outlined = rows.assign(cell_id=ids, outline=rows.geometry.to_numpy())
    return Reading(outlined.set_geometry(middles, crs=rows.crs), cells.left_out, cells.notes)


def _cell_size_m(rows: pd.DataFrame, key: str, path: str | os.PathLike[str]) -> float:
    """Side of the squares, from their INSPIRE ids (``1kmN6822E327``, ``250mN667175E38600``)."""
    ids = rows["grd_id"].astype(str) if "grd_id" in rows.columns else pd.Series(dtype=str)
    sizes = ids.str.extract(r"^(\d+)(k?)m[NS]").dropna().drop_duplicates()
    if len(sizes) != 1:
        raise SourceError(
            f"{key}: {path} tells corners of cells (xkoord, ykoord) but not one size of cell in a column grd_id",
            "Name the grid's layer of squares or middles instead",
        )
    number, kilo = sizes.iloc[0]
    return float(number) * (1000 if kilo else 1)


def _h3_cells(rows: pd.DataFrame, path: str | os.PathLike[str], key: str, crs: str, code: str | None) -> Reading:
    """The middles of H3 cells, with the column ``cell_id``; ids may be hexadecimal or whole numbers."""
    import h3

    lower = {str(column).lower(): str(column) for column in rows.columns}
    id_column = code or next((lower[name] for name in _H3_NAMES if name in lower), None)
    require_columns(rows, [id_column or "h3"], key, path)
    column = rows[id_column or "h3"]
    if pd.api.types.is_integer_dtype(column):
        ids = [h3.int_to_str(int(number)) for number in column]
    else:
        ids = [text.strip().lower() for text in texts(column)]
    valid = np.array([h3.is_valid_cell(cell) for cell in ids])
    if not valid.all():
        bad = ", ".join(repr(ids[number]) for number in np.flatnonzero(~valid)[:3])
        raise SourceError(
            f"{key}: {path}, column {column.name!r}: {int((~valid).sum())} of {len(ids)} ids are not H3 cells ({bad})",
            "Name the column of H3 ids with code = …",
        )
    lat, lon = np.array([h3.cell_to_latlng(cell) for cell in ids]).T
    middles = shapely.points(*to_metric(lon, lat, crs))
    table = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=middles, crs=crs)
    return Reading(table.assign(cell_id=pd.array(ids, dtype="str")))


def _age_columns(
    rows: pd.DataFrame, ages: Mapping[str, str], total: NDArray[np.int64], key: str, path: str | os.PathLike[str]
) -> dict[str, NDArray[np.int64]]:
    """Residents by age group, and those whose age is not told, summing to the total."""
    if not ages:
        return {}
    columns = {
        f"age_{group}": np.nan_to_num(residents(rows[source], key, path)).astype(np.int64)
        for group, source in ages.items()
    }
    rest = total - np.sum(list(columns.values()), axis=0)
    if (rest < 0).any():
        raise SourceError(
            f"{key}: {path}: the age groups of {int((rest < 0).sum())} cells sum to more than all residents",
            "Name groups that do not overlap, and a column of all residents",
        )
    return columns | {"age_unknown": rest}

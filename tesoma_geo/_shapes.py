"""Tables of shapes as far as pictures need them: columns and geometries as arrays, without a library of tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    import geopandas as gpd

#: Corners of a way to the hub that are nearer than this to its simplified line are left out, metres.
ROUTE_TOLERANCE_M = 5.0


@dataclass(frozen=True, eq=False)
class ShapeTable:
    """What pictures read of a table of shapes, by the names that a GeoDataFrame has for it.

    Attributes
    ----------
    columns
        Name → a value a row; text that is missing is None.
    wkb
        The shapes as well-known binary.
    crs
        Their system, such as ``EPSG:3067``.
    """

    columns: dict[str, NDArray[Any]]
    wkb: NDArray[np.object_]
    crs: str

    @classmethod
    def of(cls, table: "gpd.GeoDataFrame", *columns: str) -> "ShapeTable":
        """Some columns of a table, with its shapes.

        Parameters
        ----------
        table
            The table.
        *columns
            Names of columns; those that it does not have are left out.

        Returns
        -------
        ShapeTable
        """
        read = {name: _values(table[name]) for name in columns if name in table}
        return cls(read, np.asarray(shapely.to_wkb(shapes_of(table)), object), str(table.crs))

    @cached_property
    def geometry(self) -> NDArray[np.object_]:
        """The shapes."""
        return np.asarray(shapely.from_wkb(self.wkb), object)

    @property
    def total_bounds(self) -> NDArray[np.float64]:
        """West, south, east and north of all shapes, NaN without any."""
        return np.asarray(shapely.total_bounds(self.geometry)) if len(self) else np.full(4, np.nan)

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*self.columns, "geometry"))

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def __len__(self) -> int:
        return len(self.wkb)


def shapes_of(table: "gpd.GeoDataFrame | ShapeTable") -> NDArray[np.object_]:
    """The shapes of a table.

    Parameters
    ----------
    table
        Of either kind.

    Returns
    -------
    ndarray of shapely geometries
    """
    return np.asarray(table.geometry, object)


def texts_of(table: "gpd.GeoDataFrame | ShapeTable", name: str) -> list[str | None]:
    """A column of texts.

    Parameters
    ----------
    table
        Of either kind.
    name
        Of the column; it may be missing.

    Returns
    -------
    list
        A text a row, None where there is none.
    """
    if name not in table:
        return [None] * len(table)
    return [one if isinstance(one, str) else None for one in table[name]]


def middle_of(table: "gpd.GeoDataFrame | ShapeTable") -> tuple[float, float]:
    """The mean of points.

    Parameters
    ----------
    table
        Of either kind, of points.

    Returns
    -------
    tuple of float
        x and y.
    """
    x, y = shapely.get_coordinates(shapes_of(table)).T
    return float(x.mean()), float(y.mean())


def _values(column: Any) -> NDArray[Any]:
    """The values of a column; equal texts are one and the same, so that they are kept once."""
    values = column.to_numpy()
    if values.dtype.kind in "biuf":
        return np.asarray(values)
    once: dict[str, str] = {}
    texts = (str(one) if known else None for one, known in zip(column, column.notna(), strict=True))
    return np.array([one if one is None else once.setdefault(one, one) for one in texts], object)

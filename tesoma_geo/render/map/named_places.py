"""Streets and addresses that a reader may look for: each with the place where the map shows it."""

import re
from collections.abc import Hashable, Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.render.figures.encoding import packed_integers, pixels
from tesoma_geo.render.text.place_names import area_names
from tesoma_geo.tables import with_name

#: A house number farther from every home than this is nobody's, in metres; so is what is beside a street.
NEAR_HOMES_M = 150.0
#: Streets so far around the district may be looked for, where nobody lives too: the map shows them, pages tell of some.
AROUND_M = 1000.0
_DIGITS = re.compile(r"(\d+)")


def named_places(
    streets: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame, homes: gpd.GeoDataFrame, district: gpd.GeoDataFrame
) -> dict[str, Any]:
    """Streets near homes and in or around the district with their house numbers, once for each area that they lie in.

    Parameters
    ----------
    streets
        Lines with their ``name``, in a metric CRS.
    addresses
        Points with ``street`` and ``number``, in the same.
    homes
        Points where residents live, in the same.
    district
        Its areas with ``code`` and ``name``, in the same.

    Returns
    -------
    dict
        ``names`` and ``areas`` (texts); packed ``area`` of each name (a position among ``areas``, -1 outside) and
        ``xy``; ``numbers``, the house numbers of each name, and their packed ``numbers_xy``, in their order.
    """
    areas = sorted(set(area_names(district).values()))
    rows = _streets_near(streets, homes, district)
    numbers = _numbers_near(addresses, homes, district)
    keys = sorted({*rows, *numbers}, key=lambda key: (key[0].casefold(), key))
    middles = [rows[key] if key in rows else _middle([point for _, point in numbers[key]]) for key in keys]
    of_key = [sorted(numbers.get(key, []), key=lambda one: _natural(one[0])) for key in keys]
    position = {name: at for at, name in enumerate(areas)}
    crs = str(streets.crs)
    return {
        "names": [name for name, _ in keys],
        "areas": areas,
        "area": packed_integers([position.get(area, -1) for _, area in keys]),
        "xy": _packed_xy(middles, crs),
        "numbers": [[number for number, _ in of] for of in of_key],
        "numbers_xy": _packed_xy([point for of in of_key for _, point in of], crs),
    }


_Key = tuple[str, str]


def _streets_near(
    streets: gpd.GeoDataFrame, homes: gpd.GeoDataFrame, district: gpd.GeoDataFrame
) -> dict[_Key, tuple[float, float]]:
    """Name and area of each street near homes or the district, and a place on it near the middle of its homes."""
    named = with_name(streets)
    shapes = named.geometry.to_numpy()
    around = shapely.STRtree(shapes).query(district.union_all(), predicate="dwithin", distance=AROUND_M)
    near = named.iloc[np.union1d(_near(shapes, homes), around)]
    lines = near.geometry.to_numpy()
    places, living = _among_homes(lines, homes)
    keys = zip(near["name"].astype(str).str.strip(), _areas_at(places, district), strict=True)
    nearest_places = {}
    for key, rows in _grouped(key for key in keys).items():
        weights = living[rows] + 1e-9
        centre = (places[rows] * weights[:, None]).sum(axis=0) / weights.sum()
        own = places[[row for row in rows if living[row]] or rows]
        nearest = own[np.argmin(np.hypot(*(own - centre).T))]
        nearest_places[key] = (float(nearest[0]), float(nearest[1]))
    return {key: place for key, place in nearest_places.items() if key[0]}


def _among_homes(
    lines: NDArray[np.object_], homes: gpd.GeoDataFrame
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A place on each line where the middle one of the homes beside it is nearest, and how many homes are beside it.

    A line that is near a home of another one alone has its own middle.
    """
    points = homes.geometry.to_numpy()
    home, beside = shapely.STRtree(lines).query_nearest(points, max_distance=NEAR_HOMES_M, all_matches=True)
    along = shapely.line_locate_point(lines[beside], points[home])
    middle = shapely.length(lines) / 2
    for line in np.unique(beside).tolist():
        own = np.sort(along[beside == line])
        middle[line] = own[len(own) // 2]
    places = shapely.get_coordinates(shapely.line_interpolate_point(lines, middle))
    return places, np.bincount(beside, minlength=len(lines)).astype(np.float64)


def _numbers_near(
    addresses: gpd.GeoDataFrame, homes: gpd.GeoDataFrame, district: gpd.GeoDataFrame
) -> dict[_Key, list[tuple[str, tuple[float, float]]]]:
    """House numbers of each street and area, with their places."""
    near = addresses.iloc[_near(addresses.geometry.to_numpy(), homes)]
    places = shapely.get_coordinates(near.geometry.to_numpy())
    keys = zip(near["street"].astype(str), _areas_at(places, district), strict=True)
    numbers = near["number"].astype(str).tolist()
    return {
        key: [(numbers[row], (float(places[row][0]), float(places[row][1]))) for row in rows]
        for key, rows in _grouped(key for key in keys).items()
    }


def _near(shapes: NDArray[np.object_], homes: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Rows of shapes that are near a home, ascending."""
    tree = shapely.STRtree(homes.geometry.to_numpy())
    near: NDArray[np.int64] = np.unique(tree.query(shapes, predicate="dwithin", distance=NEAR_HOMES_M)[0])
    return near


def _areas_at(places: NDArray[np.float64], district: gpd.GeoDataFrame) -> list[str]:
    """Name of the area at each place; empty outside of all."""
    names, codes = area_names(district), district["code"].tolist()
    point, area = shapely.STRtree(district.geometry.to_numpy()).query(shapely.points(places), predicate="intersects")
    at = [""] * len(places)
    for row, which in zip(point[::-1].tolist(), area[::-1].tolist(), strict=True):  # the first of several counts
        at[row] = names[codes[which]]
    return at


def _grouped(keys: Iterable[_Key]) -> dict[_Key, list[int]]:
    rows: dict[_Key, list[int]] = {}
    for row, key in enumerate(keys):
        rows.setdefault(key, []).append(row)
    return rows


def _middle(places: list[tuple[float, float]]) -> tuple[float, float]:
    x, y = np.mean(places, axis=0).tolist()
    return x, y


def _natural(number: str) -> list[Hashable]:
    """So that 2 comes before 10, and 2 before 2 B."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part.casefold()) for part in _DIGITS.split(number) if part]


def _packed_xy(places: list[tuple[float, float]], crs: str) -> str:
    """Places in turn, each as the step from the one before."""
    if not places:
        return ""
    at = pixels(np.array(places, float), crs)
    return packed_integers(np.diff(at, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel())

"""Areas that lie over each other: sums beside their parts, one area twice, and what cannot be told apart."""

import os
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.errors import Doubt, SourceError
from tesoma_geo.tables import LeftOut

#: Outlines of neighbours that overlap by less, as a share of the smaller one, are drawn carelessly and no more.
SLIVER, CARELESS = 0.02, 0.10
#: Residents of a sum and of its parts may differ by rounding: by so large a share, or by one a part.
ROUNDING = 0.01


@dataclass(frozen=True, eq=False)
class CountedOnce:
    """Areas in which each resident counts once.

    Attributes
    ----------
    kept
        Rows that are kept, shape (n,).
    left_out
        Sums and repeated rows, with the reason.
    doubts
        Neighbours that overlap a little.
    """

    kept: NDArray[np.bool_]
    left_out: tuple[LeftOut, ...]
    doubts: tuple[Doubt, ...]


def counted_once(areas: gpd.GeoDataFrame, key: str, path: str | os.PathLike[str]) -> CountedOnce:
    """Leave out the rows that hold residents of other rows.

    A row that the smaller ones within it fill, and whose residents are theirs together, is a sum, at however many
    levels; a row with the place and the residents of another is the same one again. Areas of unknown residents count
    for nobody and are passed over, but for filling a sum.

    Parameters
    ----------
    areas
        Polygons in a metric CRS with ``name`` and ``population``, NaN where unknown.
    key
        What the workspace calls the layer, for messages.
    path
        Its file.

    Returns
    -------
    CountedOnce

    Raises
    ------
    SourceError
        Rows lie over each other and neither is the sum of others, so that nobody can tell which of them count.
    """
    shapes: NDArray[np.object_] = shapely.make_valid(areas.geometry.to_numpy())
    size_m2, residents = shapely.area(shapes), areas["population"].to_numpy(float)
    names = areas["name"].astype(str).to_numpy()
    inner, outer, common_m2 = _overlaps(shapes, size_m2)
    share = common_m2 / np.maximum(size_m2[inner], 1e-9)
    kept, reasons = np.ones(len(areas), bool), {"the same place and residents as another row": _CountAndFirst()}
    _drop_repeated(inner, outer, common_m2 / np.maximum(size_m2[outer], 1e-9), residents, names, kept, reasons)
    reasons["the sum of rows within it"] = sums = _CountAndFirst()
    parts_of: dict[int, list[int]] = {}
    for small, large in zip(inner[share >= 1.0 - SLIVER], outer[share >= 1.0 - SLIVER], strict=True):
        parts_of.setdefault(int(large), []).append(int(small))
    hidden = 0.0
    for whole in sorted(parts_of, key=lambda row: -size_m2[row]):
        parts = _outermost([row for row in parts_of[whole] if kept[row]], parts_of)
        known = [row for row in parts if not np.isnan(residents[row])]
        if np.isnan(residents[whole]) or not kept[whole] or not known:
            continue
        filled = shapely.area(shapely.intersection(shapely.union_all(shapes[parts]), shapes[whole])) / size_m2[whole]
        together = residents[known].sum()
        missing = residents[whole] - together
        is_sum = abs(missing) <= max(ROUNDING * residents[whole], len(parts))
        if filled >= 1.0 - SLIVER and (is_sum or (len(known) < len(parts) and missing >= 0)):
            kept[whole] = False
            sums.add(names[whole])
            hidden += 0.0 if is_sum else missing
        else:
            totals = f"{residents[whole]:.0f} residents, while those within it have {together:.0f}"
            raise _cannot_tell(f"{names[whole]!r} lies over {_some(names[known])} and has {totals}", key, path)
    doubts = _of_partial(inner, outer, share, residents, names, kept, key, path)
    if hidden:
        problem = f"{hidden:.0f} residents are in sums alone: they live in areas whose own number is not told"
        doubts.append(Doubt(key, problem, "Look whether a column without gaps can be had", f"{hidden:.0f}"))
    left_out = tuple(
        LeftOut("areas", reason, found.count, tuple(found.first)) for reason, found in reasons.items() if found.count
    )
    return CountedOnce(kept, left_out, tuple(doubts))


class _CountAndFirst:
    """How many there are, and the first of them."""

    def __init__(self) -> None:
        self.count, self.first = 0, list[str]()

    def add(self, name: str) -> None:
        self.count += 1
        self.first = [*self.first, name][:3]


def _overlaps(
    shapes: NDArray[np.object_], size_m2: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Pairs that share ground, the smaller first (of two alike the later), and how much, in square metres."""
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    first = (size_m2[left] < size_m2[right]) | ((size_m2[left] == size_m2[right]) & (left > right))
    left, right = left[first], right[first]
    common_m2 = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    overlap = common_m2 > SLIVER * size_m2[left]
    return left[overlap], right[overlap], common_m2[overlap]


def _drop_repeated(
    inner: NDArray[np.intp],
    outer: NDArray[np.intp],
    share_of_larger: NDArray[np.float64],
    residents: NDArray[np.float64],
    names: NDArray[np.object_],
    kept: NDArray[np.bool_],
    reasons: dict[str, _CountAndFirst],
) -> None:
    (repeated,) = reasons.values()
    for small, large in zip(inner[share_of_larger >= 1 - SLIVER], outer[share_of_larger >= 1 - SLIVER], strict=True):
        later, earlier = max(small, large), min(small, large)
        if kept[small] and kept[large] and residents[small] == residents[large]:
            kept[later] = False
            repeated.add(f"{names[later]} as {names[earlier]}" if names[later] != names[earlier] else names[later])


def _outermost(rows: list[int], parts_of: dict[int, list[int]]) -> list[int]:
    """Rows that lie within none of the others."""
    deeper = {part for row in rows for part in parts_of.get(row, ())}
    return [row for row in rows if row not in deeper]


def _of_partial(
    inner: NDArray[np.intp],
    outer: NDArray[np.intp],
    share: NDArray[np.float64],
    residents: NDArray[np.float64],
    names: NDArray[np.object_],
    kept: NDArray[np.bool_],
    key: str,
    path: str | os.PathLike[str],
) -> list[Doubt]:
    """Doubts about neighbours that overlap a little; more is a fault."""
    both = kept[inner] & kept[outer] & ~np.isnan(residents[inner]) & ~np.isnan(residents[outer])
    both &= (residents[inner] > 0) & (residents[outer] > 0)
    much = np.flatnonzero(both & (share > CARELESS))
    if len(much):
        one, other = names[inner[much[0]]], names[outer[much[0]]]
        more = f" ({len(much)} such pairs)" if len(much) > 1 else ""
        raise _cannot_tell(f"{share[much[0]]:.0%} of {one!r} lies over {other!r}{more}", key, path)
    little = np.flatnonzero(both)
    if not len(little):
        return []
    pairs = ", ".join(f"{names[inner[row]]} and {names[outer[row]]}" for row in little[:3])
    problem = f"{len(little)} pairs of areas overlap by up to {share[little].max():.0%} of the smaller one ({pairs})"
    return [Doubt(key, problem, "Look whether residents count twice there", str(len(little)))]


def _some(names: NDArray[np.object_]) -> str:
    return ", ".join(map(repr, names[:3])) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _cannot_tell(problem: str, key: str, path: str | os.PathLike[str]) -> SourceError:
    return SourceError(
        f"{key}: {path}: {problem}: residents would count twice",
        "Take the rows of one level with where = …, or correct the outlines",
    )

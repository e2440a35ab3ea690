"""Services that are drawn several times: one school in three buildings, a point in its own outline, a site's parts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.tables import LeftOut

#: Outlines of one name this near are one service; nodes of one name are where they are nearer still. Assumptions.
SAME_NAME_M, SAME_NAME_NODES_M = 100.0, 25.0
#: Unnamed outlines of a kind this near to others of it stand on one site. An assumption: half of a school's yard.
SAME_SITE_M = 50.0
#: Tags whose outlines are single premises, also side by side.
PREMISES = ("shop=", "craft=", "office=")
INSIDE = "mapped a second time inside their own outline"
OF_A_SITE = "further drawings of one service: of its name near by, unnamed on its site, or of its relation"


@dataclass(frozen=True, eq=False)
class OnceEach:
    """Services of which each counts once.

    Attributes
    ----------
    services
        The rows that are kept, each at its best entrance.
    left_out
        The others, by reason.
    """

    services: gpd.GeoDataFrame
    left_out: tuple[LeftOut, ...]


def once_each(services: gpd.GeoDataFrame, sites: Iterable[NDArray[np.intp]] = ()) -> OnceEach:
    """Services without the further drawings of each.

    Rows of the same kind and tag are one service where they lie within its outline, under its name or none; where they
    have its name and lie near; where they are unnamed outlines near it, or near each other; and where one relation
    holds them. Never are two names one service, but by a relation.

    Parameters
    ----------
    services
        ``service_id``, ``kind``, ``name``, ``tag``, ``shape`` (as drawn), ``entered`` (whether it has
        mapped entrances), ``doors`` (these, a MultiPoint, or None), and a point in a metric CRS.
    sites
        Numbers of rows that one relation holds, of one kind.

    Returns
    -------
    OnceEach
        Kept is the named, then the largest one; it stands at the best entrance of all, else at the point inside it.
    """
    names = np.array([name.strip().casefold() for name in services["name"].fillna("")], object)
    shapes: NDArray[np.object_] = services["shape"].to_numpy()
    joined, nested = _Joined(names), set[int]()
    for site in sites:
        joined.join_all(site)
    for small, large in _nested(services, shapes):
        if joined.join(small, large):
            nested |= {small, large}
    for one, other in _of_one_name(services, shapes, names):
        joined.join(one, other)
    for one, other in _on_one_site(services, shapes, names):
        joined.join(one, other)
    return _kept(services, shapes, names, joined.groups(), nested)


def once_over_sources(services: gpd.GeoDataFrame) -> OnceEach:
    """Services of several files without those that an earlier file has under the same name near by.

    Parameters
    ----------
    services
        ``tables.SERVICES`` in a metric CRS, file after file.

    Returns
    -------
    OnceEach
        The rows that are kept.
    """
    names = np.array([name.strip().casefold() for name in services["name"].fillna("")], object)
    kind, source = services["kind"].to_numpy(), services["source"].to_numpy()
    one, other = _near(services.geometry.to_numpy(), SAME_NAME_M)
    same = (names[one] == names[other]) & (names[one] != "") & (kind[one] == kind[other])
    later = np.unique(other[same & (source[one] != source[other])])
    if not len(later):
        return OnceEach(services, ())
    named = tuple(services["name"].iloc[later[:3]])
    lost = LeftOut("services", "in another file under the same name near by", len(later), named)
    kept = np.isin(np.arange(len(services)), later, invert=True)
    return OnceEach(services[kept].reset_index(drop=True), (lost,))


class _Joined:
    """Rows joined to groups; a group never gets two names."""

    def __init__(self, names: NDArray[np.object_]) -> None:
        self._of = list(range(len(names)))
        self._names = [frozenset({name} - {""}) for name in names]

    def root(self, row: int) -> int:
        while self._of[row] != row:
            row = self._of[row]
        return row

    def join(self, one: int, other: int, *, whatever: bool = False) -> bool:
        one, other = sorted((self.root(int(one)), self.root(int(other))))
        names = self._names[one] | self._names[other]
        if one != other and len(names) > 1 and not whatever:
            return False
        self._of[other] = one
        self._names[one] = names
        return True

    def join_all(self, rows: NDArray[np.intp]) -> None:
        for row in rows[1:]:
            self.join(rows[0], row, whatever=True)

    def groups(self) -> NDArray[np.intp]:
        return np.array([self.root(row) for row in range(len(self._of))], np.intp)


def _alike(services: gpd.GeoDataFrame) -> NDArray[np.object_]:
    alike: NDArray[np.object_] = (services["kind"].astype(str) + " " + services["tag"].astype(str)).to_numpy(object)
    return alike


def _nested(services: gpd.GeoDataFrame, shapes: NDArray[np.object_]) -> Iterator[tuple[int, int]]:
    """Rows within the outline of another with the same tag, the inner one first."""
    size_m2, tagged = shapely.area(shapes), _alike(services)
    inner, outer = shapely.STRtree(shapes).query(shapely.point_on_surface(shapes), predicate="within")
    inside = (size_m2[inner] < size_m2[outer]) | ((size_m2[inner] == size_m2[outer]) & (inner > outer))
    inside &= tagged[inner] == tagged[outer]
    yield from zip(inner[inside].tolist(), outer[inside].tolist(), strict=True)


def _of_one_name(
    services: gpd.GeoDataFrame, shapes: NDArray[np.object_], names: NDArray[np.object_]
) -> Iterator[tuple[int, int]]:
    """Pairs of one kind and name that lie near each other."""
    kind = services["kind"].to_numpy()
    one, other = _near(shapes, SAME_NAME_M)
    same = (names[one] == names[other]) & (names[one] != "") & (kind[one] == kind[other])
    nodes = (shapely.area(shapes[one]) == 0) & (shapely.area(shapes[other]) == 0)
    same &= ~nodes | (shapely.distance(shapes[one], shapes[other]) <= SAME_NAME_NODES_M)
    yield from zip(one[same].tolist(), other[same].tolist(), strict=True)


def _on_one_site(
    services: gpd.GeoDataFrame, shapes: NDArray[np.object_], names: NDArray[np.object_]
) -> Iterator[tuple[int, int]]:
    """Pairs of outlines of one tag, of which one or both have no name, near each other; the nearest first."""
    tagged = _alike(services)
    one, other = _near(shapes, SAME_SITE_M)
    pairs = (tagged[one] == tagged[other]) & ((names[one] == "") | (names[other] == ""))
    pairs &= (shapely.area(shapes[one]) > 0) & (shapely.area(shapes[other]) > 0)
    pairs &= ~np.array([str(tag).startswith(PREMISES) for tag in services["tag"]], bool)[one]
    one, other = one[pairs], other[pairs]
    order = np.lexsort([other, one, shapely.distance(shapes[one], shapes[other])])
    yield from zip(one[order].tolist(), other[order].tolist(), strict=True)


def _near(shapes: NDArray[np.object_], within_m: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=within_m)
    return one[one < other], other[one < other]


def _kept(
    services: gpd.GeoDataFrame,
    shapes: NDArray[np.object_],
    names: NDArray[np.object_],
    groups: NDArray[np.intp],
    nested: set[int],
) -> OnceEach:
    """One row a group, at its best place, and the others counted."""
    size_m2, entered = shapely.area(shapes), services["entered"].to_numpy(bool)
    points, keep = services.geometry.to_numpy().copy(), np.ones(len(services), bool)
    doors = services["doors"].to_numpy(object).copy()
    order = np.lexsort([np.arange(len(services)), -size_m2, names == "", groups])
    for rows in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
        if len(rows) < 2:
            continue
        best, others = rows[0], rows[1:]
        keep[others] = False
        if entered[rows].any():  # any door of any drawing leads in, the best one's own before others
            own = np.r_[best, others] if entered[best] else others[entered[others]]
            doors[best] = shapely.MultiPoint([door for row in own if entered[row] for door in doors[row].geoms])
            points[best] = doors[best].geoms[0]
        else:
            inside = shapely.dwithin(points[others], shapes[best], 0.01) & (size_m2[others] == 0)
            points[best] = points[others[inside][0]] if inside.any() else points[best]
    labels = np.where(names == "", services["service_id"], services["name"].fillna(""))
    in_outline = np.isin(np.arange(len(services)), sorted(nested))
    left_out = [
        LeftOut("services", reason, int(rows.sum()), tuple(map(str, labels[rows][:3])))
        for reason, rows in ((INSIDE, ~keep & in_outline), (OF_A_SITE, ~keep & ~in_outline))
        if rows.any()
    ]
    kept = services.set_geometry(points, crs=services.crs).assign(doors=doors)
    if "opening_hours" in kept:
        kept = kept.assign(opening_hours=_hours_of_groups(kept["opening_hours"], groups, order))
    return OnceEach(gpd.GeoDataFrame(kept[keep]), tuple(left_out))


def _hours_of_groups(hours: "pd.Series[Any]", groups: NDArray[np.intp], order: NDArray[np.intp]) -> "pd.Series[Any]":
    """Opening hours, of a row that tells none those of the first other drawing of it that does."""
    best_first = hours.iloc[order].groupby(groups[order], sort=False).transform("first")
    return best_first.sort_index().where(hours.isna(), hours)

"""Barriers as they are published, put on the streets of the map: from the public file alone, nothing else is asked.

The file tells how many respondents spoke of a stretch of street, of a street, or of an area (or a square). Where on the
street it is, nobody knows any more: a barrier on a stretch reaches :data:`REACHED_M` along it, anywhere on it. Who is
counted on a whole street or in an area is taken to have spoken of a place of their own, anywhere on its streets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.analysis.barriers import CONCERNED_M, BarrierCosts, Barriers
from tesoma_geo.annotations.counted_records import BARRIER
from tesoma_geo.annotations.street_places import AREA, NOWHERE, OUTSIDE, STREET, STRETCH
from tesoma_geo.crs import WGS84
from tesoma_geo.network import StreetNetwork
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace.annotations import Mended

#: What is counted here, where it is left out.
ANSWERS = "answers about difficult places"
#: So much of a street one barrier reaches: as far as a report does, to both sides.
REACHED_M = 2 * CONCERNED_M
#: A street of the map is one of the file where it lies within this of it all along (digits of the file; small moves of
#: the map).
SAME_STREET_M = 3.0
#: What was put right at a place was so on the stretches within this of it.
MENDED_M = 25.0
#: Larger squares are no place on streets.
LARGEST_SQUARE_M = 1000.0
#: Levels besides those of :mod:`tesoma_geo.annotations.street_places`.
SQUARE, DISTRICT = "square", "district"
#: Levels that are no one place.
WIDE = (SQUARE, AREA, DISTRICT)
#: From small to large: a wide place is told of streets that are in no finer place of the same trouble.
_WIDTH = {STRETCH: 0, STREET: 0, SQUARE: 1, AREA: 2, DISTRICT: 3}


def published_barriers(
    collection: Mapping[str, Any],
    network: StreetNetwork,
    district: gpd.GeoDataFrame,
    costs: BarrierCosts,
    mended: Sequence[Mended] = (),
    k: int = 1,
) -> Barriers:
    """The barriers of a published file on the streets of a map.

    Parameters
    ----------
    collection
        The content of ``annotations_public.geojson``.
    network
        The streets of the map, today's or another.
    district
        Its areas, in the network's CRS.
    costs
        The assumptions.
    mended
        Barriers that were put right.
    k
        What is left out is counted in steps of this.

    Returns
    -------
    Barriers
        With the edges they concern; what is left out is counted in published voices.
    """
    barriers = _told(collection, network.crs, shapely.union_all(district.geometry.to_numpy()))
    left = []
    for reason, wanted in (
        ("their category has no cost", barriers["category"].isin(list(costs.costs))),
        ("outside the district, or on no street", ~barriers["level"].isin([OUTSIDE, NOWHERE])),
        ("put right since", ~_mended(barriers, mended)),
    ):
        kept = wanted.loc[barriers.index].to_numpy(bool)
        left.append(LeftOut(ANSWERS, reason, int(barriers["respondents"][~kept].sum())))
        barriers = barriers[kept]
    table = _together(barriers, costs)
    barrier, edge = _on_map(table, network)
    away = np.setdiff1d(np.arange(len(table)), barrier)
    lost = int(table["respondents"].to_numpy()[away].sum())
    left.append(LeftOut(ANSWERS, "no street of the map is where they were", lost))
    rounded = [replace(one, count=one.count - one.count % k) for one in left]
    length_m = network.length_m[edge].astype(float)
    along_m = np.bincount(barrier, length_m, minlength=len(table))[barrier]
    places = np.where(table["level"] == STRETCH, 1, table["respondents"]).astype(np.int64)
    covered = np.minimum(1.0, places[barrier] * REACHED_M / np.maximum(along_m, 1e-6))
    return Barriers(table, barrier, edge, covered, length_m / np.maximum(along_m, 1e-6),
                    tuple(one for one in rounded if one.count), places)  # fmt: skip


def _told(collection: Mapping[str, Any], crs: str, district: shapely.Geometry) -> gpd.GeoDataFrame:
    """A row for each published number about barriers; those without a place, or a small one, are about the district."""
    features = [one for one in collection["features"] if one["properties"]["type"] in ("street", "cell")]
    features = [one for one in features if one["properties"]["kind"] == BARRIER]
    rows = [
        {"category": one["topic"], "respondents": one["voices"], "severity": one.get("severity"), "level": _level(one),
         "street": one.get("street") or "", "closed": one.get("closed")}
        for one in (feature["properties"] for feature in features)
    ]  # fmt: skip
    shapes = [None if one["geometry"] is None else shapely.geometry.shape(one["geometry"]) for one in features]
    table = pd.DataFrame(rows, columns=["category", "respondents", "severity", "level", "street", "closed"])
    metric = gpd.GeoSeries(shapes, crs=WGS84).to_crs(crs)
    metric[table["level"] == DISTRICT] = district
    return gpd.GeoDataFrame(table, geometry=metric, crs=crs)


def _level(properties: Mapping[str, Any]) -> str:
    """How exactly the place is told; squares too large to be one are about the district."""
    if properties["type"] == "street":
        return str(properties["level"])
    side_m = properties.get("cell_m")
    return SQUARE if side_m is not None and side_m <= LARGEST_SQUARE_M else DISTRICT


def _mended(barriers: gpd.GeoDataFrame, mended: Sequence[Mended]) -> "pd.Series[bool]":
    """Which numbers are about what was put right on the day of their cohort or later."""
    done = pd.Series(False, index=barriers.index)
    for one in mended:
        before = barriers["closed"].isna() | (barriers["closed"].astype("str") <= one.on.isoformat())
        done |= before & put_right(barriers, one)
    return done


def put_right(barriers: gpd.GeoDataFrame, mended: Mended) -> "pd.Series[bool]":
    """Which barriers are at the place and of the category that the workspace names as mended, whatever the day.

    Parameters
    ----------
    barriers
        ``category``, ``level``, ``street`` and a geometry in a metric CRS, a row a barrier.
    mended
        What was put right.

    Returns
    -------
    Series of bool
        With the index of ``barriers``; a whole street is meant by its name, a stretch by its place within 25 m.
    """
    same = pd.Series(True, index=barriers.index)
    if mended.category is not None:
        same &= barriers["category"] == mended.category
    if mended.street is not None:
        same &= (barriers["street"] == mended.street) & barriers["level"].isin([STRETCH, STREET])
    if mended.at is not None:
        place = gpd.GeoSeries.from_xy([mended.at[0]], [mended.at[1]], crs=WGS84).to_crs(barriers.crs).iloc[0]
        same &= (barriers["level"] == STRETCH) & (barriers.geometry.distance(place) <= MENDED_M)
    return same


def _together(barriers: gpd.GeoDataFrame, costs: BarrierCosts) -> gpd.GeoDataFrame:
    """The same trouble at the same place, told in several cohorts, as one barrier."""
    severity = barriers["severity"].astype(float).fillna(costs.unknown_severity)
    rows = pd.DataFrame(barriers.drop(columns="geometry")).assign(
        severity=severity * barriers["respondents"], wkb=shapely.to_wkb(barriers.geometry.to_numpy())
    )
    keys = ["category", "level", "street", "wkb"]
    sums = rows.groupby(keys, sort=True)[["respondents", "severity"]].sum().reset_index()
    table = pd.DataFrame(
        {
            "category": sums["category"].astype(object),
            "respondents": sums["respondents"].to_numpy(np.int64),
            "severity": (sums["severity"].to_numpy(float) / sums["respondents"].to_numpy(float)).round(1),
            "level": sums["level"].astype(object),
            "streets": sums["street"].astype(object),
        }
    )
    return gpd.GeoDataFrame(table, geometry=shapely.from_wkb(sums["wkb"].to_numpy(object)), crs=barriers.crs)


def _on_map(table: gpd.GeoDataFrame, network: StreetNetwork) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The edges of each barrier, pair by pair; those of an area are on no finer place of the same trouble."""
    mapped = np.flatnonzero(network.is_mapped)
    segments = network.segments[mapped]
    ends = [shapely.line_interpolate_point(segments, at, normalized=True) for at in (0.1, 0.5, 0.9)]
    tree = shapely.STRtree(ends[1])
    near_to: list[NDArray[np.int64]] = []
    for shape in table.geometry:
        if shape.area > 0:
            near = tree.query(shape, predicate="intersects")
        else:
            near = tree.query(shape, predicate="dwithin", distance=SAME_STREET_M)
            for points in (ends[0], ends[2]):
                near = near[shapely.dwithin(points[near], shape, SAME_STREET_M)]
        near_to.append(np.sort(near))
    width = np.array([_WIDTH[level] for level in table["level"]], int)
    for row in np.argsort(-width, kind="stable"):  # the widest first: nothing is cut from a finer place before
        category, level = table["category"].iloc[row], table["level"].iloc[row]
        if _WIDTH[level]:
            finer = np.flatnonzero((table["category"] == category) & (width < _WIDTH[level]))
            near_to[row] = np.setdiff1d(
                near_to[row], np.concatenate([near_to[other] for other in finer] or [near_to[row][:0]])
            )
    barrier = np.repeat(np.arange(len(table)), [len(own) for own in near_to]).astype(np.int64)
    edges = np.concatenate(near_to) if near_to else np.empty(0, np.int64)
    return barrier, mapped[edges.astype(np.int64)]

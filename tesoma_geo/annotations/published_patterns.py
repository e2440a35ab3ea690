"""What the patterns say, coarse enough to be published: who reads it learns of crowds and of groups, of nobody alone.

Numbers of respondents stand in steps of k, places are rounded, and groups are compared in words. A finding
changes only where a step or a test is crossed; who knows two releases may see that it was.
"""

from importlib.util import find_spec
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.annotations.patterns import agreement, cluster_labels, concentration, hot_spots, representative_points
from tesoma_geo.crs import to_wgs84
from tesoma_geo.sources.annotations.labels import age_bounds
from tesoma_geo.workspace.annotations import Publish

#: Groups that are compared: young against old, companies against residents.
YOUNG_BELOW, OLD_FROM = 30, 65
#: Places of crowds are rounded to this.
PLACE_M = 100.0
#: Spearman's correlation from which two groups speak of the same places, or partly of the same (assumption).
SAME_PLACES, PARTLY_SAME_PLACES = 0.5, 0.2
#: The share of the loudest tenth is rounded to this.
SHARE_STEP = 0.05


def published_patterns(said: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, settings: Publish) -> dict[str, Any]:
    """Patterns of what was said, as coarse as they may be published.

    Parameters
    ----------
    said
        Annotations that may be counted, in a metric CRS.
    areas
        Polygons of the district in the same CRS.
    settings
        The workspace's ``[publish]``.

    Returns
    -------
    dict
        ``crowds``: where many spoke (``kind``, ``category``, ``respondents`` at least, ``place`` in degrees, ``hot``:
        more than chance explains); None without scikit-learn. ``hot_spots``: ``hot`` of ``cells`` of side ``cell_m``.
        ``agreement``: ``groups``, topics that the ``first`` or the ``second`` speaks of more, ``places`` (``same``,
        ``partly``, ``different`` or None), of groups of k or more. ``loudest_tenth``: its share of what was said,
        None where a tenth is fewer than k.
    """
    spots = hot_spots(said, shapely.union_all(areas.geometry.to_numpy()), settings.cell_m)
    hot = spots[(spots["spot"] == "hot") & (spots["respondents"] >= settings.k)]
    return {
        "crowds": _crowds(said, hot, settings.k) if find_spec("sklearn") else None,
        "hot_spots": {"cell_m": settings.cell_m, "hot": len(hot), "cells": len(spots)},
        "agreement": [
            compared
            for name, (first, second) in compared_groups(said).items()
            if (compared := _agreement(said, name, first, second, settings.k))
        ],
        "loudest_tenth": _loudest_tenth(said, settings.k),
    }


def compared_groups(said: gpd.GeoDataFrame) -> dict[str, tuple["pd.Series[bool]", "pd.Series[bool]"]]:
    """Name of a comparison → which annotations are of its first and of its second group.

    Parameters
    ----------
    said
        With ``age_group`` and ``role``.

    Returns
    -------
    dict of str to tuple of Series
        Booleans on the index of ``said``; names ``young_and_old`` and ``companies_and_residents``.
    """
    bounds = [age_bounds(group) if isinstance(group, str) else None for group in said["age_group"]]
    young = pd.Series([ages is not None and ages[1] < YOUNG_BELOW for ages in bounds], said.index, dtype=bool)
    old = pd.Series([ages is not None and ages[0] >= OLD_FROM for ages in bounds], said.index, dtype=bool)
    company, resident = ((said["role"] == role).fillna(False).astype(bool) for role in ("company", "resident"))
    return {"young_and_old": (young, old), "companies_and_residents": (company, resident)}


def _crowds(said: gpd.GeoDataFrame, hot: gpd.GeoDataFrame, k: int) -> list[dict[str, Any]]:
    spoken = pd.DataFrame(said[["respondent", "kind", "category"]]).assign(crowd=cluster_labels(said, k))
    spoken[["east", "north"]] = representative_points(said)
    people = spoken[spoken["crowd"] >= 0].groupby("crowd")["respondent"].nunique()
    spoken = spoken[spoken["crowd"].isin(people.index[people >= k])]
    kind = _common(spoken, "kind", k)
    category = _common(spoken[spoken["kind"] == spoken["crowd"].map(kind)], "category", k)
    middle = spoken.groupby("crowd")[["east", "north"]].mean().floordiv(PLACE_M).add(0.5).mul(PLACE_M)
    is_hot = shapely.intersects(shapely.union_all(hot.geometry.to_numpy()), shapely.points(middle.to_numpy()))
    places = np.column_stack(to_wgs84(middle["east"].to_numpy(), middle["north"].to_numpy(), str(said.crs))).round(6)
    rows = [
        {"kind": kind.get(crowd, ""), "category": category.get(crowd), "respondents": int(people[crowd] // k * k),
         "place": place, "hot": bool(spoken_of)}
        for crowd, place, spoken_of in zip(middle.index, places.tolist(), is_hot, strict=True)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row["respondents"], row["place"]))


def _common(spoken: pd.DataFrame, column: str, k: int) -> dict[int, str]:
    """What most respondents of each crowd say, when they are k or more."""
    people = spoken.groupby(["crowd", column])["respondent"].nunique().rename("people").reset_index()
    most = people[people["people"] >= k].sort_values(["crowd", "people", column], ascending=[True, False, True])
    return dict(most.drop_duplicates("crowd")[["crowd", column]].itertuples(index=False, name=None))


def _agreement(
    said: gpd.GeoDataFrame, name: str, first: "pd.Series[bool]", second: "pd.Series[bool]", k: int
) -> dict[str, Any] | None:
    if min(said["respondent"][mask].nunique() for mask in (first, second)) < k:
        return None
    table = agreement(said, first, second)
    differs = table[table["differs"]]
    return {
        "groups": name,
        "first": sorted(differs["topic"][(differs["difference"] > 0) & (differs["first"] >= k)]),
        "second": sorted(differs["topic"][(differs["difference"] < 0) & (differs["second"] >= k)]),
        "places": _in_words(table.attrs["places"]),
    }


def _in_words(correlation: float) -> str | None:
    if np.isnan(correlation):
        return None
    return "same" if correlation >= SAME_PLACES else "partly" if correlation >= PARTLY_SAME_PLACES else "different"


def _loudest_tenth(said: gpd.GeoDataFrame, k: int) -> float | None:
    if said["respondent"].nunique() < 10 * k:
        return None
    return round(round(concentration(said)["loudest_tenth"] / SHARE_STEP) * SHARE_STEP, 2)

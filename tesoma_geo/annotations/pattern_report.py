"""All patterns of a workspace's annotations at once, as a planner reads them."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from tesoma_geo.annotations.database import HIDDEN
from tesoma_geo.annotations.patterns import agreement, clusters, concentration, hot_spots, silent_areas
from tesoma_geo.annotations.representativeness import (
    Representativeness,
    most_mentioned_areas,
    representativeness,
    residents_by_age,
)
from tesoma_geo.sources.annotations.labels import age_bounds

#: Groups that are compared: young against old, companies against residents.
YOUNG_BELOW, OLD_FROM = 30, 65


def pattern_report(
    annotations: gpd.GeoDataFrame, respondents: pd.DataFrame, areas: gpd.GeoDataFrame, cell_m: float, least: int
) -> dict[str, Any]:
    """Clusters, hot spots, agreement, representativeness, silent areas and concentration as plain values.

    Parameters
    ----------
    annotations, respondents
        The store's; hidden ones and answers about homes are left out.
    areas
        ``tables.AREAS`` of the district, with ``age_<group>`` where they are known.
    cell_m
        Side of the cells of hot spots.
    least
        Fewest distinct respondents of a cluster.

    Returns
    -------
    dict
        ``clusters``, ``hot_spots``, ``agreement``, ``representativeness``, ``silent_areas``, ``concentration``: lists
        and dictionaries of numbers and texts.
    """
    said = annotations[(annotations["state"] != HIDDEN) & ~annotations["private"]].reset_index(drop=True)
    district = areas.geometry.union_all()
    spots = hot_spots(said, district, cell_m)
    crowds = clusters(said, least)
    silent = silent_areas(said, areas)
    return {
        "clusters": _rows(crowds.assign(area_m2=crowds.area.round())),
        "hot_spots": {"cell_m": cell_m, "hot": int((spots["spot"] == "hot").sum()),
                      "cold": int((spots["spot"] == "cold").sum()), "cells": len(spots)},
        "agreement": {name: _agreement(said, *groups) for name, groups in compared_groups(said).items()},
        "representativeness": _representativeness(said, respondents, areas),
        "silent_areas": _rows(silent[["code", "name", "respondents", "expected", "silent"]].round(1)),
        "concentration": {name: _known(value, 3) for name, value in concentration(said).items()},
    }  # fmt: skip


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


def _agreement(said: gpd.GeoDataFrame, first: "pd.Series[bool]", second: "pd.Series[bool]") -> dict[str, Any]:
    table = agreement(said, first, second)
    places = table.attrs["places"]
    return {"topics": _rows(table.round(4)), "places_correlation": _known(places, 3)}


def _representativeness(said: gpd.GeoDataFrame, respondents: pd.DataFrame, areas: gpd.GeoDataFrame) -> dict[str, Any]:
    """By area, and by age and both where the residents' ages are known."""
    people = respondents.assign(area=respondents["respondent"].map(most_mentioned_areas(said, areas)))
    living = areas[["code", "population"]].rename(columns={"code": "area", "population": "residents"})
    comparisons = {"by_area": _compared(representativeness(people, living, ("area",)))}
    by_age = residents_by_age(areas, "code")
    if not by_age.empty:
        comparisons["by_age"] = _compared(representativeness(people, by_age))
        comparisons["by_age_and_area"] = _compared(representativeness(people, by_age, ("age_group", "area")))
    return comparisons


def _compared(comparison: Representativeness) -> dict[str, Any]:
    test = {"chi2": comparison.chi2, "p_value": comparison.p_value}
    known = {name: _known(value, 4) for name, value in test.items()}
    return {"groups": _rows(comparison.table.round(3)), **known, "group_unknown": comparison.left_out}


def _known(value: float, digits: int) -> float | None:
    """A number rounded; None for one that is not known, or no number (respondents of an age that nobody has)."""
    return round(value, digits) if np.isfinite(value) else None


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values, without geometry; None for what is not known or endless, which JSON cannot say."""
    columns = [name for name in table.columns if name != "geometry"]
    values = zip(*(table[name].replace([np.inf, -np.inf], np.nan).tolist() for name in columns), strict=True)
    return [{name: None if pd.isna(cell) else cell for name, cell in zip(columns, row, strict=True)} for row in values]

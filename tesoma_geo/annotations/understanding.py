"""All patterns of a workspace's annotations at once, as a planner reads them."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from tesoma_geo.annotations.patterns import agreement, clusters, concentration, hot_spots, silent_areas
from tesoma_geo.annotations.representativeness import representativeness, residents_by_age
from tesoma_geo.annotations.store import HIDDEN
from tesoma_geo.sources.annotations.labels import age_bounds

#: Groups that are compared: young against old, companies against residents.
YOUNG_BELOW, OLD_FROM = 30, 65


def understanding(
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
    """
    said = annotations[(annotations["state"] != HIDDEN) & ~annotations["private"]].reset_index(drop=True)
    district = areas.geometry.union_all()
    spots = hot_spots(said, district, cell_m)
    found = clusters(said, least)
    ages = said["age_group"].map(lambda group: age_bounds(group) or (np.nan, np.nan), na_action="ignore")
    young = ages.map(lambda bounds: bounds[1] < YOUNG_BELOW, na_action="ignore").fillna(False).astype(bool)
    old = ages.map(lambda bounds: bounds[0] >= OLD_FROM, na_action="ignore").fillna(False).astype(bool)
    silent = silent_areas(said, areas)
    return {
        "clusters": _rows(found.assign(area_m2=found.area.round())),
        "hot_spots": {"cell_m": cell_m, "hot": int((spots["spot"] == "hot").sum()),
                      "cold": int((spots["spot"] == "cold").sum()), "cells": len(spots)},
        "agreement": {
            f"under_{YOUNG_BELOW}_and_{OLD_FROM}_up": _agreement(said, young, old),
            "companies_and_residents": _agreement(said, said["role"] == "company", said["role"] == "resident"),
        },
        "representativeness": _representativeness(respondents, areas),
        "silent_areas": _rows(silent[["code", "name", "respondents", "expected", "silent"]].round(1)),
        "concentration": {name: round(value, 3) for name, value in concentration(said).items()},
    }  # fmt: skip


def _agreement(said: gpd.GeoDataFrame, first: "pd.Series[bool]", second: "pd.Series[bool]") -> dict[str, Any]:
    table = agreement(said, first.fillna(False), second.fillna(False))
    places = table.attrs["places"]
    return {"topics": _rows(table.round(4)), "places_correlation": None if np.isnan(places) else round(places, 3)}


def _representativeness(respondents: pd.DataFrame, areas: gpd.GeoDataFrame) -> dict[str, Any] | None:
    """By age; None where the residents' ages are not known."""
    residents = residents_by_age(areas)
    if residents.empty:
        return None
    found = representativeness(respondents, residents.drop(columns="area"))
    known = {"chi2": found.chi2, "p_value": found.p_value}
    return {
        "by_age": _rows(found.table.round(3)),
        **{name: None if np.isnan(value) else round(value, 4) for name, value in known.items()},
        "age_unknown": found.left_out,
    }


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values, without geometry; None for what is not known."""
    columns = [name for name in table.columns if name != "geometry"]
    values = zip(*(table[name].tolist() for name in columns), strict=True)
    return [{name: None if pd.isna(cell) else cell for name, cell in zip(columns, row, strict=True)} for row in values]

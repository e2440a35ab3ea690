"""How sure the figures of single areas and ages are, from the draws of the headline figures."""

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo._arrays import Float64
from tesoma_geo.analysis.hub_figures import HIGH, LOW, balanced, quantile
from tesoma_geo.columns import AGE
from tesoma_geo.measures.quantiles import quantiles_by_row

#: What comes before the name of an age group in the column of its residents.
AGE_PREFIX = AGE.pattern.partition("<")[0]


def part_intervals(
    origins: gpd.GeoDataFrame,
    minutes: tuple[Float64, Float64],
    residents: tuple[NDArray[np.int64], NDArray[np.int64]],
    limit_min: float,
) -> pd.DataFrame:
    """Intervals of each area's median, and of the share of each age within a limit.

    The residents of an age are drawn with those of their origin: each origin keeps its shares of ages.

    Parameters
    ----------
    origins
        ``tables.ORIGINS`` with ``population`` and ``area_code``; residents by age in ``age_<group>``, if known.
    minutes
        To the hub, as mapped, shape (origins,), and in the draws, shape (runs, origins); ``inf`` where there is no way.
    residents
        Of each origin, as mapped and in the draws, of the same shapes.
    limit_min
        Minutes of the share.

    Returns
    -------
    pandas.DataFrame
        A row a figure: ``part`` (``area`` or ``age``), ``name`` (code of the area, name of the group), ``mapped``,
        ``low`` and ``high``: minutes of an area's median, an age's share from 0 to 1. Parts without residents have no
        row.
    """
    (mapped_min, drawn_min), (mapped_residents, drawn_residents) = minutes, residents
    all_min = np.vstack([mapped_min, drawn_min])
    all_residents = np.vstack([mapped_residents, drawn_residents])
    named, columns = [], []
    for code, at in origins.groupby("area_code").indices.items():
        if code and mapped_residents[at].sum():
            named.append(("area", str(code)))
            columns.append(quantiles_by_row(all_min[:, at], all_residents[:, at], (0.5,))[0])
    for column in origins.columns:
        if not column.startswith(AGE_PREFIX) or column == AGE.of("unknown") or not origins[column].sum():
            continue
        share = origins[column].to_numpy(float) / np.maximum(mapped_residents, 1)
        of_age = all_residents * share
        named.append(("age", column.removeprefix(AGE_PREFIX)))
        columns.append(np.where(all_min <= limit_min, of_age, 0.0).sum(axis=1) / np.maximum(of_age.sum(axis=1), 1e-9))
    if not named:
        return pd.DataFrame({"part": [], "name": [], "mapped": [], "low": [], "high": []})
    figures = np.column_stack(columns)
    published, even = figures[0], balanced(figures[1:], figures[0])
    return pd.DataFrame(
        {
            "part": [part for part, _ in named],
            "name": [name for _, name in named],
            "mapped": published,
            "low": [quantile(values, LOW) for values in even.T],
            "high": [quantile(values, HIGH) for values in even.T],
        }
    )

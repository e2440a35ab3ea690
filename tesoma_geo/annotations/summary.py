"""Exact counts for those who moderate; for the public there is the publication."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd


def summary(annotations: gpd.GeoDataFrame, respondents: pd.DataFrame, flags: Sequence[Iterable[str]]) -> dict[str, Any]:
    """Counts of annotations by kind, theme, category, state and flag, and of respondents.

    Parameters
    ----------
    annotations, respondents
        The store's.
    flags
        Those of each annotation.

    Returns
    -------
    dict
        ``annotations``, ``respondents``, and ``by_kind``, ``by_theme``, ``by_category``, ``by_state``, ``by_source``,
        ``by_flag``, each value → how many.
    """
    themes = Counter(theme for joined in annotations["themes"] for theme in joined.split(";") if theme)
    return {
        "annotations": len(annotations),
        "respondents": len(respondents),
        "by_kind": _counts(annotations["kind"]),
        "by_theme": dict(themes.most_common()),
        "by_category": _counts(annotations["category"].dropna()),
        "by_state": _counts(annotations["state"]),
        "by_source": _counts(annotations["source"]),
        "by_flag": dict(Counter(flag for own in flags for flag in own).most_common()),
    }


def _counts(column: "pd.Series[Any]") -> dict[str, int]:
    return {str(value): int(count) for value, count in column.value_counts(sort=True).sort_index().items()}

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
        ``by_round``, ``by_flag``, each value → how many.
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
        "by_round": _counts(annotations["round"]),
        "by_flag": dict(Counter(flag for own in flags for flag in own).most_common()),
    }


def summaries_by_round(
    annotations: gpd.GeoDataFrame, respondents: pd.DataFrame, flags: Sequence[Iterable[str]]
) -> dict[str, dict[str, Any]]:
    """The same counts for each round by itself; respondents of a round are those who said something in it.

    Parameters
    ----------
    annotations, respondents
        The store's.
    flags
        Those of each annotation.

    Returns
    -------
    dict
        Round → what :func:`summary` gives, in alphabetical order.
    """
    rounds, each_flags = annotations["round"].to_numpy(), list(flags)
    summaries = {}
    for name in sorted(set(rounds)):
        rows = (rounds == name).nonzero()[0]
        mine = annotations.iloc[rows]
        people = respondents[respondents["respondent"].isin(mine["respondent"])]
        summaries[str(name)] = summary(mine, people, [each_flags[row] for row in rows])
    return summaries


def _counts(column: "pd.Series[Any]") -> dict[str, int]:
    return {str(value): int(count) for value, count in column.value_counts(sort=True).sort_index().items()}

"""Quantiles of values that weigh differently, such as the minutes of residents."""

import numpy as np
from numpy.typing import ArrayLike


def weighted_quantile(values: ArrayLike, weights: ArrayLike, share: float) -> float:
    """The smallest value that at least ``share`` of the weight does not exceed.

    Parameters
    ----------
    values
        Any order, ``inf`` allowed, shape (n,).
    weights
        Not negative, shape (n,).
    share
        Between 0 and 1: 0.5 is the median.

    Returns
    -------
    float
        One of the values; NaN when nothing weighs anything.
    """
    value, weight = np.asarray(values, float), np.asarray(weights, float)
    weighs = weight > 0
    if not weighs.any():
        return float("nan")
    if share <= 0:  # no weight is asked for: the smallest value, also where it weighs nothing
        return float(value.min())
    return float(np.quantile(value[weighs], share, weights=weight[weighs], method="inverted_cdf"))

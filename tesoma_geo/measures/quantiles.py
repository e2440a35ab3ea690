"""Quantiles of values that weigh differently, such as the minutes of residents."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


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


def quantiles_by_row(values: ArrayLike, weights: ArrayLike, shares: tuple[float, ...]) -> list[NDArray[np.float64]]:
    """Weighted quantiles of every row of a table, as :func:`weighted_quantile` has them of one.

    Parameters
    ----------
    values
        ``inf`` allowed, shape (rows, n).
    weights
        Whole numbers, not negative, shape (rows, n).
    shares
        Above 0, at most 1.

    Returns
    -------
    list of float64 arrays of shape (rows,)
        One a share; NaN where nothing weighs anything.
    """
    value, weight = np.asarray(values, float), np.asarray(weights, float)
    order = np.argsort(value, axis=1)  # equal values in any order: sums of whole numbers are exact
    ordered, so_far = np.take_along_axis(value, order, 1), np.cumsum(np.take_along_axis(weight, order, 1), axis=1)
    quantiles = []
    for share in shares:
        first = (so_far / np.maximum(so_far[:, -1:], 1e-300) >= share).argmax(axis=1)
        one = ordered[np.arange(len(value)), first]
        quantiles.append(np.where(so_far[:, -1] > 0, one, np.nan))
    return quantiles

"""Decay curves, compiled: for the sweeps of the engine and for the measures alike."""

from __future__ import annotations

import math

import numpy as np

from tesoma_geo._arrays import Float64
from tesoma_geo._decay import EXPONENTIAL, GAUSSIAN, LINEAR, LOGISTIC, DecayCurve
from tesoma_geo._kernels import kernel


@kernel
def weight(seconds: float, decay: DecayCurve) -> float:
    """What an opportunity so many seconds away counts for.

    Parameters
    ----------
    seconds : float
        Travel time, 0 or more.
    decay : DecayCurve

    Returns
    -------
    float
        From 0 to 1; no cutoff is applied.
    """
    kind, a, b = decay
    if kind == LINEAR:
        return max(0.0, 1.0 - seconds * a)
    if kind == EXPONENTIAL:
        return math.exp(-seconds * a)
    if kind == GAUSSIAN:
        return math.exp(-seconds * seconds * a)
    if kind == LOGISTIC:
        return (1.0 + math.exp(-a * b)) / (1.0 + math.exp((seconds - a) * b))
    return 1.0


@kernel
def weights(seconds: Float64, decay: DecayCurve) -> Float64:
    """What opportunities so many seconds away count for.

    Parameters
    ----------
    seconds : float64[n]
        Travel times, 0 or more.
    decay : DecayCurve

    Returns
    -------
    float64[n]
        From 0 to 1; no cutoff is applied.
    """
    counted = np.empty_like(seconds)
    for i in range(seconds.size):
        counted[i] = weight(seconds[i], decay)
    return counted

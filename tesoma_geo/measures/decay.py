"""Decay functions: how much an opportunity counts for, the more it costs to reach.

A decay is a value. Called with costs it gives weights; what cannot be reached (``inf``) weighs nothing.
The unit of the costs is the caller's, and a decay's parameters are in the same unit. The curves that the
street engine knows too are evaluated by the engine's own code, so that a measure over a travel matrix
and a bounded sum over the streets agree.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tesoma_geo._arrays import Float64
from tesoma_geo._decay import DecayCurve
from tesoma_geo._given import mapping, number
from tesoma_geo.errors import InputError

#: Costs that a function of the caller's own is tried on before it is used.
PROBES = (0.0, 0.5, 1.0, 15.0, 60.0, 1800.0, 1e6)


@dataclass(frozen=True)
class Decay:
    """A decay function; one that this module makes can be sent to another process.

    Attributes
    ----------
    name
        What it is, with its parameters: ``"exponential(0.1)"``.
    function
        Finite costs, float64 of shape (n,), to weights of the same shape.
    """

    name: str
    function: Callable[[Float64], Float64]

    def __call__(self, costs: ArrayLike) -> NDArray[np.float64]:
        """The weight of each cost, of the costs' shape; 0 where the cost is ``inf``.

        Raises
        ------
        InputError
            When a weight is negative or not finite.
        """
        cost = np.asarray(costs, np.float64)
        flat = np.ascontiguousarray(cost.ravel())
        finite = np.isfinite(flat)
        if finite.all():
            return self._checked(self.function(flat)).reshape(cost.shape)
        weights = np.zeros(cost.size)
        weights[finite] = self._checked(self.function(flat[finite]))
        return weights.reshape(cost.shape)

    def _checked(self, weights: ArrayLike) -> NDArray[np.float64]:
        values = np.asarray(weights, np.float64)
        if values.size and not (values.min() >= 0 and values.max() < math.inf):
            bad = values[~((values >= 0) & (values < math.inf))][0]
            raise InputError(
                f"The decay {self.name} gives the weight {bad}", "Use a decay with finite weights of 0 or more"
            )
        return values


#: What the measures take as a decay: one of these, or a function of costs.
AnyDecay = Decay | Callable[[Float64], Float64]


def step(cutoff: float) -> Decay:
    """1 up to and at the cutoff, 0 beyond.

    Parameters
    ----------
    cutoff
        In the unit of the costs.

    Returns
    -------
    Decay

    Raises
    ------
    InputError
        When the cutoff is not a finite number above 0.
    """
    limit = _positive("cutoff", cutoff)
    return Decay(f"step({limit:g})", partial(_within, limit=limit))


def stepped(weights: Mapping[float, float]) -> Decay:
    """Distance zones: the weight of each zone by its outer edge, 0 beyond the last.

    Parameters
    ----------
    weights
        Outer edge → weight. ``{10: 1.0, 20: 0.68, 30: 0.22}`` are the zones and slow decay of Luo and Qi
        (2009), in minutes by car. An edge belongs to its zone.

    Returns
    -------
    Decay

    Raises
    ------
    InputError
        When there is no zone, an edge is not above 0 or a weight is negative.
    """
    mapping("weights", weights, "Give the weight of each zone: {10: 1.0, 20: 0.5}")
    if not weights:
        raise InputError("A stepped decay has no zones", "Give at least one, such as {10: 1.0}")
    edges = np.array(sorted(_positive("edge of a zone", edge) for edge in weights))
    values = np.array([*(weights[edge] for edge in sorted(weights)), 0.0], np.float64)
    if not (np.isfinite(values) & (values >= 0)).all():
        raise InputError(f"The weights of a stepped decay are {list(values[:-1])}", "Give weights of 0 or more")
    name = ", ".join(f"{edge:g}: {value:g}" for edge, value in zip(edges, values, strict=False))
    return Decay(f"stepped({name})", partial(_in_zones, edges=edges, values=values))


def linear(cutoff: float) -> Decay:
    """``max(0, 1 - c / cutoff)``.

    Parameters
    ----------
    cutoff
        Where the weight reaches 0, in the unit of the costs.

    Returns
    -------
    Decay
        1 at no cost.

    Raises
    ------
    InputError
        When the cutoff is not a finite number above 0.
    """
    farthest = _positive("cutoff", cutoff)
    return _curve(f"linear({farthest:g})", DecayCurve.linear(farthest))


def exponential(decay_value: float) -> Decay:
    """``exp(-decay_value c)``; ``decay_value`` is per unit of cost, 1 over the mean cost.

    Parameters
    ----------
    decay_value
        Per unit of cost.

    Returns
    -------
    Decay
        1 at no cost.

    Raises
    ------
    InputError
        When the decay_value is not a finite number above 0.
    """
    rate = _positive("decay value", decay_value)
    return _curve(f"exponential({rate:g})", DecayCurve.exponential(1.0 / rate))


def gaussian(sd: float) -> Decay:
    """``exp(-c² / (2 sd²))``.

    Parameters
    ----------
    sd
        Standard deviation, in the unit of the costs.

    Returns
    -------
    Decay
        1 at no cost.

    Raises
    ------
    InputError
        When the sd is not a finite number above 0.
    """
    width = _positive("standard deviation", sd)
    return _curve(f"gaussian({width:g})", DecayCurve.gaussian(width))


def logistic(mean: float, sd: float) -> Decay:
    """A falling logistic curve of a mean and a standard deviation, scaled to 1 at no cost.

    ``(1 + exp(-mean k)) / (1 + exp((c - mean) k))`` with ``k = π / (sd √3)``; Bauer and Groneberg, PLOS
    ONE 2016.

    Parameters
    ----------
    mean
        Where the curve is steepest, in the unit of the costs.
    sd
        Standard deviation, in the same unit.

    Returns
    -------
    Decay
        1 at no cost.

    Raises
    ------
    InputError
        When a parameter is not a finite number above 0.
    """
    curve = DecayCurve.logistic(_positive("mean", mean), _positive("standard deviation", sd))
    return _curve(f"logistic({mean:g}, {sd:g})", curve)


def inverse_power(decay_value: float) -> Decay:
    """``min(1, c^-decay_value)``: 1 up to a cost of 1, so that no cost weighs infinitely.

    Parameters
    ----------
    decay_value
        The exponent, without unit.

    Returns
    -------
    Decay
        1 at no cost.

    Raises
    ------
    InputError
        When the decay_value is not a finite number above 0.
    """
    exponent = _positive("decay value", decay_value)
    return Decay(f"inverse_power({exponent:g})", partial(_power, exponent=exponent))


def custom(function: Callable[[Float64], Float64]) -> Decay:
    """A function of the caller's own, tried out before it is used.

    Parameters
    ----------
    function
        Takes an array of finite costs and returns an array of weights, each 0 or more. It need not fall.

    Returns
    -------
    Decay

    Raises
    ------
    InputError
        When on a few costs it fails, or does not give a finite weight of 0 or more for each.
    """
    name = getattr(function, "__name__", type(function).__name__)
    remedy = "Give a function that takes an array of costs and returns as many finite weights of 0 or more"
    probes = np.array(PROBES)
    try:
        weights = np.asarray(function(probes.copy()), np.float64)
    except Exception as error:  # whatever a function of the caller's own may raise
        raise InputError(f"The decay {name} fails on the costs {list(PROBES)}: {error}", remedy) from error
    if weights.shape != probes.shape:
        raise InputError(f"The decay {name} gives the shape {weights.shape} for {probes.size} costs", remedy)
    bad = np.flatnonzero(~((weights >= 0) & np.isfinite(weights)))
    if bad.size:
        raise InputError(f"The decay {name} gives {weights[bad[0]]} for the cost {probes[bad[0]]:g}", remedy)
    return Decay(f"custom({name})", function)


def checked(decay: Decay | Callable[[Float64], Float64]) -> Decay:
    """The decay itself, or a function of the caller's own made one.

    Parameters
    ----------
    decay
        A decay, or a function as :func:`custom` takes it.

    Returns
    -------
    Decay

    Raises
    ------
    InputError
        When it is neither.
    """
    if isinstance(decay, Decay):
        return decay
    if not callable(decay):
        raise InputError(f"{decay!r} is not a decay", "Use one such as decay.step(15), or a function of costs")
    return custom(decay)


def _curve(name: str, curve: DecayCurve) -> Decay:
    return Decay(name, partial(_weights, curve=curve))


def _within(cost: Float64, limit: float) -> Float64:
    return (cost <= limit).astype(np.float64)


def _in_zones(cost: Float64, edges: Float64, values: Float64) -> Float64:
    found: Float64 = values[np.searchsorted(edges, cost, side="left")]
    return found


def _power(cost: Float64, exponent: float) -> Float64:
    found: Float64 = np.maximum(cost, 1.0) ** -exponent
    return found


def _weights(cost: Float64, curve: DecayCurve) -> Float64:
    from tesoma_geo._decay_kernels import weights  # loads numba, which takes longer than a small matrix

    return weights(cost, curve)


def _positive(name: str, value: float) -> float:
    number(f"the {name} of a decay", value, "Give a finite number above 0")
    if not 0 < value < math.inf:
        raise InputError(f"The {name} of a decay is {value}", "Give a finite number above 0")
    return float(value)

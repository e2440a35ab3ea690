"""How much an opportunity counts for, the longer it takes to reach.

The kernels of ``_decay_kernels`` evaluate these; ``DecayCurve`` says which. Beyond the cutoff of a sum an
opportunity counts for nothing, whatever its decay.
"""

from __future__ import annotations

import math
from typing import NamedTuple, Self

from tesoma_geo.errors import InputError

STEP, LINEAR, EXPONENTIAL, GAUSSIAN, LOGISTIC = range(5)


class DecayCurve(NamedTuple):
    """A decay function of seconds; made by one of its class methods.

    Attributes
    ----------
    kind : int
    a, b : float
        Its parameters, ready for the kernel.
    """

    kind: int
    a: float = 0.0
    b: float = 0.0

    @classmethod
    def step(cls) -> Self:
        """A curve of 1 up to the cutoff of the sum.

        Returns
        -------
        DecayCurve
        """
        return cls(STEP)

    @classmethod
    def linear(cls, end_s: float) -> Self:
        """A curve of 1 at once, falling evenly to 0.

        Parameters
        ----------
        end_s : float
            Seconds from which on an opportunity counts for nothing; above 0.

        Returns
        -------
        DecayCurve

        Raises
        ------
        InputError
            When the seconds are not a finite number above 0.
        """
        return cls(LINEAR, 1 / _positive("end", end_s))

    @classmethod
    def exponential(cls, mean_s: float) -> Self:
        """The curve ``exp(-t / mean_s)``.

        Parameters
        ----------
        mean_s : float
            Seconds at which an opportunity counts for 1/e; above 0.

        Returns
        -------
        DecayCurve

        Raises
        ------
        InputError
            When the seconds are not a finite number above 0.
        """
        return cls(EXPONENTIAL, 1 / _positive("mean", mean_s))

    @classmethod
    def gaussian(cls, sd_s: float) -> Self:
        """The curve ``exp(-t² / (2 sd_s²))``.

        Parameters
        ----------
        sd_s : float
            Standard deviation in seconds; above 0.

        Returns
        -------
        DecayCurve

        Raises
        ------
        InputError
            When the seconds are not a finite number above 0.
        """
        return cls(GAUSSIAN, 1 / (2 * _positive("standard deviation", sd_s) ** 2))

    @classmethod
    def logistic(cls, midpoint_s: float, sd_s: float) -> Self:
        """A falling logistic curve, scaled to 1 at once.

        ``(1 + exp(-m k)) / (1 + exp((t - m) k))`` with ``k = π / (sd_s √3)``; Bauer and
        Groneberg, PLOS ONE 2016.

        Parameters
        ----------
        midpoint_s : float
            ``m``, the seconds where the curve falls fastest; above 0.
        sd_s : float
            Standard deviation of the logistic distribution, in seconds; above 0.

        Returns
        -------
        DecayCurve

        Raises
        ------
        InputError
            When one of the two is not a finite number above 0.
        """
        rate = math.pi / (_positive("standard deviation", sd_s) * math.sqrt(3))
        return cls(LOGISTIC, _positive("midpoint", midpoint_s), rate)


def _positive(name: str, seconds: float) -> float:
    if not 0 < seconds < math.inf:
        raise InputError(f"The {name} of a decay function is {seconds} s", "Give seconds above 0")
    return float(seconds)

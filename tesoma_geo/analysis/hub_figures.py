"""The headline figures of the hub in many draws at once: a value a draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from tesoma_geo._arrays import Float32, Float64
from tesoma_geo.measures.quantiles import quantiles_by_row, weighted_quantile

#: The interval that is told: nine runs of ten lie within.
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, eq=False)
class Minutes:
    """Travel times of many draws.

    Attributes
    ----------
    to_hub, from_hub
        From the origins to the hub and back, minutes, ``inf`` where there is no way; shape (runs, origins).
    to_kind
        Kind of service → the same to the nearest of it.
    """

    to_hub: Float64
    from_hub: Float64
    to_kind: Mapping[str, Float64]

    @classmethod
    def of(cls, to_hub_s: Float32, from_hub_s: Float32, to_kind_s: Mapping[str, Float32]) -> Self:
        """Minutes of seconds.

        Parameters
        ----------
        to_hub_s, from_hub_s, to_kind_s
            As the attributes, in seconds.

        Returns
        -------
        Minutes
        """
        return cls(
            to_hub_s.astype(float) / 60.0,
            from_hub_s.astype(float) / 60.0,
            {kind: seconds.astype(float) / 60.0 for kind, seconds in to_kind_s.items()},
        )


@dataclass(frozen=True)
class HubFigures:
    """The limits that figures are about.

    Attributes
    ----------
    cutoffs_min
        Minutes of ``population_within``.
    limit_min
        Minutes of the residents near a service.
    """

    cutoffs_min: tuple[float, ...]
    limit_min: float

    def of(self, minutes: Minutes, residents: NDArray[np.int64]) -> dict[str, Float64]:
        """Every figure, one value a draw.

        Parameters
        ----------
        minutes
            Travel times of the draws.
        residents
            Of each origin, shape (1 or runs, origins).

        Returns
        -------
        dict
            Name of the figure → minutes or residents, shape (runs,).
        """
        residents = np.broadcast_to(residents, minutes.to_hub.shape)
        figures = {
            f"population_within_{cutoff:g}_min": _within(minutes.to_hub, residents, cutoff)
            for cutoff in self.cutoffs_min
        }
        half, most = quantiles_by_row(minutes.to_hub, residents, (0.5, 0.9))
        figures |= {
            "median_min": half,
            "p90_min": most,
            "median_from_hub_min": quantiles_by_row(minutes.from_hub, residents, (0.5,))[0],
            "unreachable_population": np.where(np.isinf(minutes.to_hub), residents, 0).sum(axis=1).astype(float),
        }
        for kind, to_kind in minutes.to_kind.items():
            figures[f"{kind}_median_min"] = quantiles_by_row(to_kind, residents, (0.5,))[0]
            figures[f"{kind}_population_within_{self.limit_min:g}_min"] = _within(to_kind, residents, self.limit_min)
        return figures


def quantile(values: Float64, share: float) -> float:
    """A quantile that is one of the values, so that ``inf`` does no harm.

    Parameters
    ----------
    values
        Of the draws, shape (runs,).
    share
        From 0 to 1.

    Returns
    -------
    float
    """
    return weighted_quantile(values, np.ones(len(values)), share)


def width(values: Float64) -> float:
    """The width of the interval of some draws, from :data:`LOW` to :data:`HIGH`.

    Parameters
    ----------
    values
        Of the draws, shape (runs,).

    Returns
    -------
    float
        0 where both ends are the same, ``inf`` among them.
    """
    low, high = quantile(values, LOW), quantile(values, HIGH)
    return 0.0 if low == high else high - low


def balanced(draws: NDArray[Any], published: Float64) -> NDArray[Any]:
    """Draws of figures whose quartiles hold the published figure.

    The published figure comes from the expected cost of every street and is no draw itself. Where more than three of
    four draws lie on one side of it, these together count as three of four, and those on the other side, or the
    published figure itself where there are none, as one of four: each side evenly by rank. So the published figure
    lies between the quartiles by construction, and of the draws as they fell nine of ten or a few more still lie in
    the interval. All other figures are left as they were drawn.

    Parameters
    ----------
    draws
        A column a figure, shape (runs, k); ``inf`` allowed.
    published
        The figures, in the same unit, shape (k,).

    Returns
    -------
    array of shape (runs, k)
        In every column the runs keep their order.
    """
    runs = len(draws)
    most = int(0.75 * (runs - 1))  # so many below leave the upper quartile at the figure or above, however it is taken
    below, above = (draws < published).sum(axis=0), (draws > published).sum(axis=0)
    even = draws.copy()
    for figure in np.flatnonzero((below > most) | (above > most)):
        order = np.argsort(draws[:, figure], kind="stable")
        ordered, middle = draws[order, figure], published[figure]
        if below[figure] > most:
            low, high, n_low = ordered[: below[figure]], ordered[below[figure] :], most
        else:
            low, high, n_low = ordered[: runs - above[figure]], ordered[runs - above[figure] :], runs - most
        even[order, figure] = np.concatenate([_evenly(low, n_low, middle), _evenly(high, runs - n_low, middle)])
    return even


def _evenly(ordered: NDArray[Any], count: int, otherwise: float) -> NDArray[Any]:
    """So many of some values, evenly by rank."""
    if not len(ordered):
        return np.full(count, otherwise, ordered.dtype)
    return ordered[((np.arange(count) + 0.5) * len(ordered) / count).astype(np.int64)]


def _within(minutes: Float64, residents: NDArray[np.int64], cutoff_min: float) -> Float64:
    within: Float64 = np.where(minutes <= cutoff_min, residents, 0).sum(axis=1).astype(float)
    return within

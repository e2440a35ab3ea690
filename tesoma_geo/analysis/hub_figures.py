"""The headline figures of the hub in many draws at once: a value a draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

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


def _within(minutes: Float64, residents: NDArray[np.int64], cutoff_min: float) -> Float64:
    within: Float64 = np.where(minutes <= cutoff_min, residents, 0).sum(axis=1).astype(float)
    return within

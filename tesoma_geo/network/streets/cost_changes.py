"""Costs of streets that a scenario changes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class CostChange:
    """Edges that take longer or shorter than their tags say, or are closed.

    Attributes
    ----------
    edges
        Rows of the network's edges, each once, shape (k,).
    factor
        Their seconds are multiplied by this, both ways; ``inf`` closes. A number or shape (k,).
    delay_s
        Seconds added, both ways, after multiplying. A number or shape (k,).
    profiles
        For whom, by name; empty for everybody.
    """

    edges: NDArray[np.int64]
    factor: ArrayLike = 1.0
    delay_s: ArrayLike = 0.0
    profiles: frozenset[str] = frozenset()

    def concerns(self, profile: str) -> bool:
        """Whether it holds for a profile.

        Parameters
        ----------
        profile
            Name of the profile.

        Returns
        -------
        bool
            True for every profile where :attr:`profiles` is empty.
        """
        return not self.profiles or profile in self.profiles

    def applied(self, seconds: NDArray[np.float32]) -> NDArray[np.float32]:
        """The seconds of all edges in one direction after it; what was closed stays closed.

        Parameters
        ----------
        seconds
            Seconds of every edge in one direction, ``inf`` where closed, shape (m,).

        Returns
        -------
        float32 array of shape (m,)
            A copy, ``inf`` where edges are closed.
        """
        after = seconds.copy()
        with np.errstate(invalid="ignore"):  # inf × 0 is a closed edge made free: it stays closed
            after[self.edges] = seconds[self.edges] * np.asarray(self.factor, float) + np.asarray(self.delay_s, float)
        after[np.isinf(seconds) | np.isnan(after)] = np.inf
        return after

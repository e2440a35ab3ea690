"""Random noise on totals: differential privacy (Dwork, McSherry, Nissim and Smith 2006), drawn with OpenDP.

Of two surveys that differ by one respondent, with all they said, every outcome is as likely up to a factor of e to ε.
Each total gets discrete Laplace noise; OpenDP draws it exactly (Canonne, Kamath and Steinke 2020), from the randomness
of the operating system, so that neither a seed nor the last bits of a float undo it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tesoma_geo._extras import require
from tesoma_geo.errors import TesomaError

#: Beyond its margin noise lies once in so many times.
ONCE_IN = 20
#: What OpenDP rounds up when it adds up what is spent.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Noise:
    """What was spent of the privacy budget on the figures of a cohort, and how large their noise is.

    Attributes
    ----------
    epsilon
        That this cohort spent.
    budget
        For all releases together, as the workspace told it when the cohort closed.
    rows_each
        In how many rows of what was said one respondent counts at most.
    scales
        Table → scale of its Laplace noise, in respondents; "total" is that of all respondents.
    """

    epsilon: float
    budget: float
    rows_each: int
    scales: Mapping[str, float]

    def to_json(self) -> dict[str, Any]:
        """The attributes as JSON takes them.

        Returns
        -------
        dict
            By name.
        """
        return {
            "epsilon": self.epsilon,
            "budget": self.budget,
            "rows_each": self.rows_each,
            "scales": dict(self.scales),
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Noise":
        """The inverse of :meth:`to_json`.

        Parameters
        ----------
        content
            What it gave.

        Returns
        -------
        Noise
        """
        return cls(content["epsilon"], content["budget"], content["rows_each"], content["scales"])


def margin(scales: Sequence[float]) -> int:
    """How far a sum of noisy totals may be off, 19 times of 20.

    Parameters
    ----------
    scales
        Scale of the noise of each total.

    Returns
    -------
    int
        Respondents: ln 20 times the scale for one total, which is the quantile of the Laplace distribution; for a sum
        as if its noise were Laplace with the same variance, which is a little more than it is.
    """
    return math.ceil(math.log(ONCE_IN) * math.hypot(*scales))


def noisy_counts(counts: Sequence[int], *, each: int, epsilon: float) -> tuple[list[int], float]:
    """Counts with noise.

    Parameters
    ----------
    counts
        Of a fixed list of rows, also the empty ones.
    each
        By how much one respondent changes all of them together, at most.
    epsilon
        That may be spent.

    Returns
    -------
    tuple of list of int and float
        The counts, never below 0, and the scale of their noise.

    Raises
    ------
    TesomaError
        OpenDP is not installed, or spends more than it may.
    """
    measurements = require("opendp.measurements", extra="dp")
    domains, metrics, mod = (require(f"opendp.{name}", extra="dp") for name in ("domains", "metrics", "mod"))
    scale = each / epsilon
    mod.enable_features("contrib")  # says that mechanisms may be used which nobody vetted formally; changes none
    domain = domains.vector_domain(domains.atom_domain(T="i64"), size=len(counts))
    draw = measurements.make_laplace(domain, metrics.l1_distance(T="i64"), scale)
    spent, drawn = float(draw.map(each)), draw([int(count) for count in counts])
    if spent > epsilon * (1 + _ROUNDING):
        raise TesomaError(f"noise of scale {scale:g} spends {spent:g}, more than {epsilon:g}", "Report this as a bug")
    return [max(0, int(count)) for count in drawn], scale

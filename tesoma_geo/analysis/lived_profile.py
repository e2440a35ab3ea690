"""The way to the hub by one profile with residents' barriers, at several scales and without each in turn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.analysis.barriers import BarrierCosts, Barriers, edits_of
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.edits import edited_costs
from tesoma_geo.network.streets.snap import Positions

#: Effects of barriers in the sensitivity: none is 0, the table's numbers are 1.
SCALES = (0.5, 1.0, 1.5)
#: Residents count as affected from this on.
AFFECTED_MIN = 0.1
#: So many barriers, those with the greatest effect where they are, are ranked by removing each.
RANKED = 40


@dataclass(frozen=True, eq=False)
class LivedProfile:
    """What residents' barriers do to the way to the hub by one profile.

    Attributes
    ----------
    name
        The profile.
    to_hub_s
        Seconds to the hub with the barriers, shape (origins,).
    added_min
        Minutes more than mapped; NaN where the hub is out of reach anyway, shape (origins,).
    resident_min
        By barrier: minutes of all residents together that its removal would save, shape (barriers,).
    sensitivity, figures
        As of :class:`~tesoma_geo.analysis.lived_access.LivedAccess`.
    """

    name: str
    to_hub_s: NDArray[np.float32]
    added_min: NDArray[np.float32]
    resident_min: NDArray[np.float64]
    sensitivity: list[dict[str, Any]]
    figures: dict[str, Any]


def lived_by(
    inputs: Inputs, router: StreetRouter, at: tuple[Positions, Positions], located: Barriers, costs: BarrierCosts
) -> LivedProfile:
    """Assess the hub as residents live the streets, by one profile.

    Parameters
    ----------
    inputs
        The layers of the mapped assessment.
    router
        The streets with the profile's costs as mapped.
    at
        Where origins and entrances meet them.
    located
        The barriers on the network.
    costs
        What they cost.

    Returns
    -------
    LivedProfile
        By origin and by barrier.
    """
    lived = _Lived.of(inputs, router, at, located, costs)
    return LivedProfile(
        lived.name,
        lived.to_hub_s(1.0),
        lived.added_min(1.0).astype(np.float32),
        lived.removed_resident_min(),
        lived.sensitivity(),
        lived.figures(inputs.workspace.access.cutoffs_min),
    )


def without_each_barrier(
    inputs: Inputs,
    router: StreetRouter,
    located: Barriers,
    costs: BarrierCosts,
    wanted: NDArray[np.bool_],
) -> tuple[NDArray[np.float32], dict[int, NDArray[np.float32]]]:
    """How long all take to the hub with every barrier, and without each in turn.

    Parameters
    ----------
    inputs
        The layers of the mapped assessment.
    router
        The streets with the profile's costs as mapped.
    located
        The barriers on the network.
    costs
        What they cost.
    wanted
        Which barriers are taken away, shape (barriers,); of these the :data:`RANKED` with the greatest effect where
        they are.

    Returns
    -------
    lived_s : float32 array of shape (origins,)
        Seconds with all barriers.
    without_s : dict
        Row of the barrier → seconds without it.
    """
    at = router.snap(inputs.origins), router.snap(inputs.hub)
    lived = _Lived.of(inputs, router, at, located, costs)
    return lived.to_hub_s(1.0), {number: lived.without_s(number) for number in lived.greatest(wanted)}


@dataclass(frozen=True, eq=False)
class _Lived:
    """One profile's way to the hub with barriers at several scales."""

    name: str
    router: StreetRouter
    at_origins: Positions
    at_hub: Positions
    residents: NDArray[np.int64]
    located: Barriers
    costs: BarrierCosts
    mapped_s: NDArray[np.float32]
    lived: StreetRouter
    lived_s: Mapping[float, NDArray[np.float32]]

    @classmethod
    def of(
        cls,
        inputs: Inputs,
        router: StreetRouter,
        at: tuple[Positions, Positions],
        located: Barriers,
        costs: BarrierCosts,
    ) -> "_Lived":
        (at_origins, at_hub), name = at, router.profile.name
        mapped_s = router.times_between(at_origins, at_hub).min(axis=1)
        edited = {scale: router.with_edits(edits_of(located, costs, name, scale)) for scale in SCALES}
        lived_s = {scale: one.times_between(at_origins, at_hub).min(axis=1) for scale, one in edited.items()}
        residents = inputs.origins["population"].to_numpy(np.int64)
        return cls(name, router, at_origins, at_hub, residents, located, costs, mapped_s, edited[1.0], lived_s)

    def to_hub_s(self, scale: float) -> NDArray[np.float32]:
        return self.lived_s[scale]

    def added_min(self, scale: float) -> NDArray[np.float64]:
        """Minutes more than mapped; NaN where the hub is out of reach anyway. Rounding apart never below 0."""
        with np.errstate(invalid="ignore"):  # inf - inf
            added = (self.lived_s[scale].astype(float) - self.mapped_s) / 60.0
        return np.where(np.isfinite(added), np.maximum(added, 0.0), np.nan)

    def removed_resident_min(self) -> NDArray[np.float64]:
        """Resident-minutes that each barrier's removal saves, the others staying; 0 for those not ranked."""
        count = len(self.located.table)
        saved = np.zeros(count)
        lived_s = self.lived_s[1.0].astype(float)
        for number in self.greatest(np.ones(count, bool)):
            without_s = self.without_s(number).astype(float)
            with np.errstate(invalid="ignore"):
                gain_s = np.nan_to_num(lived_s - without_s)
            saved[number] = round(float((np.maximum(gain_s, 0.0) * self.residents).sum() / 60.0), 1)
        return saved

    def without_s(self, number: int) -> NDArray[np.float32]:
        """Seconds to the hub without one barrier, the others staying."""
        seconds: NDArray[np.float32] = self._without(number).times_between(self.at_origins, self.at_hub).min(axis=1)
        return seconds

    def _without(self, number: int) -> StreetRouter:
        """The lived streets without one barrier: only the costs of its own streets change."""
        located = self.located
        edges = np.unique(located.edge[located.barrier == number])
        there = np.isin(located.edge, edges)
        pairs = {name: getattr(located, name)[there] for name in ("barrier", "edge", "covered", "share")}
        own = edits_of(replace(located, **pairs), self.costs, self.name, 1.0, without=number)
        _, costs = edited_costs(self.router.costs, own)
        lived = self.lived.costs
        forward_s, backward_s = lived.forward_s.copy(), lived.backward_s.copy()
        forward_s[edges], backward_s[edges] = costs.forward_s[edges], costs.backward_s[edges]
        together = replace(lived, forward_s=forward_s, backward_s=backward_s)
        return replace(self.lived, costs=together, engine=self.lived.engine.updated(edges, together))

    def greatest(self, wanted: NDArray[np.bool_]) -> list[int]:
        """Those of the barriers asked for that have the greatest effect where they are."""
        edits = edits_of(self.located, self.costs, self.name, 1.0)
        factor, delay_s = np.asarray(edits.factor, float), np.asarray(edits.delay_s, float)
        at = np.searchsorted(np.asarray(edits.edges), self.located.edge)
        seconds = self.router.costs.forward_s[self.located.edge].astype(float)
        passable = np.isfinite(seconds)
        felt_s = np.where(passable, np.where(passable, seconds, 0.0) * (factor[at] - 1.0) + delay_s[at], 0.0)
        effect = np.where(wanted, np.bincount(self.located.barrier, felt_s, minlength=len(wanted)), 0.0)
        return [int(number) for number in np.argsort(-effect, kind="stable")[:RANKED] if effect[number] > 0]

    def sensitivity(self) -> list[dict[str, Any]]:
        rows = [self._row(0.0, self.mapped_s, np.zeros(len(self.residents)))]
        return rows + [self._row(scale, self.lived_s[scale], self.added_min(scale)) for scale in SCALES]

    def _row(self, scale: float, seconds: NDArray[np.float32], added_min: NDArray[np.float64]) -> dict[str, Any]:
        return {
            "profile": self.name,
            "scale": scale,
            "median_min": _minutes(weighted_quantile(seconds / 60.0, self.residents, 0.5)),
            "resident_min": round(float(np.nansum(added_min * self.residents)), 1),
            "affected_population": int(self.residents[np.nan_to_num(added_min) >= AFFECTED_MIN].sum()),
        }

    def figures(self, cutoffs_min: tuple[float, ...]) -> dict[str, Any]:
        minutes = self.lived_s[1.0].astype(float) / 60.0
        added = np.nan_to_num(self.added_min(1.0))
        affected = added >= AFFECTED_MIN
        people = int(self.residents[affected].sum())
        mean = float((added * self.residents)[affected].sum()) / people if people else 0.0
        return {
            "median_min": _minutes(weighted_quantile(minutes, self.residents, 0.5)),
            "p90_min": _minutes(weighted_quantile(minutes, self.residents, 0.9)),
            "population_within": {
                f"{cutoff:g}": int(self.residents[minutes <= cutoff].sum()) for cutoff in cutoffs_min
            },
            "affected_population": people,
            "mean_added_min": round(mean, 1),
            "resident_min": round(float((added * self.residents).sum()), 1),
        }


def _minutes(value: float) -> float | None:
    """Rounded to a tenth; None for never."""
    return round(value, 1) if np.isfinite(value) else None

"""How sure it is what a plan wins: the same trips before and after it in many draws of what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tesoma_geo._processes import in_processes
from tesoma_geo.analysis.hub_figures import HIGH, LOW, balanced, quantile
from tesoma_geo.analysis.uncertainty import Assumptions, drawn_residents, drawn_trips
from tesoma_geo.assessment.transit_analysis import WALKING
from tesoma_geo.assessment.travel_assessment import travel_times
from tesoma_geo.columns import NEAREST_S, TO_HUB_S
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.scenarios.comparison_records import Answer, SureGains
from tesoma_geo.scenarios.outcomes import gained_s, outcomes

Array = NDArray[np.float64]

#: The trip that is to no kind of service.
HUB = "hub"
#: Draws of what is unknown, and what they are drawn from.
RUNS, SEED = 100, 2022


@dataclass(frozen=True, eq=False)
class DrawnTripsOf:
    """Trips of today's residents in many draws.

    Attributes
    ----------
    trips
        Seconds to the hub, then to each kind of service that was asked for; each of shape (runs, origins).
    residents
        Of each origin, shape (runs, origins).
    """

    trips: Sequence[NDArray[Any]]
    residents: NDArray[np.int64]

    def gained_min(self, after: "DrawnTripsOf") -> Array:
        """Minutes that residents gain together on all these trips.

        Parameters
        ----------
        after
            The same trips with a plan.

        Returns
        -------
        float64 array of shape (runs,)
            Trips without a way before or after have no minutes.
        """
        total = np.zeros(len(self.residents))
        for before_s, after_s in zip(self.trips, after.trips, strict=True):
            both = np.isfinite(before_s) & np.isfinite(after_s)
            gained = np.where(both, np.where(both, before_s, 0.0) - np.where(both, after_s, 0.0), 0.0)
            total += (gained * self.residents).sum(axis=1) / 60.0
        return total


def people_between(drawn: NDArray[Any], residents: NDArray[np.int64], as_mapped: float) -> tuple[int, int]:
    """Between how many residents a group of homes most likely has.

    Parameters
    ----------
    drawn
        Whether each home is of it, shape (runs, homes); (homes,) where all draws agree.
    residents
        Of each home, shape (runs, homes).
    as_mapped
        How many they are by the map, which lies between the quartiles of the draws, as with all other figures.

    Returns
    -------
    tuple of int
        Nine of ten draws.
    """
    people = (drawn * residents).sum(axis=1).astype(float)[:, None]
    even = balanced(people, np.array([as_mapped]))[:, 0]
    return int(quantile(even, LOW)), int(quantile(even, HIGH))


def drawn_trips_of(
    layers: Inputs,
    profile: str,
    kinds: Sequence[str],
    n_homes: int,
    *,
    runs: int = RUNS,
    seed: int = SEED,
    assumptions: Assumptions | None = None,
) -> DrawnTripsOf:
    """Trips of today's residents over some layers, in many draws: the same world in each draw, whatever the plan.

    Parameters
    ----------
    layers
        Those of today or of a plan.
    profile
        The way of moving; by timetable the minutes are as mapped, and where residents live is drawn alone.
    kinds
        Kinds of services.
    n_homes
        How many of the first origins are of today.
    runs, seed
        How many draws, and what they are drawn from.
    assumptions
        How far off what is not known may be.

    Returns
    -------
    DrawnTripsOf
    """
    homes = layers.origins.iloc[:n_homes]
    if profile in TIMETABLE_PROFILES:
        times = travel_times(for_one(layers, profile))
        names = [TO_HUB_S.of(profile), *(NEAREST_S.of(profile, kind) for kind in kinds)]
        nowhere = np.full(n_homes, np.inf)
        rows = [times.columns.get(name, nowhere)[:n_homes].astype(float) for name in names]
        residents = drawn_residents(homes, runs=runs, seed=seed, assumptions=assumptions)
        return DrawnTripsOf([np.broadcast_to(row, residents.shape) for row in rows], residents)
    known = {one.name: one for one in layers.profiles}
    router = StreetRouter.build(layers.network, known[profile], layers.workspace.network.max_snap_m)
    services = layers.services[layers.services["kind"].isin(kinds)].reset_index(drop=True)
    trips = drawn_trips(router, homes, layers.hub, services, runs=runs, seed=seed, assumptions=assumptions)
    nothing = np.full(trips.to_hub_s.shape, np.inf, np.float32)
    return DrawnTripsOf([trips.to_hub_s, *(trips.to_kind_s.get(kind, nothing) for kind in kinds)], trips.residents)


def for_one(layers: Inputs, profile: str) -> Inputs:
    """The layers for one way of moving.

    Parameters
    ----------
    layers
        Those of all.
    profile
        The way of moving.

    Returns
    -------
    Inputs
    """
    access = layers.workspace.access.model_copy(update={"profiles": (profile,)})
    workspace = layers.workspace.model_copy(update={"access": access, "targets": {}})
    names = (profile, WALKING) if profile in TIMETABLE_PROFILES else (profile,)
    return replace(layers, workspace=workspace, profiles=tuple(one for one in layers.profiles if one.name in names))


def leading_trip(answers: Sequence[Answer], first: str) -> tuple[str, str] | None:
    """The trip that a plan is told by first, and that its map shows.

    Parameters
    ----------
    answers
        What the plan does to the trips that it is about.
    first
        The way of moving that maps open with.

    Returns
    -------
    tuple of str or None
        ``hub`` or a kind of service, and the way of moving: by the first way if anything changes by it, to the hub
        before the services; else that by which most gain; None where nothing changes.
    """
    moved = [row for row in answers if (row["asked"] or row["to"] == HUB) and row["gaining"] + row["losing"]]
    by_first = sorted((row for row in moved if row["profile"] == first), key=lambda row: row["to"] != HUB)
    best = by_first[0] if by_first else max(moved, key=lambda row: row["gaining"], default=None)
    return None if best is None else (best["to"], best["profile"])


def sure_gains(
    inputs: Inputs, after: Inputs, trip: tuple[str, str], gain_min: Array, *, runs: int = RUNS, seed: int = SEED
) -> SureGains:
    """Between how many residents get there sooner by a plan, and how many later.

    Heights are as mapped: their error is that of the place, the same before and after, and takes longer to draw than
    all else together. By timetable where residents live is drawn alone.

    Parameters
    ----------
    inputs, after
        The layers of today and of the plan.
    trip
        ``hub`` or a kind of service, and the way of moving.
    gain_min
        Minutes that each home of today gains on this trip by the map, shape (homes,).
    runs, seed
        How many draws, and what they are drawn from.

    Returns
    -------
    SureGains
        What the map tells lies between the quartiles of the draws, as with all other figures.
    """
    (to, profile), n_homes = trip, len(inputs.origins)
    mapped = outcomes(gain_min)
    if profile in TIMETABLE_PROFILES:
        residents = drawn_residents(inputs.origins, runs=runs, seed=seed)
        drawn = mapped
    else:
        kinds, assumed = [] if to == HUB else [to], Assumptions(elevation=False)
        sides = [
            partial(drawn_trips_of, one, profile, kinds, n_homes, runs=runs, seed=seed, assumptions=assumed)
            for one in (inputs, after)
        ]
        before, with_plan = in_processes(sides)
        residents = before.residents
        drawn = outcomes(gained_s(before.trips[-1], with_plan.trips[-1])[2] / 60.0)
    today = inputs.origins["population"].to_numpy()
    told = {
        outcome: list(people_between(drawn[outcome], residents, float(mapped[outcome] @ today)))
        for outcome in ("gaining", "losing")
    }
    return SureGains(to=to, profile=profile, gaining=told["gaining"], losing=told["losing"], runs=runs, seed=seed)

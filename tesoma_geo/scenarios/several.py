"""Several plans side by side: each alone, together, in what order, and how surely one helps more than another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tesoma_geo._files import write_json
from tesoma_geo.assessment.transit_analysis import WALKING
from tesoma_geo.assessment.travel_assessment import TravelTimes, travel_times
from tesoma_geo.columns import NEAREST_S, TO_HUB_S
from tesoma_geo.errors import InputError, TesomaError
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.near_names import instead
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.scenarios.compare import asked_kinds
from tesoma_geo.scenarios.drawn_gains import HUB, RUNS, SEED, DrawnTripsOf, drawn_trips_of, for_one, people_between
from tesoma_geo.scenarios.edits import edited
from tesoma_geo.scenarios.outcomes import gained_s, outcomes
from tesoma_geo.scenarios.plan_costs import plan_costs
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.scenarios.several_records import (
    CompareFigures,
    OrderFigures,
    PlanFigures,
    SureFigures,
    TogetherFigures,
    TripFigures,
)

Array = NDArray[np.float64]

#: Minutes that one draw must differ by for one plan to help more than another in it.
EQUAL_MIN = 0.05


@dataclass(frozen=True, eq=False)
class _Base:
    """What all plans are measured against.

    Attributes
    ----------
    inputs
        The layers of today.
    kinds
        Services that some plan opens or closes: trips to these count beside those to the hub.
    times
        Of today.
    """

    inputs: Inputs
    kinds: tuple[str, ...]
    times: TravelTimes

    def gains_min(self, times: TravelTimes, profile: str) -> list[Array]:
        """Minutes gained by today's residents, to the hub and to each kind; infinite ones too."""
        n = len(self.inputs.origins)
        names = [TO_HUB_S.of(profile), *(NEAREST_S.of(profile, kind) for kind in self.kinds)]
        return [
            gained_s(*(one.columns.get(name, np.full(n, np.inf))[:n] for one in (self.times, times)))[2] / 60.0
            for name in names
        ]

    def home_min(self, times: TravelTimes, profile: str) -> Array:
        """Minutes that one resident of each home gains, on one trip to the hub and to each kind together."""
        finite = (np.where(np.isfinite(gain), gain, 0.0) for gain in self.gains_min(times, profile))
        together: Array = np.sum(list(finite), axis=0)
        return together

    def resident_min(self, times: TravelTimes, profile: str) -> float:
        """Minutes that today's residents gain together, one trip to the hub and to each kind."""
        return round(float(self.home_min(times, profile) @ self.inputs.origins["population"].to_numpy()), 1)


@dataclass(frozen=True, eq=False)
class ComparedPlans:
    """What plans do, and to which homes.

    Attributes
    ----------
    figures
        The content of ``plans.json``.
    home_min
        Of each plan, in their order: the minutes that one resident of each home of today gains on these trips
        together, below 0 those lost; shape (homes,).
    """

    figures: CompareFigures
    home_min: tuple[Array, ...]


def compare_several(
    inputs: Inputs,
    scenarios: Sequence[Scenario],
    progress: Callable[[str], None] | None = None,
    *,
    profile: str | None = None,
    runs: int = RUNS,
    seed: int = SEED,
) -> ComparedPlans:
    """Compare plans: each alone, each two together, all together, in what order, and how surely.

    What a plan does is told as the minutes that today's residents gain together, one trip each to the hub and to every
    kind of service that some of the plans open or close. How surely one does more than another is told over the same
    draws of what is unknown (:func:`tesoma_geo.analysis.uncertainty.drawn_trips`); by timetable travel times are as
    mapped, and where residents live is drawn alone. Trips without a way before or after have no minutes.

    Parameters
    ----------
    inputs
        The layers of today.
    scenarios
        The plans, two or more.
    progress
        Told the name of each step as it begins.
    profile
        The way of moving; walking, or the workspace's first, unless named.
    runs, seed
        How many draws, and what they are drawn from.

    Returns
    -------
    ComparedPlans
        The content of ``plans.json``, and the homes that gain.

    Raises
    ------
    InputError
        A way of moving that the workspace does not assess.
    ScenarioError
        A plan that cannot be made.
    """
    tell = progress or (lambda _: None)
    known = inputs.workspace.access.profiles
    chosen = profile or (WALKING if WALKING in known else known[0])
    if chosen not in known:
        raise InputError(f"no profile {chosen!r}", instead(chosen, known))
    tell("today")
    kinds = tuple(dict.fromkeys(kind for one in scenarios for kind in asked_kinds(one, inputs.services)))
    base = _Base(inputs, kinds, travel_times(inputs))
    names = _names(scenarios)
    plans, layers, home_min = [], [], []
    for name, scenario in zip(names, scenarios, strict=True):
        tell(name)
        after = edited(inputs, scenario)
        layers.append(after)
        times = travel_times(after, None, (inputs, base.times))
        plans.append(_plan(name, scenario, base, after, times, chosen))
        home_min.append(base.home_min(times, chosen))
    narrow = _Base(for_one(inputs, chosen), kinds, travel_times(for_one(inputs, chosen)))
    tell("together")
    alone = [row["resident_min"] for row in plans]
    pairs = [
        _together(narrow, scenarios, names, pair, alone, chosen) for pair in combinations(range(len(scenarios)), 2)
    ]
    every = _together(narrow, scenarios, names, tuple(range(len(scenarios))), alone, chosen)
    tell("order")
    order = _order(narrow, scenarios, names, plans, chosen)
    tell("how surely")
    today, *with_plan = (
        drawn_trips_of(one, chosen, kinds, len(inputs.origins), runs=runs, seed=seed) for one in (inputs, *layers)
    )
    by_plan = [today.gained_min(drawn) for drawn in with_plan]
    surely = [
        _surely(names[one], names[other], by_plan[one], by_plan[other])
        for one, other in combinations(range(len(scenarios)), 2)
    ]
    for row, drawn, values in zip(plans, with_plan, by_plan, strict=True):
        _add_between(row["trips"], today, drawn)
        row["low"], row["high"] = (round(float(value), 1) for value in np.quantile(values, [0.05, 0.95]))
    figures: CompareFigures = {
        "profile": chosen,
        "trips_to": [HUB, *kinds],
        "runs": runs,
        "seed": seed,
        "drawn": "residents" if chosen in TIMETABLE_PROFILES else "speed, unknown tags, places, residents",
        "plans": plans,
        "pairs": pairs,
        "all": every,
        "order": order,
        "surely": surely,
        "sentences": [*_sentences(surely, runs), *_of_pairs(pairs), *_of_order(order)],
    }
    return ComparedPlans(figures, tuple(home_min))


def write_several(figures: CompareFigures, folder: Path) -> None:
    """Write ``plans.json``.

    Parameters
    ----------
    figures
        Of :func:`compare_several`.
    folder
        An existing folder.
    """
    write_json(folder / "plans.json", figures)


def _names(scenarios: Sequence[Scenario]) -> list[str]:
    """What each plan is called: the name of its file, and with its number where two have the same."""
    stems = [scenario.path.stem for scenario in scenarios]
    return [stem if stems.count(stem) == 1 else f"{stem} ({number})" for number, stem in enumerate(stems, 1)]


def _plan(name: str, scenario: Scenario, base: _Base, after: Inputs, times: TravelTimes, profile: str) -> PlanFigures:
    residents = base.inputs.origins["population"].to_numpy()
    gains = [outcomes(gain) for gain in base.gains_min(times, profile)]
    trips = [
        TripFigures(
            to=to,
            gaining=int(residents[one["gaining"]].sum()),
            losing=int(residents[one["losing"]].sum()),
            gaining_low=0,
            gaining_high=0,
        )
        for to, one in zip((HUB, *base.kinds), gains, strict=True)
    ]
    by_profile = {one: base.resident_min(times, one) for one in base.inputs.workspace.access.profiles}
    cost = plan_costs(scenario, base.inputs, after)["total_eur"]
    minutes = by_profile[profile]
    return {
        "name": name,
        "file": scenario.path.name,
        "gaining": int(residents[np.any([one["gaining"] for one in gains], axis=0)].sum()),
        "losing": int(residents[np.any([one["losing"] for one in gains], axis=0)].sum()),
        "trips": trips,
        "resident_min": minutes,
        "by_profile": by_profile,
        "low": 0.0,
        "high": 0.0,
        "cost_eur": cost,
        "min_per_1000_eur": round(1000.0 * minutes / cost, 2) if cost else None,
    }


def _add_between(trips: Sequence[TripFigures], today: DrawnTripsOf, drawn: DrawnTripsOf) -> None:
    """Between how many most likely gain on each trip, over the draws that the minutes are told by."""
    for row, before_s, after_s in zip(trips, today.trips, drawn.trips, strict=True):
        gaining = outcomes(gained_s(before_s, after_s)[2] / 60.0)["gaining"]
        row["gaining_low"], row["gaining_high"] = people_between(gaining, today.residents, row["gaining"])


def _laid(base: _Base, scenarios: Sequence[Scenario], chosen: Sequence[int]) -> Inputs:
    """Several plans on each other, in their order."""
    layers = base.inputs
    for number in chosen:
        layers = edited(layers, scenarios[number], f"{number}-")
    return layers


def _together(
    base: _Base,
    scenarios: Sequence[Scenario],
    names: Sequence[str],
    chosen: tuple[int, ...],
    alone: Sequence[float],
    profile: str,
) -> TogetherFigures:
    """What plans do together, beside the sum of what each does alone."""
    total = round(sum(alone[number] for number in chosen), 1)
    try:
        layers = _laid(base, scenarios, chosen)
    except TesomaError as error:
        return {
            "plans": [names[number] for number in chosen],
            "resident_min": None, "sum_alone": total, "interaction_min": None, "conflict": error.problem,
        }  # fmt: skip
    minutes = base.resident_min(travel_times(layers, None, (base.inputs, base.times)), profile)
    return {
        "plans": [names[number] for number in chosen],
        "resident_min": minutes,
        "sum_alone": total,
        "interaction_min": round(minutes - total, 1),
        "conflict": None,
    }


def _order(
    base: _Base, scenarios: Sequence[Scenario], names: Sequence[str], plans: Sequence[PlanFigures], profile: str
) -> list[OrderFigures]:
    """What to build first: each step the plan that adds most, by euro where all costs are told."""
    by_euro = all(row["cost_eur"] for row in plans)
    left, chosen, gained = list(range(len(scenarios))), list[int](), 0.0
    steps: list[OrderFigures] = []
    while left:
        tried: list[tuple[float, float, int]] = []
        for number in left:
            try:
                layers = _laid(base, scenarios, [*chosen, number])
            except TesomaError:
                continue
            adds = base.resident_min(travel_times(layers, None, (base.inputs, base.times)), profile) - gained
            cost = plans[number]["cost_eur"]
            tried.append((adds / cost if by_euro and cost else adds, adds, number))
        if not tried:
            break
        _, adds, best = max(tried, key=lambda row: (row[0], -row[2]))
        left.remove(best)
        chosen.append(best)
        gained += adds
        steps.append({"plan": names[best], "adds_min": round(adds, 1), "together_min": round(gained, 1)})
    return steps


def _surely(one: str, other: str, gained: Array, gained_other: Array) -> SureFigures:
    more = int((gained > gained_other + EQUAL_MIN).sum())
    less = int((gained_other > gained + EQUAL_MIN).sum())
    differences = gained - gained_other
    low, high = (round(float(value), 1) for value in np.quantile(differences, [0.05, 0.95]))
    return {
        "one": one, "other": other, "one_more": more, "other_more": less, "equal": len(gained) - more - less,
        "difference_low_min": low, "difference_high_min": high,
    }  # fmt: skip


def _sentences(surely: Sequence[SureFigures], runs: int) -> list[str]:
    sentences = []
    for row in surely:
        first, second, more = row["one"], row["other"], row["one_more"]
        if row["other_more"] > more:
            first, second, more = second, first, row["other_more"]
        if not more:
            sentences.append(f"{row['one']} and {row['other']} help as much in all of {runs} draws")
        else:
            sentences.append(f"{first} helps more than {second} in {more} of {runs} draws")
    return sentences


def _of_pairs(pairs: Sequence[TogetherFigures]) -> list[str]:
    lines = []
    for row in pairs:
        named = " and ".join(row["plans"])
        if row["conflict"]:
            lines.append(f"{named} cannot both be built: {row['conflict']}")
        elif abs(row["interaction_min"] or 0.0) >= 1.0:
            how = "more" if (row["interaction_min"] or 0.0) > 0 else "less"
            by = abs(row["interaction_min"] or 0.0)
            lines.append(f"{named} together save {by:,.1f} resident-min {how} than each alone")
    return lines


def _of_order(order: Sequence[Mapping[str, Any]]) -> list[str]:
    return ["Most for the next step: " + ", ".join(f"{row['plan']} (+{row['adds_min']:,.1f})" for row in order)]

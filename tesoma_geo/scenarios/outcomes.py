"""Who gains and who loses by minutes before and after, whatever the minutes are to."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.scenarios.comparison_records import OutcomeFigures, TripOutcome

Array = NDArray[np.float64]

#: Residents gain or lose from so many minutes on; less is noise in a plan.
GAIN_MIN = 1.0
#: What may have happened to a resident, in the order of a bar: each is in exactly one.
OUTCOMES = ("gaining", "unchanged", "losing", "unreachable")


def outcomes(gain_min: Array) -> dict[str, NDArray[np.bool_]]:
    """Which origins have which of :data:`OUTCOMES`.

    Parameters
    ----------
    gain_min
        Minutes gained by each origin: ``inf`` reachable now, ``-inf`` no more, NaN neither, shape (n,).

    Returns
    -------
    dict
        Outcome → which origins have it, shape (n,).
    """
    neither = np.isnan(gain_min)
    with np.errstate(invalid="ignore"):
        gaining, losing = gain_min >= GAIN_MIN, gain_min <= -GAIN_MIN
    return dict(zip(OUTCOMES, (gaining, ~(gaining | losing | neither), losing, neither), strict=True))


def gained_s(before_s: NDArray[Any], after_s: NDArray[Any]) -> tuple[Array, Array, Array]:
    """Seconds before, after and gained, to a tenth: what is beyond is the rounding of sums in another order.

    Parameters
    ----------
    before_s, after_s
        Seconds, ``inf`` where there is no way, shape (n,).

    Returns
    -------
    tuple of float64 arrays of shape (n,)
        Gained is NaN where there is no way before and after.
    """
    before, after = (np.round(np.asarray(seconds, float), 1) for seconds in (before_s, after_s))
    with np.errstate(invalid="ignore"):  # inf - inf: neither before nor after
        return before, after, before - after


def trip_outcome(gain_min: Array, people: pd.DataFrame) -> TripOutcome:
    """Who gains and who loses, by age and area.

    Parameters
    ----------
    gain_min
        Minutes gained by each origin, shape (n,).
    people
        A row an origin: ``population``, ``area_code``, ages where there are any.

    Returns
    -------
    TripOutcome
        Residents, minutes.
    """
    residents, areas = people["population"].to_numpy(), people["area_code"].to_numpy()
    by_outcome = outcomes(gain_min)
    finite = np.where(np.isfinite(gain_min), gain_min, 0.0)
    ages = [str(name) for name in people.columns if str(name).startswith("age_")]
    return {
        "residents": _residents(by_outcome, residents),
        "mean_gain_min": _mean(finite, residents, by_outcome["gaining"]),
        "mean_loss_min": _mean(-finite, residents, by_outcome["losing"]),
        "resident_min": round(float(finite @ residents), 1),
        "by_age": {name.removeprefix("age_"): _residents(by_outcome, people[name].to_numpy()) for name in ages},
        "by_area": {
            str(code): _residents(by_outcome, np.where(areas == code, residents, 0))
            for code in np.unique(areas[areas != ""])
        },
    }


def _residents(by_outcome: Mapping[str, NDArray[np.bool_]], residents: NDArray[np.int64]) -> OutcomeFigures:
    """Residents of each outcome; they add up to ``all``."""
    gaining, unchanged, losing, unreachable = (int(residents[by_outcome[name]].sum()) for name in OUTCOMES)
    return {
        "all": int(residents.sum()),
        "gaining": gaining,
        "unchanged": unchanged,
        "losing": losing,
        "unreachable": unreachable,
    }


def _mean(minutes: Array, residents: NDArray[np.int64], rows: NDArray[np.bool_]) -> float | None:
    """Mean over residents; who got a way at all, or lost it, has no minutes (0) and does not count."""
    counted = residents * (rows & (minutes != 0.0))
    return round(float(minutes @ counted / counted.sum()), 1) if counted.any() else None

"""Opportunities within a cutoff, or over an interval of cutoffs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from tesoma_geo._arrays import Float64
from tesoma_geo._given import number, several
from tesoma_geo.errors import InputError
from tesoma_geo.measures import decay, pareto
from tesoma_geo.measures.groups import GroupBy, by_group, each, labelled, stacked
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, TravelMatrix

#: How the opportunities at the cutoffs of an interval become one number: a name, or a function of an array.
Summary = Literal["mean", "median"] | Callable[[Float64], float]


def cumulative_opportunities(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    cutoff: float | Sequence[float],
    *,
    limits: Mapping[str, float] | None = None,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Opportunities reached within a cutoff.

    Unit: opportunities

    Formula: v_i = Σ_j O_j [c_ij ≤ cutoff]

    Edge cases: a place at exactly the cutoff counts; 0 where nothing is reached.

    Source: Wachs and Kumagai (1973), Socio-Economic Planning Sciences 7

    Parameters
    ----------
    travel_matrix, land_use, opportunity, group_by, active, travel_cost
        As for :func:`~tesoma_geo.measures.gravity`.
    cutoff
        Above 0, in the unit of the costs; or several.
    limits
        Further columns of cost and the most that may be spent of each, ``{"fare": 3.5, "transfers": 1}``: the
        travel matrix then has a row an option, and the pair counts by one that keeps all limits.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups, and ``cutoff`` where there are several; a row a
    destination where ``active`` is false.
    """

    def within(matrix: TravelMatrix) -> pd.DataFrame:
        there = matrix.at_destinations(land_use, opportunity)
        return each(
            "cutoff", cutoff, lambda most: matrix.by_origin(matrix.weights(decay.step(most)) @ there), label=float
        )

    if limits is not None:
        travel_matrix = pareto.cheapest_within(travel_matrix, limits, group_by=group_by, travel_cost=travel_cost)
    return by_group(travel_matrix, within, group_by=group_by, active=active, travel_cost=travel_cost)


def cumulative_interval(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    interval: tuple[float, float] | Sequence[tuple[float, float]],
    *,
    increment: float = 1.0,
    summary: Summary | Mapping[str, Summary] = "mean",
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Opportunities reached, as a mean over the cutoffs of an interval, so that no single cutoff decides.

    Unit: opportunities

    Formula: v_i = mean (or another summary) of cumulative_opportunities at the cutoffs start, start + increment, …, end

    Edge cases: a place at exactly a cutoff counts for it; 0 where nothing is reached.

    Source: Tomasiello et al. (2023), Journal of Transport Geography 107

    Parameters
    ----------
    travel_matrix, land_use, opportunity, group_by, active, travel_cost
        As for :func:`cumulative_opportunities`.
    interval
        The first and the last cutoff, in the unit of the costs; both count. Or several such pairs.
    increment
        From one cutoff to the next.
    summary
        ``"mean"``, ``"median"``, or a function that makes a number of the opportunities at the cutoffs, float64 of
        shape (cutoffs,), never falling; or several of them by the names of their columns.

    Returns
    -------
    A row an origin: ``id``, ``value`` (the summary, or a column each by name), ``min`` (at the first cutoff), ``max``
    (at the last); behind the ids the groups, and ``interval`` where there are several, such as ``"20-40"``; a row a
    destination where ``active`` is false.

    Raises
    ------
    InputError
        When the interval is not two ascending cutoffs of 0 or more, the increment does not fit between them, or a
        summary gives no number.
    """
    number("increment", increment, "Give the step from one cutoff to the next, such as 1")
    several("interval", interval, "Give the first and the last cutoff: (20, 40)")
    single = _is_pair(interval)
    cutoffs = {
        f"{start:g}-{end:g}": _cutoffs(start, end, increment)
        for start, end in map(_pair, [interval] if single else list(interval))
    }
    summaries = dict(summary) if isinstance(summary, Mapping) else {"value": summary}
    _check_summaries(summaries)

    def over(matrix: TravelMatrix) -> pd.DataFrame:
        there = matrix.at_destinations(land_use, opportunity)
        of_interval = {name: _over_interval(matrix, there, own, summaries) for name, own in cutoffs.items()}
        if single:
            return next(iter(of_interval.values()))
        return stacked([labelled(table, ("interval",), (name,)) for name, table in of_interval.items()])

    return by_group(travel_matrix, over, group_by=group_by, active=active, travel_cost=travel_cost)


def _is_pair(interval: object) -> bool:
    return (
        isinstance(interval, Sequence | np.ndarray)
        and len(interval) == 2
        and all(np.isscalar(bound) and not isinstance(bound, str) for bound in interval)
    )


def _pair(interval: object) -> tuple[float, float]:
    if not isinstance(interval, Sequence | np.ndarray) or not _is_pair(interval):
        raise InputError(f"{interval!r} is no interval", "Give the first and the last cutoff: (20, 40)")
    return float(interval[0]), float(interval[1])


def _cutoffs(start: float, end: float, increment: float) -> Float64:
    """The cutoffs of an interval."""
    if not (0 <= start < end < np.inf and 0 < increment <= end - start):
        raise InputError(
            f"The interval is {start:g} to {end:g} by {increment:g}",
            "Give two cutoffs of 0 or more, the smaller first, and an increment that fits between them",
        )
    steps = np.arange(int((end - start) / increment + 1e-9) + 1, dtype=np.float64)
    return np.asarray(start + increment * steps, np.float64)


def _check_summaries(summaries: Mapping[str, Summary]) -> None:
    for name, summary in summaries.items():
        if not (summary in ("mean", "median") or callable(summary)):
            raise InputError(f"The summary {name} is {summary!r}", 'Use "mean", "median" or a function of an array')
    if not summaries or set(summaries) & {"id", "min", "max", "interval"}:
        raise InputError(
            f"The summaries are called {', '.join(summaries) or 'nothing'}",
            "Name at least one, otherwise than id, min, max and interval",
        )


def _over_interval(
    matrix: TravelMatrix, opportunities: Float64, cutoffs: Float64, summaries: Mapping[str, Summary]
) -> pd.DataFrame:
    """The summaries of what each origin reaches at the cutoffs, and what it reaches at the first and the last."""
    bounds = {
        name: matrix.filled((matrix.cost <= cutoff).astype(np.float64)) @ opportunities
        for name, cutoff in (("min", cutoffs[0]), ("max", cutoffs[-1]))
    }
    values: dict[str, Float64] = {}
    counts: Float64 | None = None
    for name, summary in summaries.items():
        if summary == "mean":  # without the counts at each cutoff
            share = (len(cutoffs) - np.searchsorted(cutoffs, matrix.cost)) / len(cutoffs)
            values[name] = matrix.filled(share) @ opportunities
            continue
        counts = _at_cutoffs(matrix, opportunities, cutoffs) if counts is None else counts
        values[name] = np.median(counts, axis=1) if summary == "median" else _summarised(counts, summary, name)
    table = pd.DataFrame({"id": matrix.origins, **values})
    return table.assign(**bounds)


def _at_cutoffs(matrix: TravelMatrix, opportunities: Float64, cutoffs: Float64) -> Float64:
    """What each origin reaches at each cutoff, shape (n, cutoffs)."""
    place = np.searchsorted(cutoffs, matrix.cost)
    inside = place < len(cutoffs)
    row = matrix.origin[inside] * len(cutoffs) + place[inside]
    fresh = np.bincount(row, opportunities[matrix.destination[inside]], minlength=len(matrix.origins) * len(cutoffs))
    return np.cumsum(fresh.reshape(len(matrix.origins), len(cutoffs)), axis=1)


def _summarised(counts: Float64, summary: Callable[[Float64], float], name: str) -> Float64:
    """A function of the caller's own, of each row."""
    numbers = np.empty(len(counts))
    for row, of_cutoffs in enumerate(counts):
        try:
            numbers[row] = summary(of_cutoffs.copy())
        except Exception as error:  # whatever a function of the caller's own may raise
            raise InputError(
                f"The summary {name} fails on {len(of_cutoffs)} numbers of opportunities: {error}",
                "Give a function that makes one number of an array",
            ) from error
    return numbers

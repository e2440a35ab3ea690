"""What residents said near a trial before, during and after it: of what the privacy gate releases alone.

Cohorts are counted once and have nobody in common, so that two of them are two samples. A group of a cohort is near a
trial when half of it or more lies near; what lies in wider squares is not told apart and left out. Where no group is
near, there may be any number below k: how sure a change is, is told for the one that speaks least for it.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from tesoma_geo.annotations.cohorts import Cohort
from tesoma_geo.annotations.k_anonymity import DisclosureGroup
from tesoma_geo.annotations.published_patterns import group_outline
from tesoma_geo.crs import to_metric
from tesoma_geo.scenarios.trial_section import PERIODS, TrialSection

#: Draws of the rates, and what they are drawn from.
DRAWS, SEED = 20_000, 2022
#: What a cohort that closed on the day before a trial leaves for the next came while it ran.
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class PeriodVoices:
    """What was said near a trial in one period.

    Attributes
    ----------
    period
        ``before``, ``during`` or ``after``.
    cohorts
        Names of the cohorts.
    respondents
        Who took part in them.
    voices
        Respondents by topic who spoke of it near; 0 where nothing near is released, which may be any number below k.
    """

    period: str
    cohorts: tuple[str, ...]
    respondents: int
    voices: int


@dataclass(frozen=True)
class VoiceChange:
    """A period beside the one before the trial.

    Attributes
    ----------
    period
        ``during`` or ``after``.
    ratio, low, high
        Voices a respondent over those before, and nine tenths of the draws; None where either is not released.
    sure
        Share of the draws in which the change is the one that was hoped for, 0 to 1.
    """

    period: str
    ratio: float | None
    low: float
    high: float
    sure: float


@dataclass(frozen=True)
class TrialVoices:
    """All that may be told of answers near a trial.

    Attributes
    ----------
    periods
        Those that have a cohort.
    changes
        ``during`` and ``after`` beside ``before``.
    not_told_apart
        Cohorts that span the trial's beginning or end.
    k
        Fewest respondents of a number.
    """

    periods: tuple[PeriodVoices, ...]
    changes: tuple[VoiceChange, ...]
    not_told_apart: tuple[str, ...]
    k: int


def voices_near(
    section: TrialSection,
    days: tuple[datetime.date, datetime.date | None],
    places: Sequence[shapely.Geometry],
    cohorts: Sequence[Cohort],
    crs: str,
    k: int,
) -> TrialVoices:
    """Compare what was said near a trial.

    A rate is voices a respondent, with Jeffreys' prior of a Poisson rate (a gamma distribution of shape voices + ½).

    Parameters
    ----------
    section
        What is asked.
    days
        On which it began, and ended; None where it still runs.
    places
        Of the trial, in ``crs``.
    cohorts
        Closed cohorts as they are published, in the order in which they were closed.
    crs
        The metric system.
    k
        Fewest respondents of a number.

    Returns
    -------
    TrialVoices
    """
    near = shapely.union_all(shapely.buffer(np.array(places, object), section.within_m))
    by_period, mixed = _periods(section, days, [one for one in cohorts if not one.withdrawn])
    periods = []
    for period in PERIODS:
        mine = [cohort for cohort in by_period[period] if cohort.respondents is not None]
        if mine:
            voices = sum(_voices(cohort, section, near, crs) for cohort in mine)
            people = sum(cohort.respondents or 0 for cohort in mine)
            periods.append(PeriodVoices(period, tuple(cohort.name for cohort in mine), people, voices))
    in_period = {one.period: one for one in periods}
    changes = [
        _change(in_period["before"], in_period[period], section.expects, k)
        for period in PERIODS[1:]
        if "before" in in_period and period in in_period
    ]
    return TrialVoices(tuple(periods), tuple(changes), tuple(mixed), k)


def _periods(
    section: TrialSection, days: tuple[datetime.date, datetime.date | None], cohorts: Sequence[Cohort]
) -> tuple[dict[str, list[Cohort]], list[str]]:
    """Cohorts by period: those that are named, else by the days between one closing and the next."""
    by_period: dict[str, list[Cohort]] = {period: [] for period in PERIODS}
    mixed: list[str] = []
    named = {name: period for period, names in section.rounds.items() for name in names}
    begun, ended = days
    since: datetime.date | None = None
    for cohort in cohorts:
        closed = None if cohort.closed is None else datetime.date.fromisoformat(cohort.closed)
        period = named.get(cohort.name)
        if period is None and closed is not None:
            if closed <= begun:
                period = "before"
            elif since is not None and ended is not None and since >= ended:
                period = "after"
            elif since is not None and since + DAY >= begun and (ended is None or closed <= ended):
                period = "during"
        if period is None:
            mixed.append(cohort.name)
        else:
            by_period[period].append(cohort)
        since = closed
    return by_period, mixed


def _voices(cohort: Cohort, section: TrialSection, near: shapely.Geometry, crs: str) -> int:
    return sum(
        group.voices
        for group in cohort.groups
        if group.kind == section.kind
        and (not section.topics or group.topic in section.topics)
        and _is_near(_outline(group, cohort, crs), near)
    )


def _outline(group: DisclosureGroup, cohort: Cohort, crs: str) -> shapely.Geometry | None:
    if group.outline is not None:
        return shapely.transform(
            shapely.from_wkt(group.outline), lambda xy: np.column_stack(to_metric(xy[:, 0], xy[:, 1], crs))
        )
    return None if group.cell is None else group_outline(group.cell, group.without, cohort.cell_m)


def _is_near(outline: shapely.Geometry | None, near: shapely.Geometry) -> bool:
    if outline is None or outline.is_empty:
        return False
    inside = outline.intersection(near)
    return bool(2 * inside.area >= outline.area if outline.area else 2 * inside.length >= outline.length)


def _change(before: PeriodVoices, now: PeriodVoices, expects: str, k: int) -> VoiceChange:
    """What is hidden below k is taken as what speaks least for the hoped for change."""
    fewer = expects == "fewer"
    first = before.voices or (0 if fewer else k - 1)
    second = now.voices or (k - 1 if fewer else 0)
    random = np.random.default_rng(SEED)
    rates = [
        random.gamma(voices + 0.5, 1.0 / max(people, 1), DRAWS)
        for voices, people in ((first, before.respondents), (second, now.respondents))
    ]
    ratio = rates[1] / rates[0]
    low, high = np.quantile(ratio, [0.05, 0.95])
    share = float((ratio < 1).mean() if fewer else (ratio > 1).mean())
    exact = None
    if before.voices and now.voices:
        exact = round(now.voices / now.respondents / (before.voices / before.respondents), 3)
    return VoiceChange(now.period, exact, round(float(low), 3), round(float(high), 3), round(share, 3))

"""What the pages tell of an assessment: its figures as rows, in the order of a page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely

from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.render.figures.known_intervals import age_intervals, area_intervals, headline_intervals
from tesoma_geo.render.text.intervals import Interval
from tesoma_geo.render.text.place_names import area_names

if TYPE_CHECKING:
    import geopandas as gpd

    from tesoma_geo.assessment.assess import Assessment

#: The cutoff of the headline, when the workspace has it.
HEADLINE_MIN = 15.0


@dataclass(frozen=True)
class Reach:
    """How residents reach the hub by one way of moving.

    Attributes
    ----------
    profile
        The way of moving.
    within
        Residents within each cutoff (minutes), cumulative.
    bands
        Residents between each cutoff and the one before, then those beyond the last, then those
        who cannot get there; they add up to ``residents``.
    residents
        All residents.
    median_min, p90_min
        Minutes within which half, and nine in ten, of all residents are there; None for never.
    reasons
        Residents who cannot get there, by reason.
    between
        Name of a figure, such as ``median_min`` → its interval, where it is known.
    """

    profile: str
    within: dict[float, int]
    bands: tuple[int, ...]
    residents: int
    median_min: float | None
    p90_min: float | None
    reasons: dict[str, int]
    between: Mapping[str, Interval] = field(default_factory=dict)

    @property
    def unreachable(self) -> int:
        """Residents who cannot get there."""
        return self.bands[-1]

    def share(self, count: int) -> float:
        """Part of all residents, 0 to 1.

        Parameters
        ----------
        count
            Residents.

        Returns
        -------
        float
            0 to 1.
        """
        return count / self.residents if self.residents else 0.0

    def sure_within(self, cutoff: float) -> Interval | None:
        """Between which numbers of residents within a cutoff most likely are.

        Parameters
        ----------
        cutoff
            Minutes.

        Returns
        -------
        tuple of float or None
            The two ends; None where they are not known.
        """
        return self.between.get(f"population_within_{cutoff:g}_min")


@dataclass(frozen=True)
class KindReach:
    """How many services of a kind there are, and per profile how many residents have one near.

    Attributes
    ----------
    kind
        As the workspace names it.
    services
        How many there are.
    within
        Profile → residents with one near.
    """

    kind: str
    services: int
    within: dict[str, int]


@dataclass(frozen=True)
class AreaReach:
    """An area's residents and, per profile, the median minutes to the hub, and residents there within the headline.

    Attributes
    ----------
    name
        Of the area.
    residents
        All of them.
    median_min
        Profile → median minutes to the hub.
    within_headline
        Profile → residents within the headline cutoff.
    between_min
        Profile → the interval of the median, where it is known.
    """

    name: str
    residents: int
    median_min: dict[str, float]
    within_headline: dict[str, int]
    between_min: dict[str, Interval]


def headline_cutoff(assessment: "Assessment") -> float:
    """The cutoff that the card speaks of: 15 minutes, or the middle one.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    float
        Minutes.
    """
    return headline_of(assessment.workspace.access.cutoffs_min)


def headline_of(cutoffs: Sequence[float]) -> float:
    """The cutoff that is spoken of first: 15 minutes, or the middle one.

    Parameters
    ----------
    cutoffs
        Minutes, from the smallest to the largest.

    Returns
    -------
    float
        Minutes.
    """
    return HEADLINE_MIN if HEADLINE_MIN in cutoffs else cutoffs[len(cutoffs) // 2]


def profiles(assessment: "Assessment") -> list[str]:
    """The ways of moving that were assessed, in the workspace's order.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    list of str
        In the workspace's order.
    """
    done = assessment.summary["profiles"]
    return [profile for profile in assessment.workspace.access.profiles if profile in done]


def reaches(assessment: "Assessment") -> list[Reach]:
    """How residents reach the hub, a row a profile.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    list of Reach
        One for each way of moving.
    """
    return [reach_of(assessment, profile) for profile in profiles(assessment)]


def reach_of(assessment: "Assessment", profile: str) -> Reach:
    """How residents get there by one way of moving.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.

    Returns
    -------
    Reach
        One of :func:`reaches`.
    """
    figures = assessment.summary["profiles"][profile]
    total = int(assessment.summary["population_total"])
    cutoffs = assessment.workspace.access.cutoffs_min
    within = {cutoff: int(figures["population_within"][f"{cutoff:g}"]) for cutoff in cutoffs}
    unreachable = int(figures["unreachable_population"])
    steps = np.diff([0, *within.values(), total - unreachable])
    return Reach(
        profile,
        within,
        (*(int(step) for step in steps), unreachable),
        total,
        figures["median_min"],
        figures["p90_min"],
        dict(figures["unreachable_reasons"]),
        headline_intervals(assessment, profile),
    )


def service_kinds(services: "gpd.GeoDataFrame") -> list[str]:
    """The kinds of services that there are, as they come first.

    Parameters
    ----------
    services
        Services with their ``kind``.

    Returns
    -------
    list of str
        Each once.
    """
    return list(dict.fromkeys(services["kind"]))


def services_here(assessment: "Assessment") -> dict[str, int]:
    """How many services of each kind are in the district; those of its surroundings are reached too, but not these.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    dict
        Kind → number, of the kinds that are there, as they come first.
    """
    district = shapely.union_all(assessment.district.geometry.to_numpy())
    within = shapely.intersects(district, assessment.services.geometry.to_numpy())
    kinds = assessment.services["kind"][within]
    return {str(kind): int((kinds == kind).sum()) for kind in kinds.unique()}


def kind_reaches(assessment: "Assessment") -> list[KindReach]:
    """How residents reach the services, a row a kind.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    list of KindReach
        One for each kind.
    """
    figures = assessment.summary["services"]
    within = f"population_within_{assessment.workspace.access.services_within_min:g}_min"
    return [
        KindReach(
            kind,
            figures[kind]["count"],
            {profile: row[within] for profile, row in figures[kind]["profiles"].items()},
        )
        for kind in service_kinds(assessment.services)
    ]


def area_reaches(assessment: "Assessment", asked: Sequence[str] | None = None) -> list[AreaReach]:
    """How residents of each area reach the hub, nearest areas first; none when a grid knows no areas.

    By all profiles unless some are asked for.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    asked
        Ways of moving; all of them unless given.

    Returns
    -------
    list of AreaReach
        Nearest areas first.
    """
    from tesoma_geo.measures.quantiles import weighted_quantile  # measures load scipy, which stills do without

    names = area_names(assessment.district)
    cutoff_s = headline_cutoff(assessment) * 60
    table, residents = assessment.origins, assessment.origins["population"].to_numpy(float)
    seconds = {profile: table[TO_HUB_S.of(profile)].to_numpy(float) for profile in asked or profiles(assessment)}
    sure = {profile: area_intervals(assessment, profile) for profile in seconds}
    rows = []
    for code, at in table.groupby("area_code").indices.items():
        if not code:
            continue
        here = residents[at]
        minutes = {profile: weighted_quantile(values[at] / 60, here, 0.5) for profile, values in seconds.items()}
        within = {profile: int(here[values[at] <= cutoff_s].sum()) for profile, values in seconds.items()}
        between = {profile: intervals[str(code)] for profile, intervals in sure.items() if str(code) in intervals}
        rows.append(AreaReach(str(names.get(code, code)), int(here.sum()), minutes, within, between))
    return sorted(rows, key=lambda row: (*row.median_min.values(), row.name))


@dataclass(frozen=True)
class AgeReach:
    """An age group's residents and, per profile, the share of them who are there within the headline cutoff.

    Attributes
    ----------
    group
        As the workspace names it.
    residents
        All of them.
    shares
        Profile → share within the headline cutoff, 0 to 1.
    between
        Profile → the interval of the share, where it is known.
    """

    group: str
    residents: int
    shares: dict[str, float]
    between: dict[str, Interval]

    @property
    def shown(self) -> str:
        """The group as a reader sees it."""
        return shown_ages(self.group)


def shown_ages(group: str) -> str:
    """A group of ages as a reader sees it: a dash between ages, and "80+" for those who are as old or older.

    Parameters
    ----------
    group
        As the workspace names it, such as ``0-6``.

    Returns
    -------
    str
    """
    return re.sub(r"(?<=\d)-(?=\d)", "–", re.sub(r"^(\d+)-$", r"\1+", group))


def age_reaches(assessment: "Assessment") -> list[AgeReach]:
    """How residents of each age reach the hub, in the workspace's order; none without ages.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    list of AgeReach
        In the workspace's order; none without ages.
    """
    origins, cutoff_s = assessment.origins, headline_cutoff(assessment) * 60
    if not assessment.workspace.population.age_groups:
        return []
    done = profiles(assessment)
    sure = {profile: age_intervals(assessment, profile, headline_cutoff(assessment)) for profile in done}
    rows = []
    for group in assessment.workspace.population.age_groups:
        column = f"age_{group}"
        if column not in origins:
            continue
        residents = origins[column].to_numpy(float)
        total = residents.sum()
        there = {
            profile: float(residents[origins[TO_HUB_S.of(profile)].to_numpy(float) <= cutoff_s].sum())
            for profile in done
        }
        shares = {profile: value / total if total else 0.0 for profile, value in there.items()}
        between = {profile: intervals[group] for profile, intervals in sure.items() if group in intervals}
        rows.append(AgeReach(group, round(float(total)), shares, between))
    return rows

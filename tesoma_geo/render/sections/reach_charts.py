"""Charts of who gets to the hub within how many minutes: everybody, by age, by area, the nearest and the farthest."""

from typing import TYPE_CHECKING

import numpy as np

from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.map_steps import map_steps
from tesoma_geo.render.sections.charts import Bar, Bars, Curves, share_bar, share_curves
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Numbers along an axis are a part of its length apart that is not less than one by this.
LEAST_APART = 12


def reach_curves(assessment: "Assessment", catalogue: Catalogue, profiles: list[str]) -> Curves:
    """How many residents are there within how many minutes, a curve a profile.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profiles
        Ways of moving that were assessed.

    Returns
    -------
    Curves
        Upwards the share of residents, to the right minutes.
    """
    cutoffs = assessment.workspace.access.cutoffs_min
    if len(profiles) == 1:  # as far as its map goes, or until nine in ten are there
        steps = map_steps(assessment, headline.reach_of(assessment, profiles[0]))
        cutoffs = tuple(dict.fromkeys((*steps.minutes, steps.end_min)))
    at_min = np.linspace(0, float(cutoffs[-1]), 61)
    residents = assessment.origins["population"].to_numpy(float)
    total = max(residents.sum(), 1.0)
    shares = {
        catalogue.named("profile", profile): np.array(
            [residents[assessment.origins[TO_HUB_S.of(profile)].to_numpy(float) <= at * 60].sum() for at in at_min]
        )
        / total
        for profile in profiles
    }
    title = catalogue("chart.reach", hub=hub_name(assessment.workspace, catalogue))
    # Where the axis is long its first steps are too near each other for a number each.
    apart = [0.0]
    for cutoff in cutoffs:
        apart += [cutoff] if cutoff - apart[-1] >= cutoffs[-1] / LEAST_APART else []
    ticks = [(cutoff, catalogue.number(cutoff, 1)) for cutoff in apart]
    return share_curves(catalogue, title, catalogue("chart.minutes"), at_min, shares, ticks, named=len(profiles) > 1)


def age_bars(assessment: "Assessment", catalogue: Catalogue, profile: str) -> Bars | None:
    """Share of each age group who are there within the headline cutoff; None without ages.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profile
        A way of moving that was assessed.

    Returns
    -------
    Bars or None
        One for each age; None without ages.
    """
    rows = headline.age_reaches(assessment)
    if not rows:
        return None
    cutoff = headline.headline_cutoff(assessment)
    title = catalogue("chart.ages", n=catalogue.number(cutoff, 1), profile=catalogue.named("profile", profile))
    return Bars(title, tuple(share_bar(catalogue, row.shown, row.shares[profile]) for row in rows))


def area_bars(assessment: "Assessment", catalogue: Catalogue, profile: str) -> Bars | None:
    """Share of each area's residents who are there within the headline cutoff; None without areas.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profile
        A way of moving that was assessed.

    Returns
    -------
    Bars or None
        One for each area; None without areas.
    """
    cutoff = headline.headline_cutoff(assessment)
    rows = []
    for area in headline.area_reaches(assessment, [profile]):
        within = area.within_headline[profile]
        rows.append(share_bar(catalogue, area.name, within / area.residents if area.residents else 0.0))
    if not rows:
        return None
    return Bars(
        catalogue("chart.areas", n=catalogue.number(cutoff, 1), profile=catalogue.named("profile", profile)),
        tuple(rows),
    )


def fairness_bars(assessment: "Assessment", catalogue: Catalogue) -> Bars:
    """From the nearest tenth of residents to the farthest, with the middle marked, in minutes.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    Bars
        One for each way of moving by which nine in ten get there.
    """
    from tesoma_geo.measures.quantiles import weighted_quantile  # measures load a library of tables

    residents = assessment.origins["population"].to_numpy(float)
    rows = []
    for profile in headline.profiles(assessment):
        times = assessment.origins[TO_HUB_S.of(profile)].to_numpy(float) / 60
        near, middle, far = (weighted_quantile(times, residents, at) for at in (0.1, 0.5, 0.9))
        if np.isfinite(far):
            rows.append((profile, near, middle, far))
    longest = max((far for *_, far in rows), default=1.0) or 1.0
    bars = tuple(
        Bar(
            catalogue.named("profile", profile),
            round(near / longest, 4),
            round(far / longest, 4),
            catalogue("chart.from_to", since=catalogue.whole_minutes(near), to=catalogue.whole_minutes(far)),
            round(middle / longest, 4),
        )
        for profile, near, middle, far in rows
    )
    return Bars(catalogue("chart.fairness"), bars, ranges=True, spread=True)

"""The one sentence that stands for a table: which area is farthest, which service is rarest."""

from math import isfinite
from typing import TYPE_CHECKING

from tesoma_geo.render.figures import headline, hub_cards
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.intervals import with_interval
from tesoma_geo.render.text.place_names import HubName
from tesoma_geo.render.text.terms import by_way

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def ways_sentence(assessment: "Assessment", catalogue: Catalogue, hub: HubName) -> str | None:
    """The share of residents who get there in time by the quickest way of moving, and by the slowest.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    hub
        The hub's name.

    Returns
    -------
    str or None
        In the language of the page; None where it is the same by all.
    """
    cutoff = headline.headline_cutoff(assessment)
    most, least = hub_cards.most_and_least(headline.reaches(assessment), cutoff)
    if most.share(most.within[cutoff]) == least.share(least.within[cutoff]):
        return None
    told = all(catalogue.knows(f"by.{reach.profile}") for reach in (most, least))
    ways = (most.profile, least.profile)
    first, last = (by_way(catalogue, way) if told else catalogue.named("profile", way) for way in ways)
    return catalogue(
        "figures.message_by" if told else "figures.message",
        hub=hub,
        n=catalogue.number(cutoff, 1),
        high=hub_cards.told_percent(catalogue, most, cutoff),
        most=first,
        low=hub_cards.told_percent(catalogue, least, cutoff),
        least=last,
    )


def areas_sentence(assessment: "Assessment", catalogue: Catalogue, profile: str) -> str | None:
    """The areas that are nearest and farthest by one way of moving.

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
    str or None
        In the language of the page; None with fewer than two areas.
    """
    rows = headline.area_reaches(assessment)
    if len(rows) < 2:
        return None
    near, far = (pick(rows, key=lambda row: row.median_min[profile]) for pick in (min, max))

    def told(area: headline.AreaReach) -> str:
        return with_interval(catalogue, catalogue.minutes(area.median_min[profile]), area.between_min.get(profile))

    return catalogue(
        "report.areas",
        near=near.name,
        nearest=told(near),
        far=far.name,
        farthest=told(far),
        profile=catalogue.named("profile", profile),
    )


def rarest_service_sentence(assessment: "Assessment", catalogue: Catalogue, profile: str) -> str | None:
    """The kind of service that fewest residents have near by one way of moving; how far it is where nobody has it near.

    A kind of which the map knows none in the district is rarest because nobody has mapped it, as likely as not: it is
    told only where all kinds are such.

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
    str or None
        In the language of the page; None without services.
    """
    residents = max(int(assessment.summary["population_total"]), 1)
    shares = {row.kind: row.within.get(profile, 0) / residents for row in headline.kind_reaches(assessment)}
    if not shares:
        return None
    here = headline.services_here(assessment)
    rarest = min(here or shares, key=lambda kind: shares[kind])
    far = "" if shares[rarest] else nobody_near_sentence(assessment, catalogue, rarest, profile)
    return far or catalogue(
        "report.services",
        n=catalogue.number(assessment.workspace.access.services_within_min, 1),
        kind=catalogue.named("kind", rarest),
        share=catalogue.percent(shares[rarest]),
        profile=catalogue.named("profile", profile),
    )


def elsewhere_sentences(assessment: "Assessment", catalogue: Catalogue) -> tuple[str, ...]:
    """The kinds of service of which the map knows none in the district, but some around it.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    tuple of str
        In the language of the page, a sentence a kind.
    """
    here = headline.services_here(assessment)
    return tuple(
        catalogue("services.elsewhere", kind=catalogue.named("kind", row.kind))
        for row in headline.kind_reaches(assessment)
        if row.kind not in here
    )


def nobody_near_sentence(assessment: "Assessment", catalogue: Catalogue, kind: str, profile: str) -> str:
    """How near the nearest is of a kind of service that nobody has near.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    kind
        As the workspace names it.
    profile
        A way of moving that was assessed.

    Returns
    -------
    str
        In the language of the page; empty where half of the residents have no way to one.
    """
    half = assessment.summary["services"][kind]["profiles"].get(profile, {}).get("median_min")
    if half is None or not isfinite(half):
        return ""
    return catalogue(
        "report.services_far",
        n=catalogue.number(assessment.workspace.access.services_within_min, 1),
        kind=catalogue.named("kind", kind),
        half=catalogue.minutes(half // 10 * 10 if half >= 20 else half),  # more than that: no more is known
        profile=catalogue.named("profile", profile),
    )

"""What would help most: the plan, difficult places put right, wished links; where they gain little, the largest delay.

The start page and the report's first page tell the same.
"""

import math
from typing import TYPE_CHECKING

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections import drawn_lines, lived_access, why
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment

#: Where more is told of what residents said.
VOICES = "voices"


def advice(
    assessment: "Assessment", publication: "Publication | None", catalogue: Catalogue
) -> list[tuple[str, PageSection]]:
    """What can be done by what residents told and by what makes journeys longer.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.

    Returns
    -------
    list of tuple
        Where more is told (:data:`VOICES`, or a way of moving), and the subject. A difficult place is advised where
        that saves half a minute; where none does, that is said, and what makes the journey longest is told by name.
    """
    place = lived_access.barriers(assessment, catalogue) if publication else None
    links = drawn_lines.wished_links(publication, catalogue) if publication else None
    asked = [] if place is None or place.minor else [(VOICES, place)]
    asked += [] if links is None else [(VOICES, links)]
    if place is not None and not place.minor:
        return asked
    delay = largest_delay(assessment, catalogue, after=catalogue("advice.little") if place is not None else "")
    return [*asked, delay] if delay is not None else asked


def largest_delay(assessment: "Assessment", catalogue: Catalogue, after: str = "") -> tuple[str, PageSection] | None:
    """What makes the journey longest beside the straight line: its name, its minutes, and of how many residents.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    after
        A sentence that it follows.

    Returns
    -------
    tuple of str and PageSection or None
        The first way of moving of which it is known, and the subject; None where it is known of none.
    """
    for profile in headline.profiles(assessment):
        delays = [part for part in why.parts_of(assessment, profile) if part.key != "straight" and part.mean_min > 0]
        if profile in TIMETABLE_PROFILES or not delays:
            continue
        worst = max(delays, key=lambda part: part.mean_min)
        if worst.mean_min < why.LEAST_MIN:
            continue
        figures = assessment.summary["profiles"][profile]
        there = int(assessment.summary["population_total"]) - int(figures["unreachable_population"])
        told = catalogue(
            "advice.delay",
            part=catalogue(f"part.{worst.key}"),
            time=catalogue("minutes", n=catalogue.number(worst.mean_min, 1)),
            residents=catalogue.counted("residents", there),
            total=catalogue("minutes", n=catalogue.number(_of_two_digits(worst.mean_min * there))),
            profile=catalogue.named("profile", profile),
        )
        return profile, PageSection("why", catalogue("why.title"), f"{after} {told}".strip(), told_by="why")
    return None


def _of_two_digits(value: float) -> float:
    """A sum as exactly as the mean that it comes from is known."""
    return round(value, 1 - math.floor(math.log10(value)))

"""Which sections stand on which page, in their order: a new one is a module of its own and a line here.

A section is a function that returns None where there is nothing to tell.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.sections import (
    annotations,
    certainty,
    drawn_lines,
    fairness,
    hub,
    lived_access,
    lived_sensitivity,
    nature,
    respondents,
    scenario_residents,
    scenario_services,
    scenario_trips,
    several_hubs,
    targets,
    transit,
    why,
    winter,
)
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.scenarios.compare import Comparison

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment

DistrictSection = Callable[["Assessment", Catalogue], PageSection | None]
ProfileSection = Callable[["Assessment", Catalogue, str], PageSection | None]
AnnotationSection = Callable[["Assessment", "Publication", Catalogue], PageSection | None]
ScenarioSection = Callable[[Comparison, Catalogue], PageSection | None]


def _by_timetable(make: DistrictSection) -> ProfileSection:
    """What only a timetable can tell; nothing of the other profiles."""
    return lambda assessment, catalogue, profile: make(assessment, catalogue) if profile in TIMETABLE_PROFILES else None


def _without_publication(make: DistrictSection) -> AnnotationSection:
    """What the assessment alone tells of what residents said."""
    return lambda assessment, _, catalogue: make(assessment, catalogue)


#: Of the whole district, on the start page.
DISTRICT: tuple[DistrictSection, ...] = (
    several_hubs.hubs,
    targets.place_of_targets,
    fairness.ages,
    transit.connections,
    hub.services_at_hub,
    nature.nature,
    fairness.fairness,
    winter.winter,
    certainty.certainty,
)
#: Of one way of moving, on its page.
PROFILE: tuple[ProfileSection, ...] = (
    several_hubs.hubs_of,
    _by_timetable(transit.connections_and_stops),
    _by_timetable(transit.through_the_day),
    why.why,
    winter.winter_of,
    certainty.certainty_of,
    fairness.ages_of,
)
#: Of what residents said.
ANNOTATIONS: tuple[AnnotationSection, ...] = (
    _without_publication(lived_access.lived),
    _without_publication(lived_access.barriers),
    _without_publication(lived_sensitivity.sensitivity),
    annotations.crowds,
    drawn_lines.drawn_lines,
    respondents.respondents,
)
#: Before and after a scenario.
SCENARIO: tuple[ScenarioSection, ...] = (
    scenario_trips.service_gains,
    scenario_residents.who_gains,
    scenario_residents.reach,
    scenario_residents.by_area,
    scenario_residents.by_age,
    scenario_services.connections,
    scenario_services.services,
)


def district_sections(assessment: "Assessment", catalogue: Catalogue) -> list[PageSection]:
    """The sections of the start page.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    list of PageSection
        Those that there is something to tell of.
    """
    return _known(make(assessment, catalogue) for make in DISTRICT)


def profile_sections(assessment: "Assessment", catalogue: Catalogue, profile: str) -> list[PageSection]:
    """The sections of the page of a way of moving.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profile
        The way of moving.

    Returns
    -------
    list of PageSection
        Those that there is something to tell of.
    """
    return _known(make(assessment, catalogue, profile) for make in PROFILE)


def annotation_sections(
    assessment: "Assessment", publication: "Publication", catalogue: Catalogue
) -> list[PageSection]:
    """The sections of the page of what residents said.

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
    list of PageSection
        Those that there is something to tell of.
    """
    return _known(make(assessment, publication, catalogue) for make in ANNOTATIONS)


def scenario_sections(comparison: Comparison, catalogue: Catalogue) -> list[PageSection]:
    """The sections of the page of a scenario.

    Parameters
    ----------
    comparison
        The district before and after.
    catalogue
        The language.

    Returns
    -------
    list of PageSection
        Those that there is something to tell of.
    """
    return _known(make(comparison, catalogue) for make in SCENARIO)


def _known(sections: Iterable[PageSection | None]) -> list[PageSection]:
    return [section for section in sections if section is not None]

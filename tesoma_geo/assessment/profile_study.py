"""All that is asked for one way of moving, profile by profile: each can be done beside the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from tesoma_geo.analysis.barriers import BarrierCosts, Barriers
from tesoma_geo.analysis.lived_access import barriers_in
from tesoma_geo.analysis.lived_profile import LivedProfile, lived_by
from tesoma_geo.annotations.publish import feature_collection
from tesoma_geo.assessment.profile_results import ProfileReach, street_reach, transit_reach
from tesoma_geo.assessment.street_analysis import StreetStudy, StudyOfAll, street_study
from tesoma_geo.assessment.transit_analysis import WALKING, TransitAnalysis, timetable_router, transit_analysis
from tesoma_geo.inputs.layers import Inputs
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.isochrones.isochrones import Water
from tesoma_geo.network.streets.profiles import Profile


@dataclass(frozen=True, eq=False)
class SharedByProfiles:
    """What the profiles of an assessment share, found once.

    Attributes
    ----------
    water
        Lakes of the study area, as the isochrones take them.
    study
        What the studies of the streets share.
    barriers
        Where residents' barriers are, and what they cost; None where nobody was asked.
    """

    water: Water
    study: StudyOfAll
    barriers: tuple[Barriers, BarrierCosts] | None

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        """Prepare the profiles of an assessment.

        Parameters
        ----------
        inputs
            The layers, with the publication of what residents said.

        Returns
        -------
        SharedByProfiles
        """
        told = None if inputs.publication is None else feature_collection(inputs.publication)
        return cls(
            water=Water.of(inputs.water.geometry, within=inputs.study_area.bounds),
            study=StudyOfAll.of(inputs),
            barriers=None if told is None else barriers_in(inputs, told),
        )


@dataclass(frozen=True, eq=False)
class StreetProfile:
    """What one profile on streets gives.

    Attributes
    ----------
    reach
        Times, isochrones, surface.
    study
        Why, in winter, and how sure.
    lived
        With residents' barriers; None where nobody was asked.
    """

    reach: ProfileReach
    study: StreetStudy
    lived: LivedProfile | None


@dataclass(frozen=True, eq=False)
class TimetableProfile:
    """What a profile by timetable gives.

    Attributes
    ----------
    reach
        Times, isochrones, surface.
    transit
        What only a timetable can tell.
    """

    reach: ProfileReach
    transit: TransitAnalysis


def street_profile(inputs: Inputs, profile: Profile, shared: SharedByProfiles) -> StreetProfile:
    """Ask all there is to ask of one profile on streets.

    Parameters
    ----------
    inputs
        The layers.
    profile
        Who travels how.
    shared
        What the profiles share.

    Returns
    -------
    StreetProfile
    """
    router = StreetRouter.build(inputs.network, profile, inputs.workspace.network.max_snap_m)
    at = SnappedPoints.of(inputs, router)
    lived = None
    if shared.barriers is not None:
        lived = lived_by(inputs, router, (at.origins, at.hub), *shared.barriers)
    return StreetProfile(
        street_reach(inputs, router, at, shared.water), street_study(inputs, router, at, shared.study), lived
    )


def timetable_profile(inputs: Inputs, profiles: Mapping[str, Profile], shared: SharedByProfiles) -> TimetableProfile:
    """Ask all there is to ask of the timetable.

    Parameters
    ----------
    inputs
        The layers.
    profiles
        Those of the assessment on streets, by name; the one that walks to the stops may be among them.
    shared
        What the profiles share.

    Returns
    -------
    TimetableProfile
    """
    walking = profiles.get(WALKING)
    max_snap_m = inputs.workspace.network.max_snap_m
    walk = None if walking is None else StreetRouter.build(inputs.network, walking, max_snap_m)
    router = timetable_router(inputs, walk)
    on_foot = SnappedPoints.of(inputs, router.walk)
    at = router.snap(on_foot.origins), router.snap(on_foot.hub)
    return TimetableProfile(
        transit_reach(inputs, router, on_foot, at, shared.water), transit_analysis(inputs, router, at)
    )

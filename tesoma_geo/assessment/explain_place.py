"""Why a place of a workspace reaches its hub as it does, by any of its ways of moving."""

from tesoma_geo.analysis.explain_streets import Explanation, explain
from tesoma_geo.analysis.explain_transit import explain_transit
from tesoma_geo.analysis.lived_access import barrier_edits
from tesoma_geo.assessment.transit_analysis import WALKING, timetable_router
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES, profiles_with
from tesoma_geo.network.streets.seasons import in_winter
from tesoma_geo.network.streets.snap import Points


def explain_place(inputs: Inputs, place: Points, profile: str, *, winter: bool = False) -> Explanation:
    """Explain the way from one place to the hub, with residents' barriers where residents were asked.

    Parameters
    ----------
    inputs
        The layers.
    place
        One point: a GeoDataFrame, or a longitude and a latitude of shape (1, 2).
    profile
        A way of moving: one of the library's, of the workspace's own, or ``"transit"``.
    winter
        With snow and ice.

    Returns
    -------
    A :class:`~tesoma_geo.analysis.explain_transit.TransitExplanation` for ``"transit"``.

    Raises
    ------
    InputError
        No such profile, or none of the timetable where none is read.
    """
    known = profiles_with(inputs.workspace.profiles)
    by_timetable = profile in TIMETABLE_PROFILES
    if not by_timetable and profile not in known:
        every = [*known, *sorted(TIMETABLE_PROFILES)]
        remedy = did_you_mean(profile, every) or f"Use one of {', '.join(every)}"
        raise InputError(f"there is no profile {profile!r}", remedy)
    moving = known[WALKING if by_timetable else profile]
    case = in_winter(inputs.network, moving, inputs.winter) if winter else (inputs.network, moving)
    streets = StreetRouter.build(*case, inputs.workspace.network.max_snap_m)
    barriers = barrier_edits(inputs, moving.name)
    if by_timetable:
        return explain_transit(timetable_router(inputs, streets), place, inputs.hub, barriers)
    return explain(streets, place, inputs.hub, barriers)

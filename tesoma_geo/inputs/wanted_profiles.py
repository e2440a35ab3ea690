"""The ways of moving that a workspace asks for."""

from tesoma_geo.errors import Fault, WorkspaceError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES, Profile, profiles_with
from tesoma_geo.workspace import Workspace


def wanted_profiles(workspace: Workspace) -> tuple[Profile, ...]:
    """The profiles of ``access.profiles`` that move on streets alone.

    Parameters
    ----------
    workspace
        The workspace, with its own profiles.

    Returns
    -------
    tuple of Profile
        In the order of the workspace.

    Raises
    ------
    WorkspaceError
        A name is no profile, one needs a timetable that there is not, or none moves on streets alone.
    """
    known = profiles_with(workspace.profiles)
    wanted = [name for name in workspace.access.profiles if name not in TIMETABLE_PROFILES]
    every = [*known, *sorted(TIMETABLE_PROFILES)]
    remedy = f"Use {', '.join(every)}, or add [profiles.NAME] with a base"
    faults = [
        Fault("access.profiles", f"{name!r} is no profile", did_you_mean(name, every) or remedy)
        for name in wanted
        if name not in known
    ]
    if workspace.transit is None:
        by_timetable = [name for name in workspace.access.profiles if name in TIMETABLE_PROFILES]
        add = "Add [transit] with gtfs and date, or remove it"
        faults += [Fault("access.profiles", f"{name!r} needs a timetable", add) for name in by_timetable]
    if faults:
        raise WorkspaceError(faults)
    if not wanted:
        raise WorkspaceError("names no profile that moves on streets alone", 'Add "walk"')
    return tuple(known[name] for name in wanted)

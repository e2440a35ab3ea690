"""The moment that a workspace is assessed for, where streets or their tags depend on it."""

from tesoma_geo.network.streets.conditional import SUMMER, When
from tesoma_geo.workspace import Workspace


def assessed_moment(workspace: Workspace) -> When:
    """Weekday and hour of the timetable's window where there is one, else a weekday at noon; in July.

    Winter has a moment of its own: see :func:`tesoma_geo.network.streets.seasons.in_winter`.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    When
    """
    section = workspace.transit
    if section is None:
        return SUMMER
    days, hour = divmod(int(section.window[0].partition(":")[0]), 24)
    return When(month=SUMMER.month, weekday=(section.date.weekday() + days) % 7, hour=hour)

"""Homes that have no way to the hub because a rule of ours closes their streets, for ``check``."""

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.network.streets.lost_places import LOST_REASONS, lost_by_rules

STREETS = "network.osm"
REMEDY = "Look at the tags of the streets and barriers around them, or change the profile"


def with_closed_homes(inputs: Inputs, reports: tuple[LayerReport, ...]) -> tuple[LayerReport, ...]:
    """The reports, with a doubt at the streets for each way of moving and rule that takes the hub from homes.

    Parameters
    ----------
    inputs
        The layers, read.
    reports
        One a layer.

    Returns
    -------
    tuple of LayerReport
        In the same order.
    """
    residents = inputs.origins["population"].to_numpy(float)
    problems = []
    for profile in inputs.profiles:
        points, max_snap_m = (inputs.origins, inputs.hub), inputs.workspace.network.max_snap_m
        for reason, rows in lost_by_rules(inputs.network, profile, points, max_snap_m).items():
            cells, people = int(rows.sum()), round(float(residents[rows].sum()))
            problems.append(f"{profile.name}: {cells} origins ({people} residents) have no way: {LOST_REASONS[reason]}")
    with_doubts = []
    for report in reports:
        more = report
        for problem in problems if report.key == STREETS else ():
            more = more.with_doubt(problem, REMEDY)
        with_doubts.append(more)
    return tuple(with_doubts)

"""Two point layers and the router between them, as commands are given them."""

from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.choices import NamedChoice
from tesoma_geo.cli.console import Console

if TYPE_CHECKING:
    from tesoma_geo.analysis.pairs_in_blocks import PairTimes
    from tesoma_geo.assessment.pairs_asked import PairsAsked

UNITS_S = {"min": 60.0, "s": 1.0}

unit_option = click.option(
    "--unit", type=NamedChoice(list(UNITS_S)), default="min", show_default=True, help="Of travel_time."
)
id_option = click.option(
    "--id", "id_column", metavar="COLUMN", help="The column of ids.  [default: id, else rows from 0]"
)
turn_costs_option = click.option(
    "--turn-costs", is_flag=True, help="Count what turns cost a car or a bicycle, though the profile does not."
)


def pair_times(asked: "PairsAsked", console: Console) -> "PairTimes":
    """Read two point layers and make the router between them.

    Parameters
    ----------
    asked
        The files and the way of moving.
    console
        Told what was left out, and what lies too far from a street.

    Returns
    -------
    PairTimes

    Raises
    ------
    TesomaError
        Files that cannot be read, ids that repeat, a profile that is not there.
    """
    from tesoma_geo.assessment.pairs_asked import far_points

    with console.progress() as progress:
        progress("reading the points")
        starts, ends = asked.points(console.info)
        progress("reading the streets")
        times = asked.times(starts, ends)
    for line in far_points(times):
        console.info(line)
    return times


def say_memory(console: Console) -> None:
    """Tell how much memory the command took at most.

    Parameters
    ----------
    console
        Told, where the system knows.
    """
    from tesoma_geo._memory import peak_mb

    peak = peak_mb()
    if peak is not None:
        console.info(f"Memory: {peak:,.0f} MB at most")

"""Barriers that residents named, as a run has published them, for whoever asks which is worth mending first."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shapely.errors import ShapelyError

from tesoma_geo._arrays import Bool
from tesoma_geo.analysis.barriers import BarrierCosts, Barriers
from tesoma_geo.analysis.lived_access import barriers_in
from tesoma_geo.analysis.published_barriers import WIDE
from tesoma_geo.annotations.publish import GEOJSON
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.inputs import Inputs


@dataclass(frozen=True, eq=False)
class NamedBarriers:
    """The published barriers of a run on the streets of today.

    Attributes
    ----------
    located
        With the streets that they are on.
    costs
        What they cost; assumptions of the workspace.
    """

    located: Barriers
    costs: BarrierCosts

    @property
    def at_places(self) -> Bool:
        """Which of them are on one stretch or street, and can be mended there; shape (barriers,)."""
        placed: Bool = ~self.located.table["level"].isin(WIDE).to_numpy(bool)
        return placed

    def told(self) -> Iterator[str]:
        """What of them is not tried, in sentences.

        Yields
        ------
        str
        """
        wide = int((~self.at_places).sum())
        if wide:
            yield f"{wide} published numbers of barriers are about areas or the whole district: no one place to mend"
        for one in self.located.left_out:
            yield f"Barriers left out: {one.reason}: {one.count}"


def barriers_of_run(inputs: Inputs, folder: Path) -> NamedBarriers:
    """The barriers that a run has published, and nothing else of what residents said.

    Parameters
    ----------
    inputs
        The layers; what was said in them is not looked at.
    folder
        Of the run.

    Returns
    -------
    NamedBarriers

    Raises
    ------
    InputError
        The folder holds no published barriers, or they are none of this package.
    """
    file = folder / GEOJSON
    if not file.is_file():
        raise InputError(
            f"{folder} holds no {GEOJSON}", "Name a folder that `tesoma-geo run` made, of a workspace with annotations"
        )
    try:
        located, costs = barriers_in(inputs, json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, ShapelyError) as error:
        problem = f"{file} holds no published barriers: {type(error).__name__}"
        raise InputError(problem, "Make the run again") from None
    return NamedBarriers(located, costs)

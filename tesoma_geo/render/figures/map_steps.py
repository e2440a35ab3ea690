"""The steps of minutes on the map of a way of moving: further ones where most residents live beyond the last."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.render.figures.headline import Reach

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Further steps, in parts of the workspace's last.
FURTHER = (1.5, 2.0)
#: A chart goes on until nine in ten are there, but for so many times the last step at most.
LONGEST = 3.0


@dataclass(frozen=True)
class MapSteps:
    """The steps of a map's legend.

    Attributes
    ----------
    minutes
        The workspace's cutoffs, then further ones where more than half of the residents live beyond the last.
    bands
        Residents of each step, then those beyond the last, then those who cannot get there.
    end_min
        Where a chart of these minutes ends.
    further
        How many of the minutes are further ones.
    """

    minutes: tuple[float, ...]
    bands: tuple[int, ...]
    end_min: float
    further: int = 0


def map_steps(assessment: "Assessment", reach: Reach) -> MapSteps:
    """The steps of a way of moving.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    reach
        How residents get there by it.

    Returns
    -------
    MapSteps
        The workspace's cutoffs, where half of the residents live within the last.
    """
    cutoffs = assessment.workspace.access.cutoffs_min
    *near, beyond, never = reach.bands
    if 2 * beyond <= reach.residents:
        return MapSteps(cutoffs, reach.bands, cutoffs[-1])
    last = cutoffs[-1]
    further = [last * part for part in FURTHER]
    at_min = np.asarray(assessment.origins[TO_HUB_S.of(reach.profile)], float) / 60
    residents = np.asarray(assessment.origins["population"], float)
    there = [round(float(residents[at_min <= step].sum())) for step in (last, *further)]
    more = [int(count) for count in np.diff(there)]
    step, until = last / 2, min(reach.p90_min or math.inf, LONGEST * last)
    end_min = max(further[-1], step * math.ceil(until / step))
    return MapSteps((*cutoffs, *further), (*near, *more, beyond - sum(more), never), end_min, len(further))

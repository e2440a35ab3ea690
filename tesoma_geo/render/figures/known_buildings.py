"""Whether buildings are known: a map does not show a handful of outlines as if they were all."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: So many squares in which residents live have one building at least, where buildings are known.
HOMES_A_BUILDING = 10


def buildings_known(assessment: "Assessment") -> bool:
    """Whether the map has a layer of buildings.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    bool
        False where the street file has none, or fewer than one for ten squares in which residents live.
    """
    buildings = len(assessment.inputs.ground.buildings)
    return buildings > 0 and len(assessment.origins) <= HOMES_A_BUILDING * buildings

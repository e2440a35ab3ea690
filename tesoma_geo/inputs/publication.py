"""What residents said, as it may be published beside an assessment."""

from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.annotations.publish import publish
from tesoma_geo.inputs.further_figures import further_figures
from tesoma_geo.inputs.layers import Inputs


def published(inputs: Inputs, *, who: str) -> Publication | None:
    """The publication of a workspace from what was read already; None where it names no ``[[annotations]]``.

    Parameters
    ----------
    inputs
        The layers of an assessment.
    who
        Who publishes, for the audit log of the store.

    Returns
    -------
    Publication or None
        What the privacy gate lets through.
    """
    if inputs.survey is None:
        return None
    further = further_figures(inputs.workspace.publish, lambda: (inputs.network, inputs.origins))
    return publish(inputs.workspace, who=who, survey=inputs.survey, areas=inputs.district, further=further)

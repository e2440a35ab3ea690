"""What residents said, as it may be published beside an assessment."""

from collections.abc import Callable
from dataclasses import replace

import geopandas as gpd

from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.annotations.publish import publish
from tesoma_geo.annotations.street_places import StreetPlaces
from tesoma_geo.errors import TesomaError
from tesoma_geo.inputs.further_figures import further_figures
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.layers import read_surroundings
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.stretches import stretches
from tesoma_geo.workspace import Workspace


def published(inputs: Inputs, *, who: str | None) -> Publication | None:
    """The publication of a workspace from what was read already; None where it names no ``[[annotations]]``.

    Parameters
    ----------
    inputs
        The layers of an assessment.
    who
        Who publishes, for the audit log of the store; None to look at what is published and change nothing.

    Returns
    -------
    Publication or None
        What the privacy gate lets through.
    """
    if inputs.survey is None:
        return None
    return publish(
        inputs.workspace, who=who, survey=inputs.survey, areas=inputs.district,
        further=further_figures(inputs.workspace.publish, lambda: (inputs.network, inputs.origins)),
        streets=lambda: street_places(inputs.network, inputs.district),
    )  # fmt: skip


def with_publication(inputs: Inputs, *, who: str | None) -> Inputs:
    """The layers with the publication of what residents said; as they are where they hold one, or nobody was asked.

    Parameters
    ----------
    inputs
        The layers.
    who
        As of :func:`published`.

    Returns
    -------
    Inputs
    """
    if inputs.survey is None or inputs.publication is not None:
        return inputs
    return replace(inputs, publication=published(inputs, who=who))


def street_places(network: StreetNetwork, areas: gpd.GeoDataFrame) -> StreetPlaces:
    """The streets of a map as what is said of them is counted.

    Parameters
    ----------
    network
        The streets; those that were added to the map are left out.
    areas
        Of the district, in the network's CRS.

    Returns
    -------
    StreetPlaces
    """
    divided = stretches(network)
    mapped = divided.of_edge >= 0
    return StreetPlaces.of(network.segments[mapped], divided.of_edge[mapped], divided.street, areas)


def streets_of(
    workspace: Workspace, areas: gpd.GeoDataFrame, tell: Callable[[str], None] | None = None
) -> StreetPlaces | None:
    """The same for a workspace of which nothing was read yet.

    Parameters
    ----------
    workspace
        Whose streets are read.
    areas
        Of the district, in its metric CRS.
    tell
        Told where the streets cannot be read.

    Returns
    -------
    StreetPlaces or None
        None where there are no streets: then barriers are counted in squares.
    """
    try:
        network, _ = read_surroundings(workspace)
    except TesomaError as error:
        if tell is not None:
            tell(f"Barriers are counted in squares: there are no streets ({error.problem})")
        return None
    return street_places(network, areas)

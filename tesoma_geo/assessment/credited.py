"""Whom maps, pages and files credit; no library is loaded to tell it again in other words."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tesoma_geo.workspace.licences import stated_licence

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.inputs.reports import LayerReport
    from tesoma_geo.workspace import Workspace


#: What residents said. Its day is what the workspace states, never what answers tell: that tells who answered last.
SURVEY = "annotations"


class CreditedLayer(NamedTuple):
    """What is credited of the report of a layer; see :class:`tesoma_geo.inputs.reports.LayerReport`.

    Attributes
    ----------
    key, licence, as_of, is_layer
        As there.
    of_streets
        Whether it was read of the street file.
    """

    key: str
    licence: str | None
    as_of: str | None
    is_layer: bool
    of_streets: bool


class Reported(Protocol):
    """What knows which layers it was made of: inputs, or what :func:`tesoma_geo.assess` found."""

    @property
    def reports(self) -> "Sequence[LayerReport]":
        """A report of each layer."""


def credited(made: Reported) -> list[str]:
    """Whom every map and page credits, each once.

    Parameters
    ----------
    made
        The results, or the layers.

    Returns
    -------
    list of str
        Licences as the workspace states them, in the order of its layers.
    """
    return each_once(report.licence for report in made.reports)


def each_once(licences: Iterable[str | None]) -> list[str]:
    """Licences, each once.

    Parameters
    ----------
    licences
        Of layers; None where none is stated.

    Returns
    -------
    list of str
        In their order.
    """
    return list(dict.fromkeys(filter(None, licences)))


def credited_layers(assessment: "Assessment") -> tuple[CreditedLayer, ...]:
    """What is credited of each layer.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    tuple of CreditedLayer
        In the order of the reports.
    """
    streets = assessment.workspace.osm_path
    return tuple(
        CreditedLayer(one.key, one.licence, one.as_of, one.is_layer, one.path == streets) for one in assessment.reports
    )


def on_pictures(layers: Iterable[CreditedLayer]) -> list[str | None]:
    """The licences that pictures credit: what residents said is on none.

    Parameters
    ----------
    layers
        As of :func:`credited_layers`.

    Returns
    -------
    list of str or None
        Of all other layers.
    """
    return [layer.licence for layer in layers if layer.key.split(".")[0] != SURVEY]


def credited_again(layers: Iterable[CreditedLayer], workspace: "Workspace") -> tuple[CreditedLayer, ...]:
    """The same layers with the licences that a workspace states.

    Parameters
    ----------
    layers
        As of :func:`credited_layers`.
    workspace
        The workspace.

    Returns
    -------
    tuple of CreditedLayer
        In their order.
    """
    return tuple(one._replace(licence=stated_licence(workspace, one.key, one.of_streets)) for one in layers)

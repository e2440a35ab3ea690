"""Whom maps, pages and files credit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tesoma_geo.inputs.reports import LayerReport


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
    return list(dict.fromkeys(report.licence for report in made.reports if report.licence))

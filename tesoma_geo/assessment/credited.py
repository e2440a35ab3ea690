"""Whom maps, pages and files credit."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def credited(assessment: "Assessment") -> list[str]:
    """Whom every map and page credits, each once.

    Parameters
    ----------
    assessment
        The results.

    Returns
    -------
    list of str
        Licences as the workspace states them, in the order of its layers.
    """
    return list(dict.fromkeys(report.licence for report in assessment.reports if report.licence))

"""The intervals that an assessment knows: of headline figures, of areas and of ages."""

from typing import TYPE_CHECKING

import numpy as np

from tesoma_geo.render.text.intervals import Interval

if TYPE_CHECKING:
    from tesoma_geo.analysis.uncertainty import Uncertainty
    from tesoma_geo.assessment.assess import Assessment


def headline_intervals(assessment: "Assessment", profile: str) -> dict[str, Interval]:
    """Intervals of the headline figures of a way of moving.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.

    Returns
    -------
    dict
        Name of the figure, such as ``median_min`` → its ends; without those that are never at one end.
    """
    known = assessment.summary.get("uncertainty", {}).get(profile)
    figures = {} if known is None else known["figures"]
    return {
        name: (one["low"], one["high"])
        for name, one in figures.items()
        if one["low"] is not None and one["high"] is not None
    }


def area_intervals(assessment: "Assessment", profile: str) -> dict[str, Interval]:
    """Intervals of the areas' medians.

    Parameters
    ----------
    assessment, profile
        As of :func:`headline_intervals`.

    Returns
    -------
    dict
        Code of the area → minutes.
    """
    return _of_parts(assessment, profile, "area")


def age_intervals(assessment: "Assessment", profile: str, cutoff_min: float) -> dict[str, Interval]:
    """Intervals of the shares of ages that are there within some minutes.

    Parameters
    ----------
    assessment, profile
        As of :func:`headline_intervals`.
    cutoff_min
        The minutes; nothing is known of others than those that were drawn for.

    Returns
    -------
    dict
        Age group → shares, 0 to 1.
    """
    known = _drawn(assessment, profile)
    return {} if known is None or known.limit_min != cutoff_min else _of_parts(assessment, profile, "age")


def _drawn(assessment: "Assessment", profile: str) -> "Uncertainty | None":
    studied = assessment.street_analysis
    return None if studied is None else studied.uncertain.get(profile)


def _of_parts(assessment: "Assessment", profile: str, part: str) -> dict[str, Interval]:
    known = _drawn(assessment, profile)
    if known is None:
        return {}
    rows = known.parts[(known.parts["part"] == part) & np.isfinite(known.parts["high"])]
    return {
        name: (float(low), float(high)) for name, low, high in zip(rows["name"], rows["low"], rows["high"], strict=True)
    }

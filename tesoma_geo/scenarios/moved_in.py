"""The people of new homes: how they get to the hub and to services."""

import numpy as np

from tesoma_geo.assessment.assess import Assessment
from tesoma_geo.columns import NEAREST_S, TO_HUB_S
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.scenarios.comparison_records import HomesFigures
from tesoma_geo.scenarios.scenario import Scenario


def moved_in(scenario: Scenario, before: Assessment, after: Assessment) -> HomesFigures | None:
    """How who moves in gets to the hub and to services, by the plan.

    Parameters
    ----------
    scenario
        The plan.
    before, after
        The assessments, of the same origins; new homes have no residents before.

    Returns
    -------
    HomesFigures or None
        None where the plan has no homes.
    """
    if not scenario.homes:
        return None
    new = after.origins["population"].to_numpy() - before.origins["population"].to_numpy()
    profiles = after.workspace.access.profiles

    def median(column: str) -> float | None:
        minutes = float(weighted_quantile(after.origins[column].to_numpy(float) / 60.0, new, 0.5))
        return round(minutes, 1) if np.isfinite(minutes) else None

    return {
        "residents": int(new.sum()),
        "dates": sorted(homes.date.isoformat() for homes in scenario.homes if homes.date is not None),
        "median_min": {profile: median(TO_HUB_S.of(profile)) for profile in profiles},
        "services_median_min": {
            kind: {profile: median(NEAREST_S.of(profile, kind)) for profile in profiles}
            for kind in sorted(after.services["kind"].unique())
        },
    }

"""Accessibility measures: a travel matrix and a land-use table in, a table of values out.

A travel matrix has a row a pair: ``from_id``, ``to_id`` and a cost (``travel_time``, or another column named
by ``travel_cost``). A land-use table has a row a place: ``id`` and columns of what is there. They are joined
on the ids themselves. Nothing is routed, and the unit of the cost is the caller's. A pair that is missing, or
costs ``inf``, cannot be travelled. :class:`TravelMatrix` checks a matrix once for many measures.

Every measure tells its unit, formula, edge cases and source; ``docs/measures.md`` gathers them.
"""

from tesoma_geo.measures.closest import balancing_cost, cost_to_closest, dual_access
from tesoma_geo.measures.constrained import constrained_accessibility, spatial_availability
from tesoma_geo.measures.cumulative import cumulative_interval, cumulative_opportunities
from tesoma_geo.measures.floating_catchments import (
    balanced_fca,
    enhanced_two_step_fca,
    fca,
    three_step_fca,
    two_step_fca,
)
from tesoma_geo.measures.gravity import gravity, passive_accessibility
from tesoma_geo.measures.performance import detour, proximity, transport_performance
from tesoma_geo.measures.raam import raam
from tesoma_geo.measures.service_baskets import service_diversity, walkability, x_minute_score
from tesoma_geo.measures.travel_matrix import TravelMatrix

__all__ = [
    "TravelMatrix",
    "balanced_fca",
    "balancing_cost",
    "constrained_accessibility",
    "cost_to_closest",
    "cumulative_interval",
    "cumulative_opportunities",
    "detour",
    "dual_access",
    "enhanced_two_step_fca",
    "fca",
    "gravity",
    "passive_accessibility",
    "proximity",
    "raam",
    "service_diversity",
    "spatial_availability",
    "three_step_fca",
    "transport_performance",
    "two_step_fca",
    "walkability",
    "x_minute_score",
]

"""Accessibility measures: a travel matrix and a land-use table in, a table of values out.

A travel matrix has a row a pair: ``from_id``, ``to_id`` and a cost (``travel_time``, or another column named
by ``travel_cost``). A land-use table has a row a place: ``id`` and columns of what is there. They are joined
on the ids themselves. Nothing is routed, and the unit of the cost is the caller's. A pair that is missing, or
costs ``inf``, cannot be travelled. :class:`TravelMatrix` checks a matrix once for many measures.

Every measure tells its unit, formula, edge cases and source; ``docs/measures.md`` gathers them.

A further measure is a file here and its line below; other packages add theirs as entry points of the group
``tesoma_geo.measures`` (see ``tesoma_geo._plugins``), and they are found here by their names.
"""

from typing import TYPE_CHECKING, Any

from tesoma_geo._plugins import MEASURES, find_plugins, load_plugin
from tesoma_geo.measures import pareto as pareto
from tesoma_geo.measures.closest import balancing_cost as balancing_cost
from tesoma_geo.measures.closest import cost_to_closest as cost_to_closest
from tesoma_geo.measures.closest import dual_access as dual_access
from tesoma_geo.measures.constrained import constrained_accessibility as constrained_accessibility
from tesoma_geo.measures.constrained import spatial_availability as spatial_availability
from tesoma_geo.measures.cumulative import cumulative_interval as cumulative_interval
from tesoma_geo.measures.cumulative import cumulative_opportunities as cumulative_opportunities
from tesoma_geo.measures.floating_catchments import balanced_fca as balanced_fca
from tesoma_geo.measures.floating_catchments import enhanced_two_step_fca as enhanced_two_step_fca
from tesoma_geo.measures.floating_catchments import fca as fca
from tesoma_geo.measures.floating_catchments import three_step_fca as three_step_fca
from tesoma_geo.measures.floating_catchments import two_step_fca as two_step_fca
from tesoma_geo.measures.gravity import gravity as gravity
from tesoma_geo.measures.gravity import passive_accessibility as passive_accessibility
from tesoma_geo.measures.performance import detour as detour
from tesoma_geo.measures.performance import proximity as proximity
from tesoma_geo.measures.performance import transport_performance as transport_performance
from tesoma_geo.measures.raam import raam as raam
from tesoma_geo.measures.service_baskets import service_diversity as service_diversity
from tesoma_geo.measures.service_baskets import walkability as walkability
from tesoma_geo.measures.service_baskets import x_minute_score as x_minute_score
from tesoma_geo.measures.travel_matrix import TravelMatrix as TravelMatrix

if not TYPE_CHECKING:  # a misspelt name of our own stays an error of the type checker

    def __getattr__(name: str) -> Any:
        if not name.startswith("_") and name in find_plugins(MEASURES):
            return load_plugin(MEASURES, name)
        raise AttributeError(f"module 'tesoma_geo.measures' has no attribute {name!r}")

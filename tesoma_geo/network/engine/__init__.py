"""The shortest-path engine: Customizable Contraction Hierarchy and PHAST sweeps."""

from tesoma_geo._decay import DecayCurve
from tesoma_geo.network.engine.costs import CustomisedCosts
from tesoma_geo.network.engine.draws import (
    Contracted,
    DrawnCosts,
    DrawnFactors,
    DrawnRoom,
    customise_draws,
    search_draws,
)
from tesoma_geo.network.engine.hierarchy import Hierarchy
from tesoma_geo.network.engine.paths import Path
from tesoma_geo.network.engine.simd import LANES
from tesoma_geo.network.engine.sweep import with_ancestors

__all__ = [
    "LANES",
    "Contracted",
    "CustomisedCosts",
    "DecayCurve",
    "DrawnCosts",
    "DrawnFactors",
    "DrawnRoom",
    "Hierarchy",
    "Path",
    "customise_draws",
    "search_draws",
    "with_ancestors",
]

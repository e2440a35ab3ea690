"""The shortest-path engine: Customizable Contraction Hierarchy and PHAST sweeps."""

from tesoma_geo.network.engine.costs import CustomisedCosts
from tesoma_geo.network.engine.hierarchy import Hierarchy
from tesoma_geo.network.engine.seeds import Seeds

__all__ = ["CustomisedCosts", "Hierarchy", "Seeds"]

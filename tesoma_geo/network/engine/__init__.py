"""The shortest-path engine: Customizable Contraction Hierarchy and PHAST sweeps."""

from tesoma_geo._decay import DecayCurve
from tesoma_geo.network.engine.costs import CustomisedCosts, Path
from tesoma_geo.network.engine.hierarchy import Hierarchy

__all__ = ["CustomisedCosts", "DecayCurve", "Hierarchy", "Path"]

"""Fairness: how access is spread over residents, over groups of them, and who has too little.

``access`` is what a measure returned (``id``, ``value``), ``land_use`` has the residents of each place.
Places where nobody lives do not count. With ``by``, a function returns a table with a row a group.
"""

from tesoma_geo.measures.equity.concentration import concentration_index
from tesoma_geo.measures.equity.dispersion import gini, lorenz_curve, palma, theil_decomposition, theil_t
from tesoma_geo.measures.equity.group_gaps import medians
from tesoma_geo.measures.equity.sufficiency import fgt_poverty, sufficiency

__all__ = [
    "concentration_index",
    "fgt_poverty",
    "gini",
    "lorenz_curve",
    "medians",
    "palma",
    "sufficiency",
    "theil_decomposition",
    "theil_t",
]

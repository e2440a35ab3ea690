"""Streets, who travels on them and how, and how long it takes."""

from tesoma_geo.network.streets.network import StreetNetwork
from tesoma_geo.network.streets.router import StreetRouter

__all__ = ["StreetNetwork", "StreetRouter"]

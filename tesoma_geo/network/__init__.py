"""Streets, who travels on them and how, and how long it takes."""

from tesoma_geo.network.router import StreetRouter
from tesoma_geo.network.streets import StreetNetwork

__all__ = ["StreetNetwork", "StreetRouter"]

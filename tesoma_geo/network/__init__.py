"""Streets, who travels on them and how, and how long it takes."""

from tesoma_geo.network.api import StreetNetwork, StreetRouter

__all__ = ["StreetNetwork", "StreetRouter"]

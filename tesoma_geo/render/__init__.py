"""Pages and maps of an assessment: folium composes, nothing is asked for from outside."""

from tesoma_geo.render.site import write_site
from tesoma_geo.render.webmap import webmap

__all__ = ["webmap", "write_site"]

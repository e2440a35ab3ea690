"""Pages and maps of an assessment: folium composes, nothing is asked for from outside."""

from tesoma_geo.render.map.folium_map import webmap
from tesoma_geo.render.pages.write import write_site

__all__ = ["webmap", "write_site"]

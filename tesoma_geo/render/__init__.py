"""Pages and maps of an assessment: folium composes, nothing is asked for from outside."""

from tesoma_geo._extras import require_installed

# All of the room needs it; whoever has not installed the extra is told which one it is.
require_installed("babel", extra="pages")

"""How results are shown: maps, pages, stills and the report; the only room that knows HTML."""

from tesoma_geo._extras import require_installed

# All of the room needs it; whoever has not installed the extra is told which one it is.
require_installed("babel", extra="pages")

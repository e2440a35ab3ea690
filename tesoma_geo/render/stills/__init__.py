"""Pictures for print."""

from tesoma_geo._extras import require_installed

require_installed("matplotlib", extra="stills")

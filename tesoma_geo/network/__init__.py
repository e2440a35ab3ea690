"""Streets, who travels on them and how, and how long it takes."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tesoma_geo.network.api import StreetNetwork, StreetRouter

__all__ = ["StreetNetwork", "StreetRouter"]


def __getattr__(name: str) -> Any:
    """Names of the door for notebooks, looked up when first asked for: who needs a profile alone loads no loops."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tesoma_geo.network import api

    return getattr(api, name)

"""How people reach the heart of their district: networks, services and annotations, assessed and mapped."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    __version__: str

    from tesoma_geo import measures
    from tesoma_geo.assessment.assess import Assessment, assess
    from tesoma_geo.errors import TesomaError
    from tesoma_geo.measures import decay, equity
    from tesoma_geo.measures import location_allocation as location
    from tesoma_geo.network import StreetNetwork, StreetRouter
    from tesoma_geo.network.streets.edits import Edits
    from tesoma_geo.network.streets.profiles import Profile
    from tesoma_geo.network.streets.profiles import default_profiles as profiles
    from tesoma_geo.network.transit import Timetable, TransitRouter
    from tesoma_geo.render.map.folium_map import webmap
    from tesoma_geo.workspace import Workspace

__all__ = [
    "Assessment",
    "Edits",
    "Profile",
    "StreetNetwork",
    "StreetRouter",
    "TesomaError",
    "Timetable",
    "TransitRouter",
    "Workspace",
    "__version__",
    "assess",
    "decay",
    "equity",
    "location",
    "measures",
    "profiles",
    "webmap",
]

# Where each public name lives; loaded when first asked for, so that importing the package costs nothing.
_HOMES = {
    "Assessment": "tesoma_geo.assessment.assess",
    "Edits": "tesoma_geo.network.streets.edits",
    "Profile": "tesoma_geo.network.streets.profiles",
    "StreetNetwork": "tesoma_geo.network",
    "StreetRouter": "tesoma_geo.network",
    "TesomaError": "tesoma_geo.errors",
    "Timetable": "tesoma_geo.network.transit",
    "TransitRouter": "tesoma_geo.network.transit",
    "Workspace": "tesoma_geo.workspace",
    "assess": "tesoma_geo.assessment.assess",
    "profiles": "tesoma_geo.network.streets.profiles",
    "webmap": "tesoma_geo.render.map.folium_map",
}
# Modules that are public as a whole.
_MODULES = {
    "decay": "tesoma_geo.measures.decay",
    "equity": "tesoma_geo.measures.equity",
    "location": "tesoma_geo.measures.location_allocation",
    "measures": "tesoma_geo.measures",
}
# Public names that are called otherwise where they live.
_NAMES_AT_HOME = {"profiles": "default_profiles"}
# Old public names and the new ones, for one release; see CONTRIBUTING.md.
_MOVED: dict[str, str] = {}


def __getattr__(name: str) -> Any:
    if name in _MOVED:
        from tesoma_geo._deprecation import warn_moved

        warn_moved(f"tesoma_geo.{name}", f"tesoma_geo.{_MOVED[name]}")
        return __getattr__(_MOVED[name])
    if name == "__version__":
        return import_module("importlib.metadata").version("tesoma-geo")
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), _NAMES_AT_HOME.get(name, name))
    raise AttributeError(f"module 'tesoma_geo' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
